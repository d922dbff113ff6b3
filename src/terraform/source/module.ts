import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError, type Position } from "../../errors";
import { MAX_HCL_LENGTH } from "../../read/limits";
import { Lines } from "../../read/lines";
import { isInside } from "../../read/nearby";
import { decode } from "../../read/text";
import type { HclFile, HclNode, HclParser } from "./hcl";
import { readJsonSource } from "./json";

export type SourcePlace = { file: string } & Position;

/** A block of a module, with its place. */
export interface SourceBlock {
  /** `resource aws_iam_role this`, `data …`, `module name`, `variable name`. */
  name: string;
  at: SourcePlace;
  body: HclNode;
  comments: SourceComment[];
  locate(node: HclNode): SourcePlace;
}

/** A comment in a block or directly above it. */
export interface SourceComment {
  at: SourcePlace;
  text: string;
}

/** The source of one module: the files of one folder. */
export interface SourceModule {
  blocks: ReadonlyMap<string, SourceBlock[]>;
  /** Comments that stand at no block. */
  comments: SourceComment[];
  /** Files that cannot be read, and why. */
  unread: { at: SourcePlace; why: string }[];
  /** The text of the files, by name. */
  texts: ReadonlyMap<string, Lines>;
}

/** Names of Terraform and OpenTofu; hidden files and what editors leave behind are none. */
const NAME = /^[^.#~].*\.(?:tf|tofu)(?:\.json)?$/;

/**
 * Reads the files of a module that lie inside `root`, links followed. A file that is too long or no HCL is in `unread`;
 * nothing of it is used.
 */
export function readModule(folder: string, root: string, parse: HclParser): SourceModule {
  const blocks = new Map<string, SourceBlock[]>();
  const module = {
    blocks,
    comments: [] as SourceComment[],
    unread: [] as SourceModule["unread"],
    texts: new Map<string, Lines>(),
  };
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    if (!isInside(root, file) || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) continue;
    try {
      const text = textOf(file);
      const lines = new Lines(text);
      const content = name.endsWith(".json") ? readJsonSource(text, file) : parse(text);
      if (content.fault !== undefined)
        throw new InputError("DG010", "it is no valid HCL", file, lines.at(content.fault));
      module.texts.set(file, lines);
      const { found, comments } = placed(content, file, lines);
      module.comments.push(...comments);
      for (const block of found) blocks.set(block.name, [...(blocks.get(block.name) ?? []), block]);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const at = { file, ...(error.position ?? { line: 1, column: 1 }) };
      module.unread.push({ at, why: `the file is not used for places and waivers: ${error.message}` });
    }
  }
  return module;
}

/** In the order of Terraform: files that override others come last. None where there is no such folder. */
function namesIn(folder: string): string[] {
  const all = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  const names = all.filter((name) => NAME.test(name)).sort();
  const overrides = /(?:^|_)override\.(?:tf|tofu)(?:\.json)?$/;
  return [...names.filter((name) => !overrides.test(name)), ...names.filter((name) => overrides.test(name))];
}

function textOf(file: string): string {
  if (statSync(file).size > MAX_HCL_LENGTH) throw tooLong(file);
  try {
    return decode(readFileSync(file), file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError("DG001", "it cannot be read", file);
  }
}

function tooLong(file: string): InputError {
  return new InputError("DG003", `it is longer than ${MAX_HCL_LENGTH} bytes`, file);
}

function placed(content: HclFile, file: string, lines: Lines): { found: SourceBlock[]; comments: SourceComment[] } {
  const place = (start: number): SourcePlace => ({ file, ...lines.at(start) });
  const comment = ({ start, text }: HclFile["comments"][number]) => ({ at: place(start), text });
  const found = content.blocks.map(
    ({ type, labels, body, comments }): SourceBlock => ({
      name: [type, ...labels].join(" "),
      at: place(body.start),
      body,
      comments: comments.map(comment),
      locate: (node) => place(node.start),
    }),
  );
  const byLine = new Map(found.map((block) => [block.at.line, block]));
  const left: SourceComment[] = [];
  // From the last to the first: a comment above a comment at a block is at the block too.
  for (const one of content.comments.map(comment).reverse()) {
    const { line, column } = one.at;
    const isAlone = (lines.text(line) ?? "").slice(0, column - 1).trim() === "";
    const below = line + one.text.trimEnd().split(/\r\n|\r|\n/).length;
    const block = isAlone ? byLine.get(below) : undefined;
    if (block === undefined) left.unshift(one);
    else {
      block.comments.unshift(one);
      byLine.set(line, block);
    }
  }
  return { found, comments: left };
}
