import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import type { FileReport } from "../../src/findings/types";
import { catalogue, type Level } from "../../src/judge/catalogue";
import { DISAGREEMENTS } from "./disagreements";

/**
 * Compares our rules with the fixtures that other tools' test suites label pass or fail (`corpus/README.md`): per topic,
 * where both find something or both look and find nothing, where only one does, and where nobody looked. Each label on
 * which we disagree stands in `disagreements.ts` with its reason.
 */
const CORPUS = resolve(import.meta.dirname, "..", "..", "..", "shared", "corpus");
const LABELS = join(CORPUS, "labels.json");

interface Label {
  source: string;
  rule_id: string;
  /** Path in the corpus. */
  file: string;
  /** Logical id, or `*` for the whole file. */
  resource: string;
  verdict: "pass" | "fail";
  granularity: "resource" | "file";
  topic: string;
}

/** The rules of ours that speak of a topic. One that hides another (`subsumes`) speaks for it. */
const TOPICS: Record<string, string[]> = {
  "iam-admin": ["WLD001", "WLD003", "WLD004"],
  "iam-not-action": ["WLD003", "WLD006"],
  "iam-passrole": ["WLD001", "WLD002", "WLD003", "WLD005"],
  "iam-privilege-escalation": ["WLD001", "WLD002", "WLD005"],
  "iam-star-action": ["WLD001"],
  "iam-star-resource": ["WLD001", "WLD002", "WLD003"],
  "iam-trust-policy": ["WLD001", "WLD003", "WLD006"],
  "iam-user-policy": ["LAM002", "LAM020"],
  "kms-rotation": ["KMS007"],
  "kms-wildcard-principal": ["KMS005"],
  "lambda-concurrency": ["LAM015"],
  "lambda-dlq": ["DUR014", "LAM014"],
  "lambda-env-encryption": ["KMS009"],
  "lambda-env-secrets": ["LAM002", "LAM003"],
  "lambda-permission-confused-deputy": ["DUR006", "LAM006"],
  "lambda-permission-wildcard-principal": ["LAM006"],
  "lambda-runtime": ["LAM016"],
  "lambda-tracing": ["LAM019"],
  "lambda-url-auth": ["LAM005"],
  "lambda-vpc": ["LAM012"],
  "log-group-kms": ["LAM010"],
  "log-group-retention": ["LAM007"],
};

const OUTCOMES = ["agree", "we alone", "they alone", "judged by neither"] as const;
type Outcome = (typeof OUTCOMES)[number];

const labels: Label[] = existsSync(LABELS) ? JSON.parse(readFileSync(LABELS, "utf8")) : [];
if (labels.length === 0) process.stdout.write("labels: 1 test skipped, there is no corpus of labelled fixtures\n");

describe.skipIf(labels.length === 0)("labels of other tools", () => {
  const reports = new Map<string, FileReport | undefined>();
  const levels = Object.fromEntries(
    catalogue()
      .filter(({ level }) => level === "off")
      .map(({ id }): [string, Level] => [id, "warn"]),
  );
  const judged = (file: string): FileReport | undefined => {
    if (!reports.has(file)) reports.set(file, check([join(CORPUS, file)], { today: "2026-11-22", levels }).files[0]);
    return reports.get(file);
  };

  /** What we say of a label: `unknown` is not a finding. */
  const outcome = ({ topic, file, resource, granularity, verdict }: Label): Outcome => {
    const rules = TOPICS[topic] ?? [];
    const report = judged(file);
    const isMeant = (address: string) =>
      granularity === "file" || address === resource || address.startsWith(`${resource}.`);
    const found = report?.findings.some(
      (finding) => finding.verdict === "deny" && rules.includes(finding.rule) && isMeant(finding.address),
    );
    const looked = rules.some((rule) => report?.examined.get(rule)?.some(isMeant));
    if (verdict === "fail") return found ? "agree" : "they alone";
    if (found) return "we alone";
    return looked ? "agree" : "judged by neither";
  };

  it("has rules of ours for every topic", () => {
    expect([...new Set(labels.map(({ topic }) => topic))].filter((topic) => TOPICS[topic] === undefined)).toEqual([]);
  });

  it("differs from ours only where a reason is written down", () => {
    const counts = new Map<string, Record<Outcome, number>>();
    const disagreed = new Set<string>();
    for (const label of labels) {
      const said = outcome(label);
      const row = counts.get(label.topic) ?? { agree: 0, "we alone": 0, "they alone": 0, "judged by neither": 0 };
      counts.set(label.topic, { ...row, [said]: row[said] + 1 });
      if (said === "we alone" || said === "they alone") disagreed.add(`${said}: ${name(label)}`);
    }
    for (const [topic, row] of [...counts].sort()) {
      process.stdout.write(`${topic}: ${OUTCOMES.map((each) => `${row[each]} ${each}`).join(", ")}\n`);
    }
    const explained = DISAGREEMENTS.flatMap(({ who, labels }) => labels.map((label) => `${who}: ${label}`));
    expect([...disagreed].filter((each) => !explained.includes(each))).toEqual([]);
    expect(explained.filter((each) => !disagreed.has(each))).toEqual([]);
    expect(explained.length).toBe(new Set(explained).size);
  });
});

/** `RULE folder/file resource`, short enough for a table and still the only one. */
function name({ rule_id, file, resource }: Label): string {
  return `${rule_id} ${file.split("/").slice(-2).join("/")} ${resource}`;
}
