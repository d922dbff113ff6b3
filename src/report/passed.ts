import type { FileReport } from "../findings/types";
import type { RuleEntry } from "../judge/catalogue";
import { counted } from "./wording";

/** A rule that looked at resources of a file and found nothing wrong, undecided or waived. */
export interface PassedRule {
  id: string;
  title: string;
  /** How many it looked at, in words. */
  resources: string;
}

/** What passed in a file, by rule; a rule that had nothing to look at has not passed. */
export function passedRules(file: FileReport, rules: readonly RuleEntry[]): PassedRule[] {
  const found = new Set([...file.findings, ...file.exceptions.map(({ finding }) => finding)].map(({ rule }) => rule));
  return rules.flatMap(({ id, title }) => {
    const addresses = file.examined.get(id) ?? [];
    return found.has(id) || addresses.length === 0
      ? []
      : [{ id, title, resources: counted(addresses.length, "resource") }];
  });
}
