import type { Draft, FunctionDraft, Mention } from "../inventory/draft";
import type { Part } from "../inventory/part";
import type { Change, Tag, Variable } from "../inventory/types";
import type { PlannedResource } from "./changes";
import { nameOf } from "./identity";
import type { TerraformPart } from "./part";
import { listOf, mapOf } from "./plan";
import { uses } from "./uses";
import { field, numberValue, required, textOr, textValue } from "./values";
import type { View, Viewed } from "./view";

/** aws_lambda_function and what stands beside it: alias, version, event_invoke_config. */
export function addFunctions(view: View, draft: Draft): void {
  const usedBy = uses(view, "aws_lambda_function");
  for (const viewed of view.of("aws_lambda_function")) {
    const referencedBy = usedBy.get(viewed.resource) ?? [];
    draft.functions.push(functionDraft(viewed, view, referencedBy));
    addVersion(viewed, view, draft);
  }
  for (const viewed of view.of("aws_lambda_alias")) {
    const { address, at, part } = viewed;
    draft.aliases.push({
      address,
      at,
      name: required(part, "name"),
      version: required(part, "function_version"),
      function: view.functionNamed(viewed, required(part, "function_name")),
    });
  }
  for (const { resource, part } of view.of("aws_lambda_code_signing_config")) {
    draft.codeSigningConfigs.push({
      mentions: [nameOf(resource)],
      policy: textOr(part.block("policies").field("untrusted_artifact_on_deployment"), "Warn"),
    });
  }
  for (const viewed of view.of("aws_lambda_function_event_invoke_config")) {
    const { address, at, part } = viewed;
    const destinations = part.block("destination_config");
    const target = (name: string) => textValue(destinations.block(name).field("destination"));
    const [onSuccess, onFailure] = [target("on_success"), target("on_failure")];
    if (onSuccess === undefined && onFailure === undefined) continue;
    draft.destinations.push({
      address,
      at,
      function: view.functionNamed(viewed, required(part, "function_name")),
      qualifier: textOr(part.field("qualifier"), ""),
      ...field("onSuccess", onSuccess),
      ...field("onFailure", onFailure),
    });
  }
}

function functionDraft({ address, at, resource, part }: Viewed, view: View, referencedBy: string[]): FunctionDraft {
  return {
    address,
    at,
    name: nameOf(resource),
    arn: view.identity.text(resource, "arn"),
    role: mention(part.field("role")) ?? { at, text: { unknown: "no role is given" } },
    ...field("durable", durable(part.attribute("durable_config"), resource)),
    ...field("runtime", textValue(part.field("runtime"))),
    packageType: textOr(part.field("package_type"), "Zip"),
    ...field("timeout", numberValue(part.field("timeout"))),
    ...field("memory", numberValue(part.field("memory_size"))),
    ...field("ephemeralStorage", numberValue(part.block("ephemeral_storage").field("size"))),
    ...field("kmsKey", mention(part.field("kms_key_arn"))),
    ...field("sourceKmsKey", mention(part.field("source_kms_key_arn"))),
    ...environment(part.block("environment"), resource),
    ...field("description", mention(part.field("description"))),
    ...field("vpc", vpc(part.block("vpc_config"))),
    ...field("logging", logging(part.block("logging_config"))),
    ...field("deadLetter", textValue(part.block("dead_letter_config").field("target_arn"))),
    ...field("tracing", textValue(part.block("tracing_config").field("mode"))),
    ...field("reservedConcurrency", reserved(part.field("reserved_concurrent_executions"))),
    ...field("codeSigning", textValue(part.field("code_signing_config_arn"))),
    layers: layers(part.attribute("layers")),
    managedInstances: part.block("capacity_provider_config").kind === "map",
    tags: tags(part),
    referencedBy,
    change: changeOf(resource),
  };
}

/** `publish` makes a version with every change; the number of the next one nobody knows. */
function addVersion({ address, at, resource, part }: Viewed, view: View, draft: Draft): void {
  if (!part.field("publish").boolean) return;
  const number = part.field("version");
  const exists = number.kind === "text" && /^[0-9]+$/.test(number.text);
  const made = { address, at, function: { known: view.identity.text(resource, "arn") } };
  draft.versions.push(exists ? { ...made, number: { known: number.text } } : made);
}

