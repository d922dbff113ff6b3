import type { FunctionDraft, Mention } from "../../inventory/draft";
import type { Part } from "../../inventory/part";
import { hasHole } from "../../inventory/text";
import type { Tag, Variable } from "../../inventory/types";
import { choiceValue, itemsOf, numberValue, textValue, textValues, unreadable } from "../../inventory/values";
import { type Declared, ownText, type ResourceTable } from "./declared";

/** Lambda functions and what is published of them. */
export const functionResources: ResourceTable = {
  "AWS::Lambda::Function": (declared, draft) => {
    draft.functions.push(lambdaFunction(declared));
  },
  "AWS::Lambda::Version": ({ address, at, properties }, draft) => {
    draft.versions.push({
      address,
      at,
      function: textValue(properties.field("FunctionName")) ?? { unknown: "FunctionName" },
    });
  },
  "AWS::Lambda::Alias": ({ address, at, properties }, draft) => {
    draft.aliases.push({
      address,
      at,
      function: textValue(properties.field("FunctionName")) ?? { unknown: "FunctionName" },
      name: textValue(properties.field("Name")) ?? { unknown: "Name" },
      version: textValue(properties.field("FunctionVersion")) ?? { unknown: "FunctionVersion" },
    });
  },
  "AWS::Lambda::CodeSigningConfig": (declared, draft) => {
    const policies = declared.properties.field("CodeSigningPolicies");
    draft.codeSigningConfigs.push({
      mentions: [ownText(declared), ownText(declared, "CodeSigningConfigArn")],
      policy: choiceValue(policies.field("UntrustedArtifactOnDeployment")) ?? { known: "Warn" },
    });
  },
  "AWS::Lambda::EventInvokeConfig": ({ address, at, properties }, draft) => {
    const destination = (name: string) =>
      textValue(properties.field("DestinationConfig").field(name).field("Destination"));
    const onSuccess = destination("OnSuccess");
    const onFailure = destination("OnFailure");
    if (onSuccess === undefined && onFailure === undefined) return;
    draft.destinations.push({
      address,
      at,
      function: textValue(properties.field("FunctionName")) ?? { unknown: "FunctionName" },
      qualifier: textValue(properties.field("Qualifier")) ?? { known: "" },
      ...(onSuccess && { onSuccess }),
      ...(onFailure && { onFailure }),
    });
  },
};

function lambdaFunction(declared: Declared): FunctionDraft {
  const { address, at, properties } = declared;
  const durable = durableConfig(properties.field("DurableConfig"));
  const vpc = vpcConfig(properties.field("VpcConfig"));
  const logging = loggingConfig(properties.field("LoggingConfig"));
  const variables = properties.field("Environment").field("Variables");
  const environmentUnread = unreadable(properties.field("Environment")) ?? unreadable(variables);
  return {
    address,
    at,
    name: ownText(declared),
    arn: ownText(declared, "Arn"),
    role: mention(properties.field("Role")) ?? { at, text: { unknown: "Role is not given" } },
    packageType: choiceValue(properties.field("PackageType")) ?? { known: "Zip" },
    environment: variables.fields().map(([name, part]) => variable(name, part)),
    ...(environmentUnread === undefined ? {} : { environmentUnread }),
    managedInstances: properties.field("CapacityProviderConfig").kind !== "absent",
    tags: itemsOf(properties.field("Tags")).map(tag),
    layers: itemsOf(properties.field("Layers")).map((part) => ({ at: part.at, arn: textValue(part) ?? { known: "" } })),
    referencedBy: [],
    ...(durable && { durable }),
    ...(vpc && { vpc }),
    ...(logging && { logging }),
    ...present("runtime", choiceValue(properties.field("Runtime"))),
    ...present("timeout", numberValue(properties.field("Timeout"))),
    ...present("memory", numberValue(properties.field("MemorySize"))),
    ...present("ephemeralStorage", numberValue(properties.field("EphemeralStorage").field("Size"))),
    ...present("kmsKey", mention(properties.field("KmsKeyArn"))),
    ...present("sourceKmsKey", mention(properties.field("Code").field("SourceKMSKeyArn"))),
    ...present("description", mention(properties.field("Description"))),
    ...present("inlineCode", mention(properties.field("Code").field("ZipFile"))),
    ...present("deadLetter", given(properties.field("DeadLetterConfig").field("TargetArn"))),
    ...present("tracing", choiceValue(properties.field("TracingConfig").field("Mode"))),
    ...present("reservedConcurrency", numberValue(properties.field("ReservedConcurrentExecutions"))),
    ...present("codeSigning", textValue(properties.field("CodeSigningConfigArn"))),
  };
}

/** A field that is only there when it has a value. */
export function present<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  const field: { [P in K]?: T } = {};
  if (value !== undefined) field[name] = value;
  return field;
}

/** A text setting in which the empty text means: not set. */
export function given(part: Part) {
  const value = textValue(part);
  return value?.known === "" ? undefined : value;
}

function mention(part: Part): Mention | undefined {
  const text = given(part);
  return text && { at: part.at, text };
}

function durableConfig(part: Part): FunctionDraft["durable"] {
  if (part.kind === "absent") return undefined;
  const executionTimeout = numberValue(part.field("ExecutionTimeout"));
  const retentionDays = numberValue(part.field("RetentionPeriodInDays"));
  const kmsKey = mention(part.field("KMSKeyArn"));
  const why = unreadable(part);
  return {
    at: part.at,
    certain: why === undefined,
    ...(why === undefined ? {} : { why }),
    malformed: why === undefined && part.kind !== "map",
    ...present("executionTimeout", executionTimeout),
    ...present("retentionDays", retentionDays),
    ...present("kmsKey", kmsKey),
  };
}

function vpcConfig(part: Part): FunctionDraft["vpc"] {
  if (part.kind === "absent") return undefined;
  const subnets = textValues(part.field("SubnetIds"));
  const securityGroups = textValues(part.field("SecurityGroupIds"));
  const unread = unreadable(part);
  if (unread === undefined && subnets.length === 0 && securityGroups.length === 0) return undefined;
  return { at: part.at, subnets, securityGroups, ...present("unread", unread) };
}

function loggingConfig(part: Part): FunctionDraft["logging"] {
  if (part.kind === "absent") return undefined;
  return {
    at: part.at,
    ...present("format", choiceValue(part.field("LogFormat"))),
    ...present("group", textValue(part.field("LogGroup"))),
  };
}

function variable(name: string, part: Part): Variable {
  return { at: part.at, name, value: textValue(part) ?? { known: "" }, source: sourceOf(part) };
}

function sourceOf(part: Part): Variable["source"] {
  if (part.parameter !== undefined) return part.parameter.secret ? "secret parameter" : "parameter";
  return part.kind === "unknown" || hasHole(part.text) ? "reference" : "literal";
}

/** CloudFormation tags are a list of Key and Value. */
export function tag(part: Part): Tag {
  return { name: part.field("Key").text, value: textValue(part.field("Value")) ?? { known: "" } };
}
