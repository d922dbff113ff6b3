import type { Part } from "../inventory/part";
import type { Value } from "../inventory/types";

/** Parts as values of the inventory; undefined for what is not set. An empty text is as good as none. */

export function textValue(part: Part): Value<string> | undefined {
  if (part.kind === "text") return part.text === "" ? undefined : { known: part.text };
  if (part.kind === "number") return { known: String(part.number) };
  return part.kind === "absent" ? undefined : { unknown: part.why || "not a text" };
}

export function numberValue(part: Part): Value<number> | undefined {
  if (part.kind === "number") return { known: part.number };
  if (part.kind === "text" && /^-?[0-9]+$/.test(part.text)) return { known: Number(part.text) };
  return part.kind === "absent" ? undefined : { unknown: part.why || "not a number" };
}

export function booleanValue(part: Part): Value<boolean> | undefined {
  if (part.kind === "boolean") return { known: part.boolean };
  return part.kind === "absent" ? undefined : { unknown: part.why || "not true or false" };
}

/** A value that is always there: AWS's default where it is not set. */
export function textOr(part: Part, unset: string): Value<string> {
  return textValue(part) ?? { known: unset };
}

export function booleanOr(part: Part, unset: boolean): Value<boolean> {
  return booleanValue(part) ?? { known: unset };
}

/** One field of a table, left out when it is undefined. */
export function field<Name extends string, T>(name: Name, value: T | undefined): { [K in Name]?: T } {
  const made: { [K in Name]?: T } = {};
  if (value !== undefined) made[name] = value;
  return made;
}
