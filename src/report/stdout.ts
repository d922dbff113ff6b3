import type { FileReport, LocatedFinding, Report, WaiverNotice } from "../check";
import { forTerminal } from "./escape";
import { outcome, standing, type UnknownPolicy } from "./outcome";
import { pasteText } from "./paste";

export interface StdoutOptions {
  unknown: UnknownPolicy;
  /** Every warning with its reasons, instead of one line per rule. */
  verbose: boolean;
}

/** The report for people: each violation with why and what to paste, warnings folded, one line of sums. */
export function stdoutReport(report: Report, options: StdoutOptions): string {
  const lines = report.files.flatMap((file) => fileLines(file, options));
  lines.push(...report.notices.map((notice) => forTerminal(noticeLine(notice))));
  lines.push(...report.errors.map((error) => forTerminal(error.line)));
  if (options.verbose) lines.push(...report.skipped.map((file) => forTerminal(`${file} is neither template nor plan`)));
  return `${[...lines, summary(report, options)].join("\n")}\n`;
}

function noticeLine({ kind, rule, reason, expires, location }: WaiverNotice): string {
  const { file, line, column } = location;
  const what = kind === "expired" ? `expired on ${expires}` : "meets no finding";
  return `${file}:${line}:${column} WARN the waiver of ${rule} ${what} (${reason})`;
}

function fileLines(file: FileReport, { unknown, verbose }: StdoutOptions): string[] {
  const of = (wanted: string) => file.findings.filter((finding) => standing(finding, unknown) === wanted);
  const warnings = of("warning");
  return [
    ...of("failure").flatMap((finding) => [...opened(finding, file), ""]),
    ...(verbose ? warnings.flatMap((finding) => opened(finding, file)) : folded(warnings)),
    ...file.unresolved.map(({ location, address, why }) => {
      return forTerminal(`${location.file}:${location.line}:${location.column} NOTE ${address}: ${why}`);
    }),
  ];
}

function opened(finding: LocatedFinding, file: FileReport): string[] {
  const lines = [headline(finding), ...finding.evidence.map(({ text }) => `    ${forTerminal(text)}`)];
  if (finding.more !== undefined) lines.push(`    and ${finding.more} more`);
  if (finding.paste === undefined) lines.push(`    ${finding.remediation}`);
  else {
    lines.push("    to paste:");
    for (const line of pasteText(finding.paste, file).split("\n")) lines.push(`      ${forTerminal(line)}`);
  }
  return lines;
}

function headline(finding: LocatedFinding): string {
  const { file, line, column } = finding.location;
  const verdict = finding.verdict === "unknown" ? "UNKNOWN" : finding.level.toUpperCase();
  const when = finding.when === undefined ? "" : ` (when ${finding.when})`;
  return forTerminal(`${file}:${line}:${column} ${verdict} ${finding.rule} ${finding.message}${when}`);
}

/** One line per rule and verdict; a single warning stands for itself. */
function folded(warnings: LocatedFinding[]): string[] {
  const groups = new Map<string, LocatedFinding[]>();
  for (const warning of warnings) {
    const key = `${warning.rule} ${warning.verdict}`;
    groups.set(key, [...(groups.get(key) ?? []), warning]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    if (group.length === 1) return [headline(first)];
    const { file, line, column } = first.location;
    const verdict = first.verdict === "unknown" ? "UNKNOWN" : first.level.toUpperCase();
    return [
      forTerminal(
        `${file}:${line}:${column} ${verdict} ${first.rule} ${first.title} (${group.length} times, -v lists them)`,
      ),
    ];
  });
}

function summary(report: Report, { unknown }: StdoutOptions): string {
  const { failures, warnings, errors } = outcome(report, unknown);
  const sum = (count: (file: FileReport) => number) => report.files.reduce((total, file) => total + count(file), 0);
  const exceptions = sum((file) => file.exceptions.length);
  const parts = [
    counted(failures, "violation"),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
    ...(exceptions > 0 ? [counted(exceptions, "exception")] : []),
    ...(errors > 0 ? [`${counted(errors, "file")} not judged`] : []),
    ...(report.skipped.length > 0 ? [`${counted(report.skipped.length, "other file")} left out`] : []),
  ];
  const seen = `${counted(
    sum((file) => file.functions),
    "function",
  )}, ${sum((file) => file.durableFunctions)} durable`;
  return `${parts.join(", ")} in ${counted(report.files.length, "file")} (${seen})`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
