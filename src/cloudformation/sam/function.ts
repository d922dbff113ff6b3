import { keptAttributes } from "./attributes";
import { prefer } from "./deployment";
import { destinations } from "./destinations";
import { expandEvents } from "./events";
import type { Expansion, Generated, SamResource } from "./expansion";
import { functionUrl } from "./function-url";
import { Role, xrayPolicy } from "./role";
import { objectInS3 } from "./s3-location";
import { target } from "./target";
import {
  CannotExpand,
  conditional,
  type Fields,
  given,
  ifArguments,
  isAbsent,
  isIntrinsic,
  isNoValue,
  mapOf,
  tagList,
  textOf,
} from "./values";
import { publish } from "./version";

/** Properties of AWS::Serverless::Function that AWS::Lambda::Function does not have or writes another way. */
const OWN = new Set([
  "AssumeRolePolicyDocument",
  "AutoPublishAlias",
  "AutoPublishAliasAllProperties",
  "AutoPublishCodeSha256",
  "CapacityProviderConfig",
  "CodeUri",
  "DeadLetterQueue",
  "DeploymentPreference",
  "EventInvokeConfig",
  "Events",
  "FunctionUrlConfig",
  "ImageUri",
  "InlineCode",
  "PermissionsBoundary",
  "Policies",
  "PropagateTags",
  "ProvisionedConcurrencyConfig",
  "RolePath",
  "SourceKMSKeyArn",
  "Tags",
  "Tracing",
  "VersionDeletionPolicy",
  "VersionDescription",
]);

/** Expands an AWS::Serverless::Function: function, role, version and alias, URL, destinations, events. */
export function expandFunction(sam: SamResource, expansion: Expansion): Generated[] {
  const { properties: own } = sam;
  const properties = lambdaProperties(sam, expansion);
  const lambda = expansion.generate(sam.id, "AWS::Lambda::Function", properties, keptAttributes(sam), sam.pointer);
  const published = given(own["AutoPublishAlias"]) ? publish(sam, properties, expansion) : undefined;
  const runs = target(sam, published?.aliasId);
  const role = executionRole(sam, expansion);
  const events = [
    ...(given(own["EventInvokeConfig"]) ? destinations(sam, published, role, expansion) : []),
    ...expandEvents(sam, runs, role, expansion),
  ];
  const made = [
    lambda,
    ...(published ? [published.version, published.alias] : []),
    ...(given(own["FunctionUrlConfig"]) ? functionUrl(sam, runs, expansion) : []),
    ...settleRole(sam, properties, role, expansion),
    ...events,
  ];
  prefer(sam, published?.alias, expansion);
  return made;
}

function lambdaProperties(sam: SamResource, expansion: Expansion): Fields {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {};
  for (const name of Object.keys(own)) if (!OWN.has(name)) sources.move(own, name, properties);
  for (const name of ["FunctionName", "FunctionScalingConfig"]) if (!given(own[name])) delete properties[name];
  const code = codeOf(sam, expansion);
  sources.put(properties, "Code", code.value, code.pointer);
  sources.put(properties, "Tags", functionTags(own), sources.of(own, "Tags"));
  if (traces(own, expansion)) {
    const tracing: Fields = {};
    sources.move(own, "Tracing", tracing, "Mode");
    sources.put(properties, "TracingConfig", tracing, sources.of(own, "Tracing"));
  }
  if (given(own["DeadLetterQueue"])) {
    const queue = deadLetterQueue(own);
    const config: Fields = {};
    sources.move(queue, "TargetArn", config);
    sources.put(properties, "DeadLetterConfig", config, sources.of(own, "DeadLetterQueue"));
  }
  if (given(own["CapacityProviderConfig"])) {
    const written = mapOf(own["CapacityProviderConfig"], "CapacityProviderConfig");
    const config: Fields = {};
    sources.move(written, "Arn", config, "CapacityProviderArn");
    sources.moveAll(written, ["PerExecutionEnvironmentMaxConcurrency", "ExecutionEnvironmentMemoryGiBPerVCpu"], config);
    const wrapped = { LambdaManagedInstancesCapacityProviderConfig: config };
    sources.put(properties, "CapacityProviderConfig", wrapped, sources.of(own, "CapacityProviderConfig"));
  }
  return properties;
}

/** The tags of a function and of its role: SAM's own, then the function's. */
function functionTags(own: Fields): Fields[] {
  return [{ Key: "lambda:createdBy", Value: "SAM" }, ...tagList(own["Tags"])];
}

/**
 * Where the code is. Before `sam package` has run, CodeUri is a path on the author's machine, or missing: then nothing
 * is said about the place.
 */
