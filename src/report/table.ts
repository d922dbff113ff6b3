import type { FileReport, Report } from "../findings/types";
import { forTerminal } from "./escape";
import type { ReportOptions } from "./options";
import {
  constructText,
  messageText,
  noticeText,
  noticeTitle,
  placeText,
  reported,
  summaryText,
  verdictText,
} from "./wording";

type Options = Pick<ReportOptions, "unknown">;
type Row = [result: string, rule: string, place: string, resource: string, message: string];

const HEAD: Row = ["RESULT", "RULE", "PLACE", "RESOURCE", "MESSAGE"];

/** A table for a terminal, a row for each finding, exception, notice and error, with the sums below. */
export function tableReport(report: Report, { unknown }: Options): string {
  const rows = [
    ...report.files.flatMap((file) => fileRows(file, { unknown })),
    ...report.notices.map(
      (notice): Row => ["WARN", noticeTitle(notice), placeText(notice.location), "", noticeText(notice)],
    ),
    ...report.errors.map(({ code, file, position, message }): Row => {
      return ["ERROR", code, position === undefined ? file : placeText({ file, ...position }), "", message];
    }),
  ];
  const table = rows.length === 0 ? [] : drawn([HEAD, ...rows]);
  return `${[...table, summaryText(report, unknown)].join("\n")}\n`;
}

function fileRows(file: FileReport, { unknown }: Options): Row[] {
  const row = (result: string, finding: FileReport["findings"][number]): Row => {
    const construct = constructText(finding);
    const resource = construct === "" ? finding.address : `${finding.address} (${construct})`;
    return [result, finding.rule, placeText(finding.location), resource, messageText(finding)];
  };
  return [
    ...reported(file, unknown).map((finding) => row(verdictText(finding), finding)),
    ...file.exceptions.map(({ finding, by }) => row(by === "waiver" ? "WAIVED" : "KNOWN", finding)),
  ];
}

function drawn(rows: Row[]): string[] {
  const cells = rows.map((row) => row.map((cell) => forTerminal(cell).replaceAll("|", "\\u{7c}")));
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  const rule = `+${widths.map((each) => "-".repeat(each + 2)).join("+")}+`;
  const lines = cells.map((row) => {
    const padded = row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)));
    return `| ${padded.join(" | ")} |`;
  });
  return [rule, ...lines.slice(0, 1), rule, ...lines.slice(1), rule];
}

/** Columns of a terminal: one for each character, none for marks that stand on others. */
function width(text: string): number {
  return [...text.replace(/\p{M}/gu, "")].length;
}
