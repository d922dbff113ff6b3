import { isMap } from "../../inventory/part";
import type { Generated, SamResource } from "./expansion";
import { given, tagList } from "./values";

/** Types of generated resources that PropagateTags reaches with a list of tags. */
const LISTED = new Set([
  "AWS::ApiGateway::ApiKey",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::DomainNameV2",
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Stage",
  "AWS::ApiGateway::UsagePlan",
  "AWS::IAM::Role",
  "AWS::IoT::TopicRule",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::StepFunctions::StateMachine",
]);

/** PropagateTags: the resource's tags, without SAM's own, on everything made from it. */
export function propagateTags(sam: SamResource, generated: readonly Generated[]): void {
  const { PropagateTags: propagate, Tags: tags } = sam.properties;
  if (!given(propagate) || !isMap(tags) || !given(tags)) return;
  for (const { resource } of generated) {
    const properties = resource["Properties"];
    if (typeof resource["Type"] === "string" && LISTED.has(resource["Type"]) && isMap(properties)) {
      properties["Tags"] = tagList(tags);
    }
  }
}
