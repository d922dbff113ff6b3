import { InputError } from "../errors";
import { isMap } from "../inventory/part";
import { classify } from "../read/classify";

/**
 * Terraform and OpenTofu plans as JSON (`terraform show -json PLAN`). The format is described in "JSON Output Format"
 * (developer.hashicorp.com/terraform/internals/json-format); within major version 1 keys are only ever added, so
 * unknown ones are passed over and missing ones are taken as empty.
 */
export interface Plan {
  file: string;
  /** Entries of `resource_changes`; undefined when the plan has no such key. */
  changes: Record<string, unknown>[] | undefined;
  plannedValues: unknown;
  priorState: unknown;
  configuration: Record<string, unknown>;
  variables: Record<string, unknown>;
  hasDrift: boolean;
  deferred: Record<string, unknown>[];
  errored: boolean;
  /** Absent when the program that wrote the plan does not say (OpenTofu; Terraform before 1.8). */
  complete: boolean | undefined;
}

const SHOW = 'Write one with "terraform plan -out=PLAN" and "terraform show -json PLAN".';

/**
 * Reads the top level of a plan.
 * @throws InputError DG030 for a state, a log line or anything else that is not a plan; DG031 for a format version
 * other than 0 and 1.
 */
export function readPlan(value: unknown, file: string): Plan {
  const refuse = (what: string): never => {
    throw new InputError("DG030", what, file);
  };
  const kind = classify(value);
  if (kind === "terraform state") return refuse(`This is a Terraform state, not a plan. ${SHOW}`);
  if (kind === "terraform log") return refuse(`This is a log line of "plan -json", not a plan. ${SHOW}`);
  if (kind !== "terraform plan" || !isMap(value)) return refuse(`The file is not a Terraform plan. ${SHOW}`);
  checkVersion(value["format_version"], file);
  const changes = value["resource_changes"] ?? undefined;
  if (changes !== undefined && !Array.isArray(changes)) {
    return refuse("resource_changes is not a list; the plan is damaged.");
  }
  return {
    file,
    changes: changes?.filter(isMap),
    plannedValues: value["planned_values"],
    priorState: value["prior_state"],
    configuration: mapOf(value["configuration"]),
    variables: mapOf(value["variables"]),
    hasDrift: listOf(value["resource_drift"]).length > 0,
    deferred: listOf(value["deferred_changes"])
      .map((entry) => entry["resource_change"])
      .filter(isMap),
    errored: value["errored"] === true,
    complete: typeof value["complete"] === "boolean" ? value["complete"] : undefined,
  };
}

function checkVersion(version: unknown, file: string): void {
  if (typeof version !== "string") {
    throw new InputError("DG031", "The plan has no format_version; expected 1.x.", file);
  }
  if (!/^[01](?:\.|$)/.test(version)) {
    throw new InputError("DG031", "The plan's format_version is not supported; expected 1.x.", file);
  }
}

/** The value when it is a JSON object, else an empty one. */
export function mapOf(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}

/** The objects in a value that is a list; none for anything else. */
export function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
