import { type Command, Option } from "commander";
import { check, openInput } from "../check";
import { readParameterFile } from "../cloudformation/parameter-file";
import { searchFiles } from "../read/search";
import { jsonReport } from "../report/json";
import { exitCode, outcome, type UnknownPolicy } from "../report/outcome";
import { stdoutReport } from "../report/stdout";
import { addReadingOptions, inputOf, type ReadingFlags, readingOptions, reportError } from "./reading";

interface TestFlags extends ReadingFlags {
  output: "stdout" | "json";
  unknown: UnknownPolicy;
  failOnWarn?: boolean;
  verbose?: boolean;
}

/** `durable-guard test FILE|DIR…` */
export function addTest(program: Command, exit: (code: number) => void): void {
  const command = program
    .command("test")
    .description("judge templates and plans")
    .argument("<path...>", "templates, plans, or folders of them; - is standard input")
    .addOption(new Option("-o, --output <format>", "form of the report").choices(["stdout", "json"]).default("stdout"))
    .addOption(
      new Option("--unknown <verdict>", "what an undecided deny rule counts as")
        .choices(["fail", "warn", "ignore"])
        .default("warn"),
    )
    .option("--fail-on-warn", "exit 1 for warnings and 2 for violations")
    .option("-v, --verbose", "every warning with its reasons");
  addReadingOptions(command).action((paths: string[], flags: TestFlags) => {
    try {
      exit(test(paths, flags));
    } catch (error) {
      exit(reportError(error));
    }
  });
}

function test(paths: string[], flags: TestFlags): number {
  const given = flags.parameters === undefined ? {} : parametersIn(flags.parameters);
  const options = readingOptions(flags, given);
  const found = searchFiles(paths);
  const report = check(
    found.map(({ file }) => inputOf(file)),
    options,
  );
  const foreign = new Set(found.filter(({ named }) => !named).map(({ file }) => file));
  const kept = {
    ...report,
    errors: report.errors.filter(({ code, file }) => !(code === "DG020" && foreign.has(file))),
  };
  if (kept.files.length === 0 && kept.errors.length === 0) {
    process.stderr.write("DG020 nothing here is a template or a Terraform plan\n");
    return 3;
  }
  const text =
    flags.output === "json"
      ? jsonReport(kept, flags.unknown)
      : stdoutReport(kept, { unknown: flags.unknown, verbose: flags.verbose ?? false });
  process.stdout.write(text);
  return exitCode(outcome(kept, flags.unknown), flags.failOnWarn ?? false);
}

export function parametersIn(file: string): Record<string, string> {
  return readParameterFile(openInput(file).value, file);
}
