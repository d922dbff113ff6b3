import { type Command, Option } from "commander";
import { type CheckOptions, check, openInput, type Report } from "../check";
import { searchFiles } from "../read/search";
import { jsonReport } from "../report/json";
import { exitCode, outcome, type UnknownPolicy } from "../report/outcome";
import { stdoutReport } from "../report/stdout";
import { type Baseline, baselineOf, readBaseline } from "../waive/baseline";
import { settingsWaivers } from "../waive/settings-waivers";
import { waive } from "../waive/waive";
import {
  addReadingOptions,
  inputOf,
  type OpenSettings,
  openSettings,
  type ReadingFlags,
  readingOptions,
  reportError,
} from "./reading";

interface TestFlags extends ReadingFlags {
  output: "stdout" | "json";
  unknown?: UnknownPolicy;
  failOnWarn?: boolean;
  verbose?: boolean;
  ignore?: RegExp;
  baseline?: string;
  previous?: string[];
}

/** `durable-guard test FILE|DIR…` */
export function addTest(program: Command, exit: (code: number) => void): void {
  const command = program
    .command("test")
    .description("judge templates and plans")
    .argument("<path...>", "templates, plans, or folders of them; - is standard input")
    .addOption(new Option("-o, --output <format>", "form of the report").choices(["stdout", "json"]).default("stdout"))
    .addOption(
      new Option("--unknown <verdict>", "what an undecided deny rule counts as (default: warn)")
        .choices(["fail", "warn", "ignore"])
        .env("DURABLE_GUARD_UNKNOWN"),
    )
    .addOption(
      new Option("--fail-on-warn", "exit 1 for warnings and 2 for violations").env("DURABLE_GUARD_FAIL_ON_WARN"),
    )
    .option("--ignore <regex>", "leave out files of a folder whose path matches", (text) => new RegExp(text))
    .addOption(new Option("--baseline <file>", "findings that were there already").env("DURABLE_GUARD_BASELINE"))
    .option("--previous <path...>", "report only what is new against these templates or plans")
    .option("-v, --verbose", "every warning with its reasons; every file that is left out");
  addReadingOptions(command).action((paths: string[], flags: TestFlags) => {
    try {
      exit(test(paths, flags));
    } catch (error) {
      exit(reportError(error));
    }
  });
}

function test(paths: string[], flags: TestFlags): number {
  const settings = openSettings(flags);
  const options = readingOptions(flags, settings);
  const report = waived(checkPaths(paths, flags, options), flags, settings, options);
  if (report.files.length === 0 && report.errors.length === 0) {
    process.stderr.write("DG020 nothing here is a template or a Terraform plan\n");
    return 3;
  }
  const unknown = flags.unknown ?? settings.file.unknown ?? "warn";
  const verbose = flags.verbose ?? false;
  process.stdout.write(
    flags.output === "json" ? jsonReport(report, unknown) : stdoutReport(report, { unknown, verbose }),
  );
  return exitCode(outcome(report, unknown), flags.failOnWarn ?? settings.file.failOnWarn ?? false);
}

/** Judges files and folders, standard input among them. */
export function checkPaths(paths: string[], { ignore }: Pick<TestFlags, "ignore">, options: CheckOptions): Report {
  const inputs = searchFiles(paths, ignore).map((found) => (found.file === "-" ? inputOf("-") : found));
  return check(inputs, options);
}

function waived(report: Report, flags: TestFlags, settings: OpenSettings, options: CheckOptions): Report {
  const { file, document, folder } = settings;
  const waivers = document === undefined ? [] : settingsWaivers(file, document, folder);
  return waive(report, { today: options.today, waivers, baseline: known(flags, options) });
}

function known(flags: TestFlags, options: CheckOptions): Baseline {
  const recorded = flags.baseline === undefined ? new Map() : readBaseline(openInput(flags.baseline));
  if (flags.previous === undefined) return recorded;
  return new Map([...recorded, ...baselineOf(checkPaths(flags.previous, flags, options))]);
}
