import type { Command } from "commander";
import { counted } from "../report/wording";
import { writeBaseline } from "../waive/baseline";
import { waive } from "../waive/waive";
import { writeReport } from "./outputs";
import {
  addReadingOptions,
  openSettings,
  type ReadingFlags,
  readingOptions,
  regularExpression,
  reportError,
} from "./reading";
import { checkPaths } from "./test";

interface BaselineFlags extends ReadingFlags {
  write?: string;
  ignore?: RegExp;
}

/** `durable-guard baseline FILE|DIR…`: what is there now, for `test --baseline`. */
export function addBaseline(program: Command, exit: (code: number) => void): void {
  const command = program
    .command("baseline")
    .description("record what is found now, so that `test --baseline` reports only what is new")
    .argument("<path...>", "templates, plans, or folders of them; - is standard input")
    .option("-w, --write <file>", "file to write (default: standard output)")
    .option("--ignore <regex>", "leave out files of a folder whose path matches", regularExpression);
  addReadingOptions(command).action(async (paths: string[], flags: BaselineFlags) => {
    try {
      const settings = await openSettings(flags);
      const options = readingOptions(flags, settings);
      // What is waived stays with its waiver: it has to come back when the day is over.
      const report = waive(checkPaths(paths, flags, options), { today: options.today, waivers: settings.waivers });
      const text = writeBaseline(report);
      if (flags.write === undefined) process.stdout.write(text);
      else {
        writeReport(flags.write, text);
        const findings = report.files.reduce((sum, file) => sum + file.findings.length, 0);
        process.stdout.write(`wrote ${flags.write} (${counted(findings, "finding")})\n`);
      }
      for (const error of report.errors) reportError(error);
      exit(report.errors.length > 0 ? 3 : 0);
    } catch (error) {
      exit(reportError(error));
    }
  });
}
