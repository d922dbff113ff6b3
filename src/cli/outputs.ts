import { writeFileSync } from "node:fs";
import { InvalidArgumentError, Option } from "commander";
import { InputError } from "../errors";
import type { Report } from "../findings/types";
import { FORMATS, type Format, formatReport, isFormat } from "../report/formats";
import type { ReportOptions } from "../report/options";

/** One report to write: to a file, or to standard output. */
export interface Output {
  format: Format;
  file?: string;
}

const NAMES = Object.keys(FORMATS);

/** `-o FORMAT[=FILE]`, as often as reports are wanted; in the environment separated by commas. */
export function outputOption(): Option {
  return new Option(
    "-o, --output <format[=file]>",
    `form of the report, and a file for it; repeatable: ${NAMES.join(", ")} (default: stdout)`,
  )
    .env("DURABLE_GUARD_OUTPUT")
    .argParser(parseOutputs);
}

/**
 * Adds what one `-o` says to what those before it said. A comma separates where the name of a format follows. Throws for
 * an unknown format, and for two reports in one place.
 */
export function parseOutputs(text: string, before: readonly Output[] | undefined): Output[] {
  const outputs = [...(before ?? []), ...text.split(new RegExp(`,(?=(?:${NAMES.join("|")})(?:[=,]|$))`)).map(parse)];
  const places = outputs.map(({ file }) => file);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (new Set(places).size < places.length) {
    throw new InvalidArgumentError(`Two reports cannot go to ${twice ?? "standard output"}: give each a file.`);
  }
  return outputs;
}

function parse(text: string): Output {
  const [name = "", ...rest] = text.split("=");
  if (!isFormat(name)) throw new InvalidArgumentError(`Allowed choices are ${NAMES.join(", ")}.`);
  if (rest.length === 0) return { format: name };
  const file = rest.join("=");
  if (file === "") throw new InvalidArgumentError("Expected a file after =.");
  return { format: name, file };
}

/** Whether a report shows source, which `check` then has to keep. */
export function wantsExcerpts(outputs: readonly Output[]): boolean {
  return outputs.some(({ format }) => format === "html");
}

/** Writes the reports. Colour is for a terminal that wants it (`NO_COLOR`, `TERM`), never for a file. */
export function writeOutputs(
  outputs: readonly Output[],
  report: Report,
  options: Pick<ReportOptions, "unknown" | "verbose" | "quiet">,
): void {
  for (const { format, file } of outputs) {
    const colour = file === undefined && process.stdout.isTTY === true && process.stdout.hasColors();
    const text = formatReport(report, format, { ...options, colour });
    if (file === undefined) process.stdout.write(text);
    else writeReport(file, text);
  }
}

/** Writes a file. Throws InputError DG054 when it cannot be written. */
export function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new InputError("DG054", `it cannot be written (${code})`, file);
  }
}
