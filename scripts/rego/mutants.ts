import type { Expression, Place, Rule, Term } from "./tree";
import { comprehension, isEvery, isSome, operatorName, pairsOf, parseText, partsOf, termsOf } from "./tree";

/** A file with one thing taken out. */
export interface Mutant {
  line: number;
  /** What was taken out, its first line. */
  what: string;
  source: string;
}

/** Calls that put two things together. */
const JOINING = ["or", "plus", "minus", "array.concat", "object.union"];

/**
 * Takes out of a Rego file, one at a time: each rule and `else`, each expression of a body (put `true` in its place), each
 * value that the head of a rule asks of an argument, each field of an object, each element of a list or set, each side of
 * what puts two things together. Some of the results do not compile.
 */
export function mutants(opa: string, unbraced: string): Mutant[] {
  const cuts: Cut[] = [];
  const source = braced(opa, unbraced);
  const text = Buffer.from(source);
  const { lines, offset, end } = places(text);

  const visitBody = (body: Expression[]) => {
    for (const expression of body) {
      const { terms } = expression;
      // A head without a body has the body `true`, which is not in the text.
      if ("type" in terms && terms.type === "boolean") continue;
      cuts.push({ from: offset(expression), to: end(expression), by: "true" });
      visitTerms(expression);
    }
  };
  const visitTerms = ({ terms }: Expression) => {
    if (isSome(terms)) terms.symbols.forEach(visitTerm);
    else if (isEvery(terms)) {
      visitTerm(terms.domain);
      visitBody(terms.body);
    } else if (Array.isArray(terms)) terms.forEach(visitTerm);
    else visitTerm(terms);
  };
  const visitParts = (parts: Term[], container: Term) => {
    // OPA writes fields and members in an order of its own.
    const starts = parts.toSorted((a, b) => offset(a) - offset(b));
    starts.forEach((part, index) => {
      const next = starts[index + 1];
      cuts.push({ from: offset(part), to: next ? offset(next) : end(container) - 1, by: "" });
    });
  };
  const visitSides = (call: Term) => {
    const [, left, right] = termsOf(call);
    if (!left || !right) return;
    const [from, to] = [offset(call), end(call)];
    cuts.push(
      { from, to, by: written(left), what: written(right) },
      { from, to, by: written(right), what: written(left) },
    );
  };
  const visitTerm = (term: Term): void => {
    if (term.type.endsWith("comprehension")) {
      const { body, heads } = comprehension(term);
      visitBody(body);
      heads.forEach(visitTerm);
    } else if (term.type === "object") {
      const pairs = pairsOf(term);
      visitParts(
        pairs.flatMap((pair) => pair.slice(0, 1)),
        term,
      );
      pairs.flat().forEach(visitTerm);
    } else if (term.type === "array" || term.type === "set") {
      visitParts(termsOf(term), term);
      termsOf(term).forEach(visitTerm);
    } else if (term.type === "call" || term.type === "ref") {
      if (JOINING.includes(operatorName(termsOf(term)))) visitSides(term);
      termsOf(term).forEach(visitTerm);
    } else if (term.type === "templatestring") for (const part of partsOf(term)) if ("terms" in part) visitTerms(part);
  };
  const visitRule = (rule: Rule, isElse = false) => {
    // Without its first part a chain has no beginning: that part is made never to hold. Any other part goes alone. Of a
    // head that is all there is OPA tells the name's place only.
    const ends = [end(rule), ...(rule.head.args ?? []).map((argument) => end(argument) + 1)];
    cuts.push({ from: offset(rule), to: isElse && rule.else ? offset(rule.else) : Math.max(...ends), by: "" });
    const [first, last] = [rule.body[0], rule.body.at(-1)];
    if (!isElse && rule.else && first && last) cuts.push({ from: offset(first), to: end(last), by: "false" });
    for (const argument of rule.head.args ?? []) {
      if (argument.type !== "var") cuts.push({ from: offset(argument), to: end(argument), by: "_" });
    }
    for (const term of [rule.head.key, rule.head.value]) if (term) visitTerm(term);
    visitBody(rule.body);
    if (rule.else) visitRule(rule.else, true);
  };
  for (const rule of parseText(opa, source).rules ?? []) visitRule(rule);

  return distinct(cuts).map(({ from, to, by, what }) => ({
    line: lines.filter((start) => start <= from).length,
    what: (what ?? text.subarray(from, to).toString()).trim().split("\n")[0] ?? "",
    source: Buffer.concat([text.subarray(0, from), Buffer.from(by), text.subarray(to)]).toString(),
  }));
}

interface Cut {
  from: number;
  to: number;
  by: string;
  /** What is lost, where that is not all that is replaced. */
  what?: string;
}

interface Node {
  location: Place;
}

/** Byte offsets of lines and nodes of a text. */
function places(text: Buffer) {
  const lines = lineStarts(text);
  const offset = ({ location }: Node) => (lines[location.row - 1] ?? 0) + location.col - 1;
  return { lines, offset, end: (node: Node) => offset(node) + Buffer.byteLength(written(node)) };
}

/** The same with every body of an `else` in braces: of others OPA does not tell the place. */
function braced(opa: string, source: string): string {
  const text = Buffer.from(source);
  const { offset, end } = places(text);
  const parts: string[] = [];
  let done = 0;
  const visitElse = (rule: Rule) => {
    const last = rule.else ? offset(rule.else) : end(rule);
    const own = text.subarray(offset(rule), last).toString();
    const [, head = "", body = ""] = /^(.*? if )(?!\{\n)(.*?)(?:\s|^#.*$)*$/ms.exec(own) ?? [];
    if (body !== "" && rule.body[0] !== undefined && offset(rule.body[0]) === offset(rule)) {
      parts.push(text.subarray(done, offset(rule)).toString(), head, "{ ", body, " }");
      done = offset(rule) + Buffer.byteLength(head + body);
    }
    if (rule.else) visitElse(rule.else);
  };
  for (const rule of parseText(opa, source).rules ?? []) if (rule.else) visitElse(rule.else);
  return parts.join("") + text.subarray(done).toString();
}

function written({ location }: Node): string {
  return Buffer.from(location.text, "base64").toString();
}

function distinct(cuts: Cut[]): Cut[] {
  const byPlace = new Map(cuts.map((cut) => [`${cut.from}-${cut.to}-${cut.by}`, cut]));
  return [...byPlace.values()].filter((cut) => cut.to > cut.from).sort((a, b) => a.from - b.from || b.to - a.to);
}

/** Byte offsets at which lines begin. */
function lineStarts(text: Buffer): number[] {
  const starts = [0];
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}
