import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Input, openInput } from "../check";
import { readParameterFile } from "../cloudformation/parameter-file";
import { InputError } from "../errors";
import type { Waiver } from "../findings/types";
import type { Settings } from "../inventory/types";
import type { Level } from "../judge/catalogue";
import type { Document } from "../read/document";
import { forTerminal } from "../report/escape";
import { DEFAULT_SETTINGS } from "../settings/defaults";
import type { SettingsFile } from "../settings/file";
import { isDay } from "../waive/day";

const SETTINGS_FILE = "durable-guard.yaml";

/** Options of every command that reads templates and plans. */
export interface ReadingFlags {
  config?: string;
  account?: string;
  region?: string;
  partition?: string;
  parameters?: string;
  parameter?: Record<string, string>;
  defaults?: boolean;
  today?: string;
  root?: string;
  allowRemoteIncludes?: boolean;
  allowEnv?: boolean;
  ignoreConstruct?: RegExp;
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
    .option("--parameter <K=V>", "value of one template parameter; repeatable", pair)
    .option("--defaults", "parameters have their default value and no other")
    .addOption(
      new Option("--today <date>", "UTC date that runtimes and waivers are judged by (default: today)").argParser(day),
    )
    .option(
      "--root <dir>",
      "folder that included files, nested templates and Terraform modules lie in (default: the template's, or the one given)",
    )
    .option("--allow-remote-includes", "cfn-include may fetch http and https")
    .option("--allow-env", "Fn::GetEnv of cfn-include may read the environment")
    .option(
      "--ignore-construct <regex>",
      "leave out findings at CDK constructs whose path matches, e.g. LogRetention",
      regularExpression,
    );
}

function matching(expression: RegExp, what: string) {
  return (value: string) => {
    if (!expression.test(value)) throw new InvalidArgumentError(`Expected ${what}.`);
    return value;
  };
}

function day(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError("Expected a day, YYYY-MM-DD.");
  return value;
}

/** The argument of an option that is a regular expression. */
export function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError("Expected a regular expression.");
  }
}

function pair(value: string, soFar: Record<string, string> | undefined): Record<string, string> {
  const equals = value.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("Expected NAME=VALUE.");
  return { ...soFar, [value.slice(0, equals)]: value.slice(equals + 1) };
}

/** `-` is standard input; everything else is a path. */
export function inputOf(path: string): Input {
  return path === "-" ? { file: "-", content: readFileSync(0) } : path;
}

/** The settings in force, ready to use. */
export interface OpenSettings {
  file: SettingsFile;
  parameters: Settings;
  levelsOf(path: string): Record<string, Level>;
  waivers: Waiver[];
}

const NO_SETTINGS: OpenSettings = { file: {}, parameters: DEFAULT_SETTINGS, levelsOf: () => ({}), waivers: [] };

/**
 * Reads the settings named by a flag, else those in the working folder if there are any. What reads them is loaded only
 * then: most runs have no settings and start faster without.
 */
export async function openSettings(flags: ReadingFlags): Promise<OpenSettings> {
  const path = flags.config ?? (existsSync(SETTINGS_FILE) ? SETTINGS_FILE : undefined);
  if (path === undefined) return NO_SETTINGS;
  const { levelsFor, readSettings, ruleParameters, settingsWaivers } = await import("../settings");
  const document = openUnlessEmpty(path);
  if (document === undefined) return NO_SETTINGS;
  const file = readSettings(document);
  const folder = dirname(path);
  return {
    file,
    parameters: ruleParameters(file),
    levelsOf: (input) => levelsFor(file, folder, input),
    waivers: settingsWaivers(file, document, folder),
  };
}

/** Settings in which everything is commented out are none. */
function openUnlessEmpty(path: string): Document | undefined {
  try {
    return openInput(path);
  } catch (error) {
    if (error instanceof InputError && error.code === "DG015") return undefined;
    throw error;
  }
}

/** What flags and settings say, with the clock read here and nowhere else. */
export function readingOptions(flags: ReadingFlags, { file, parameters, levelsOf }: OpenSettings) {
  const given =
    flags.parameters === undefined ? {} : readParameterFile(openInput(flags.parameters).value, flags.parameters);
  return {
    today: flags.today ?? new Date().toISOString().slice(0, 10),
    settings: parameters,
    levelsOf,
    account: flags.account ?? file.account,
    region: flags.region ?? file.region,
    partition: flags.partition ?? file.partition,
    parameters: { ...given, ...flags.parameter },
    defaultsOnly: flags.defaults ?? false,
    root: flags.root,
    remoteIncludes: flags.allowRemoteIncludes ?? false,
    environment: flags.allowEnv ? process.env : undefined,
    ignoreConstruct: flags.ignoreConstruct,
  };
}

/** Prints an input error as one line; anything else is a fault of ours and keeps its stack. */
export function reportError(error: unknown): number {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${forTerminal(error.line)}\n`);
  return 3;
}
