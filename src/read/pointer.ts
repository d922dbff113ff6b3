import { isMap } from "../inventory/part";

/** The unescaped steps of a JSON pointer (RFC 6901); none for the whole document. */
export function steps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value a JSON pointer leads to; undefined when it leads nowhere. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const name of steps(pointer)) {
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
