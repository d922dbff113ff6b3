import type { Level, RuleEntry, Severity } from "./catalogue";

/** `deny`: it is wrong. `unknown`: the documents do not settle whether it is. */
export type Verdict = "deny" | "unknown";

/** A fact behind a finding, with its own place where it has one. */
export interface Evidence {
  text: string;
  address?: string;
  at?: string;
}

/**
 * An Allow statement that repairs a finding, without the format it is pasted in. With a `principal` (a service or an ARN)
 * it belongs into a key policy or another resource policy; without, into a policy of the role. Texts may hold holes.
 */
export interface Paste {
  actions: string[];
  resources: string[];
  principal?: string;
  conditions?: { operator: string; key: string; value: string }[];
  /** Where it must stand, or must not. */
  note?: string;
}

/** What a rule package yields, by `policies/lib/finding`. */
export interface RawFinding {
  address: string;
  at: string;
  verdict: Verdict;
  message: string;
  evidence: Evidence[];
  /** How many facts are left out beyond ten. */
  more?: number;
  /** This one is milder than its rule. */
  level?: "warn";
  severity?: Severity;
  paste?: Paste;
}

/** Something found, with what the catalogue knows about its rule. */
export interface Finding {
  /** Id of the rule, e.g. `DUR001`, and its name, `family/rule_name`. */
  rule: string;
  name: string;
  title: string;
  verdict: Verdict;
  level: Exclude<Level, "off">;
  severity: Severity;
  /** The resource whose text must change, and where: `file#/json/pointer`. */
  address: string;
  at: string;
  message: string;
  evidence: Evidence[];
  more?: number;
  paste?: Paste;
  remediation: string;
  url: string;
  /** Parameter values it depends on, `Env = dev`; absent when it is there whatever they are. */
  when?: string;
}

/** Joins a finding with its rule, whose level may have been set by the user. */
export function describe(raw: RawFinding, rule: RuleEntry, level: Exclude<Level, "off">): Finding {
  return {
    rule: rule.id,
    name: `${rule.family}/${rule.name}`,
    title: rule.title,
    verdict: raw.verdict,
    level: raw.level ?? level,
    severity: raw.severity ?? rule.severity,
    address: raw.address,
    at: raw.at,
    message: raw.message,
    evidence: raw.evidence,
    ...(raw.more === undefined ? {} : { more: raw.more }),
    ...(raw.paste === undefined ? {} : { paste: raw.paste }),
    remediation: rule.remediation,
    url: rule.references[0]?.url ?? "",
  };
}

/** One and the same finding, whatever its evidence says. */
export function identity(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.address, finding.at, finding.message, finding.verdict, finding.level]);
}

/** By file and pointer, then by rule and address: the order of code units, the same everywhere. */
export function inOrder(a: Finding, b: Finding): number {
  return (
    compare(a.at, b.at) ||
    compare(a.rule, b.rule) ||
    compare(a.address, b.address) ||
    compare(a.message, b.message) ||
    compare(identity(a), identity(b))
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
