import { isMap, step } from "../../inventory/part";
import { parseJson } from "../../read/json";
import type { HclBlock, HclComment, HclFile, HclNode } from "./hcl";

/** Blocks of a file by how many labels stand before their body ("JSON Configuration Syntax", "Block-type-specific…"). */
const LABELS: Readonly<Record<string, number>> = { resource: 2, data: 2, module: 1, variable: 1 };

/**
 * Reads a `.tf.json` file. A property `//` is its comment. Throws InputError DG010, DG012 and DG013.
 */
export function readJsonSource(text: string, file: string): HclFile {
  const { value, offset } = parseJson(text, file);
  const blocks: HclBlock[] = [];
  const add = (type: string, labels: string[], found: unknown, at: string): void => {
    for (const [body, pointer] of listed(found, at)) {
      if (labels.length === LABELS[type]) {
        const comments = commentOf(body, pointer, offset);
        blocks.push({ type, labels, body: node(body, pointer, offset), comments });
      } else if (isMap(body)) {
        for (const [label, inner] of Object.entries(body)) add(type, [...labels, label], inner, step(pointer, label));
      }
    }
  };
  for (const [root, pointer] of listed(value, "")) {
    if (!isMap(root)) continue;
    for (const type of Object.keys(LABELS))
      if (Object.hasOwn(root, type)) add(type, [], root[type], step(pointer, type));
  }
  return { blocks, comments: [] };
}

type Offset = (pointer: string) => number;

/** What stands there, once or as often as its list says. */
function listed(value: unknown, at: string): [value: unknown, pointer: string][] {
  return Array.isArray(value) ? value.map((item, index) => [item, step(at, index)]) : [[value, at]];
}

function commentOf(body: unknown, at: string, offset: Offset): HclComment[] {
  const text = isMap(body) && Object.hasOwn(body, "//") ? body["//"] : undefined;
  return typeof text === "string" ? [{ start: offset(step(at, "//")), text: `//${text}` }] : [];
}

function node(value: unknown, at: string, offset: Offset): HclNode {
  const members = new Map<string, HclNode[]>();
  for (const [name, inner] of isMap(value) ? Object.entries(value) : []) {
    const pointer = step(at, name);
    const isBlocks = Array.isArray(inner) && inner.length > 0 && inner.every(isMap);
    if (name === "dynamic") {
      for (const label of isMap(inner) ? Object.keys(inner) : []) {
        members.set(label, [{ start: offset(step(pointer, label)), members: new Map(), dynamic: true }]);
      }
    } else {
      members.set(
        name,
        (isBlocks ? listed(inner, pointer) : [[inner, pointer] as const]).map((one) => node(...one, offset)),
      );
    }
  }
  return { start: offset(at), members };
}
