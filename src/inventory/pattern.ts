import { type Arn, type Atom, atoms, cutArn } from "./atoms";
import { OWN, soleHole } from "./text";
import type { Lead, Pattern, Text } from "./types";

/**
 * Prepares texts and IAM patterns for three-valued comparing in Rego (`policies/lib/iam`): a pattern covers a text for
 * certain when its `sure` expression matches; otherwise, where something is left open, it may cover it unless literal
 * beginnings or ends disagree. `*` and `?` are read as in the IAM user guide, "IAM JSON policy elements: Resource":
 * they run on past `:` and `/`. `glob.match` is not used: its answers differ between OPA and WebAssembly.
 */

/** Names in holes that are generated names of declared resources: two different ones are never the same text. */
export type Identities = ReadonlySet<string>;

interface Reading {
  wildcards: boolean;
  ignoreCase: boolean;
}

/** Prepares a text that something is authorised on. */
export function compileText(text: string, identities: Identities): Text {
  return describe(text, atoms(text, false), identities);
}

/** Prepares a pattern as IAM reads Resource, Principal and `StringLike`. */
export function compilePattern(text: string, identities: Identities): Pattern {
  return compile(text, identities, { wildcards: true, ignoreCase: false });
}

/** Prepares an action pattern: letter case does not count ("IAM JSON policy elements: Action"). */
export function compileAction(text: string): Pattern {
  const pattern = compile(text, new Set(), { wildcards: true, ignoreCase: true });
  const lower = pattern.lead.map((step) =>
    step.literal === undefined ? step : { literal: step.literal.toLowerCase() },
  );
  return { ...pattern, lead: lower, tail: pattern.tail.toLowerCase() };
}

/** Prepares a value that is compared as it stands (`StringEquals`), or without regard to letter case. */
export function compileLiteral(text: string, identities: Identities, ignoreCase = false): Pattern {
  return compile(text, identities, { wildcards: false, ignoreCase });
}

function compile(text: string, identities: Identities, reading: Reading): Pattern {
  const all = atoms(text, reading.wildcards);
  const flags = reading.ignoreCase ? "(?is)" : "(?s)";
  return {
    ...describe(text, all, identities),
    sure: `${flags}^${expression(all)}$`,
    scope: `${flags}^${scope(cutArn(all))}`,
  };
}

/** Anything; a hole counts as one unit, so that a literal never matches inside the name of a hole. */
const ANYTHING = "(?:[^$]|\\$[^{]|\\$\\{[^}]*\\})*";

const WELL_FORMED = new Map<string, string>([
  [OWN.partition, "aws[a-z-]*"],
  [OWN.region, "[a-z]{2}(?:-[a-z]+)+-[0-9]+"],
  [OWN.account, "[0-9]{12}"],
]);

function expression(all: Atom[]): string {
  return all
    .map((atom) => {
      switch (atom.kind) {
        case "wildcard":
          return atom.text === "*" ? ANYTHING : ".";
        case "own":
          return `(?:${escaped(atom.text)}|${WELL_FORMED.get(atom.text)})`;
        case "own literal":
          return `(?:${escaped(atom.text)}|${escaped(atom.own ?? "")})`;
        default:
          return escaped(atom.text);
      }
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

const isUnsettled = (atom: Atom) => atom.kind === "hole" || atom.kind === "wildcard";

/** The ARN fields before the first unsettled one: no text outside them can ever be covered. */
function scope(arn: Arn | undefined): string {
  if (arn === undefined) return "";
  const end = arn.fields.findIndex((field) => field.some(isUnsettled));
  return arn.fields
    .slice(0, end === -1 ? arn.fields.length : end)
    .map((field) => `${expression(field)}:`)
    .join("");
}

/** Marks the end of a text in its lead, so that a longer literal disagrees with a shorter one. */
const END = "\u0003";

/**
 * Lead, tail and openness. They are taken of the resource part where the five fields before it are settled (those are
 * compared by `scope`), else of the whole text; of an ARN with unsettled fields the lead says nothing.
 */
function describe(text: string, all: Atom[], identities: Identities): Text {
  const arn = cutArn(all);
  const settled = arn !== undefined && !arn.fields.some((field) => field.some(isUnsettled));
  const body = settled ? arn.resource : all;
  return {
    text,
    lead: arn !== undefined && !settled ? [] : lead(body, identities),
    tail: tail(body),
    open: isOpen(body, arn),
    arn: settled,
  };
}

const isLiteral = (atom: Atom) => atom.kind === "literal" || atom.kind === "own literal" || atom.kind === "fresh";

function lead(body: Atom[], identities: Identities): Lead[] {
  const steps: Lead[] = [];
  const wildcard = body.findIndex((atom) => atom.kind === "wildcard");
  const before = wildcard === -1 ? [...body, { kind: "literal" as const, text: END }] : body.slice(0, wildcard);
  for (const atom of before) {
    const last = steps.at(-1);
    if (!isLiteral(atom)) {
      const name = soleHole(atom.text) ?? atom.text;
      steps.push(identities.has(name) ? { identity: name } : { hole: name });
    } else if (last?.literal !== undefined) {
      last.literal += atom.text;
    } else {
      steps.push({ literal: atom.text });
    }
  }
  return steps;
}

function tail(body: Atom[]): string {
  return body
    .slice(body.findLastIndex((atom) => !isLiteral(atom)) + 1)
    .map((atom) => atom.text)
    .join("");
}

/** Open: something could still be anything. In the five ARN fields the deployment's own is matched exactly instead. */
function isOpen(body: Atom[], arn: Arn | undefined): boolean {
  if (body.some((atom) => atom.kind === "hole" || atom.kind === "own")) return true;
  const fields = arn?.fields ?? [];
  return fields.some(
    (field) =>
      field.some((atom) => atom.kind === "hole") ||
      (field.length > 1 && field.some((atom) => atom.kind === "wildcard")),
  );
}
