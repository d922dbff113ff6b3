import Ajv from "ajv";
import { InputError } from "../errors";
import { isMap, step } from "../inventory/part";
import { findRule } from "../judge/catalogue";
import type { Document } from "../read/document";
import type { SettingsFile } from "./file";
import schema from "./settings.schema.json";

/**
 * Reads a settings file. Throws InputError DG051 at the first place that is wrong: an unknown setting, a value that is
 * not allowed, a rule id nobody has.
 */
export function readSettings(document: Document): SettingsFile {
  const { file } = document;
  const value = withLevels(document.value);
  if (value === null || value === undefined) return {};
  const validate = new Ajv({ allErrors: false, strict: false }).compile<SettingsFile>(schema);
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    const pointer = error?.instancePath ?? "";
    throw new InputError(
      "DG051",
      complaint(error?.keyword, error?.params, error?.message, pointer),
      file,
      document.locate(pointer),
    );
  }
  checkRuleIds(value, document);
  return value;
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

function complaint(keyword = "", params: Record<string, unknown> = {}, message = "is wrong", pointer = ""): string {
  const place = pointer === "" ? "the settings" : pointer.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties") return `${place}: ${params["additionalProperty"]} is no setting`;
  if (keyword === "enum") return `${place} must be one of ${[params["allowedValues"]].flat().join(", ")}`;
  return `${place} ${message}`;
}

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
