import { type Arn, type Atom, arnOf, atoms, cutAtColons, FIELDS, type Reading } from "./atoms";
import { OWN, pieces, soleHole } from "./text";
import type { Lead, Pattern, Text } from "./types";

/**
 * Prepares texts and IAM patterns for three-valued comparing in Rego (`policies/lib/iam`). A pattern covers a text for
 * certain when its `sure` expression matches. Otherwise, where all that is open in the text is the deployment's own, it
 * may cover it when its `possible` expression matches; where more is open, unless literal beginnings or ends disagree.
 *
 * `*` and `?` are read as in the IAM user guide, "IAM JSON policy elements: Resource": they run on past `:` and `/`.
 * `glob.match` is not used: its answers differ between OPA and WebAssembly.
 */

/** Names in holes that are generated names of declared resources: two different ones are never the same text. */
export type Identities = ReadonlySet<string>;

/** Prepares a text that something is authorised on. */
export function compileText(text: string, identities: Identities): Text {
  const all = atoms(text, "text");
  return { form: form(text), ...describe(text, all, arnOf(cutAtColons(all, FIELDS)), identities) };
}

/** Prepares a pattern as IAM reads Resource, Principal and `StringLike`. */
export function compilePattern(text: string, identities: Identities): Pattern {
  return compile(text, "pattern", CASE_COUNTS, identities);
}

/** Prepares an action pattern: letter case does not count ("IAM JSON policy elements: Action"). Its lead is lower case. */
export function compileAction(text: string): Pattern {
  const pattern = compile(text, "pattern", CASE_IGNORED, new Set());
  const [first] = lead(atoms(text.toLowerCase(), "pattern"), new Set());
  return first?.literal === undefined ? pattern : { ...pattern, lead: [first] };
}

/** Prepares a value that is compared as it stands (`StringEquals`), or without regard to letter case. */
export function compileLiteral(text: string, identities: Identities, ignoreCase = false): Pattern {
  return compile(text, "value", ignoreCase ? CASE_IGNORED : CASE_COUNTS, identities);
}

/**
 * Prepares a value of an ARN operator ("IAM JSON policy elements: Condition operators", "Amazon Resource Name condition
 * operators"): each of the six components is compared separately, so that in the first five `*` ends at the colon. Of a
 * value with fewer components nothing is said there: it may match what it would match as a text.
 */
export function compileArn(text: string, identities: Identities): Pattern {
  const all = atoms(text, "pattern");
  if (isUnfilled(all)) return coveringNothing(text);
  const parts = cutAtColons(all, FIELDS);
  const arn = arnOf(parts);
  return {
    ...describe(text, all, arn, identities),
    sure: arn === undefined ? NOTHING : anchored(expressions(parts, SAME, FIELD), CASE_COUNTS),
    possible: anchored(possibly(parts, arn === undefined ? ANYTHING : FIELD), CASE_COUNTS),
    scope: `${CASE_COUNTS}^${scope(arn)}`,
  };
}

const CASE_COUNTS = "(?s)";
const CASE_IGNORED = "(?is)";

function compile(text: string, reading: Reading, flags: string, identities: Identities): Pattern {
  const all = atoms(text, reading);
  if (isUnfilled(all)) return coveringNothing(text);
  const parts = cutAtColons(all, FIELDS);
  const arn = arnOf(parts);
  return {
    ...describe(text, all, arn, identities),
    // Letters of either case agree, which beginnings and ends do not know.
    ...(flags === CASE_IGNORED ? { lead: [], tail: "" } : {}),
    sure: anchored(expressions(parts, SAME, ANYTHING), flags),
    ...(isExact(all, parts) ? {} : { possible: anchored(possibly(parts, ANYTHING), flags) }),
    scope: `${flags}^${scope(arn)}`,
  };
}

// Holes, as compared, stand between two characters that no document has: no literal matches a part of one.
const OPEN = "\u0001";
const CLOSE = "\u0002";

/** The text as expressions are compared with it. */
function form(text: string): string {
  return pieces(text)
    .map((piece) => (piece.hole ? `${OPEN}${piece.text.slice(2, -1)}${CLOSE}` : piece.text))
    .join("");
}

/** Anything, holes included. */
const ANYTHING = `(?:[^${OPEN}]|${OPEN}[^${CLOSE}]*${CLOSE})*`;
const OWN_HOLE = `${OPEN}AWS::(?:Partition|Region|AccountId)${CLOSE}`;
/** Anything in one field of an ARN; a hole that is not the deployment's own may hold a colon. */
const FIELD = `(?:[^${OPEN}:]|${OWN_HOLE})*`;
const NOTHING = "$.";

/** One character; beside a `*` also a hole that is never empty. */
const CHARACTER = `[^${OPEN}]`;
const ONE_OR_MORE = `(?:${CHARACTER}|${OWN_HOLE}|${OPEN}durable:[^${CLOSE}]*${CLOSE})`;

