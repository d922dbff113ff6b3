import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Input } from "../check";
import { InputError } from "../errors";
import { DEFAULT_SETTINGS } from "../settings";

/** Options of every command that reads templates and plans. */
export interface ReadingFlags {
  account?: string;
  region?: string;
  partition?: string;
  parameters?: string;
  parameter: Record<string, string>;
  defaults?: boolean;
  today?: string;
}

/** Adds the options that say what the documents leave open. */
export function addReadingOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--account <id>", "account the documents are deployed to").argParser(
        matching(/^[0-9]{12}$/, "12 digits"),
      ),
    )
    .addOption(
      new Option("--region <name>", "Region they are deployed to").argParser(
        matching(/^[a-z]{2}(-[a-z]+)+-[0-9]+$/, "a Region name"),
      ),
    )
    .addOption(
      new Option("--partition <name>", "partition they are deployed to").argParser(
        matching(/^aws[a-z-]*$/, "aws, aws-cn, …"),
      ),
    )
    .option(
      "--parameters <file>",
      "values of template parameters: a JSON or YAML map, or CloudFormation's parameter list",
    )
    .option("--parameter <K=V>", "value of one template parameter; repeatable", pair, {})
    .option("--defaults", "parameters have their default value and no other")
    .addOption(
      new Option("--today <date>", "UTC date that runtimes are judged by (default: today)").argParser(
        matching(/^\d{4}-\d\d-\d\d$/, "YYYY-MM-DD"),
      ),
    );
}

function matching(expression: RegExp, what: string) {
  return (value: string) => {
    if (!expression.test(value)) throw new InvalidArgumentError(`Expected ${what}.`);
    return value;
  };
}

function pair(value: string, soFar: Record<string, string>): Record<string, string> {
  const equals = value.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("Expected NAME=VALUE.");
  return { ...soFar, [value.slice(0, equals)]: value.slice(equals + 1) };
}

/** `-` is standard input; everything else is a path. */
export function inputOf(path: string): Input {
  return path === "-" ? { file: "-", content: readFileSync(0) } : path;
}

/** What the flags say, with the clock read here and nowhere else. */
export function readingOptions(flags: ReadingFlags, parameters: Record<string, string>) {
  return {
    today: flags.today ?? new Date().toISOString().slice(0, 10),
    settings: DEFAULT_SETTINGS,
    account: flags.account,
    region: flags.region,
    partition: flags.partition,
    parameters: { ...parameters, ...flags.parameter },
    defaultsOnly: flags.defaults ?? false,
  };
}

/** Prints an input error as one line; anything else is a fault of ours and keeps its stack. */
export function reportError(error: unknown): number {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.line}\n`);
  return 3;
}
