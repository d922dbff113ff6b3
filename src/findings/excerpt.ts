import { HIDDEN } from "../inventory/conceal";
import type { Inventory } from "../inventory/types";
import type { Document } from "../read/document";
import { parted, steps, valueAt } from "../read/pointer";
import { nearest, outline } from "./outline";
import { indentation, isAboutSecrets, keyOf, mayHoldSecret, namesSecret } from "./redaction";
import type { ExcerptLine, LocatedFinding } from "./types";

type Lined = Pick<Document, "file" | "line">;

const BEFORE = 2;
const AFTER = 4;
/** Longer lines are not written by people: plans and synthesized templates are one line. */
const LONGEST = 400;

/**
 * The source around findings. Whatever the inventory does not show is not shown here either, wherever it stands again in
 * the documents, and nothing that looks like a secret by itself.
 */
export class Excerpts {
  private readonly documents: ReadonlyMap<string, Document>;
  private readonly source: ((file: string, number: number) => string | undefined) | undefined;
  /** Lines that hold a hidden value, by file. */
  private readonly lines = new Map<string, Set<number>>();
  /** Hidden values. */
  private readonly texts = new Set<string>();

  /** `source` gives the lines of files that findings stand in and that are no documents: Terraform source. */
  constructor(
    documents: ReadonlyMap<string, Document>,
    inventories: readonly Inventory[],
    source?: (file: string, number: number) => string | undefined,
  ) {
    this.documents = documents;
    this.source = source;
    for (const at of new Set(inventories.flatMap(hiddenValues))) this.hide(at, true);
    for (const at of new Set(inventories.flatMap(writtenSecrets))) this.hide(at, false);
  }

  /** The lines before and after a finding, or what its pointer leads to where the line is too long to read. */
  around({ rule, location, pointer }: Pick<LocatedFinding, "rule" | "location" | "pointer">): ExcerptLine[] {
    const { file } = location;
    const document = this.documents.get(file);
    const lined: Lined = document ?? { file, line: (number) => this.source?.(file, number) };
    const text = lined.line(location.line);
    if (text === undefined) return [];
    // The key of the line is all that is shown of a secret.
    const secret = isAboutSecrets(rule);
    if (text.length > LONGEST) return document === undefined ? [] : this.writtenOut(document, pointer, secret);
    const shown = secret ? [location.line] : neighbours(lined, location.line);
    return trimmed(
      shown.map((number) => {
        const marked = number === location.line;
        const whole = lined.line(number) ?? "";
        if (!secret && !this.isHidden(lined, number)) return { number, text: copy(whole), marked };
        const key = keyOf(whole);
        return { number, marked, ...(key === undefined ? {} : { text: `${copy(key)} ${CONCEALED}` }) };
      }),
    );
  }

  private writtenOut(document: Document, pointer: string, secret: boolean): ExcerptLine[] {
    const names = steps(pointer);
    if (names.length === 0) return [];
    if (secret || names.some(namesSecret)) return [{ marked: true }];
    const { name, value, first } = nearest(document.value, names);
    const lines = outline(name, value, first);
    const marked = first === undefined || Array.isArray(value) ? 0 : 1;
    return lines.map((text, index) => {
      const hidden = mayHoldSecret(index + 1, (number) => lines[number - 1]) || this.holdsHidden(text);
      return { marked: index === marked, ...(hidden ? {} : { text }) };
    });
  }

  private isHidden({ file, line }: Lined, number: number): boolean {
    if (this.lines.get(file)?.has(number)) return true;
    const text = line(number) ?? "";
    return text.length > LONGEST || mayHoldSecret(number, line) || this.holdsHidden(text);
  }

  private holdsHidden(text: string): boolean {
    return [...this.texts].some((secret) => text.includes(secret));
  }

  /** A value of several lines goes on as long as they are indented further than its first. */
  private hide(at: string, value: boolean): void {
    const { file, pointer } = parted(at) ?? { file: "", pointer: "" };
    const document = this.documents.get(file);
    if (document === undefined) return;
    if (value) for (const text of textsIn(valueAt(document.value, pointer))) this.texts.add(text);
    const first = document.locate(pointer).line;
    const indent = indentation(document.line(first) ?? "");
    const lines = this.lines.get(document.file) ?? new Set();
    this.lines.set(document.file, lines);
    for (let number = first; ; number += 1) {
      const text = document.line(number);
      if (text === undefined) return;
      if (number > first && text.trim() !== "" && indentation(text) <= indent) return;
      lines.add(number);
    }
  }
}

/** A line with what it is part of before it and what it holds after it, and nothing of its neighbours' insides. */
function neighbours({ line }: Lined, marked: number): number[] {
  const indent = (number: number) => {
    const text = line(number) ?? "";
    return text.trim() === "" ? undefined : indentation(text);
  };
  const own = indent(marked) ?? 0;
  let first = marked;
  while (first > Math.max(1, marked - BEFORE) && (indent(first - 1) ?? own + 1) <= own) first -= 1;
  const inside = (indent(marked + 1) ?? 0) > own ? own + 1 : own;
  let last = marked;
  while (last < marked + AFTER && (indent(last + 1) ?? -1) >= inside) last += 1;
  return [...Array(last - first + 1).keys()].map((index) => first + index);
}

/** Stands behind the key of a line that is not shown. */
const CONCEALED = "•••";

/** Variables and parameters whose value is not shown. */
function hiddenValues({ functions, parameters }: Inventory): string[] {
  const variables = functions.flatMap(({ environment }) =>
    environment.filter(({ value }) => value.unknown === HIDDEN.unknown),
  );
  const secret = parameters.filter(
    ({ value, secret, secrets }) => secret || secrets.length > 0 || value?.unknown === HIDDEN.unknown,
  );
  return [...variables, ...secret].map(({ at }) => at);
}

/** Code and descriptions with a secret in them, whose other words are common ones. */
function writtenSecrets({ functions }: Inventory): string[] {
  return functions.flatMap(({ secrets }) => secrets.map(({ at }) => at));
}

/** Texts of a hidden value, as they stand and as JSON writes them; short ones would hide everything. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") {
    return String(value)
      .split(/\s+/)
      .filter((word) => word.length >= 5)
      .flatMap((word) => [word, JSON.stringify(word).slice(1, -1)]);
  }
  if (typeof value !== "object" || value === null) return [];
  return "Default" in value ? textsIn(value.Default) : "value" in value ? textsIn(value.value) : [];
}

/** Without the indentation that all lines share. */
function trimmed(lines: ExcerptLine[]): ExcerptLine[] {
  const indents = lines.flatMap(({ text = "" }) => (text.trim() === "" ? [] : [indentation(text)]));
  const shared = Math.min(...indents);
  return Number.isFinite(shared)
    ? lines.map((line) => (line.text === undefined ? line : { ...line, text: line.text.slice(shared) }))
    : lines;
}

/** A copy of its own: a slice would keep the whole input in memory for as long as the report lives. */
function copy(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
