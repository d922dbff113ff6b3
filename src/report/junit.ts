import type { FileReport, LocatedFinding, Report } from "../findings/types";
import { forMarkup } from "./escape";
import type { ReportOptions } from "./options";
import { standing } from "./outcome";
import { passedRules } from "./passed";
import { pasted } from "./paste";
import {
  evidenceTexts,
  exceptionText,
  messageText,
  messageWithConstruct,
  noticeText,
  noticeTitle,
  placeText,
  reported,
  verdictText,
} from "./wording";

type Options = Pick<ReportOptions, "unknown" | "rules">;
type Place = Partial<LocatedFinding["location"]> & { file: string };

/**
 * JUnit XML: a suite for each file; a case for each finding, with `file` and `line`, and for each rule that found nothing.
 * Violations are failures, what could not be judged is an error, exceptions and warnings are skipped with the reason: the
 * format has no warnings, and a warning does not fail.
 */
export function junitReport(report: Report, options: Options): string {
  const suites = [
    ...report.files.map((file) => suite(file.file, fileCases(file, options))),
    ...suitesOf(
      report.notices.map((notice) => ({
        ...testCase(noticeTitle(notice), noticeText(notice), notice.location),
        ...skipped(noticeText(notice)),
      })),
      "notices",
    ),
    ...report.errors.map(({ code, message, file, position }) =>
      suite(file, [
        {
          ...testCase(code, message, { file, ...position }),
          outcome: "error",
          body: `<error type="${code}" message="${forMarkup(message)}"/>`,
        },
      ]),
    ),
  ];
  // The schema that Jenkins publishes has no attribute `skipped` here.
  const totals = attributes(suites.flatMap(({ cases }) => cases)).replace(/ skipped="\d+"/, "");
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="durable-guard" ${totals}>`,
    ...suites.flatMap(({ lines }) => lines),
    "</testsuites>",
  ].join("\n")}\n`;
}

interface Case {
  opening: string;
  outcome?: "failure" | "error" | "skipped";
  body?: string;
}

interface Suite {
  cases: Case[];
  lines: string[];
}

function suitesOf(cases: Case[], name: string): Suite[] {
  return cases.length === 0 ? [] : [suite(name, cases)];
}

function suite(name: string, cases: Case[]): Suite {
  const lines = [
    `  <testsuite name="${forMarkup(name)}" ${attributes(cases)}>`,
    ...cases.flatMap(({ opening, body }) =>
      body === undefined ? [`    <${opening}/>`] : [`    <${opening}>`, `      ${body}`, "    </testcase>"],
    ),
    "  </testsuite>",
  ];
  return { cases, lines };
}

function attributes(cases: Case[]): string {
  const count = (outcome: Case["outcome"]) => cases.filter((each) => each.outcome === outcome).length;
  const of = { failures: count("failure"), errors: count("error"), skipped: count("skipped") };
  return `tests="${cases.length}" failures="${of.failures}" errors="${of.errors}" skipped="${of.skipped}" time="0"`;
}

function fileCases(file: FileReport, { unknown, rules }: Options): Case[] {
  return [
    ...passedRules(file, rules).map(({ id, title }) => testCase(id, title, { file: file.file })),
    ...reported(file, unknown).map((finding) => {
      const opening = findingCase(finding);
      if (standing(finding, unknown) === "warning")
        return { ...opening, ...skipped(`${verdictText(finding)}: ${messageWithConstruct(finding)}`) };
      return { ...opening, outcome: "failure" as const, body: failure(finding, file) };
    }),
    ...file.exceptions.map((exception) => ({
      ...findingCase(exception.finding),
      ...skipped(exceptionText(exception)),
    })),
  ];
}

const findingCase = (finding: LocatedFinding) => testCase(finding.rule, messageText(finding), finding.location);

function testCase(rule: string, text: string, { file, line }: Place): Case {
  const place = `file="${forMarkup(file)}"${line === undefined ? "" : ` line="${line}"`}`;
  return {
    opening: `testcase name="${forMarkup(`${rule} ${text}`)}" classname="${forMarkup(file)}" ${place} time="0"`,
  };
}

function skipped(text: string): Pick<Case, "outcome" | "body"> {
  return { outcome: "skipped", body: `<skipped message="${forMarkup(text)}"/>` };
}

function failure(finding: LocatedFinding, file: FileReport): string {
  const paste = pasted(finding, file);
  const lines = [
    placeText(finding.location),
    ...evidenceTexts(finding),
    finding.remediation,
    ...(paste === undefined ? [] : [`to paste${paste.note === "" ? "" : ` (${paste.note})`}:`, ...paste.lines]),
    finding.url,
  ];
  const message = forMarkup(messageText(finding));
  return `<failure type="${finding.rule}" message="${message}">${lines.map(forMarkup).join("\n")}</failure>`;
}
