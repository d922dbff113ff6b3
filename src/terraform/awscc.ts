import type { Draft, FunctionDraft } from "../inventory/draft";
import { mention } from "./functions";
import { nameOf } from "./identity";
import type { TerraformPart } from "./part";
import { field, numberValue, textOr, textValue } from "./values";
import type { View, Viewed } from "./view";

/**
 * awscc_lambda_function: the attributes of AWS::Lambda::Function in snake case, as nested attributes and not blocks. As
 * the provider marks every attribute it may fill in itself as computed, what is unknown and not written is unset.
 */
export function addAwscc(view: View, draft: Draft): void {
  for (const viewed of view.of("awscc_lambda_function")) draft.functions.push(functionDraft(viewed, view));
  for (const { mode, type, address, at } of view.resources.all) {
    if (mode !== "managed" || !UNREAD.test(type)) continue;
    draft.unresolved.push({
      address,
      at,
      why: `${type} is not read: what it grants, starts or encrypts is not judged`,
    });
  }
}

/** What may speak of functions, roles and keys, and is not passed over without a word. */
const UNREAD = /^awscc_(?:iam|kms|lambda)_(?!function$)/;

function functionDraft({ address, at, resource, part }: Viewed, view: View): FunctionDraft {
  const code = part.attribute("code");
  const vpc = part.attribute("vpc_config");
  const logging = part.attribute("logging_config");
  return {
    address,
    at,
    name: nameOf(resource),
    arn: view.identity.text(resource, "arn"),
    role: mention(part.field("role")) ?? { at, text: { unknown: "no role is given" } },
    ...field("durable", durable(part.attribute("durable_config"))),
    ...field("runtime", textValue(part.field("runtime"))),
    packageType: textOr(part.field("package_type"), "Zip"),
    ...field("timeout", numberValue(part.field("timeout"))),
    ...field("memory", numberValue(part.field("memory_size"))),
    ...field("ephemeralStorage", numberValue(part.attribute("ephemeral_storage").field("size"))),
    ...field("kmsKey", mention(part.field("kms_key_arn"))),
    ...field("sourceKmsKey", mention(code.field("source_kms_key_arn"))),
    ...environment(part.attribute("environment")),
    ...field("description", mention(part.field("description"))),
    ...field("inlineCode", mention(code.field("zip_file"))),
    ...field("vpc", vpc.kind === "map" ? vpcOf(vpc) : undefined),
    ...field("logging", logging.kind === "map" ? loggingOf(logging) : undefined),
    ...field("deadLetter", textValue(part.attribute("dead_letter_config").field("target_arn"))),
    ...field("tracing", textValue(part.attribute("tracing_config").field("mode"))),
    ...field("reservedConcurrency", numberValue(part.field("reserved_concurrent_executions"))),
    ...field("codeSigning", textValue(part.field("code_signing_config_arn"))),
    layers: part
      .field("layers")
      .items()
      .map((layer) => ({ at: layer.at, arn: textOr(layer, "") })),
    managedInstances: part.attribute("capacity_provider_config").kind === "map",
    tags: part
      .field("tags")
      .items()
      .map((tag) => ({ name: tag.field("key").text, value: textOr(tag.field("value"), "") })),
    referencedBy: [],
  };
}

function durable(config: TerraformPart): FunctionDraft["durable"] {
  if (config.kind === "absent") return undefined;
  if (config.kind === "unknown") return { at: config.at, certain: false, why: config.why, malformed: false };
  return {
    at: config.at,
    certain: true,
    malformed: config.kind !== "map",
    ...field("executionTimeout", numberValue(config.field("execution_timeout"))),
    ...field("retentionDays", numberValue(config.field("retention_period_in_days"))),
    ...field("kmsKey", mention(config.field("kms_key_arn"))),
  };
}

function environment(config: TerraformPart): Pick<FunctionDraft, "environment" | "environmentUnread"> {
  const variables = config.attribute("variables");
  const unread = [config, variables].find(({ kind }) => kind === "unknown");
  if (unread !== undefined) return { environment: [], environmentUnread: unread.why };
  return {
    environment: variables.fields().map(([name, value]) => ({
      ...{ at: value.at, name, value: textValue(value) ?? { known: "" } },
      source: "literal",
    })),
  };
}

function vpcOf(vpc: TerraformPart): FunctionDraft["vpc"] & {} {
  const subnets = vpc.attribute("subnet_ids").listed();
  const groups = vpc.attribute("security_group_ids").listed();
  return {
    at: vpc.at,
    subnets: subnets.texts.map(({ text }) => text),
    securityGroups: groups.texts.map(({ text }) => text),
    ...field("unread", subnets.unread ?? groups.unread),
  };
}

function loggingOf(logging: TerraformPart): FunctionDraft["logging"] & {} {
  return {
    at: logging.at,
    ...field("format", textValue(logging.field("log_format"))),
    ...field("group", textValue(logging.field("log_group"))),
  };
}
