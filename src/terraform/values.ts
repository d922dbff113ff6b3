import type { Part } from "../inventory/part";
import type { Value } from "../inventory/types";
import { booleanValue, numberValue, textValue as writtenText } from "../inventory/values";

export { booleanValue, numberValue };

/** Text; the provider writes an empty one where nothing is set. */
export function textValue(part: Part): Value<string> | undefined {
  const value = writtenText(part);
  return value?.known === "" ? undefined : value;
}

/** A text that is always there: AWS's default where it is not set. */
export function textOr(part: Part, unset: string): Value<string> {
  return textValue(part) ?? { known: unset };
}

/** A text that Terraform requires; missing, it is unknown. */
export function required(part: Part, name: string): Value<string> {
  return textValue(part.field(name)) ?? { unknown: `no ${name} is given` };
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
