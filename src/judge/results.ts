import { InputError } from "../errors";
import { shown } from "../inventory/text";
import type { Severity } from "./catalogue";
import type { Evidence, Paste, RawFinding } from "./finding";

/** What one rule says of one inventory. */
export interface RuleResult {
  finding: RawFinding[];
  /** Addresses of the resources the rule applies to. */
  examined: string[];
}

/** By `family/rule_name`. */
export type RuleResults = Map<string, RuleResult>;

/**
 * Reads what the policy gives. Throws InputError DG090, naming the rule, when a value is not of the shape that
 * `policies/lib/finding` makes: a rule that is wrong must not look like a rule that found nothing.
 */
export function readResults(value: unknown): RuleResults {
  const results: RuleResults = new Map();
  for (const [rule, result] of Object.entries(map(value, "results"))) {
    const { finding, examined } = map(result, rule);
    results.set(rule, {
      finding: list(finding, rule).map((each) => readFinding(each, rule)),
      examined: list(examined, rule).map((each) => text(each, rule)),
    });
  }
  return results;
}

function readFinding(value: unknown, rule: string): RawFinding {
  const given = map(value, rule);
  const finding: RawFinding = {
    address: text(given["address"], rule),
    at: text(given["at"], rule),
    verdict: oneOf(given["verdict"], ["deny", "unknown"], rule),
    message: shown(text(given["message"], rule)),
    evidence: list(given["evidence"], rule).map((each) => readEvidence(each, rule)),
  };
  if (given["more"] !== undefined) finding.more = count(given["more"], rule);
  if (given["level"] !== undefined) finding.level = oneOf(given["level"], ["warn"], rule);
  if (given["severity"] !== undefined) finding.severity = oneOf<Severity>(given["severity"], SEVERITIES, rule);
  if (given["paste"] !== undefined) finding.paste = readPaste(given["paste"], rule);
  return finding;
}

const SEVERITIES = ["critical", "high", "medium", "low"] as const;

function readEvidence(value: unknown, rule: string): Evidence {
  const given = map(value, rule);
  const fact = shown(text(given["text"], rule));
  if (given["at"] === undefined) return { text: fact };
  return { text: fact, address: text(given["address"], rule), at: text(given["at"], rule) };
}

function readPaste(value: unknown, rule: string): Paste {
  const given = map(value, rule);
  const paste: Paste = {
    actions: list(given["actions"], rule).map((each) => text(each, rule)),
    resources: list(given["resources"], rule).map((each) => text(each, rule)),
  };
  if (given["principal"] !== undefined) paste.principal = text(given["principal"], rule);
  if (given["note"] !== undefined) paste.note = text(given["note"], rule);
  if (given["conditions"] !== undefined) {
    paste.conditions = list(given["conditions"], rule).map((each) => {
      const condition = map(each, rule);
      return {
        operator: text(condition["operator"], rule),
        key: text(condition["key"], rule),
        value: text(condition["value"], rule),
      };
    });
  }
  return paste;
}

function map(value: unknown, rule: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw malformed(rule, "a map");
}

function list(value: unknown, rule: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(rule, "a list");
}

function text(value: unknown, rule: string): string {
  if (typeof value === "string") return value;
  throw malformed(rule, "a text");
}

function count(value: unknown, rule: string): number {
  if (typeof value === "number") return value;
  throw malformed(rule, "a number");
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], rule: string): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw malformed(rule, `one of ${allowed.join(", ")}`);
}

function malformed(rule: string, expected: string): InputError {
  return new InputError(
    "DG090",
    `The policy failed to evaluate: ${rule} gives something else than ${expected}`,
    "policy.wasm",
  );
}
