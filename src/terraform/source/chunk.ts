/**
 * The parser of HCL: tree-sitter and its grammar of Terraform in WebAssembly, in a file of their own (`dist/hcl.cjs`), which
 * `parser.ts` loads when somebody gives the source of a plan.
 */
import grammar from "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm";
import { Language, type Node, Parser } from "web-tree-sitter";
import runtime from "web-tree-sitter/web-tree-sitter.wasm";
import type { HclBlock, HclChunk, HclComment, HclFile, HclNode } from "./hcl";

/** Values nested deeper lead nowhere. */
const MAX_DEPTH = 100;

export const loadParser: HclChunk["loadParser"] = async () => {
  await Parser.init({ wasmBinary: runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) return { blocks: [], comments: [], fault: 0 };
    const file = read(tree.rootNode);
    tree.delete();
    return file;
  };
};

function read(root: Node): HclFile {
  if (root.hasError) return { blocks: [], comments: [], fault: faultIn(root) };
  const bodies = root.namedChildren.filter(({ type }) => type === "body");
  const blocks = bodies.flatMap((body) => body.namedChildren.filter(({ type }) => type === "block"));
  return {
    blocks: blocks.map(topBlock),
    comments: [root, ...bodies].flatMap((part) => commentsIn(part.namedChildren)),
  };
}

function commentsIn(nodes: Node[]): HclComment[] {
  return nodes.filter(({ type }) => type === "comment").map(({ startIndex, text }) => ({ start: startIndex, text }));
}

/** The first node that is wrong itself, and not only because of what is in it. */
function faultIn(root: Node): number {
  for (let at = root; ; ) {
    const inner = at.children.find((child) => child.isError || child.isMissing || child.hasError);
    if (inner === undefined || at.isError) return at.startIndex;
    at = inner;
  }
}

function topBlock(block: Node): HclBlock {
  const [type = "", ...labels] = names(block);
  return { type, labels, body: blockNode(block, 0), comments: commentsIn(block.descendantsOfType("comment")) };
}

/** A block's type and labels. */
function names(block: Node): string[] {
  return block.namedChildren.filter(({ type }) => type === "identifier" || type === "string_lit").map(textOf);
}

/** A name, with or without quotes. A label or key with escapes is no address that a plan shows: it stays as written. */
function textOf({ type, text }: Node): string {
  return type === "string_lit" ? text.slice(1, -1) : text;
}

function blockNode(block: Node, depth: number): HclNode {
  const members = new Map<string, HclNode[]>();
  const add = (name: string, node: HclNode) => members.set(name, [...(members.get(name) ?? []), node]);
  const body = depth < MAX_DEPTH ? child(block, "body") : undefined;
  for (const inner of body?.namedChildren ?? []) {
    if (inner.type === "attribute") {
      const [name, expression] = [child(inner, "identifier"), child(inner, "expression")];
      if (name !== undefined) add(name.text, value(expression, inner.startIndex, depth + 1, false));
    } else if (inner.type === "block") {
      const [type = "", label = ""] = names(inner);
      const start = inner.startIndex;
      if (type === "dynamic") add(label, { start, members: new Map(), dynamic: true });
      else add(type, blockNode(inner, depth + 1));
    }
  }
  return { start: block.startIndex, members };
}

/** What an expression holds, where that is written out; everything else leads no further. */
function value(expression: Node | undefined, start: number, depth: number, encoded: boolean): HclNode {
  const nothing = { start, members: new Map() };
  const inner = expression?.namedChildCount === 1 ? expression.namedChildren[0] : undefined;
  if (inner === undefined || depth > MAX_DEPTH) return nothing;
  if (inner.type === "function_call" && child(inner, "identifier")?.text === "jsonencode") {
    const given = child(inner, "function_arguments")?.namedChildren.filter(({ type }) => type === "expression") ?? [];
    return given.length === 1 ? value(given[0], start, depth + 1, true) : nothing;
  }
  const literal = inner.type === "collection_value" ? inner.namedChildren[0] : undefined;
  if (literal?.type === "object") return { start, members: membersOf(literal, depth, encoded) };
  if (literal?.type !== "tuple" || !encoded) return nothing;
  const items = literal.namedChildren.filter(({ type }) => type === "expression");
  return { ...nothing, items: items.map((item) => value(item, item.startIndex, depth + 1, encoded)) };
}

/** Members whose key is a name or a text; a computed key `(local.k)` is neither. */
function membersOf(object: Node, depth: number, encoded: boolean): Map<string, HclNode[]> {
  const members = new Map<string, HclNode[]>();
  for (const member of object.namedChildren.filter(({ type }) => type === "object_elem")) {
    const [key, given] = member.namedChildren.filter(({ type }) => type === "expression");
    if (key === undefined || !/^(?:[\p{L}_][\p{L}\p{N}_-]*|"[^"\\$%]*")$/u.test(key.text)) continue;
    members.set(key.text.replaceAll('"', ""), [value(given, member.startIndex, depth + 1, encoded)]);
  }
  return members;
}

function child(node: Node, type: string): Node | undefined {
  return node.namedChildren.find((inner) => inner.type === type);
}
