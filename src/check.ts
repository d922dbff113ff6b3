import { readFileSync } from "node:fs";
import { InputError, type Position } from "./errors";
import { inventoriesOf, type ReadingOptions } from "./inventories";
import type { Unresolved } from "./inventory/types";
import type { Finding } from "./judge/finding";
import { type JudgeOptions, judge } from "./judge/judge";
import { type Document, readDocument } from "./read/document";
import { NestedDocuments } from "./read/nested";
import { DEFAULT_SETTINGS } from "./settings";

export interface CheckOptions extends Omit<ReadingOptions, "settings">, JudgeOptions {
  settings?: ReadingOptions["settings"] | undefined;
}

/** Input as a path to read, or as content that is at hand. */
export type Input = string | { file: string; content: string | Uint8Array };

/** A finding with its place in the source. */
export interface LocatedFinding extends Finding {
  location: { file: string } & Position;
  /** JSON pointer into the file. */
  pointer: string;
}

/** What there is to say about one template or plan. */
export interface FileReport {
  file: string;
  format: Document["format"];
  kind: "cloudformation" | "terraform";
  findings: LocatedFinding[];
  /** Addresses each rule looked at, by rule id. */
  examined: ReadonlyMap<string, string[]>;
  functions: number;
  durableFunctions: number;
  /** Parts that could not be read, with the reason. */
  unresolved: (Unresolved & { location: { file: string } & Position })[];
}

export interface Report {
  files: FileReport[];
  /** Inputs that cannot be judged. */
  errors: InputError[];
}

/**
 * Checks templates and plans, each on its own. Reads the files whose paths are given and no others; prints nothing. An
 * input that cannot be judged is an entry of `errors`, never an exception.
 *
 * `today` is the date runtimes are judged by, UTC, `YYYY-MM-DD`.
 */
export function check(inputs: readonly Input[], options: CheckOptions): Report {
  const report: Report = { files: [], errors: [] };
  for (const input of inputs) {
    try {
      report.files.push(checkDocument(openInput(input), options));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      report.errors.push(error);
    }
  }
  return report;
}

/** Reads one input. Throws InputError DG001 when there is no such file, and whatever `readDocument` throws. */
export function openInput(input: Input): Document {
  if (typeof input === "string") return readDocument(fileContent(input), input);
  const { file, content } = input;
  return readDocument(typeof content === "string" ? new TextEncoder().encode(content) : content, file);
}

function fileContent(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new InputError("DG001", `the file cannot be read (${code})`, file);
  }
}

function checkDocument(document: Document, options: CheckOptions): FileReport {
  const nested = new NestedDocuments(document.file, openInput);
  const scenarios = inventoriesOf(document, {
    ...options,
    settings: options.settings ?? DEFAULT_SETTINGS,
    nested: options.nested ?? ((location, from) => nested.find(location, from)),
  });
  const documents = new Map([...nested.opened, [document.file, document]]);
  const { findings, examined } = judge(scenarios, options);
  const inventories = scenarios.map(({ inventory }) => inventory);
  const functions = new Map(inventories.flatMap((inventory) => inventory.functions.map((one) => [one.address, one])));
  const unresolved = new Map(
    inventories.flatMap((inventory) => inventory.unresolved.map((one) => [`${one.at} ${one.why}`, one])),
  );
  return {
    file: document.file,
    format: document.format,
    kind: inventories[0]?.format ?? "cloudformation",
    findings: findings.map((finding) => ({ ...finding, ...place(finding.at, documents, document.file) })).sort(byPlace),
    examined,
    functions: functions.size,
    durableFunctions: [...functions.values()].filter(({ durable }) => durable !== undefined).length,
    unresolved: [...unresolved.values()].map((one) => ({
      ...one,
      location: place(one.at, documents, document.file).location,
    })),
  };
}

/** Turns `file#/pointer` into a line and column; an address without a place of its own has the root's first line. */
function place(
  at: string,
  documents: ReadonlyMap<string, Document>,
  root: string,
): Pick<LocatedFinding, "location" | "pointer"> {
  const hash = at.lastIndexOf("#/");
  const file = hash === -1 ? root : at.slice(0, hash);
  const pointer = hash === -1 ? "" : at.slice(hash + 1);
  const position = documents.get(file)?.locate(pointer) ?? { line: 1, column: 1 };
  return { location: { file, ...position }, pointer };
}

function byPlace(a: LocatedFinding, b: LocatedFinding): number {
  const file = a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : 0;
  const rule = a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0;
  return file || a.location.line - b.location.line || a.location.column - b.location.column || rule;
}
