import type { Report } from "../findings/types";
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

export const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);
