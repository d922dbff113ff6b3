import { version } from "../../package.json";
import type { Report } from "../findings/types";
import { catalogue } from "../judge/catalogue";
import { azureReport } from "./azuredevops";
import { githubReport } from "./github";
import { gitlabReport } from "./gitlab";
import { htmlReport } from "./html";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import type { ReportOptions } from "./options";
import { sarifReport } from "./sarif";
import { stdoutReport } from "./stdout";
import { tableReport } from "./table";
import { tapReport } from "./tap";
import { inTerraformWords } from "./terraform-words";

/** Forms of a report, by the name `--output` takes: pure functions, the same bytes for the same report. */
export const FORMATS = {
  stdout: stdoutReport,
  json: jsonReport,
  tap: tapReport,
  table: tableReport,
  junit: junitReport,
  github: githubReport,
  azuredevops: azureReport,
  sarif: sarifReport,
  gitlab: gitlabReport,
  markdown: markdownReport,
  html: htmlReport,
} as const satisfies Record<string, (report: Report, options: ReportOptions) => string>;

export type Format = keyof typeof FORMATS;

/**
 * Writes a report in one form. Of the options each form takes what it needs; those left out are the defaults of the
 * command: what is undecided warns, neither verbose nor quiet, no colour, all rules of the catalogue. Texts of plans are
 * in Terraform's words.
 */
export function formatReport(report: Report, format: Format, options: Partial<ReportOptions> = {}): string {
  const defaults = { unknown: "warn" as const, verbose: false, quiet: false, colour: false };
  return FORMATS[format](inTerraformWords(report), { ...defaults, rules: catalogue(), version, ...options });
}

export const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);
