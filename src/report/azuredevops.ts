import type { Report } from "../findings/types";
import { forAzureMessage, forAzureProperty, forTerminal, visible } from "./escape";
import type { ReportOptions } from "./options";
import { standing } from "./outcome";
import { messageWithConstruct, noticeText, noticeTitle, reported, summaryText, verdictText } from "./wording";

type Options = Pick<ReportOptions, "unknown">;

/** Logging commands of Azure Pipelines: each finding is an issue of the run, with its place. */
export function azureReport(report: Report, { unknown }: Options): string {
  const findings = report.files.flatMap((file) =>
    reported(file, unknown).map((finding) => {
      const level = standing(finding, unknown) === "failure" ? "error" : "warning";
      const text = `${verdictText(finding)} ${finding.rule} ${messageWithConstruct(finding)}. ${finding.remediation}`;
      return command(level, finding.location, finding.rule, text);
    }),
  );
  const notices = report.notices.map((notice) =>
    command("warning", notice.location, noticeTitle(notice), noticeText(notice)),
  );
  const errors = report.errors.map(({ file, position, code, message }) =>
    command("error", { file, ...position }, code, message),
  );
  return `${[...findings, ...notices, ...errors, forTerminal(summaryText(report, unknown))].join("\n")}\n`;
}

function command(
  level: "error" | "warning",
  { file, line, column }: { file: string; line?: number; column?: number },
  code: string,
  text: string,
): string {
  const properties = Object.entries({ type: level, sourcepath: file, linenumber: line, columnnumber: column, code })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${forAzureProperty(visible(String(value)))};`);
  return `##vso[task.logissue ${properties.join("")}]${forAzureMessage(visible(text))}`;
}
