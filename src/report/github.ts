import type { Report } from "../findings/types";
import { forGithubMessage, forGithubProperty, forTerminal, visible } from "./escape";
import type { ReportOptions } from "./options";
import { standing } from "./outcome";
import { evidenceTexts, messageText, noticeText, noticeTitle, reported, summaryText, verdictText } from "./wording";

type Options = Pick<ReportOptions, "unknown">;

/**
 * Workflow commands of GitHub Actions: each finding stands at its line in the pull request. Exceptions and what could not
 * be read are no annotations.
 */
export function githubReport(report: Report, { unknown }: Options): string {
  const findings = report.files.flatMap((file) =>
    reported(file, unknown).map((finding) => {
      const level = standing(finding, unknown) === "failure" ? "error" : "warning";
      const text = [messageText(finding), ...evidenceTexts(finding), finding.remediation].map(visible).join("\n");
      return command(level, finding.location, `${verdictText(finding)} ${finding.rule}`, text);
    }),
  );
  const notices = report.notices.map((notice) =>
    command("warning", notice.location, noticeTitle(notice), visible(noticeText(notice))),
  );
  const errors = report.errors.map(({ file, position, code, message }) =>
    command("error", { file, ...position }, code, visible(message)),
  );
  return `${[...findings, ...notices, ...errors, forTerminal(summaryText(report, unknown))].join("\n")}\n`;
}

function command(
  level: "error" | "warning",
  { file, line, column }: { file: string; line?: number; column?: number },
  title: string,
  text: string,
): string {
  const properties = Object.entries({ file, line, col: column, title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${forGithubProperty(visible(String(value)))}`);
  return `::${level} ${properties.join(",")}::${forGithubMessage(text)}`;
}