function codeOf(sam: SamResource, expansion: Expansion): { value: Fields; pointer: string | undefined } {
  const { sources } = expansion;
  const own = sam.properties;
  const image = own["PackageType"] === "Image";
  const name = image ? "ImageUri" : isAbsent(own["InlineCode"]) ? "CodeUri" : "InlineCode";
  const code: Fields = name === "CodeUri" ? (objectInS3(own["CodeUri"], CODE_FIELDS) ?? {}) : {};
  if (name === "ImageUri") sources.move(own, "ImageUri", code);
  if (name === "InlineCode") sources.move(own, "InlineCode", code, "ZipFile");
  if (!image && given(own["SourceKMSKeyArn"])) sources.move(own, "SourceKMSKeyArn", code);
  return { value: code, pointer: sources.of(own, name) };
}

const CODE_FIELDS = {
  Bucket: "S3Bucket",
  Key: "S3Key",
  Version: "S3ObjectVersion",
  StorageMode: "S3ObjectStorageMode",
};

function traces(own: Fields, expansion: Expansion): boolean {
  return given(own["Tracing"]) && expansion.settle(own["Tracing"]) !== "Disabled";
}

const DEAD_LETTER_ACTIONS = new Map([
  ["SQS", "sqs:SendMessage"],
  ["SNS", "sns:Publish"],
]);

function deadLetterQueue(own: Fields): Fields {
  const queue = mapOf(own["DeadLetterQueue"], "DeadLetterQueue");
  if (!given(queue["TargetArn"])) throw new CannotExpand("DeadLetterQueue has no TargetArn");
  return queue;
}

/**
 * The role SAM makes. A function with DurableConfig gets the durable execution policy in place of the basic one; a role
 * given by hand gets nothing of this.
 */
function executionRole(sam: SamResource, expansion: Expansion): Role {
  const { sources } = expansion;
  const own = sam.properties;
  const role = new Role(`${sam.id}Role`, expansion);
  role.trust("lambda.amazonaws.com");
  role.take(own, "AssumeRolePolicyDocument");
  role.take(own, "RolePath", "Path");
  role.take(own, "PermissionsBoundary");
  role.tag(functionTags(own), sources.of(own, "Tags"));
  if (given(own["DurableConfig"])) {
    const path = "service-role/AWSLambdaBasicDurableExecutionRolePolicy";
    role.attach(expansion.managedPolicy(path), sources.of(own, "DurableConfig"));
  } else {
    role.attach(expansion.managedPolicy("service-role/AWSLambdaBasicExecutionRole"), undefined);
  }
  if (traces(own, expansion)) role.attach(xrayPolicy(expansion), sources.of(own, "Tracing"));
  if (given(own["VpcConfig"])) {
    const path = "service-role/AWSLambdaVPCAccessExecutionRole";
    role.attach(expansion.managedPolicy(path), sources.of(own, "VpcConfig"));
  }
  if (given(own["DeadLetterQueue"])) {
    const queue = deadLetterQueue(own);
    const action = DEAD_LETTER_ACTIONS.get(textOf(queue["Type"], "DeadLetterQueue.Type"));
    if (action === undefined) throw new CannotExpand("DeadLetterQueue.Type is neither SQS nor SNS");
    const statement = { Action: action, Resource: queue["TargetArn"], Effect: "Allow" };
    const document = { Version: "2012-10-17", Statement: [statement] };
    const policy = { PolicyName: "DeadLetterQueuePolicy", PolicyDocument: document };
    role.embed(policy, sources.of(own, "DeadLetterQueue"));
  }
  return role;
}

/** Gives the function its role, and the role when one is made: `Role` may be an `Fn::If` with a branch left open. */
function settleRole(sam: SamResource, properties: Fields, role: Role, expansion: Expansion): Generated[] {
  const written = properties["Role"];
  role.addPolicies(sam.properties);
  if (isAbsent(written)) {
    properties["Role"] = role.arn;
    return [role.generate(sam.attributes, sam.pointer)];
  }
  const branches = isIntrinsic(written) ? ifArguments(written) : undefined;
  if (!branches) return [];
  const [condition, value, otherwise] = branches;
  if (!isNoValue(value) && !isNoValue(otherwise)) return [];
  const attributes = { ...sam.attributes };
  if (isNoValue(value) && isNoValue(otherwise)) {
    properties["Role"] = role.arn;
  } else if (isNoValue(value)) {
    properties["Role"] = conditional(condition, role.arn, otherwise);
    attributes["Condition"] = condition;
  } else {
    properties["Role"] = conditional(condition, value, role.arn);
    attributes["Condition"] = `NOT${textOf(condition, "Condition of Role")}`;
    expansion.conditions[`NOT${condition}`] = { "Fn::Not": [{ Condition: condition }] };
  }
  return [role.generate(attributes, sam.pointer)];
}
