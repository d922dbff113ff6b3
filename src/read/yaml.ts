import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import { InputError } from "../errors";
import { isMap } from "../inventory/part";
import type { Parsed } from "./json";
import { MAX_DEPTH, MAX_YAML_LENGTH } from "./limits";
import { Lines } from "./lines";
import { steps } from "./pointer";
import { shown } from "./shown";
import { type Fail, readEvents, startOf } from "./yaml-events";
import { plainScalar } from "./yaml-scalar";
import { readTag } from "./yaml-tag";

/**
 * Parses YAML 1.1 as templates use it: short tags become long form (`!Ref X` is `{"Ref": "X"}`), `!GetAtt A.B.C` is
 * split at its first dot. Aliases and merge keys are followed although CloudFormation itself takes neither, because the
 * commands people deploy with (`aws cloudformation package`, `sam`) write them out; both are bounded as if written out.
 */
export function parseYaml(text: string, file: string): Parsed {
  const lines = new Lines(text);
  const fail: Fail = (code, message, offset) => {
    throw new InputError(code, message, file, offset === undefined ? undefined : lines.at(offset));
  };
  if (text.length > MAX_YAML_LENGTH) fail("DG003", `YAML longer than ${MAX_YAML_LENGTH} characters is not read.`);
  return new Builder(text, readEvents(text, fail), fail).document();
}

/** A node as read: its value, where it stands, and what it costs when an alias repeats it. */
interface Node {
  value: unknown;
  start: number;
  /** An untagged mapping or list: its place, as an entry, is its key. */
  opens: boolean;
  height: number;
  weight: number;
}

/** What a node weighs beside its text: about the punctuation it takes to write one. */
const NODE_WEIGHT = 4;

class Builder {
  private readonly text: string;
  private readonly events: Event[];
  private readonly fail: Fail;
  private next = 0;
  private readonly anchors = new Map<string, Node | undefined>();
  private weight = 0;
  private readonly itemPlaces = new Map<unknown, number[]>();
  private readonly entryPlaces = new Map<unknown, Map<string, number>>();

  constructor(text: string, events: Event[], fail: Fail) {
    this.text = text;
    this.events = events;
    this.fail = fail;
  }

  document(): Parsed {
    const root = this.node(1);
    return {
      value: root.value,
      offset: (pointer) => {
        let { value, start } = root;
        for (const step of steps(pointer)) {
          const inside = this.place(value, step);
          if (inside === undefined) break;
          start = inside;
          value = Array.isArray(value) ? value[Number(step)] : isMap(value) ? value[step] : undefined;
        }
        return start;
      },
    };
  }

  private place(container: unknown, step: string): number | undefined {
    if (!Array.isArray(container)) return this.entryPlaces.get(container)?.get(step);
    return /^(?:0|[1-9][0-9]*)$/.test(step) ? this.itemPlaces.get(container)?.[Number(step)] : undefined;
  }

  private take(): Event {
    const event = this.events[this.next++];
    // The parser closes what it opens.
    if (!event) throw new Error("events end inside a document");
    return event;
  }

  private closes(): boolean {
    if (this.events[this.next]?.type !== EVENT_ID.POP) return false;
    this.next++;
    return true;
  }

