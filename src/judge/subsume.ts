import type { RuleEntry } from "./catalogue";
import type { Finding } from "./finding";

/**
 * Leaves out what a wider rule says of the same words: one cause gives one finding. A rule names those it hides in
 * METADATA `subsumes`; it hides them at the same address and pointer, and an uncertain finding hides no certain one.
 */
export function subsume(findings: readonly Finding[], rules: readonly RuleEntry[]): Finding[] {
  const subsumes = new Map(rules.map((rule) => [rule.id, rule.subsumes]));
  const hidden = new Set<string>();
  for (const finding of findings) {
    for (const id of subsumes.get(finding.rule) ?? []) {
      hidden.add(spot(finding, id, "unknown"));
      if (finding.verdict === "deny") hidden.add(spot(finding, id, "deny"));
    }
  }
  return findings.filter((finding) => !hidden.has(spot(finding, finding.rule, finding.verdict)));
}

function spot(finding: Finding, rule: string, verdict: string): string {
  return JSON.stringify([finding.address, finding.at, rule, verdict]);
}
