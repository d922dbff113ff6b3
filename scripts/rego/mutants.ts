import type { Expression, Module, Rule, Term } from "./tree";
import { comprehension, isEvery, isSome, pairsOf, partsOf, termsOf } from "./tree";

/** A file with one thing taken out. */
export interface Mutant {
  line: number;
  /** What was taken out, its first line. */
  what: string;
  source: string;
}

/**
 * Takes out of a Rego file, one at a time: each rule and `else`, each expression of a body (put `true` in its place), each
 * field of an object, each element of a list or set. Some of the results do not compile.
 */
export function mutants(source: string, module: Module): Mutant[] {
  const cuts: Cut[] = [];
  const text = Buffer.from(source);
  const lines = lineStarts(text);
  const offset = (node: { location: { row: number; col: number } }) =>
    (lines[node.location.row - 1] ?? 0) + node.location.col - 1;
  const end = (node: { location: { row: number; col: number; text: string } }) =>
    offset(node) + Buffer.from(node.location.text, "base64").length;

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
  const visitParts = (starts: Term[], container: Term) => {
    starts.forEach((part, index) => {
      const next = starts[index + 1];
      cuts.push({ from: offset(part), to: next ? offset(next) : end(container) - 1, by: "" });
    });
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
    } else if (term.type === "call" || term.type === "ref") termsOf(term).forEach(visitTerm);
    else if (term.type === "templatestring") for (const part of partsOf(term)) if ("terms" in part) visitTerms(part);
  };
  const visitRule = (rule: Rule, isElse = false) => {
    // Without its first part a chain has no beginning; any other part goes alone.
    cuts.push({ from: offset(rule), to: isElse && rule.else ? offset(rule.else) : end(rule), by: "" });
    for (const term of [rule.head.key, rule.head.value]) if (term) visitTerm(term);
    visitBody(rule.body);
    if (rule.else) visitRule(rule.else, true);
  };
  for (const rule of module.rules ?? []) visitRule(rule);

  return distinct(cuts).map(({ from, to, by }) => ({
    line: lines.filter((start) => start <= from).length,
    what: text.subarray(from, to).toString().trim().split("\n")[0] ?? "",
    source: Buffer.concat([text.subarray(0, from), Buffer.from(by), text.subarray(to)]).toString(),
  }));
}

interface Cut {
  from: number;
  to: number;
  by: string;
}

function distinct(cuts: Cut[]): Cut[] {
  const byPlace = new Map(cuts.map((cut) => [`${cut.from}-${cut.to}`, cut]));
  return [...byPlace.values()].filter((cut) => cut.to > cut.from).sort((a, b) => a.from - b.from || b.to - a.to);
}

/** Byte offsets at which lines begin. */
function lineStarts(text: Buffer): number[] {
  const starts = [0];
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}
