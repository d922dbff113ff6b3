/** What the scripts here know of Rego's syntax tree, as `opa parse --format json` writes it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a node stands; `text` is its source, base64. Rows and columns count from 1, columns in bytes. */
export interface Place {
  row: number;
  col: number;
  text: string;
}

export interface Term {
  type: string;
  value: unknown;
  location: Place;
}

export interface Expression {
  /** A single term (asked for its truth), a call (operator first), or a `some … in` / `every`. */
  terms: Term | Term[] | SomeDeclaration | Every;
  negated?: boolean;
  location: Place;
}

export interface SomeDeclaration {
  symbols: Term[];
}

export interface Every {
  key: Term | null;
  value: Term;
  domain: Term;
  body: Expression[];
}

export interface Rule {
  head: { name?: string; args?: Term[]; key?: Term; value?: Term; ref: Term[]; location: Place };
  /** Absent bodies are written by the parser as the one expression `true`. */
  body: Expression[];
  else?: Rule;
  default?: boolean;
  location: Place;
}

export interface Module {
  rules?: Rule[];
  imports?: { path: Term; alias?: string }[];
}

/** Parses one file with positions. Throws what OPA says when it cannot. */
export function parse(opa: string, file: string): Module {
  const written = execFileSync(opa, ["parse", "--format=json", "--json-include=locations,-comments", file], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(written);
}

/** The same of a text, which OPA does not take. */
export function parseText(opa: string, text: string): Module {
  const folder = mkdtempSync(join(tmpdir(), "rego-"));
  try {
    writeFileSync(join(folder, "text.rego"), text);
    return parse(opa, join(folder, "text.rego"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The Rego files under the given files and folders without tests, sorted. */
export function regoFiles(paths: readonly string[]): string[] {
  const found: string[] = [];
  for (const path of paths) {
    if (path.endsWith(".rego")) found.push(path);
    else found.push(...readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name)));
  }
  return found.filter((file) => file.endsWith(".rego") && !file.endsWith("_test.rego")).sort();
}

/** What an expression consists of, by its shape. */
export const isSome = (terms: Expression["terms"]): terms is SomeDeclaration => "symbols" in terms;
export const isEvery = (terms: Expression["terms"]): terms is Every => "domain" in terms;
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

function isTerm(value: unknown): value is Term {
  return typeof value === "object" && value !== null && "type" in value && "value" in value;
}

function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && "terms" in value;
}

/** The terms a call, reference, array or set consists of. */
export function termsOf(term: Term): Term[] {
  return isList(term.value) ? term.value.filter(isTerm) : [];
}

/** The key and value of each field of an object. */
export function pairsOf(term: Term): Term[][] {
  return isList(term.value) ? term.value.filter(isList).map((pair) => pair.filter(isTerm)) : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** The parts of a template string. */
export function partsOf(term: Term): (Expression | Term)[] {
  const parts = field(term.value, "parts");
  return isList(parts) ? parts.filter((part) => isExpression(part) || isTerm(part)) : [];
}

/** The body of a comprehension and what it gathers. */
export function comprehension(term: Term): { body: Expression[]; heads: Term[] } {
  const body = field(term.value, "body");
  const heads = ["key", "value", "term"].map((name) => field(term.value, name));
  return { body: isList(body) ? body.filter(isExpression) : [], heads: heads.filter(isTerm) };
}

/** The name of the function a call calls, `a.b.c`. */
export function operatorName(terms: Term[]): string {
  const operator = terms[0];
  return operator === undefined
    ? ""
    : termsOf(operator)
        .map((step) => String(step.value))
        .join(".");
}

/** True when a term that satisfies the question stands anywhere inside. */
export function mentions(node: unknown, question: (term: Term) => boolean): boolean {
  if (isTerm(node) && question(node)) return true;
  // A call that is a whole expression is a bare list, operator first.
  if (
    isList(node) &&
    node.every(isTerm) &&
    question({ type: "call", value: node, location: { row: 0, col: 0, text: "" } })
  ) {
    return true;
  }
  if (typeof node !== "object" || node === null) return false;
  return Object.values(node).some((inside) => mentions(inside, question));
}

/** The source text of a term, quoted. */
export function source(term: Term): string {
  return `\`${Buffer.from(term.location.text, "base64").toString("utf8")}\``;
}
