import type { FileReport, LocatedFinding, Notice, Report } from "../check";
import type { Exception } from "../waive/waive";
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
export function evidenceTexts({ evidence, more, construct, source }: LocatedFinding): string[] {
  const made = source === undefined ? "" : `, made at ${placeText(source)}`;
  return [
    ...evidence.map(({ text }) => text),
    ...(more === undefined ? [] : [`and ${more} more`]),
    ...(construct === undefined ? [] : [`construct ${construct}${made}`]),
  ];
}

/** The rule that a notice is about, or what else it is about. */
export function noticeTitle(notice: Notice): string {
  return "rule" in notice ? notice.rule : notice.kind;
}

export function noticeText(notice: Notice): string {
  if (!("rule" in notice)) return notice.text;
  const { kind, rule, reason, expires } = notice;
  const what = kind === "expired" ? `expired on ${expires}` : "meets no finding";
  return `the waiver of ${rule} ${what} (${reason})`;
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
    ...(errors > 0 ? [`${counted(errors, "file")} not judged`] : []),
    ...(unchanged > 0 ? [`${unchanged} left out as unchanged`] : []),
    ...(leftOut > 0 ? [`${leftOut} left out by construct`] : []),
    ...(report.skipped.length > 0 ? [`${counted(report.skipped.length, "other file")} left out`] : []),
  ];
  const functions = counted(
    sum((file) => file.functions),
    "function",
  );
  const durable = sum((file) => file.durableFunctions);
  return `${parts.join(", ")} in ${counted(report.files.length, "file")} (${functions}, ${durable} durable)`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
