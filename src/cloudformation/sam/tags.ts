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

/** Types that take their tags as a map. */
const MAPPED = new Set(["AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::Stage"]);

/** Types of SAM resources whose tags replace those of what is made from them. */
const REPLACING = new Set([
  "AWS::Serverless::Api",
  "AWS::Serverless::Function",
  "AWS::Serverless::StateMachine",
  "AWS::Serverless::WebSocketApi",
]);

/** PropagateTags: the resource's tags, without SAM's own, on everything made from it. */
export function propagateTags(sam: SamResource, generated: readonly Generated[]): void {
  const { PropagateTags: propagate, Tags: tags } = sam.properties;
  if (!REPLACING.has(sam.type) || !given(propagate) || !isMap(tags) || !given(tags)) return;
  for (const { resource } of generated) {
    const properties = resource["Properties"];
    const type = resource["Type"];
    if (typeof type !== "string" || !isMap(properties)) continue;
    if (LISTED.has(type)) properties["Tags"] = tagList(tags);
    if (MAPPED.has(type) && sam.type === "AWS::Serverless::WebSocketApi") {
      properties["Tags"] = { ...tags, "websocketapi:createdBy": "SAM" };
    }
  }
}
