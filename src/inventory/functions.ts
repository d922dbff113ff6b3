import { atoms, cutAtColons } from "./atoms";
import type { FunctionDraft } from "./draft";
import { hasHole, pieces, soleHole } from "./text";
import type { Value } from "./types";

/** A function somebody mentions, and the qualifier of the mention. */
export interface Mentioned {
  /** Address of the declared function. */
  function: string;
  qualifier: Value<string>;
}

/** Finds declared functions by the ways AWS lets one name them. */
export class FunctionIndex {
  /** A plan may have functions of one name in several Regions. */
  private readonly byName = new Map<string, FunctionDraft[]>();

  constructor(functions: FunctionDraft[]) {
    for (const declared of functions) {
      const others = this.byName.get(declared.name);
      if (others) others.push(declared);
      else this.byName.set(declared.name, [declared]);
    }
  }

  /**
   * The function that a name, partial ARN, ARN or API Gateway invoke ARN means, with its qualifier: empty when there is
   * none. Undefined for a function outside the documents, of another account or Region too, or when it cannot be said
   * (Lambda API reference, "FunctionName").
   */
  find(mention: Value<string>): Mentioned | undefined {
    const text = mention.known;
    if (text === undefined) return undefined;
    const [name, qualifier] = splitQualifier(functionPart(text));
    const possible = (this.byName.get(name) ?? []).filter(({ arn }) => !isElsewhere(text, arn));
    const [declared, ...others] = possible.length > 1 ? possible.filter(({ arn }) => speaksOf(text, arn)) : possible;
    if (declared === undefined || others.length > 0) return undefined;
    return { function: declared.address, qualifier: qualifierValue(qualifier) };
  }
}

/** The qualifier given on its own counts; else that of the mention. */
export function effectiveQualifier(mentioned: Mentioned, separate: Value<string> | undefined): Value<string> {
  return separate === undefined || separate.known === "" ? mentioned.qualifier : separate;
}

function qualifierValue(qualifier: string): Value<string> {
  const open = soleHole(qualifier);
  // A hole that names a version's number or an alias is a qualifier all the same; only a free one is not known.
  return open !== undefined && !/[.:]/.test(open) ? { unknown: open } : { known: qualifier };
}

/** The mention spells out this ARN, and not a longer one. */
function speaksOf(mention: string, arn: string): boolean {
  const start = mention.indexOf(arn);
  return start !== -1 && /^(?:[:/]|$)/.test(mention.slice(start + arn.length));
}

/** The mention names an account or a Region, and the function is known to be in another. */
function isElsewhere(mention: string, arn: string): boolean {
  const named = placeOf(mention);
  const own = placeOf(arn);
  return named.some((field, index) => differ(field, own[index] ?? ""));
}

/** Account and Region before `:function:`; empty where a name or partial ARN leaves them out. */
function placeOf(text: string): string[] {
  const [before = ""] = text.split(":function:", 2);
  const fields = before === text ? [] : cutAtColons(atoms(before, "text"), Number.POSITIVE_INFINITY).reverse();
  return [0, 1].map((index) => (fields[index] ?? []).map((atom) => atom.text).join(""));
}

/** Two texts that are both there and complete, and not the same. */
export function differ(one: string, other: string): boolean {
  return one !== other && one !== "" && other !== "" && !hasHole(one) && !hasHole(other);
}

/** What follows `function:` in an ARN (also within an invoke ARN); the text itself when it is a bare name. */
export function functionPart(text: string): string {
  const invoke = text.indexOf(":function:");
  if (invoke === -1) return text;
  const rest = text.slice(invoke + ":function:".length);
  const end = rest.indexOf("/invocations");
  return end === -1 ? rest : rest.slice(0, end);
}

/** Cuts at the first colon outside holes. */
function splitQualifier(text: string): [name: string, qualifier: string] {
  let before = "";
  for (const piece of pieces(text)) {
    const colon = piece.hole ? -1 : piece.text.indexOf(":");
    if (colon !== -1) {
      const name = before + piece.text.slice(0, colon);
      return [name, text.slice(name.length + 1)];
    }
    before += piece.text;
  }
  return [text, ""];
}

/**
 * Version numbers that a resource pattern names literally (`function:NAME:7/…`, also with wildcards, `7*`): a grant on
 * those holds until the next version is published.
 */
export function namedVersions(pattern: string): string[] {
  const [, qualifier] = splitQualifier(functionPart(pattern));
  const number = /^([0-9][0-9?*]*|\?[0-9?*]*)(?:\/|$)/.exec(qualifier)?.[1];
  if (number === undefined || !pattern.includes(":function:")) return [];
  const literal = number.replaceAll("?", "1").replaceAll("*", "");
  return atoms(literal, "text").length === 1 ? [literal] : [];
}