/** A mention of another thing; undefined where there is none. */
export function mention(part: Part): Mention | undefined {
  const text = textValue(part);
  return text && { at: part.at, text };
}

/** `durable_config`: an empty list in a function that is not durable, unknown when a dynamic block decides. */
function durable(blocks: TerraformPart, resource: PlannedResource): FunctionDraft["durable"] {
  if (blocks.kind === "unknown") return { at: blocks.at, certain: false, why: blocks.why, malformed: false };
  const [block] = blocks.parts();
  if (block === undefined) return undefined;
  return {
    at: block.at,
    certain: true,
    malformed: false,
    ...field("executionTimeout", numberValue(block.field("execution_timeout"))),
    ...field("retentionDays", numberValue(block.field("retention_period"))),
    ...field("kmsKey", mention(block.field("kms_key_arn"))),
    ...field("keyless", hasKeyArgument(resource) ? undefined : true),
  };
}

/** A plan has every argument of a block, also those that are not set; provider hashicorp/aws had none for the key. */
function hasKeyArgument({ values, unknown }: PlannedResource): boolean {
  const blocks = [...listOf(values["durable_config"]), ...listOf(mapOf(unknown)["durable_config"])];
  return blocks.some((block) => Object.hasOwn(block, "kms_key_arn"));
}

/** One unknown value makes the whole map unknown: then nothing can be said of the other variables either. */
function environment(
  block: TerraformPart,
  resource: PlannedResource,
): Pick<FunctionDraft, "environment" | "environmentUnread"> {
  const variables = block.attribute("variables");
  if (block.kind === "unknown") return { environment: [], environmentUnread: block.why };
  if (variables.kind === "unknown") return { environment: [], environmentUnread: variables.why };
  const marks = listOf(sensitiveOf(resource, "environment"))[0]?.["variables"];
  return {
    environment: variables.fields().map(([name, value]): Variable => {
      const isSensitive = marks === true || (typeof marks === "object" && marks !== null && Object.hasOwn(marks, name));
      const source = isSensitive ? "secret parameter" : "literal";
      return { at: value.at, name, value: textValue(value) ?? { known: "" }, source };
    }),
  };
}

function sensitiveOf(resource: PlannedResource, attribute: string): unknown {
  const marks = resource.sensitive;
  return typeof marks === "object" && marks !== null
    ? Object.entries(marks).find(([name]) => name === attribute)?.[1]
    : undefined;
}

function vpc(block: TerraformPart): FunctionDraft["vpc"] {
  if (block.kind === "absent") return undefined;
  if (block.kind === "unknown") return { at: block.at, subnets: [], securityGroups: [], unread: block.why };
  const subnets = block.attribute("subnet_ids").listed();
  const groups = block.attribute("security_group_ids").listed();
  return {
    at: block.at,
    subnets: subnets.texts.map(({ text }) => text),
    securityGroups: groups.texts.map(({ text }) => text),
    ...field("unread", subnets.unread ?? groups.unread),
  };
}

function layers(part: TerraformPart): FunctionDraft["layers"] {
  const { texts, unread } = part.listed();
  const named = texts.map(({ at, text }) => ({ at, arn: text }));
  return unread === undefined ? named : [...named, { at: part.at, arn: { unknown: unread } }];
}

function logging(block: TerraformPart): FunctionDraft["logging"] {
  if (block.kind !== "map") return undefined;
  return {
    at: block.at,
    ...field("format", textValue(block.field("log_format"))),
    ...field("group", textValue(block.field("log_group"))),
  };
}

/** The provider writes -1 for "not reserved". */
function reserved(part: Part): FunctionDraft["reservedConcurrency"] {
  return part.number === -1 ? undefined : numberValue(part);
}

/** `tags_all` has the provider's default tags too; while it is not known, `tags` has the function's own. */
function tags(part: TerraformPart): Tag[] {
  const all = part.field("tags_all");
  const known = all.kind === "map" ? all : part.field("tags");
  return known.fields().map(([name, value]) => ({ name, value: textOr(value, "") }));
}

function changeOf({ action, before, values, replacePaths }: PlannedResource): Change {
  return {
    action: action === "stays" ? "no-op" : action,
    ...field("wasDurable", before && listOf(before["durable_config"]).length > 0),
    replaceBecause: replacePaths,
    fixedName: before !== undefined && before["function_name"] === values["function_name"],
  };
}