const WELL_FORMED = new Map<string, string>([
  [OWN.partition, "aws[a-z-]*"],
  [OWN.region, "[a-z]{2}(?:-[a-z]+)+-[0-9]+"],
  [OWN.account, "[0-9]{12}"],
]);

/** Of the whole text. What may end in anything need not be looked at to its end. */
function anchored(whole: string, flags: string): string {
  return whole.endsWith(ANYTHING) ? `${flags}^${whole.slice(0, -ANYTHING.length)}` : `${flags}^${whole}$`;
}

/** What a hole of a pattern matches: itself, or whatever it may turn out to be. */
type Holes = (atom: Atom) => string;
const SAME: Holes = (atom) => escaped(form(atom.text));
const WHATEVER: Holes = () => ANYTHING;

/** Expressions of what stands between colons; the last part, an ARN's resource, may hold more colons. */
function expressions(parts: Atom[][], holes: Holes, any: string): string {
  return parts.map((part, index) => expression(part, holes, index < FIELDS ? any : ANYTHING)).join(":");
}

function expression(all: Atom[], holes: Holes, any: string): string {
  return all
    .map((atom) => {
      switch (atom.kind) {
        case "wildcard":
          return wildcards(atom.text, any);
        case "own":
          return `(?:${escaped(form(atom.text))}|${WELL_FORMED.get(atom.text)})`;
        case "own literal":
          return `(?:${escaped(atom.text)}|${escaped(form(atom.own ?? ""))})`;
        case "hole":
          return holes(atom);
        default:
          return escaped(form(atom.text));
      }
    })
    .join("");
}

function wildcards(run: string, any: string): string {
  const characters = run.replaceAll("*", "").length;
  return run.includes("*") ? any + (ONE_OR_MORE + any).repeat(characters) : CHARACTER.repeat(characters);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

const isUnsettled = (atom: Atom) => atom.kind === "hole" || atom.kind === "wildcard";
const LITERAL: Atom["kind"][] = ["literal", "own literal", "fresh", "lookalike"];
const isLiteral = (atom: Atom) => LITERAL.includes(atom.kind);

/** What `sure` does not match, the pattern does not cover: all of it is literal or a wildcard on its own. */
function isExact(all: Atom[], parts: Atom[][]): boolean {
  return !all.some((atom) => atom.kind === "hole") && !parts.slice(0, FIELDS).some(mayCutOwn);
}

function possibly(parts: Atom[][], any: string): string {
  return parts
    .map((part, index) => {
      const inField = index < FIELDS;
      const whole = expression(part, WHATEVER, inField ? any : ANYTHING);
      return inField && mayCutOwn(part) ? `(?:${whole}|${ANYTHING}${OWN_HOLE}${ANYTHING})` : whole;
    })
    .join(":");
}

/**
 * True for what may match a part of the deployment's own partition, Region or account: `us-*`. Those stand in the fields
 * of an ARN only, and what follows the pattern's fifth colon never meets a field.
 */
function mayCutOwn(part: Atom[]): boolean {
  return part.some((atom, index) => {
    const next = part[index + 1];
    if (next === undefined) return false;
    return (
      (isUnsettled(atom) && isLiteral(next) && /^[a-z0-9-]/.test(next.text)) ||
      (isLiteral(atom) && isUnsettled(next) && /[a-z0-9-]$/.test(atom.text))
    );
  });
}

/** The ARN fields before the first unsettled one: no text outside them can ever be covered. */
function scope(arn: Arn | undefined): string {
  if (arn === undefined) return "";
  const end = arn.fields.findIndex((field) => field.some(isUnsettled));
  return arn.fields
    .slice(0, end === -1 ? arn.fields.length : end)
    .map((field) => `${expression(field, SAME, ANYTHING)}:`)
    .join("");
}

/** Marks the end of a text in its lead, so that a longer literal disagrees with a shorter one. */
const END = "\u0003";

/** A pattern with a `${Fn}` in it that nobody fills in: no name or ARN has that, so it covers none, whatever it turns out to be. */
const coveringNothing = (text: string): Pattern => ({
  text,
  ...{ sure: NOTHING, scope: NOTHING, lead: [{ literal: END }], tail: "", open: false, arn: true },
});
const isUnfilled = (all: Atom[]) => all.some(({ kind }) => kind === "lookalike");

/**
 * Lead, tail and openness. They are taken of the resource part where the five fields before it are settled (those are
 * compared by `scope`), else of the whole text; of an ARN with unsettled fields the lead says nothing.
 */
function describe(text: string, all: Atom[], arn: Arn | undefined, identities: Identities): Omit<Text, "form"> {
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

/** Open: something could still be anything. The deployment's own, in the fields of an ARN, is compared as such instead. */
function isOpen(body: Atom[], arn: Arn | undefined): boolean {
  if (body.some((atom) => atom.kind === "hole" || atom.kind === "own")) return true;
  return arn?.fields.some((field) => field.some((atom) => atom.kind === "hole")) ?? false;
}