  private node(depth: number): Node {
    const event = this.take();
    if (event.type === EVENT_ID.ALIAS) return this.alias(event.anchorStart, event.anchorEnd, depth);
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) throw new Error("a node was expected");
    const anchor = event.anchorStart === -1 ? undefined : this.text.slice(event.anchorStart, event.anchorEnd);
    if (anchor !== undefined) this.anchors.set(anchor, undefined);
    const before = this.weight;
    const tag = event.tagStart === -1 ? undefined : this.tag(event);
    const node: Node = { value: undefined, start: startOf(event, this.text), opens: false, height: 0, weight: 0 };
    this.weight += NODE_WEIGHT;
    if (event.type === EVENT_ID.SCALAR) node.value = this.scalar(event, tag);
    else {
      node.opens = tag === undefined;
      const inside = event.type === EVENT_ID.SEQUENCE ? this.sequence(depth) : this.mapping(depth, node.start);
      node.value = inside.value;
      node.height = inside.height + 1;
    }
    if (tag?.kind === "function") {
      node.value = this.long(tag.name, node.value, node.start);
      node.height++;
    }
    node.weight = this.weight - before;
    if (anchor !== undefined) this.anchors.set(anchor, node);
    return node;
  }

  private tag(event: ScalarEvent | SequenceEvent | MappingEvent) {
    const tag = readTag(this.text.slice(event.tagStart, event.tagEnd));
    if (tag.kind === "unknown") {
      this.fail("DG017", "CloudFormation knows no such tag. Short forms are written !Sub, !GetAtt, …", event.tagStart);
    }
    return tag;
  }

  private alias(start: number, end: number, depth: number): Node {
    const name = this.text.slice(start, end);
    if (!this.anchors.has(name)) this.fail("DG011", `No anchor &${shown(name)} stands before this alias.`, start - 1);
    const target = this.anchors.get(name);
    if (!target) return this.fail("DG014", "This alias stands inside what it names, so it never ends.", start - 1);
    if (depth + target.height > MAX_DEPTH) {
      this.fail("DG013", `Written out, this alias is nested more than ${MAX_DEPTH} deep.`, start - 1);
    }
    this.weight += target.weight;
    if (this.weight > MAX_YAML_LENGTH) {
      this.fail("DG014", `Written out, aliases and merge keys exceed ${MAX_YAML_LENGTH} characters here.`, start - 1);
    }
    return { ...target, start: start - 1, opens: false };
  }

  private scalar(event: ScalarEvent, tag: ReturnType<typeof readTag> | undefined): unknown {
    const source = event.valueStart === -1 ? "" : getScalarValue(this.text, event);
    this.weight += source.length;
    if (tag === undefined) return event.style === SCALAR_STYLE.PLAIN ? plainScalar(source) : source;
    if (tag.kind !== "type") return source;
    if (tag.name === "any" || tag.name === "str") return source;
    const value = plainScalar(source);
    const type = value === null ? "null" : typeof value;
    const fits = { int: "number", float: "number", bool: "boolean", null: "null", seq: "", map: "" }[tag.name];
    if (type !== fits) this.fail("DG011", `The value does not fit its tag !!${tag.name}.`, event.tagStart);
    return value;
  }

  private sequence(depth: number): { value: unknown[]; height: number } {
    const value: unknown[] = [];
    const places: number[] = [];
    let height = 0;
    while (!this.closes()) {
      const item = this.node(depth + 1);
      value.push(item.value);
      places.push(item.start === -1 ? (places.at(-1) ?? 0) : item.start);
      height = Math.max(height, item.height);
    }
    this.itemPlaces.set(value, places);
    return { value, height };
  }

  private mapping(depth: number, start: number): { value: Record<string, unknown>; height: number } {
    const value: Record<string, unknown> = {};
    const places = new Map<string, number>();
    const merged: Node[] = [];
    let mergeKey = -1;
    let height = 0;
    while (!this.closes()) {
      const key = this.key(start);
      const entry = this.node(depth + 1);
      height = Math.max(height, entry.height);
      if (key.merges) {
        if (mergeKey !== -1) this.twice("<<", mergeKey, key.start);
        mergeKey = key.start;
        merged.push(entry);
        continue;
      }
      const known = places.get(key.name);
      if (known !== undefined) this.twice(key.name, known, key.start);
      set(value, key.name, entry.value);
      places.set(key.name, entry.opens || entry.start === -1 ? key.start : entry.start);
    }
    this.entryPlaces.set(value, places);
    for (const entry of merged) this.merge(value, places, entry.value, mergeKey);
    return { value, height };
  }

  private twice(name: string, first: number, again: number): never {
    const line = new Lines(this.text).at(first).line;
    return this.fail(
      "DG012",
      `The key ${shown(name)} stands twice in one mapping, first on line ${line}. Keep one.`,
      again,
    );
  }

  /** "Merge Key Language-Independent Type for YAML 1.1": own keys come first, then earlier mappings. */
  private merge(value: Record<string, unknown>, places: Map<string, number>, source: unknown, at: number): void {
    for (const mapping of Array.isArray(source) ? source : [source]) {
      if (!isMap(mapping)) throw this.fail("DG011", "A merge key (<<) takes a mapping or a list of mappings.", at);
      for (const name of Object.keys(mapping)) {
        if (Object.hasOwn(value, name)) continue;
        set(value, name, mapping[name]);
        places.set(name, this.entryPlaces.get(mapping)?.get(name) ?? at);
      }
    }
  }

  private key(mapping: number): { name: string; start: number; merges: boolean } {
    const event = this.take();
    if (event.type === EVENT_ID.SCALAR) {
      const start = event.valueStart === -1 ? mapping : startOf(event, this.text);
      const tag = event.tagStart === -1 ? undefined : this.tag(event);
      if (tag && (tag.kind !== "type" || (tag.name !== "str" && tag.name !== "any"))) {
        this.fail("DG011", "A key is plain text; it takes no tag.", event.tagStart);
      }
      const name = event.valueStart === -1 ? "" : getScalarValue(this.text, event);
      this.weight += NODE_WEIGHT + name.length;
      if (event.anchorStart !== -1) {
        const anchored = { value: name, start, opens: false, height: 0, weight: NODE_WEIGHT + name.length };
        this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), anchored);
      }
      return { name, start, merges: name === "<<" && event.style === SCALAR_STYLE.PLAIN && !tag };
    }
    if (event.type === EVENT_ID.ALIAS) {
      const { value, start } = this.alias(event.anchorStart, event.anchorEnd, 1);
      if (typeof value === "string") return { name: value, start, merges: false };
    }
    const hint = event.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.FLOW ? " Quote {{…}}." : "";
    return this.fail("DG011", `A key is text, not a list, mapping or alias of one.${hint}`, startOf(event, this.text));
  }

  /** The long form of a short tag. */
  private long(name: string, inside: unknown, start: number): Record<string, unknown> {
    let value = inside;
    if (name === "Fn::GetAtt" && typeof inside === "string") {
      const dot = inside.indexOf(".");
      value = dot === -1 ? [inside] : [inside.slice(0, dot), inside.slice(dot + 1)];
      this.itemPlaces.set(value, [start, start]);
    }
    const long = { [name]: value };
    this.entryPlaces.set(long, new Map([[name, start]]));
    return long;
  }
}

/** Sets a key as data, whatever its name. */
function set(map: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
  } else map[name] = value;
}
