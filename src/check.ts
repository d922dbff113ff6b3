import { readFileSync } from "node:fs";
import { InputError, type Position } from "./errors";
import { inventoriesOf, type ReadingOptions } from "./inventories";
import type { Unresolved } from "./inventory/types";
import type { Level } from "./judge/catalogue";
import type { Finding } from "./judge/finding";
import { type JudgeOptions, judge } from "./judge/judge";
import { type Document, readDocument } from "./read/document";
import { NestedDocuments } from "./read/nested";
import type { Found } from "./read/search";
import { type ExcerptLine, Excerpts } from "./report/excerpt";
import { DEFAULT_SETTINGS } from "./settings/defaults";
import { fingerprint, valueAt } from "./waive/fingerprint";
import { sourceWaivers } from "./waive/source-waivers";
import type { Exception } from "./waive/waive";
import type { Waiver } from "./waive/waiver";

export interface CheckOptions extends Omit<ReadingOptions, "settings"> {
  settings?: ReadingOptions["settings"] | undefined;
  /** Levels of rules by id; `levelsOf` where they differ from file to file. */
  levels?: JudgeOptions["levels"];
  levelsOf?: ((file: string) => Readonly<Record<string, Level>>) | undefined;
  /** Findings come with the source around them. */
  excerpts?: boolean | undefined;
  /** Called before each input. */
  progress?: ((input: { file: string; number: number; of: number }) => void) | undefined;
}

/** Input as a path to read, as content that is at hand, or as a file that a search found (`searchFiles`). */
export type Input = string | { file: string; content: string | Uint8Array } | Found;

/** A finding with its place in the source. */
export interface LocatedFinding extends Finding {
  location: { file: string } & Position;
  /** JSON pointer into the file. */
  pointer: string;
  /** The same for the same finding in another version of the file (`waive/fingerprint.ts`). */
  fingerprint: string;
  /** The source around it, without secrets; absent unless asked for. */
  excerpt?: ExcerptLine[];
}

/** What there is to say about one template or plan. */
export interface FileReport {
  file: string;
  format: Document["format"];
  kind: "cloudformation" | "terraform";
  findings: LocatedFinding[];
  /** Findings that do not count: waived, or in the baseline. */
  exceptions: Exception[];
  /** Waivers written at resources of the file. */
  waivers: Waiver[];
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
  /** Waivers that have expired or meet no finding. */
  notices: WaiverNotice[];
  /** Files that a search found and that are something else. */
  skipped: string[];
}

export interface WaiverNotice {
  kind: "expired" | "stale";
  rule: string;
  reason: string;
  expires: string;
  location: { file: string } & Position;
}

/**
 * Checks templates and plans, each on its own. Reads the files whose paths are given and no others; prints nothing. An
 * input that cannot be judged is an entry of `errors`, never an exception.
 *
 * `today` is the date runtimes are judged by, UTC, `YYYY-MM-DD`.
 */
export function check(inputs: readonly Input[], options: CheckOptions): Report {
  const report: Report = { files: [], errors: [], notices: [], skipped: [] };
  for (const [index, input] of inputs.entries()) {
    options.progress?.({ file: fileOf(input), number: index + 1, of: inputs.length });
    try {
      report.files.push(checkDocument(openInput(input), options));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (typeof input === "object" && "named" in input && isForeign(input, error)) report.skipped.push(input.file);
      else report.errors.push(error);
    }
  }
  return report;
}

const fileOf = (input: Input) => (typeof input === "string" ? input : input.file);

/** Reads one input. Throws InputError DG001 when there is no such file, and whatever `readDocument` throws. */
export function openInput(input: Input): Document {
  if (typeof input === "string") return readDocument(fileContent(input), input);
  if (!("content" in input)) return readDocument(fileContent(input.file), input.file);
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

/** Something else that lay in the folder: neither template nor plan, and nothing in it says it should be one. */
function isForeign({ file, named }: Found, { code }: InputError): boolean {
  if (named || code === "DG001") return false;
  if (code === "DG020" || code === "DG030") return true;
  return !/AWS::|"planned_values"|"resource_changes"/.test(new TextDecoder().decode(fileContent(file)));
}

function checkDocument(document: Document, options: CheckOptions): FileReport {
  const nested = new NestedDocuments(document.file, openInput);
  const scenarios = inventoriesOf(document, {
    ...options,
    settings: options.settings ?? DEFAULT_SETTINGS,
    nested: options.nested ?? ((location, from) => nested.find(location, from)),
  });
  const documents = new Map([...nested.opened, [document.file, document]]);
  const levels = options.levelsOf?.(document.file) ?? options.levels;
  const { findings, examined } = judge(scenarios, levels === undefined ? {} : { levels });
  const inventories = scenarios.map(({ inventory }) => inventory);
  const excerpts = options.excerpts ? new Excerpts(documents, inventories) : undefined;
  const functions = new Map(inventories.flatMap((inventory) => inventory.functions.map((one) => [one.address, one])));
  const unresolved = new Map(
    inventories.flatMap((inventory) => inventory.unresolved.map((one) => [`${one.at} ${one.why}`, one])),
  );
  return {
    file: document.file,
    format: document.format,
    kind: inventories[0]?.format ?? "cloudformation",
    findings: findings.map((finding) => located(finding, documents, document.file, excerpts)).sort(byPlace),
    exceptions: [],
    waivers: [...documents.values()].flatMap(sourceWaivers),
    examined,
    functions: functions.size,
    durableFunctions: [...functions.values()].filter(({ durable }) => durable !== undefined).length,
    unresolved: [...unresolved.values()].map((one) => ({
      ...one,
      location: place(one.at, documents, document.file).location,
    })),
  };
}

function located(
  finding: Finding,
  documents: ReadonlyMap<string, Document>,
  root: string,
  excerpts: Excerpts | undefined,
): LocatedFinding {
  const { location, pointer } = place(finding.at, documents, root);
  const cause = valueAt(documents.get(location.file)?.value, pointer);
  return {
    ...finding,
    location,
    pointer,
    fingerprint: fingerprint(finding, cause),
    ...(excerpts && { excerpt: excerpts.around({ rule: finding.rule, location, pointer }) }),
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
