import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Input, openInput } from "../check";
import { readParameterFile } from "../cloudformation/parameter-file";
import { InputError } from "../errors";
import type { Document } from "../read/document";
import { levelsFor, ruleParameters } from "../settings/apply";
import type { SettingsFile } from "../settings/file";
import { readSettings } from "../settings/read";

const SETTINGS_FILE = "durable-guard.yaml";

/** Options of every command that reads templates and plans. */
export interface ReadingFlags {
  config?: string;
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
      new Option("-c, --config <file>", `settings (default: ${SETTINGS_FILE} if there is one)`).env(
        "DURABLE_GUARD_CONFIG",
      ),
    )
    .addOption(
      new Option("--account <id>", "account the documents are deployed to")
        .argParser(matching(/^[0-9]{12}$/, "12 digits"))
        .env("DURABLE_GUARD_ACCOUNT"),
    )
    .addOption(
      new Option("--region <name>", "Region they are deployed to")
        .argParser(matching(/^[a-z]{2}(-[a-z]+)+-[0-9]+$/, "a Region name"))
        .env("DURABLE_GUARD_REGION"),
    )
    .addOption(
      new Option("--partition <name>", "partition they are deployed to")
        .argParser(matching(/^aws[a-z-]*$/, "aws, aws-cn, …"))
        .env("DURABLE_GUARD_PARTITION"),
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

/** The settings in force and where they come from. */
export interface OpenSettings {
  file: SettingsFile;
  /** The folder that paths in it are relative to. */
  folder: string;
  document?: Document;
}

/** Reads the settings named by a flag, else those in the working folder if there are any. */
export function openSettings(flags: ReadingFlags): OpenSettings {
  const path = flags.config ?? (existsSync(SETTINGS_FILE) ? SETTINGS_FILE : undefined);
  if (path === undefined) return { file: {}, folder: "." };
  const document = openInput(path);
  return { file: readSettings(document), folder: dirname(path), document };
}

/** What flags and settings say, with the clock read here and nowhere else. */
export function readingOptions(flags: ReadingFlags, { file, folder }: OpenSettings) {
  const given =
    flags.parameters === undefined ? {} : readParameterFile(openInput(flags.parameters).value, flags.parameters);
  return {
    today: flags.today ?? new Date().toISOString().slice(0, 10),
    settings: ruleParameters(file),
    levelsOf: (path: string) => levelsFor(file, folder, path),
    account: flags.account ?? file.account,
    region: flags.region ?? file.region,
    partition: flags.partition ?? file.partition,
    parameters: { ...given, ...flags.parameter },
    defaultsOnly: flags.defaults ?? false,
  };
}

/** Prints an input error as one line; anything else is a fault of ours and keeps its stack. */
export function reportError(error: unknown): number {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.line}\n`);
  return 3;
}
