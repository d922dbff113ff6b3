import { type Command, Option } from "commander";
import { type CheckOptions, check, openInput } from "../check";
import { InputError } from "../errors";
import type { Report } from "../findings/types";
import { searchFiles } from "../read/search";
import { exitCode, outcome, type UnknownPolicy } from "../report/outcome";
import { readSource } from "../terraform/source/source";
import { type Baseline, baselineOf, bothBaselines, readBaseline } from "../waive/baseline";
import { waive } from "../waive/waive";
import { type Output, outputOption, wantsExcerpts, writeOutputs } from "./outputs";
import { Progress } from "./progress";
import {
  addReadingOptions,
  inputOf,
  openSettings,
  type ReadingFlags,
  readingOptions,
  regularExpression,
  reportError,
} from "./reading";

interface TestFlags extends ReadingFlags {
  output?: Output[];
  unknown?: UnknownPolicy;
  failOnWarn?: boolean;
  verbose?: boolean;
  quiet?: boolean;
  ignore?: RegExp;
  baseline?: string;
  previous?: string[];
  source?: string;
  changedOnly?: boolean;
}

/** `durable-guard test FILE|DIR…` */
export function addTest(program: Command, exit: (code: number) => void): void {
  const command = program
    .command("test")
    .description("judge templates and plans")
    .argument("<path...>", "templates, plans, or folders of them; - is standard input")
    .addOption(outputOption())
    .addOption(
      new Option("--unknown <verdict>", "what an undecided deny rule counts as (default: warn)")
        .choices(["fail", "warn", "ignore"])
        .env("DURABLE_GUARD_UNKNOWN"),
    )
    .option(
      "--fail-on-warn",
      "exit 1 for warnings and 2 for violations; --no-fail-on-warn is the opposite (env: DURABLE_GUARD_FAIL_ON_WARN, true or false)",
    )
    .addOption(new Option("--no-fail-on-warn").hideHelp())
    .option("--ignore <regex>", "leave out files of a folder whose path matches", regularExpression)
    .addOption(new Option("--baseline <file>", "findings that were there already").env("DURABLE_GUARD_BASELINE"))
    .option(
      "--previous <path>",
      "report only what is new against this template, plan or folder; repeatable",
      (path: string, before: string[] = []) => [...before, path],
    )
    .option(
      "--source <dir>",
      "Terraform source of the plans, where `terraform plan` was run: findings stand in it, and its comments may waive",
    )
    .option(
      "--changed-only",
      "of plans, only findings about what they create, update, replace or destroy, or that rest on such a thing",
    )
    .option("-v, --verbose", "every warning with its reasons; every file that is left out")
    .addOption(new Option("-q, --quiet", "violations and the sums, nothing else").conflicts("verbose"));
  addReadingOptions(command).action(async (paths: string[], flags: TestFlags) => {
    try {
      exit(await test(paths, flags));
    } catch (error) {
      exit(reportError(error));
    }
  });
}

async function test(paths: string[], flags: TestFlags): Promise<number> {
  const failOnWarn = flags.failOnWarn ?? truth("DURABLE_GUARD_FAIL_ON_WARN");
  const settings = await openSettings(flags);
  const outputs = flags.output ?? [{ format: "stdout" }];
  const reading = readingOptions(flags, settings);
  const checked = checkPaths(paths, flags, {
    ...reading,
    excerpts: wantsExcerpts(outputs),
    source: flags.source === undefined ? undefined : await readSource(flags.source, flags.root),
    changedOnly: flags.changedOnly,
  });
  const before = checkPrevious(flags, reading);
  if (before !== undefined && before.errors.length > 0) return notCompared(before);
  const report = waive(checked, { today: reading.today, waivers: settings.waivers, baseline: known(flags, before) });
  if (report.files.length === 0 && report.errors.length === 0) {
    process.stderr.write("DG020 nothing here is a template or a Terraform plan\n");
    return 3;
  }
  const unknown = flags.unknown ?? settings.file.unknown ?? "warn";
  writeOutputs(outputs, report, { unknown, verbose: flags.verbose ?? false, quiet: flags.quiet ?? false });
  return exitCode(outcome(report, unknown), failOnWarn ?? settings.file.failOnWarn ?? false);
}

/** A switch of the environment. Commander takes any value of one, `false` too, for on. */
function truth(name: string): boolean | undefined {
  const value = process.env[name];
  if (value === undefined || value === "") return undefined;
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  throw new InputError("DG050", "is true or false", name);
}

/** Judges files and folders, standard input among them, and shows on a terminal how far it is. */
export function checkPaths(
  paths: string[],
  { ignore, quiet = false }: Pick<TestFlags, "ignore" | "quiet">,
  options: CheckOptions,
): Report {
  const inputs = searchFiles(paths, ignore).map((found) => (found.file === "-" ? inputOf("-") : found));
  const progress = new Progress(quiet ? { write: () => undefined } : process.stderr);
  try {
    return check(inputs, { ...options, progress: progress.show });
  } finally {
    progress.clear();
  }
}

/** What is found in the version before, if one is given. */
function checkPrevious(flags: TestFlags, options: CheckOptions): Report | undefined {
  return flags.previous && checkPaths(flags.previous, flags, options);
}

/** Against a version that cannot be judged everything would be new. */
function notCompared({ errors }: Report): number {
  for (const error of errors) reportError(error);
  return 3;
}

function known({ baseline }: TestFlags, before: Report | undefined): Baseline {
  const recorded = baseline === undefined ? new Map() : readBaseline(openInput(baseline));
  return before === undefined ? recorded : bothBaselines(recorded, baselineOf(before));
}
