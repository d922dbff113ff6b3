import type { Exception, FileReport, LocatedFinding, Notice, Report, WaiverNotice } from "../findings/types";
import { outcome, standing, type UnknownPolicy } from "./outcome";

/** What all forms of a report say with the same words. Nothing here is escaped. */

/** `file:line:column`, the form editors and terminals make clickable. */
export function placeText({ file, line, column }: LocatedFinding["location"]): string {
  return `${file}:${line}:${column}`;
}

/** The message with the parameter values it depends on. */
export function messageText({ message, when }: LocatedFinding): string {
  return when === undefined ? message : `${message} (when ${when})`;
}

/** `DENY`, `WARN` or `UNKNOWN`. */
export function verdictText({ verdict, level }: LocatedFinding): string {
  return verdict === "unknown" ? "UNKNOWN" : level.toUpperCase();
}

/** Facts behind a finding, one text each, and what made the resource where that is known. */
export function evidenceTexts(finding: LocatedFinding): string[] {
  const { evidence, more } = finding;
  const construct = constructText(finding);
  return [
    ...evidence.map(({ text }) => text),
    ...(more === undefined ? [] : [`and ${more} more`]),
    ...(construct === "" ? [] : [construct]),
  ];
}

/** The rule that a notice is about, or what else it is about. */
export function noticeTitle(notice: Notice): string {
  return "rule" in notice ? notice.rule : notice.kind;
}

/** What there is to say about a waiver, without its reason. */
export function noticeMessage({ kind, rule, expires }: WaiverNotice): string {
  return `the waiver of ${rule} ${kind === "expired" ? `expired on ${expires}` : "meets no finding and can go"}`;
}

export function noticeText(notice: Notice): string {
  if (!("rule" in notice)) return notice.text;
  return `${noticeMessage(notice)} (${notice.reason})`;
}

/** The CDK construct that made the resource, and where in the app; empty where that is not known. */
export function constructText({ construct, source }: LocatedFinding): string {
  if (construct === undefined) return "";
  return `construct ${construct}${source === undefined ? "" : `, made at ${placeText(source)}`}`;
}

/** The message with the construct, for forms that show no evidence. */
export function messageWithConstruct(finding: LocatedFinding): string {
  const construct = constructText(finding);
  return construct === "" ? messageText(finding) : `${messageText(finding)} (${construct})`;
}

/** Why an exception does not count, until when, and who answers for it. */
export function exceptionText({ by, reason, expires, owner }: Exception): string {
  const until = expires === undefined ? "" : ` until ${expires}`;
  return `${by === "waiver" ? "waived" : "in the baseline"}${until}: ${reason}${owner === undefined ? "" : ` (${owner})`}`;
}

/** Findings of a file that fail or warn; those that are only counted are left out. */
export function reported(file: FileReport, unknown: UnknownPolicy): LocatedFinding[] {
  return file.findings.filter((finding) => standing(finding, unknown) !== "counted");
}

/** One line of sums: `1 violation, 2 warnings in 3 files (4 functions, 2 durable)`. */
export function summaryText(report: Report, unknown: UnknownPolicy): string {
  const { failures, warnings, errors } = outcome(report, unknown);
  const sum = (count: (file: FileReport) => number) => report.files.reduce((total, file) => total + count(file), 0);
  const exceptions = sum((file) => file.exceptions.length);
  const undecided = sum((file) => file.findings.length - reported(file, unknown).length);
  const leftOut = sum((file) => file.leftOut ?? 0);
  const unchanged = sum((file) => file.unchanged ?? 0);
  const partial = report.notices.filter(({ kind }) => kind === "partial plan").length;
  const parts = [
    ...(partial > 0 ? [counted(partial, "partial plan")] : []),
    counted(failures, "violation"),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
    ...(exceptions > 0 ? [counted(exceptions, "exception")] : []),
    ...(unchanged > 0 ? [`${unchanged} left out as unchanged`] : []),
    ...(leftOut > 0 ? [`${leftOut} left out by construct`] : []),
  ];
  const others = [
    ...(errors > 0 ? [`, ${counted(errors, "file")} not judged`] : []),
    ...(report.parts.length > 0 ? [`, ${counted(report.parts.length, "file")} judged as part of others`] : []),
    ...(report.skipped.length > 0 ? [`, ${counted(report.skipped.length, "other file")} left out`] : []),
  ];
  const functions = counted(
    sum((file) => file.functions),
    "function",
  );
  const durable = sum((file) => file.durableFunctions);
  return `${parts.join(", ")} in ${counted(report.files.length, "file")} (${functions}, ${durable} durable)${others.join("")}`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
