import { isMap } from "../inventory/part";

/** The unescaped steps of a JSON pointer (RFC 6901); none for the whole document. */
export function steps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** File and pointer of a place, `file#/pointer`; undefined for what has no place in a file. */
export function parted(at: string): { file: string; pointer: string } | undefined {
  const hash = at.endsWith("#") ? at.length - 1 : at.lastIndexOf("#/");
  return hash === -1 ? undefined : { file: at.slice(0, hash), pointer: at.slice(hash + 1) };
}

/** The value a JSON pointer leads to, through JSON in a text too; undefined when it leads nowhere. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const name of steps(pointer)) {
    const inside = opened(value);
    if (Array.isArray(inside)) value = inside[Number(name)];
    else value = isMap(inside) && Object.hasOwn(inside, name) ? inside[name] : undefined;
  }
  return value;
}

/** What a pointer goes on in: policies of plans are JSON in a text. */
export function opened(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
