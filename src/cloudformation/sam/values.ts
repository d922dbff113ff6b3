import { createHash } from "node:crypto";
import { isMap } from "../../inventory/part";

/** A map of a template: resource, properties, intrinsic function. */
export type Fields = Record<string, unknown>;

/** What is written cannot be expanded; the resource stays as it is and is reported as unresolved. */
export class CannotExpand extends Error {
  override readonly name = "CannotExpand";
}

/**
 * Whether a value counts as given. AWS's translator asks Python's truth: `{}`, `[]`, `""`, `0` and `false` are as good
 * as absent, so `DurableConfig: {}` makes no durable role.
 */
export function given(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The value, when it is a map; an empty map when it is absent. */
export function mapOf(value: unknown, what: string): Fields {
  if (isAbsent(value)) return {};
  if (isMap(value)) return value;
  throw new CannotExpand(`${what} is not a map`);
}

/** The value as a list; a single value stands for a list of one, an absent one for an empty list. */
export function listOf(value: unknown): unknown[] {
  if (isAbsent(value)) return [];
  return Array.isArray(value) ? value : [value];
}

/** The value, when it is a text that is not empty. */
export function textOf(value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new CannotExpand(`${what} is not a text`);
}

export function ref(id: string): Fields {
  return { Ref: id };
}

export function getAtt(id: string, attribute: string): Fields {
  return { "Fn::GetAtt": [id, attribute] };
}

export function sub(text: string, variables?: Fields): Fields {
  return { "Fn::Sub": variables === undefined ? text : [text, variables] };
}

function noValue(): Fields {
  return ref("AWS::NoValue");
}

export function conditional(condition: unknown, value: unknown, otherwise: unknown = noValue()): Fields {
  return { "Fn::If": [condition, value, otherwise] };
}

/** True for a map with one key that is `Ref`, `Condition` or `Fn::…`. */
export function isIntrinsic(value: unknown): value is Fields {
  if (!isMap(value)) return false;
  const names = Object.keys(value);
  const name = names[0];
  return (
    names.length === 1 && name !== undefined && (name === "Ref" || name === "Condition" || name.startsWith("Fn::"))
  );
}

export function isNoValue(value: unknown): boolean {
  return isIntrinsic(value) && value["Ref"] === "AWS::NoValue";
}

/** The three arguments of an `Fn::If`; undefined for anything else. */
export function ifArguments(value: unknown): [condition: unknown, value: unknown, otherwise: unknown] | undefined {
  if (!isIntrinsic(value) || !("Fn::If" in value)) return undefined;
  const items = value["Fn::If"];
  if (!Array.isArray(items) || items.length !== 3) throw new CannotExpand("Fn::If does not have three arguments");
  return [items[0], items[1], items[2]];
}

/** The logical id a `Ref` or `Fn::GetAtt` names. */
export function referredId(value: unknown): string | undefined {
  if (!isIntrinsic(value)) return undefined;
  if (typeof value["Ref"] === "string") return value["Ref"];
  const attribute = value["Fn::GetAtt"];
  const [id] = typeof attribute === "string" ? attribute.split(".") : Array.isArray(attribute) ? attribute : [];
  return typeof id === "string" ? id : undefined;
}

/** The same JSON value, whatever the order of keys. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (!isMap(one) || !isMap(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}

/** Tags as CloudFormation's list of key and value. */
export function tagList(tags: unknown): Fields[] {
  return Object.entries(mapOf(tags, "Tags")).map(([Key, value]) => ({ Key, Value: value ?? "" }));
}

/**
 * The ten characters AWS's translator appends to logical ids that must change with what they stand for: SHA-1 over the
 * text itself, or over JSON with sorted keys.
 */
export function shortHash(value: unknown): string {
  if (!given(value)) return "";
  const text = typeof value === "string" ? value : canonical(value);
  return createHash("sha1").update(text).digest("hex").slice(0, 10);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isMap(value)) {
    const fields = Object.keys(value).sort();
    return `{${fields.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  const ascii = JSON.stringify(value ?? null);
  return ascii.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** An id suffix: letters and digits are taken as they are, anything else is hashed. */
export function idSuffix(text: string): string {
  return /^[\p{L}\p{N}]+$/u.test(text) ? text : shortHash(text);
}
