import type { Part } from "./part";
import { hasHole, hole, soleHole } from "./text";
import type { Value } from "./types";

/** Readers of scalar settings: what is absent gives undefined, what cannot be read an unknown with its reason. */

/** Text; numbers and booleans as they are written. A text that is one hole and nothing else is still known by it. */
export function textValue(part: Part): Value<string> | undefined {
  switch (part.kind) {
    case "absent":
      return undefined;
    case "text":
      return { known: part.text };
    case "number":
      return { known: String(part.number) };
    case "boolean":
      return { known: String(part.boolean) };
    default:
      return { unknown: part.why || `a ${part.kind} where a text belongs` };
  }
}

/** A setting with a fixed set of values: a text with a hole in it is unknown. */
export function choiceValue(part: Part): Value<string> | undefined {
  const text = textValue(part);
  return text?.known !== undefined && hasHole(text.known) ? { unknown: reason(text.known) } : text;
}

/** A number, also written as text (`"3600"`). */
export function numberValue(part: Part): Value<number> | undefined {
  if (part.kind === "absent") return undefined;
  if (part.kind === "number") return { known: part.number };
  if (part.kind !== "text") return { unknown: part.why || `a ${part.kind} where a number belongs` };
  const written = part.text.trim();
  if (written !== "" && Number.isFinite(Number(written))) return { known: Number(written) };
  return { unknown: hasHole(part.text) ? reason(part.text) : "a text where a number belongs" };
}

/** A boolean, also written as text (`"true"`). */
export function booleanValue(part: Part): Value<boolean> | undefined {
  if (part.kind === "absent") return undefined;
  if (part.kind === "boolean") return { known: part.boolean };
  const written = part.text.toLowerCase();
  if (written === "true" || written === "false") return { known: written === "true" };
  return { unknown: part.why || (hasHole(part.text) ? reason(part.text) : "not true or false") };
}

/** A list of texts, or one text alone; what cannot be read is one unknown item. */
export function textValues(part: Part): Value<string>[] {
  if (part.kind === "list") return part.items().flatMap((item) => textValue(item) ?? []);
  return [textValue(part) ?? []].flat();
}

/** The items of a part that should be a list; a single map stands for a list of one. */
export function itemsOf(part: Part): Part[] {
  return part.kind === "map" ? [part] : part.items();
}

/** Why a part that should be a list or map says nothing: its reason, or undefined when it can be read or is absent. */
export function unreadable(part: Part): string | undefined {
  if (part.kind === "unknown") return part.why;
  return part.kind === "text" ? soleHole(part.text) : undefined;
}

/** The text of a value; a hole with the reason where it is not known. */
export function textOrHole(value: Value<string> | undefined): string {
  return value?.known ?? hole(value?.unknown ?? "not given");
}

function reason(text: string): string {
  return soleHole(text) ?? `${text} is not settled`;
}
