import { InputError } from "../../src/errors";
import type { FileReport, LocatedFinding, Report } from "../../src/findings/types";
import type { RuleEntry } from "../../src/judge/catalogue";
import type { ReportOptions } from "../../src/report/options";

/** A small report, built by hand, with one of everything; the expected outputs are written from it. */

const rule = (id: string, family: string, name: string, more: Partial<RuleEntry>): RuleEntry => ({
  id,
  family,
  name,
  aliases: [],
  title: "",
  description: "",
  level: "deny",
  severity: "high",
  remediation: "",
  references: [],
  related: [],
  subsumes: [],
  sources: [],
  ...more,
});

export const RULES: RuleEntry[] = [
  rule("DUR001", "durable", "role_cannot_checkpoint", {
    title: "The role cannot checkpoint",
    description: "Every execution fails at its first step.",
    severity: "critical",
    remediation: "Allow it on the ARN followed by `:*`.",
    references: [{ title: "Durable security", url: "https://docs.example/durable" }],
  }),
  rule("KMS001", "kms", "half_a_key", { title: "Half a key", description: "Cannot be read.", remediation: "Both." }),
  rule("LAM016", "lambda", "deprecated_runtime", {
    title: "Deprecated runtime",
    description: "Not patched.",
    level: "warn",
    severity: "low",
    remediation: "Move on.",
    references: [{ title: "Runtimes", url: "https://docs.example/runtimes" }],
    related: [{ tool: "cfn-lint", id: "W2531" }],
  }),
  rule("WLD001", "wildcards", "every_action", { title: "Every action", level: "off", remediation: "Name them." }),
];

export const OPTIONS: ReportOptions = {
  unknown: "warn",
  verbose: false,
  quiet: false,
  colour: false,
  rules: RULES,
  version: "1.2.3",
};

const FILE = "app/orders.yaml";

/** A finding of one of the rules, with what differs from it. */
export function finding(id: string, line: number, address: string, more: Partial<LocatedFinding>): LocatedFinding {
  const { family, name, title, level, severity, remediation, references } = RULES.find((each) => each.id === id) ?? {
    ...rule(id, "", "", {}),
  };
  return {
    rule: id,
    name: `${family}/${name}`,
    title,
    verdict: "deny",
    level: level === "warn" ? "warn" : "deny",
    severity,
    address,
    at: `${FILE}#/Resources/${address}`,
    message: "",
    evidence: [],
    remediation,
    url: references[0]?.url ?? "",
    location: { file: FILE, line, column: 3 },
    pointer: `/Resources/${address}`,
    fingerprint: `${id}-${address}`,
    ...more,
  };
}

const old = { message: "Runtime python3.9 is deprecated", evidence: [{ text: "since 2025-12-15" }] };

export const fileReport = (more: Partial<FileReport>): FileReport => ({
  file: FILE,
  format: "yaml",
  kind: "cloudformation",
  findings: [],
  exceptions: [],
  waivers: [],
  examined: new Map(),
  functions: 0,
  durableFunctions: 0,
  unresolved: [],
  ...more,
});

export const EMPTY: Report = { files: [fileReport({})], errors: [], notices: [], skipped: [], parts: [] };

export const SAMPLE: Report = {
  files: [
    fileReport({
      findings: [
        finding("LAM016", 3, "Fn", old),
        finding("DUR001", 12, "Fn", {
          message: "Role does not let Fn checkpoint",
          when: "Env = prod",
          evidence: [{ text: "no statement speaks of it" }],
          more: 2,
          paste: { actions: ["lambda:CheckpointDurableExecution"], resources: ["${Fn.Arn}:*"] },
        }),
        finding("LAM016", 20, "Other", old),
        finding("DUR001", 30, "Third", {
          verdict: "unknown",
          message: "Whether Third can checkpoint is not settled",
          evidence: [{ text: "the role is outside the documents" }],
        }),
        finding("LAM016", 30, "Third", {
          verdict: "unknown",
          message: "Whether the runtime is deprecated is not settled",
        }),
      ],
      exceptions: [
        {
          finding: finding("WLD001", 40, "Role", { message: "Action s3:* allows every action" }),
          by: "waiver",
          reason: "split comes in March",
          expires: "2027-03-31",
          owner: "platform",
          location: { file: FILE, line: 38, column: 13 },
        },
      ],
      examined: new Map([
        ["DUR001", ["Fn", "Other", "Third"]],
        ["KMS001", ["Fn"]],
        ["LAM016", ["Fn", "Other", "Third"]],
        ["WLD001", ["Role"]],
      ]),
      functions: 3,
      durableFunctions: 1,
      unresolved: [
        {
          address: "Nested",
          at: `${FILE}#/Resources/Nested`,
          why: "not read",
          location: { file: FILE, line: 50, column: 3 },
        },
      ],
    }),
  ],
  notices: [
    {
      kind: "expired",
      rule: "LAM016",
      reason: "until the migration",
      expires: "2026-01-31",
      location: { file: "durable-guard.yaml", line: 4, column: 5 },
    },
  ],
  errors: [new InputError("DG011", "missed comma", "broken.yaml", { line: 1, column: 17 })],
  skipped: ["package.json"],
  parts: ["app/shared.yaml"],
};
