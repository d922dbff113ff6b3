import { resolve } from "node:path";
import type { Constructs } from "./cdk/constructs";
import { InputError } from "./errors";
import { Excerpts } from "./findings/excerpt";
import { fingerprint } from "./findings/fingerprint";
import type { FileReport, InputNotice, LocatedFinding, Report, Waiver } from "./findings/types";
import { synthesizedWaivers } from "./include/waivers";
import { type Reading, type ReadingOptions, readInventories } from "./inventories";
import { shown } from "./inventory/text";
import type { LambdaFunction } from "./inventory/types";
import type { Level } from "./judge/catalogue";
import { touchedBy } from "./judge/changed";
import type { Finding } from "./judge/finding";
import { type Judgement, type JudgeOptions, judge } from "./judge/judge";
import { type Document, readDocument } from "./read/document";
import { fileContent, openFile } from "./read/open";
import { parted } from "./read/pointer";
import type { Found } from "./read/search";
import { PlanSource } from "./terraform/source/plan-source";
import type { TerraformSource } from "./terraform/source/source";
import { commentWaivers } from "./waive/comment-waivers";
import { sourceWaivers } from "./waive/source-waivers";

export interface CheckOptions extends ReadingOptions {
  /** Levels of rules by id; `levelsOf` where they differ from file to file. */
  levels?: JudgeOptions["levels"];
  levelsOf?: ((file: string) => Readonly<Record<string, Level>>) | undefined;
  /** Findings come with the source around them. */
  excerpts?: boolean | undefined;
  /** The Terraform source of plans (`readSource`): findings then stand in it, and its comments may waive them. */
  source?: TerraformSource | undefined;
  /** Of a plan, only findings about what it changes, or that rest on what it changes. */
  changedOnly?: boolean | undefined;
  /** Called before each input. */
  progress?: ((input: { file: string; number: number; of: number }) => void) | undefined;
  /** Findings at CDK constructs whose path matches are left out: helpers that CDK adds by itself. */
  ignoreConstruct?: RegExp | undefined;
}

/** Input as a path to read, as content that is at hand, or as a file that a search found (`searchFiles`). */
export type Input = string | { file: string; content: string | Uint8Array } | Found;

/**
 * Checks templates and plans, each on its own. Reads the files whose paths are given and no others; prints nothing. An
 * input that cannot be judged is an entry of `errors`, never an exception.
 *
 * `today` is the date runtimes are judged by, UTC, `YYYY-MM-DD`.
 */
export function check(inputs: readonly Input[], options: CheckOptions): Report {
  const report: Report = { files: [], errors: [], notices: [], skipped: [], parts: [] };
  const inside = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    options.progress?.({ file: fileOf(input), number: index + 1, of: inputs.length });
    try {
      const { notices, ...file } = checkDocument(openInput(input), rooted(options, input), inside);
      report.files.push(file);
      report.notices.push(...notices);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (isFound(input) && isForeign(input, error)) report.skipped.push(input.file);
      else report.errors.push(error);
    }
  }
  const found = inputs.filter(isFound).filter(({ named }) => !named);
  return withoutParts(report, new Set(found.map(({ file }) => file).filter((file) => inside.has(resolve(file)))));
}

/**
 * An included file, and the template of a nested stack, says something where it is brought in, with the parameters it is
 * given there; on its own, when only a search found it, it is not judged.
 */
function withoutParts(report: Report, parts: ReadonlySet<string>): Report {
  if (parts.size === 0) return report;
  const isPart = ({ file }: { file: string }) => parts.has(file);
  return {
    ...report,
    files: report.files.filter((file) => !isPart(file)),
    errors: report.errors.filter((error) => !isPart(error)),
    skipped: report.skipped.filter((file) => !parts.has(file)),
    parts: [...parts].sort(),
  };
}

/** Of a folder that is searched, everything below it belongs together. */
function rooted(options: CheckOptions, input: Input): CheckOptions {
  const root = options.root ?? (isFound(input) ? input.root : undefined);
  return root === undefined ? options : { ...options, root };
}

const isFound = (input: Input): input is Found => typeof input === "object" && "named" in input;
const fileOf = (input: Input) => (typeof input === "string" ? input : input.file);

/** Reads one input. Throws InputError DG001 when there is no such file, and whatever `readDocument` throws. */
export function openInput(input: Input): Document {
  if (typeof input === "string") return openFile(input);
  if (!("content" in input)) return openFile(input.file);
  const { file, content } = input;
  return readDocument(typeof content === "string" ? new TextEncoder().encode(content) : content, file);
}

/** Something else that lay in the folder: neither template nor plan, and nothing in it says it should be one. */
function isForeign({ file, named }: Found, { code }: InputError): boolean {
  if (named || code === "DG001" || code === "DG024") return false;
  if (code === "DG020" || code === "DG030") return true;
  // As bytes: a text has a limit, and a file in a folder may be of any size.
  const bytes = fileContent(file);
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return !["AWS::", '"planned_values"', '"resource_changes"'].some((word) => content.includes(word));
}

