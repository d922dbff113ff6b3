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
  // Cloud assembly schema: manifest.json.
  if (has("version") && isMap(value["artifacts"])) return "cdk assembly";
  return "unknown";
}

/** Functions only cfn-include knows (its README); CloudFormation has none of these. */
const INCLUDE_FUNCTIONS = new Set(
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
