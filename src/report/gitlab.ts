import { createHash } from "node:crypto";
import type { LocatedFinding, Report } from "../findings/types";
import type { Severity } from "../judge/catalogue";
import { json, visible } from "./escape";
import type { ReportOptions } from "./options";
import { messageWithConstruct, noticeText, noticeTitle, reported } from "./wording";

type Options = Pick<ReportOptions, "unknown">;

/** Severities of Code Quality; what is undecided is `info`. */
const SEVERITIES: Record<Severity, string> = { critical: "blocker", high: "critical", medium: "major", low: "minor" };

/**
 * GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality, "Code quality report format"). Of entries with
 * one fingerprint GitLab shows the first, so repeated ones are counted through.
 */
export function gitlabReport(report: Report, { unknown }: Options): string {
  const issues = [
    ...report.files.flatMap((file) => reported(file, unknown).map(findingIssue)),
    ...report.notices.map((notice) => issue(noticeTitle(notice), noticeText(notice), "minor", notice.location)),
    ...report.errors.map(({ code, message, file, position }) => issue(code, message, "blocker", { file, ...position })),
  ];
  const seen = new Map<string, number>();
  const unique = issues.map(({ fingerprint, ...rest }) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return { ...rest, fingerprint: count === 1 ? fingerprint : `${fingerprint}-${count}` };
  });
  return json(unique);
}

function findingIssue(finding: LocatedFinding) {
  const severity = finding.verdict === "unknown" ? "info" : SEVERITIES[finding.severity];
  return {
    ...issue(finding.rule, messageWithConstruct(finding), severity, finding.location),
    fingerprint: finding.fingerprint,
  };
}

function issue(rule: string, text: string, severity: string, { file, line = 1 }: { file: string; line?: number }) {
  return {
    description: visible(text),
    check_name: rule,
    severity,
    location: { path: file.replace(/^(?:\.\/)+/, ""), lines: { begin: line } },
    fingerprint: createHash("sha256")
      .update(JSON.stringify([rule, text, file]))
      .digest("hex")
      .slice(0, 32),
  };
}
