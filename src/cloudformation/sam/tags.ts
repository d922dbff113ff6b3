import { isMap } from "../../inventory/part";
import type { Generated, SamResource } from "./expansion";
import { given, tagList } from "./values";

/** Types of generated resources that PropagateTags reaches with a list of tags. */
const LISTED = new Set([
  "AWS::ApiGateway::ApiKey",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::DomainNameAccessAssociation",
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

/** PropagateTags: a resource's tags, without those SAM adds, on everything made from it. */
export function propagateTags(sam: SamResource, generated: readonly Generated[]): void {
  const { DefinitionBody: body, PropagateTags: propagate, Tags: tags } = sam.properties;
  if (!isMap(tags) || !given(tags)) return;
  switch (sam.type) {
    case "AWS::Serverless::Api":
    case "AWS::Serverless::Function":
    case "AWS::Serverless::StateMachine":
      if (given(propagate)) setTags(generated, LISTED, tagList(tags));
      break;
    case "AWS::Serverless::WebSocketApi":
      if (given(propagate)) setTags(generated, MAPPED, { ...tags, "websocketapi:createdBy": "SAM" });
      break;
    case "AWS::Serverless::HttpApi":
      // Here tags always propagate; those of the API itself are in its definition.
      if (given(body)) {
        const others = generated.filter(({ resource }) => resource["Type"] !== "AWS::ApiGatewayV2::Api");
        setTags(others, MAPPED, { ...tags, "httpapi:createdBy": "SAM" });
      }
  }
}

function setTags(generated: readonly Generated[], types: ReadonlySet<string>, tags: unknown): void {
  for (const { resource } of generated) {
    const { Type: type, Properties: properties } = resource;
    if (typeof type === "string" && types.has(type) && isMap(properties)) properties["Tags"] = tags;
  }
}
