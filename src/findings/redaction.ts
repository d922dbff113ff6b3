import { isSecretName, suspect, suspectText } from "../inventory/secrets";

/** Looked at above a line for the mapping or text it belongs to. */
const REACH = 300;
/** Lines of an item of a list, in either direction. */
const ITEM = 5;

/** A rule that finds secrets: nothing of what it is about is shown or kept. */
export function isAboutSecrets(rule: string): boolean {
  return rule === "LAM002" || rule === "LAM003";
}

/**
 * What of some lines of source may be shown. A line is kept back when it may hold a secret by its own words, by the name
 * of a mapping it stands in (`DB_PASSWORD`), by a sibling (`Name: DB_PASSWORD` beside `Value`), or as part of a private
 * key. Rather one line too many.
 *
 * @param line text of a line by its number, from 1; undefined where there is none
 */
export function mayHoldSecret(number: number, line: (number: number) => string | undefined): boolean {
  const text = line(number);
  if (text === undefined || text.trim() === "") return false;
  return speaksOfSecret(text) || besideSecretName(number, line) || belowSecretName(number, line);
}

/** The indentation and the key of a line; nothing of its value. */
export function keyOf(text: string): string | undefined {
  const key = /^\s*(?:- )?["']?[A-Za-z_][\w.:/-]{0,80}["']?\s*[:=](?=\s|$)/.exec(text)?.[0];
  return key !== undefined && suspectText(key).length === 0 ? key : undefined;
}

/** Names of variables and parameters that hold secrets, and of properties of resources that do. */
export function namesSecret(name: string): boolean {
  return isSecretName(name) || /secret_?string|private_?key|pass_?phrase/i.test(name);
}

export function indentation(text: string): number {
  return text.length - text.trimStart().length;
}

function speaksOfSecret(text: string): boolean {
  if (suspectText(text).length > 0) return true;
  for (const { name, value } of entries(text)) {
    if (namesSecret(name) && value !== "") return true;
    if (suspect(name, { known: value }, "literal") !== undefined) return true;
  }
  return (text.match(/[A-Za-z0-9+/=_-]{20,}/g) ?? []).some((word) => suspect("", { known: word }, "literal"));
}

/** Names with what follows them, `a: b`, `"a": "b"`, `a = b`, as often as they occur in a line. */
function entries(text: string): { name: string; value: string }[] {
  return [...text.matchAll(/["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*([^,{}]*)/g)].map(([, name = "", value = ""]) => ({
    name,
    value: value.trim().replace(/^(["'])(.*)\1$/s, "$2"),
  }));
}

/** A value of a list item that names it elsewhere in the line, or in another line of the item: `Name`, `Key`. */
function besideSecretName(number: number, line: (number: number) => string | undefined): boolean {
  if (!entries(line(number) ?? "").some(({ name }) => /(?:value|default)$/i.test(name))) return false;
  let first = number;
  while (first > number - ITEM && !/^\s*[-{}[\]]/.test(line(first) ?? "-")) first -= 1;
  let last = number;
  while (last < number + ITEM && !/^\s*[-{}[\]]/.test(line(last + 1) ?? "-")) last += 1;
  return [...Array(last - first + 1).keys()].some((index) =>
    entries(line(first + index) ?? "").some(({ name, value }) => /(?:name|key)$/i.test(name) && namesSecret(value)),
  );
}

/** In the mapping or text under a secret's name, or in a private key. */
function belowSecretName(number: number, line: (number: number) => string | undefined): boolean {
  let indent = indentation(line(number) ?? "");
  let keyEnds = false;
  for (let above = number - 1; above >= Math.max(1, number - REACH); above -= 1) {
    const text = line(above) ?? "";
    if (/-----END [A-Z ]*PRIVATE KEY/.test(text)) keyEnds = true;
    else if (!keyEnds && /-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) return true;
    if (text.trim() === "" || indentation(text) >= indent) continue;
    indent = indentation(text);
    if (entries(text).some(({ name }) => namesSecret(name))) return true;
    if (indent === 0) return false;
  }
  return false;
}
