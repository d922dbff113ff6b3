import type { LocatedFinding, Report } from "../findings/types";
import { forMarkdown, markdownBlock, markdownCode, proseMarkdown, proseMarkup } from "./escape";
import { type FileFinding, type Group, groupsOf, rulesOf } from "./groups";
import type { ReportOptions } from "./options";
import { outcome, type Standing } from "./outcome";
import { pasted } from "./paste";
import { evidenceTexts, exceptionText, messageText, noticeText, placeText, summaryText, verdictText } from "./wording";

type Options = Pick<ReportOptions, "unknown">;

/** GitHub refuses comments of more than 65,536 characters; room is left for the last lines. */
const LIMIT = 60_000;

/** A comment for a pull request: what fails first, each with why and what to paste, folded; GitHub and GitLab Markdown. */
export function markdownReport(report: Report, { unknown }: Options): string {
  const { failures, errors } = outcome(report, unknown);
  const blocks = [
    `## ${failures + errors > 0 ? "❌" : "✅"} durable-guard: ${forMarkdown(summaryText(report, unknown))}`,
    ...errorBlock(report),
    ...section("Violations", "failure", report, unknown),
    ...warningSection(report, unknown),
    ...noticeBlock(report),
    ...exceptionBlock(report),
  ];
  return `${fitting(blocks).join("\n\n")}\n`;
}

function section(title: string, wanted: Standing, report: Report, unknown: Options["unknown"]): string[] {
  const groups = groupsOf(report, wanted, unknown);
  return groups.length === 0 ? [] : [`### ${title}`, ...groups.map(entry)];
}

/** Warnings of one rule that are shown. */
const MOST = 10;

/** By rule, folded: in a comment what warns must not bury what fails. */
function warningSection(report: Report, unknown: Options["unknown"]): string[] {
  const rules = rulesOf(report, "warning", unknown);
  if (rules.length === 0) return [];
  const entries = groupsOf(report, "warning", unknown);
  const folded = rules.map(([{ finding }, ...others]) => {
    const own = entries.filter(([each]) => sameRule(each.finding, finding)).map(entry);
    const title = `${verdictText(finding)} ${finding.rule} ${proseMarkup(finding.title)} (${others.length + 1})`;
    const shown = own.length > MOST ? [...own.slice(0, MOST), `…and ${own.length - MOST} more`] : own;
    return `<details><summary>${title}</summary>\n\n${shown.join("\n\n")}\n\n</details>`;
  });
  return ["### Warnings", ...folded];
}

const sameRule = (one: LocatedFinding, other: LocatedFinding) =>
  one.rule === other.rule && verdictText(one) === verdictText(other);

/** One finding, or several that say the same with all their places. */
function entry(group: Group): string {
  const [{ finding }] = group;
  const message = group.length > 1 ? finding.message : messageText(finding);
  const rule = finding.url === "" ? finding.rule : `[${finding.rule}](${finding.url})`;
  const places = group.map(({ finding: { location, address, when } }) => {
    const under = when === undefined || group.length === 1 ? "" : ` (when ${when})`;
    return `- ${markdownCode(placeText(location))} ${markdownCode(address)}${forMarkdown(under)}`;
  });
  return [
    `**${verdictText(finding)} ${rule}** ${forMarkdown(message)} (${finding.severity})`,
    "",
    ...places,
    "",
    "<details><summary>Why, and what to do</summary>",
    "",
    ...facts(group),
    "",
    proseMarkdown(finding.remediation),
    "",
    ...pasteBlocks(group),
    "</details>",
  ].join("\n");
}

function facts(group: Group): string[] {
  return [...new Set(group.flatMap(({ finding }) => evidenceTexts(finding)))].map((text) => `- ${forMarkdown(text)}`);
}

function pasteBlocks(group: Group): string[] {
  const blocks = group.flatMap(({ finding, file }: FileFinding) => {
    const paste = pasted(finding, file);
    if (paste === undefined) return [];
    const note = paste.note === "" ? "" : `${forMarkdown(paste.note)}:\n\n`;
    return [note + markdownBlock(paste.lines.join("\n"), paste.language)];
  });
  return [...new Set(blocks)].flatMap((block) => [block, ""]);
}

function errorBlock({ errors }: Report): string[] {
  const lines = errors.map(({ line }) => `- ${forMarkdown(line)}`);
  return lines.length === 0 ? [] : ["### Not judged", lines.join("\n")];
}

function noticeBlock({ notices }: Report): string[] {
  const lines = notices.map((notice) => {
    return `- ${markdownCode(placeText(notice.location))} ${forMarkdown(noticeText(notice))}`;
  });
  return lines.length === 0 ? [] : ["### To look at", lines.join("\n")];
}

function exceptionBlock({ files }: Report): string[] {
  const lines = files.flatMap(({ exceptions }) =>
    exceptions.map((exception) => {
      const { finding } = exception;
      const place = markdownCode(placeText(finding.location));
      return `- ${place} **${finding.rule}** ${forMarkdown(`${messageText(finding)}: ${exceptionText(exception)}`)}`;
    }),
  );
  if (lines.length === 0) return [];
  return [`<details><summary>Exceptions (${lines.length})</summary>\n\n${lines.join("\n")}\n\n</details>`];
}

/** Whole blocks, as many as there is room for. */
function fitting(blocks: string[]): string[] {
  let length = 0;
  const fit = blocks.filter((block) => {
    length += block.length + 2;
    return length <= LIMIT;
  });
  const left = blocks.length - fit.length;
  return left === 0 ? fit : [...fit, `…and ${left} more: this comment has no room for them.`];
}
