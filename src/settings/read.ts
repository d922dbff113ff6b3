import Ajv, { type ErrorObject } from "ajv";
import { InputError } from "../errors";
import { isMap, step } from "../inventory/part";
import { findRule } from "../judge/catalogue";
import type { Document } from "../read/document";
import { steps } from "../read/pointer";
import { isDay } from "../waive/day";
import type { SettingsFile } from "./file";
import schema from "./settings.schema.json";

/**
 * Reads a settings file. Throws InputError DG051 at the first place that is wrong: an unknown setting, a value that is
 * not allowed, a rule id nobody has, a day that is not in the calendar.
 */
export function readSettings(document: Document): SettingsFile {
  const value = withLevels(withoutEmpty(document.value));
  if (value === null || value === undefined) return {};
  const validate = new Ajv({ strict: false, verbose: true }).compile<SettingsFile>(schema);
  if (!validate(value)) throw complaint(validate.errors?.[0], document);
  checkRuleIds(value, document);
  checkDays(value, document);
  return value;
}

/** A setting with nothing behind its colon, because all of it is commented out, is not set. */
function withoutEmpty(value: unknown): unknown {
  return isMap(value) ? Object.fromEntries(Object.entries(value).filter(([, inside]) => inside !== null)) : value;
}

/** YAML 1.1 reads the level `off` as false. */
function withLevels(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLevels);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [name, name === "rules" ? offLevels(inside) : withLevels(inside)]),
  );
}

function offLevels(rules: unknown): unknown {
  if (!isMap(rules)) return rules;
  return Object.fromEntries(Object.entries(rules).map(([id, level]) => [id, level === false ? "off" : level]));
}

function complaint(error: ErrorObject | undefined, document: Document): InputError {
  const pointer = error?.instancePath ?? "";
  const place = pointer === "" ? "the settings file" : steps(pointer).join(".");
  const wrong = (message: string, at = pointer) => new InputError("DG051", message, document.file, document.locate(at));
  const params: Record<string, unknown> = error?.params ?? {};
  switch (error?.keyword) {
    case "additionalProperties": {
      const name = String(params["additionalProperty"]);
      return wrong(`${name} is no setting${pointer === "" ? "" : ` of ${place}`}`, step(pointer, name));
    }
    case "required":
      return wrong(`${place} needs ${params["missingProperty"]}`);
    case "enum":
      return wrong(`${place} is one of ${[params["allowedValues"]].flat().join(", ")}`);
    case "type":
      return wrong(`${place} is ${KINDS[String(params["type"])]}`);
    case "pattern":
      return wrong(`${place} is written like ${[error.parentSchema?.["examples"]].flat()[0]}`);
    case "minItems":
      return wrong(`${place} has at least ${params["limit"]} entry`);
    case "minLength":
      return wrong(`${place} has at least ${params["limit"]} characters`);
    default:
      return wrong(`${place} ${error?.message ?? "is wrong"}`);
  }
}

/** Types of JSON Schema, in words. */
const KINDS: Record<string, string> = {
  string: "a text (in quotes)",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
};

function checkRuleIds(settings: SettingsFile, document: Document): void {
  const named: [id: string, pointer: string][] = [
    ...Object.keys(settings.rules ?? {}).map((id): [string, string] => [id, step("/rules", id)]),
    ...(settings.overrides ?? []).flatMap(({ rules }, index) =>
      Object.keys(rules).map((id): [string, string] => [id, step(`/overrides/${index}/rules`, id)]),
    ),
    ...(settings.waivers ?? []).map(({ rule }, index): [string, string] => [rule, `/waivers/${index}/rule`]),
  ];
  for (const [id, pointer] of named) {
    if (findRule(id) !== undefined) continue;
    throw new InputError("DG051", `there is no rule ${id}`, document.file, document.locate(pointer));
  }
}

function checkDays({ waivers = [] }: SettingsFile, { file, locate }: Document): void {
  for (const [index, { expires }] of waivers.entries()) {
    if (isDay(expires)) continue;
    const message = `waivers.${index}.expires is no day of the calendar`;
    throw new InputError("DG051", message, file, locate(`/waivers/${index}/expires`));
  }
}
