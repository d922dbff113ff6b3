import type { FileReport, LocatedFinding, Notice, Report, WaiverNotice } from "../findings/types";
import { json } from "./escape";
import type { ReportOptions } from "./options";
import { standing, type UnknownPolicy } from "./outcome";
import { pasted } from "./paste";
import { noticeMessage } from "./wording";

/**
 * conftest's JSON: one entry per file with `warnings`, `failures` and `exceptions`. `successes` counts the pairs of rule
 * and resource that were looked at and came to nothing.
 */
export function jsonReport(report: Report, { unknown }: Pick<ReportOptions, "unknown">): string {
  const entries = [
    ...report.files.map((file) => entry(file, unknown)),
    ...report.notices.map(noticeEntry),
    ...report.errors.map(errorEntry),
  ];
  return json(entries);
}

function entry(file: FileReport, unknown: UnknownPolicy) {
  const of = (wanted: string) =>
    file.findings.filter((finding) => standing(finding, unknown) === wanted).map((finding) => result(finding, file));
  return {
    filename: file.file,
    namespace: "durable_guard",
    successes: successes(file),
    ...some("warnings", of("warning")),
    ...some("failures", of("failure")),
    ...some(
      "exceptions",
      file.exceptions.map(({ finding, ...exception }) => {
        const { msg, loc, metadata } = result(finding, file);
        return { msg, loc, metadata: { ...metadata, exception } };
      }),
    ),
    ...some(
      "unresolved",
      file.unresolved.map(({ address, why, location }) => ({ msg: why, loc: location, metadata: { address } })),
    ),
  };
}

function some<T>(name: string, items: T[]): Record<string, T[]> {
  return items.length === 0 ? {} : { [name]: items };
}

function successes(file: FileReport): number {
  const found = new Set(
    [...file.findings, ...file.exceptions.map(({ finding }) => finding)].map(
      ({ rule, address }) => `${rule} ${address}`,
    ),
  );
  let count = 0;
  for (const [rule, addresses] of file.examined) {
    count += addresses.filter((address) => !found.has(`${rule} ${address}`)).length;
  }
  return count;
}

function result(finding: LocatedFinding, file: FileReport) {
  const paste = pasted(finding, file);
  return {
    msg: finding.message,
    loc: finding.location,
    metadata: {
      id: finding.rule,
      verdict: finding.verdict,
      level: finding.level,
      severity: finding.severity,
      address: finding.address,
      fingerprint: finding.fingerprint,
      pointer: finding.pointer,
      ...(finding.construct === undefined ? {} : { construct: finding.construct }),
      ...(finding.source === undefined ? {} : { source: finding.source }),
      ...(finding.when === undefined ? {} : { when: finding.when }),
      evidence: finding.evidence,
      ...(paste === undefined ? {} : { paste }),
      remediation: finding.remediation,
      url: finding.url,
    },
  };
}

function noticeEntry(notice: Notice) {
  const { location } = notice;
  const warning = "rule" in notice ? waiverWarning(notice) : { msg: notice.text, metadata: { notice: notice.kind } };
  return {
    filename: location.file,
    namespace: "durable_guard",
    successes: 0,
    warnings: [{ msg: warning.msg, loc: location, metadata: warning.metadata }],
  };
}

function waiverWarning(notice: WaiverNotice) {
  const { kind, rule, reason, expires } = notice;
  return { msg: noticeMessage(notice), metadata: { waiver: kind, id: rule, reason, expires } };
}

function errorEntry(error: Report["errors"][number]) {
  const { file, code, message, position } = error;
  return {
    filename: file,
    namespace: "durable_guard",
    successes: 0,
    errors: [{ msg: message, loc: { file, ...position }, metadata: { code } }],
  };
}