function checkDocument(
  document: Document,
  options: CheckOptions,
  inside: Set<string>,
): FileReport & Pick<Report, "notices"> {
  const { units, documents, constructs, ...reading } = readInventories(document, options);
  for (const file of [...reading.included, ...reading.nested]) inside.add(resolve(file));
  const levels = options.levelsOf?.(document.file) ?? options.levels;
  const judgements = units.map((scenarios) => judge(scenarios, levels === undefined ? {} : { levels }));
  const inventories = units.flat().map(({ inventory }) => inventory);
  const kind = inventories[0]?.format ?? "cloudformation";
  if (options.changedOnly && kind !== "terraform") throw saysNoChange(document.file);
  const source = kind === "terraform" && options.source ? new PlanSource(document.value, options.source) : undefined;
  const places: Places = { documents, root: document.file, source };
  const line = options.source && ((file: string, number: number) => options.source?.line(file, number));
  const excerpts = options.excerpts ? new Excerpts(documents, inventories, line) : undefined;
  const functions = inventories.flatMap((inventory) => inventory.functions);
  const durable = functions.filter((one) => one.durable?.certain);
  const unresolved = new Map(
    inventories.flatMap((inventory) =>
      inventory.unresolved.map((one) => [`${one.at} ${one.why}`, { ...one, why: shown(one.why) }]),
    ),
  );
  const open = [...unresolved.values()].map((one) => ({ ...one, location: place(one.at, places).location }));
  const findings = judgements
    .flatMap((judgement) => judgement.findings)
    .map((finding) => located(finding, places, excerpts, constructs));
  const wanted = findings.filter(({ construct = "" }) => !(construct && options.ignoreConstruct?.test(construct)));
  const counted = options.changedOnly ? wanted.filter(touchedBy(inventories)) : wanted;
  return {
    file: document.file,
    format: document.format,
    kind,
    findings: counted.sort(byPlace),
    exceptions: [],
    waivers: [...waiversIn(documents, reading), ...(source ? commentWaivers(source) : [])],
    examined: examinedIn(judgements),
    functions: addressesOf(functions).size,
    durableFunctions: addressesOf(durable).size,
    unresolved: open.filter(({ partial }) => !partial),
    notices: [
      ...open
        .filter(({ partial }) => partial)
        .map(({ why, location }): InputNotice => ({ kind: "partial plan", text: why, location })),
      ...(source?.unread() ?? []).map(({ at, why }): InputNotice => ({ kind: "source", text: why, location: at })),
    ],
    ...(findings.length > wanted.length && { leftOut: findings.length - wanted.length }),
    ...(wanted.length > counted.length && { unchanged: wanted.length - counted.length }),
  };
}

/** A function that is there in several scenarios is one. */
const addressesOf = (functions: readonly LambdaFunction[]) => new Set(functions.map(({ address }) => address));

function saysNoChange(file: string): InputError {
  const what = "only a plan says what it changes, a template does not: compare it with the one before (--previous)";
  return new InputError("DG050", what, file);
}

/** Those of templates that are put together, and of all documents that are no part of one. */
function waiversIn(
  documents: ReadonlyMap<string, Document>,
  { included, synthesized }: Pick<Reading, "included" | "synthesized">,
): Waiver[] {
  const together = new Set([...included, ...synthesized.map(({ file }) => file)]);
  const others = [...documents.values()].filter(({ file }) => !together.has(file));
  return [
    ...others.flatMap((document) => sourceWaivers(document)),
    ...synthesized.flatMap((source) => synthesizedWaivers(source, documents)),
  ];
}

/** Addresses by rule, of all that was judged; addresses of one document are unique. */
function examinedIn(judgements: readonly Judgement[]): ReadonlyMap<string, string[]> {
  const [first, ...others] = judgements;
  if (first !== undefined && others.length === 0) return first.examined;
  const rules = new Set(judgements.flatMap(({ examined }) => [...examined.keys()]));
  return new Map(
    [...rules].map((rule) => [rule, judgements.flatMap(({ examined }) => examined.get(rule) ?? []).sort()]),
  );
}

/** What leads from a finding to its text. */
interface Places {
  documents: ReadonlyMap<string, Document>;
  /** The file that is judged. */
  root: string;
  source: PlanSource | undefined;
}

function located(
  finding: Finding,
  places: Places,
  excerpts: Excerpts | undefined,
  constructs: Constructs,
): LocatedFinding {
  const { location, pointer, document } = place(finding.at, places);
  const construct = document && constructs.find(document, pointer);
  return {
    ...finding,
    location,
    pointer,
    fingerprint: fingerprint(finding, document?.value, pointer),
    ...(construct && { construct: construct.path }),
    ...(construct?.source && { source: construct.source }),
    ...(excerpts && { excerpt: excerpts.around({ rule: finding.rule, location, pointer }) }),
  };
}

/**
 * Turns `file#/pointer` into a line and column, of the Terraform source where that is found; an address without a place of
 * its own has the root's first line.
 */
function place(at: string, { documents, root, source }: Places) {
  const { file, pointer } = parted(at) ?? { file: root, pointer: "" };
  const document = documents.get(file);
  const own = () => ({ file, ...(document?.locate(pointer) ?? { line: 1, column: 1 }) });
  return { location: source?.place(pointer) ?? own(), pointer, document };
}

function byPlace(a: LocatedFinding, b: LocatedFinding): number {
  const file = a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : 0;
  const rule = a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0;
  return file || a.location.line - b.location.line || a.location.column - b.location.column || rule;
}
