import { isMap } from "../inventory/part";
import { opened } from "../read/pointer";

const LINES = 14;
const DEPTH = 3;
const TEXT = 120;

/** A value as a few lines of JSON, deep and long parts left out, one entry `first`: a resource of a plan at one glance. */
export function outline(name: string, value: unknown, first?: string): string[] {
  const shown = isMap(value) && first !== undefined ? { [first]: value[first], ...value } : value;
  const lines = part(/^\d*$/.test(name) ? "" : `${JSON.stringify(name)}: `, shown, 0);
  return lines.length > LINES ? [...lines.slice(0, LINES), "…"] : lines;
}

/** The part of a document around what a pointer leads to, and which entry of it that is. */
export interface Nearest {
  name: string;
  value: unknown;
  first?: string;
}

/**
 * What a pointer leads to, or around it: a value by itself says little, and what is known only after apply is not in a
 * plan. Policies are JSON in a text, and pointers go on inside.
 */
export function nearest(document: unknown, names: readonly string[]): Nearest {
  let found: Nearest = { name: "", value: document };
  for (const name of names) {
    const inside = opened(found.value);
    if (!(isMap(inside) || Array.isArray(inside)) || !Object.hasOwn(inside, name)) return found;
    const value: unknown = Array.isArray(inside) ? inside[Number(name)] : inside[name];
    const last = name === names.at(-1) && (typeof value !== "object" || value === null);
    found = last ? { ...found, value: inside, first: name } : { name, value };
  }
  return found;
}

function part(opening: string, value: unknown, depth: number): string[] {
  const indent = "  ".repeat(depth);
  if (typeof value === "string" && value.length > TEXT) {
    return [`${indent}${opening}${JSON.stringify(value.slice(0, TEXT))}…`];
  }
  const list = Array.isArray(value);
  if (!list && !isMap(value)) return [`${indent}${opening}${JSON.stringify(value ?? null)}`];
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  const entries = Object.entries(value).slice(0, LINES);
  if (entries.length === 0) return [`${indent}${opening}${open}${close}`];
  if (depth >= DEPTH) return [`${indent}${opening}${open}…${close}`];
  return [
    `${indent}${opening}${open}`,
    ...entries.flatMap(([name, inside]) => part(list ? "" : `${JSON.stringify(name)}: `, inside, depth + 1)),
    `${indent}${close}`,
  ];
}
