import { keptAttributes } from "./attributes";
import type { Expansion, Generated, SamResource } from "./expansion";
import { allow, allowWritingToBucket, type Role } from "./role";
import {
  CannotExpand,
  conditional,
  type Fields,
  getAtt,
  given,
  ifArguments,
  isAbsent,
  isNoValue,
  mapOf,
  ref,
  shortHash,
} from "./values";
import type { Published } from "./version";

/** EventInvokeConfig: retries and destinations. A destination without an ARN is a queue or topic of its own. */
export function destinations(
  sam: SamResource,
  published: Published | undefined,
  role: Role,
  expansion: Expansion,
): Generated[] {
  const { sources } = expansion;
  const config = mapOf(sam.properties["EventInvokeConfig"], "EventInvokeConfig");
  const id = `${sam.id}EventInvokeConfig`;
  const written = mapOf(config["DestinationConfig"], "EventInvokeConfig.DestinationConfig");
  const destinationConfig: Fields = {};
  const made: Generated[] = [];
  for (const outcome of ["OnSuccess", "OnFailure"]) {
    if (isAbsent(written[outcome])) continue;
    const destination = mapOf(written[outcome], outcome);
    const pointer = sources.of(written, outcome);
    const found = destinationOf(sam, destination, id + outcome, expansion, pointer);
    if (found.made) made.push(found.made);
    // AWS's translator writes it where it found it: in Globals, the next function shares this one's queue or topic.
    destination["Destination"] = found.arn;
    for (const policy of policiesFor(destination, id + outcome, found.arn)) role.embed(policy, pointer);
    sources.put(destinationConfig, outcome, { Destination: found.arn }, pointer);
  }
  const properties: Fields = {
    FunctionName: ref(sam.id),
    Qualifier: published?.aliasName ?? "$LATEST",
    DestinationConfig: destinationConfig,
  };
  sources.moveAll(config, ["MaximumEventAgeInSeconds", "MaximumRetryAttempts"], properties);
  const attributes = keptAttributes(sam);
  delete attributes["DependsOn"];
  if (published) attributes["DependsOn"] = [published.aliasId];
  const pointer = sources.of(sam.properties, "EventInvokeConfig");
  return [...made, expansion.generate(id, "AWS::Lambda::EventInvokeConfig", properties, attributes, pointer)];
}

const TYPES = ["SQS", "SNS", "EventBridge", "Lambda", "S3Bucket"];

/** The ARN of a destination, and the queue or topic when it has to be made. */
function destinationOf(
  sam: SamResource,
  written: Fields,
  id: string,
  expansion: Expansion,
  pointer: string | undefined,
): { arn: unknown; made?: Generated } {
  const type = expansion.settle(written["Type"]);
  if (typeof type !== "string" || !TYPES.includes(type)) throw new CannotExpand("a destination's Type is not known");
  const arn = written["Destination"];
  const open = openBranch(arn, sam, expansion);
  if (!isAbsent(arn) && !open) return { arn };
  if (type !== "SQS" && type !== "SNS") throw new CannotExpand("a destination has no ARN");
  const attributes = { ...sam.attributes };
  if (open) attributes["Condition"] = bothConditions(sam, open.condition, expansion);
  const madeId = type === "SQS" ? `${id}Queue` : `${id}Topic`;
  const madeType = type === "SQS" ? "AWS::SQS::Queue" : "AWS::SNS::Topic";
  const made = expansion.generate(madeId, madeType, {}, attributes, pointer);
  const madeArn = type === "SQS" ? getAtt(madeId, "Arn") : ref(madeId);
  return { arn: open ? conditional(open.condition, madeArn, open.arn) : madeArn, made };
}

/** The condition under which an `Fn::If` leaves the destination open, and the ARN otherwise. */
function openBranch(
  arn: unknown,
  sam: SamResource,
  expansion: Expansion,
): { condition: string; arn: unknown } | undefined {
  const branches = ifArguments(arn);
  if (!branches) return undefined;
  const [condition, value, otherwise] = branches;
  if (typeof condition !== "string" || isNoValue(value) === isNoValue(otherwise)) return undefined;
  if (isNoValue(value)) return { condition, arn: otherwise };
  const not = `NOT${condition}${shortHash(`${sam.id}EventInvokeConfig`)}`;
  expansion.conditions[not] = { "Fn::Not": [{ Condition: condition }] };
  return { condition: not, arn: value };
}

function bothConditions(sam: SamResource, condition: string, expansion: Expansion): unknown {
  const own = sam.attributes["Condition"];
  if (!given(own)) return condition;
  const both = `${own}AND${condition}${shortHash(sam.id)}`;
  expansion.conditions[both] = { "Fn::And": [{ Condition: own }, { Condition: condition }] };
  return both;
}

function policiesFor(destination: Fields, id: string, arn: unknown): Fields[] {
  switch (destination["Type"]) {
    case "SQS":
      return [allow(`${id}SQSPolicy`, "sqs:SendMessage", arn)];
    case "SNS":
      return [allow(`${id}SNSPolicy`, "sns:publish", arn)];
    case "EventBridge":
      return [allow(`${id}EventBridgePolicy`, "events:PutEvents", arn)];
    case "Lambda":
      return [allow(`${id}LambdaPolicy`, "lambda:InvokeFunction", arn)];
    case "S3Bucket":
      return [allowWritingToBucket(`${id}S3Policy`, arn)];
    default:
      return [];
  }
}
