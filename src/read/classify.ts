import { isMap } from "../inventory/part";

export type Kind =
  | "cloudformation"
  | "terraform plan"
  | "terraform state"
  | "terraform log"
  | "cdk assembly"
  | "cfn-include"
  | "unknown";

/** Says what a document is by what it holds, never by its name. Whether it is well formed is for its reader to say. */
export function classify(value: unknown): Kind {
  if (!isMap(value)) return "unknown";
  const has = (name: string) => Object.hasOwn(value, name);
  if (has("@level")) return "terraform log";
  // "JSON Output Format" of Terraform: a plan's representation, then a state's; raw state files have a lineage.
  if (has("format_version") || has("terraform_version")) {
    if (has("planned_values") || has("resource_changes") || has("configuration")) return "terraform plan";
    return "terraform state";
  }
  if (has("lineage") && has("serial")) return "terraform state";
  if (usesInclude(value)) return "cfn-include";
  if (has("Resources") || has("AWSTemplateFormatVersion") || has("Transform")) return "cloudformation";
  if (isAssembly(value)) return "cdk assembly";
  // A CDK stack without resources is left with its bootstrap parameter and rule.
  const names = Object.keys(value);
  return names.length > 1 && names.every((name) => SECTIONS.has(name)) ? "cloudformation" : "unknown";
}

/** "Template anatomy"; `Resources` and the two that say what it is are asked for before. */
const SECTIONS = new Set(["Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Outputs"]);

/** `manifest.json` by the cloud assembly schema; a CodeBuild file has a version (a number) and artifacts too. */
function isAssembly(value: Record<string, unknown>): boolean {
  const artifacts = value["artifacts"];
  if (typeof value["version"] !== "string" || !isMap(artifacts)) return false;
  return Object.values(artifacts).every((artifact) => isMap(artifact) && typeof artifact["type"] === "string");
}

/** Functions only cfn-include knows (its README); CloudFormation has none of these. */
export const INCLUDE_FUNCTIONS = new Set(
  [
    ["Include", "Map", "Flatten", "FlattenDeep", "Uniq", "Compact", "Concat", "Sort", "SortedUniq", "SortBy"],
    ["SortObject", "Without", "Omit", "OmitEmpty", "Eval", "Filenames", "Merge", "DeepMerge", "ObjectKeys"],
    ["ObjectValues", "Stringify", "StringSplit", "UpperCamelCase", "LowerCamelCase", "GetEnv", "Outputs", "Sequence"],
    ["IfEval", "JoinNow", "SubNow", "RefNow", "ApplyTags"],
  ]
    .flat()
    .map((name) => `Fn::${name}`),
);

function usesInclude(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(usesInclude);
  if (!isMap(value)) return false;
  return Object.keys(value).some((name) => INCLUDE_FUNCTIONS.has(name) || usesInclude(value[name]));
}
