import type { Exception, Report } from "../findings/types";
import { forTerminal } from "./escape";
import { type FileFinding, type Group, groupsOf, rulesOf } from "./groups";
import type { ReportOptions } from "./options";
import { outcome } from "./outcome";
import { pasted } from "./paste";
import {
  counted,
  evidenceTexts,
  exceptionText,
  messageText,
  messageWithConstruct,
  noticeText,
  placeText,
  summaryText,
  verdictText,
} from "./wording";

type Options = Pick<ReportOptions, "unknown" | "verbose" | "quiet" | "colour">;

/**
 * The report for people: each violation with why and what to paste, warnings folded to one line per rule, one line of
 * sums. What is the same about several resources is said once, with all places.
 */
export function stdoutReport(report: Report, options: Options): string {
  const { unknown, verbose, quiet } = options;
  const paint = options.colour ? coloured : (text: string) => text;
  const lines = groupsOf(report, "failure", unknown).flatMap((group) => [...opened(group, paint), ""]);
  if (!quiet) {
    const warnings = verbose ? groupsOf(report, "warning", unknown) : rulesOf(report, "warning", unknown);
    lines.push(...warnings.flatMap((group) => (verbose ? [...opened(group, paint), ""] : folded(group, paint))));
    for (const { location, address, why } of report.files.flatMap((file) => file.unresolved)) {
      lines.push(`${at(location)} ${paint("NOTE", "faint")} ${forTerminal(`${address}: ${why}`)}`);
    }
    for (const notice of report.notices) {
      lines.push(`${at(notice.location)} ${paint("WARN", "warning")} ${forTerminal(noticeText(notice))}`);
    }
  }
  lines.push(...report.errors.map((error) => paint(forTerminal(error.line), "failure")));
  if (verbose)
    lines.push(...report.files.flatMap(({ exceptions }) => exceptions.flatMap((each) => excepted(each, paint))));
  if (verbose) lines.push(...report.parts.map((file) => forTerminal(`${file} is judged where others bring it in`)));
  if (verbose) lines.push(...report.skipped.map((file) => forTerminal(`${file} is neither template nor plan`)));
  const { failures, errors } = outcome(report, unknown);
  const sums = paint(summaryText(report, unknown), failures + errors > 0 ? "failure" : "success");
  return `${[...lines, sums].join("\n")}\n`;
}

type Style = "failure" | "warning" | "unknown" | "success" | "faint";
type Paint = (text: string, style: Style) => string;

/** SGR parameters (ECMA-48, 8.3.117). */
const SGR: Record<Style, string> = { failure: "1;31", warning: "33", unknown: "35", success: "32", faint: "2" };
const coloured: Paint = (text, style) => `\u001b[${SGR[style]}m${text}\u001b[0m`;

const at = (location: FileFinding["finding"]["location"]) => forTerminal(placeText(location));

/** One finding, or several that say the same: the message, where, why, and what to do. */
function opened(group: Group, paint: Paint): string[] {
  const [first] = group;
  const lines = [headline(first, paint, group.length > 1 ? first.finding.message : messageText(first.finding))];
  const facts = group.map(factLines);
  const shared = facts.every((each) => each.join("\n") === facts[0]?.join("\n"));
  if (group.length > 1) {
    lines.push(`    at ${group.length} places:`);
    for (const [index, { finding }] of group.entries()) {
      const when = finding.when === undefined ? "" : ` (when ${finding.when})`;
      lines.push(`      ${at(finding.location)} ${forTerminal(`${finding.address}${when}`)}`);
      if (!shared) lines.push(...(facts[index] ?? []).map((line) => `    ${line}`));
    }
  }
  if (shared) lines.push(...factLines(first));
  if (group.some(({ finding }) => finding.paste === undefined)) lines.push(`    ${first.finding.remediation}`);
  return lines;
}

function headline({ finding }: FileFinding, paint: Paint, message: string): string {
  const style = finding.verdict === "unknown" ? "unknown" : finding.level === "deny" ? "failure" : "warning";
  return `${at(finding.location)} ${paint(verdictText(finding), style)} ${finding.rule} ${forTerminal(message)}`;
}

function factLines({ finding, file }: FileFinding): string[] {
  const lines = evidenceTexts(finding).map((text) => `    ${forTerminal(text)}`);
  const paste = pasted(finding, file);
  if (paste === undefined) return lines;
  return [
    ...lines,
    `    to paste${paste.note === "" ? "" : ` (${forTerminal(paste.note)})`}:`,
    ...paste.lines.map((line) => `      ${forTerminal(line)}`),
  ];
}

/** A finding that does not count: what it is, and why that is. */
function excepted(exception: Exception, paint: Paint): string[] {
  const { finding, by } = exception;
  const badge = paint(by === "waiver" ? "WAIVED" : "KNOWN", "faint");
  return [
    `${at(finding.location)} ${badge} ${finding.rule} ${forTerminal(messageText(finding))}`,
    `    ${forTerminal(exceptionText(exception))}`,
  ];
}

/** One line per rule and verdict; a single warning stands for itself. */
function folded(group: Group, paint: Paint): string[] {
  const [first] = group;
  if (group.length === 1) return [headline(first, paint, messageWithConstruct(first.finding))];
  const files = new Set(group.map(({ finding }) => finding.location.file)).size;
  const where = files > 1 ? ` in ${counted(files, "file")}` : "";
  const open = first.finding.verdict === "unknown" ? "Perhaps: " : "";
  return [headline(first, paint, `${open}${first.finding.title} (${group.length} times${where}, -v lists them)`)];
}
