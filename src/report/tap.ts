import type { FileReport, Report } from "../findings/types";
import { forTap, json } from "./escape";
import type { ReportOptions } from "./options";
import { standing } from "./outcome";
import { passedRules } from "./passed";
import { evidenceTexts, exceptionText, messageText, noticeText, placeText, reported, verdictText } from "./wording";

type Options = Pick<ReportOptions, "unknown" | "rules">;

/**
 * TAP 14 (testanything.org), one plan for the whole run: a point for each finding, and one for each rule that found
 * nothing in a file. Warnings are failures to do (`TODO`), which no consumer counts; exceptions are skipped.
 */
export function tapReport(report: Report, options: Options): string {
  const points = [
    ...report.files.flatMap((file) => filePoints(file, options)),
    ...report.notices.map((notice) => point(false, `${placeText(notice.location)} ${noticeText(notice)}`, "TODO")),
    ...report.errors.map((error) => point(false, error.line)),
  ];
  const numbered = points.map(({ ok, text, more }, index) => `${ok ? "ok" : "not ok"} ${index + 1} - ${text}${more}`);
  return `${["TAP version 14", `1..${points.length}`, ...numbered].join("\n")}\n`;
}

interface Point {
  ok: boolean;
  text: string;
  /** Lines below the point. */
  more: string;
}

function filePoints(file: FileReport, { unknown, rules }: Options): Point[] {
  const passed = passedRules(file, rules).map(({ id, title, resources }) =>
    point(true, `${file.file} ${id} ${title} (${resources})`),
  );
  const found = reported(file, unknown).map((finding) => {
    const text = `${placeText(finding.location)} ${verdictText(finding)} ${finding.rule} ${messageText(finding)}`;
    const about = {
      severity: finding.severity,
      address: finding.address,
      evidence: evidenceTexts(finding),
      remediation: finding.remediation,
      url: finding.url,
    };
    return point(false, text, standing(finding, unknown) === "warning" ? "TODO" : "", about);
  });
  const skipped = file.exceptions.map((exception) => {
    const { finding } = exception;
    const text = `${placeText(finding.location)} ${finding.rule} ${messageText(finding)}`;
    return point(true, text, `SKIP ${forTap(exceptionText(exception))}`);
  });
  return [...passed, ...found, ...skipped];
}

function point(ok: boolean, text: string, directive = "", about?: object): Point {
  const more = about === undefined ? "" : `\n  ---\n${yaml(about)}  ...`;
  return { ok, text: `${forTap(text)}${directive === "" ? "" : ` # ${directive}`}`, more };
}

/** JSON is YAML. */
function yaml(about: object): string {
  return json(about).replace(/^(?=.)/gm, "  ");
}
