import { readFileSync } from "node:fs";
import { packFile } from "./pack";

export type Level = "deny" | "warn" | "off";
export type Severity = "critical" | "high" | "medium" | "low";

/** What is known about a rule: its METADATA, gathered into `catalogue.json` when the policy is built. */
export interface RuleEntry {
  id: string;
  /** Ids it used to have. */
  aliases: string[];
  /** Folder of the family and of the rule: `policies/rules/<family>/<name>`. */
  family: string;
  name: string;
  title: string;
  description: string;
  /** `deny` fails a pipeline, `warn` does not, `off` has to be switched on. */
  level: Level;
  severity: Severity;
  remediation: string;
  references: { title: string; url: string }[];
  /** Checks of other tools that look for the same. */
  related: { tool: string; id: string }[];
  /** Ids of rules that say less about the same words: their findings at the same address and pointer are left out. */
  subsumes: string[];
  /** The claims of the project's source documents it implements. */
  sources: string[];
}

let read: readonly RuleEntry[] | undefined;

/** All rules, sorted by id. Reads `catalogue.json` on the first call. */
export function catalogue(): readonly RuleEntry[] {
  if (read !== undefined) return read;
  const rules: readonly RuleEntry[] = JSON.parse(readFileSync(packFile("catalogue.json"), "utf8"));
  read = rules;
  return rules;
}

/** The rule of this id or former id; undefined when there is none. */
export function findRule(id: string): RuleEntry | undefined {
  return catalogue().find((rule) => rule.id === id || rule.aliases.includes(id));
}
