import { type ErrorCode, InputError } from "../errors";
import { isMap } from "../inventory/part";
import { type Fault, findFault } from "./json-fault";
import { MAX_DEPTH } from "./limits";
import { Lines } from "./lines";
import { steps } from "./pointer";

/** A parsed text and the way from a JSON pointer to the offset of what it names. */
export interface Parsed {
  value: unknown;
  /** UTF-16 offset; an unknown pointer gives that of its nearest ancestor. */
  offset(pointer: string): number;
}

/**
 * Parses JSON as RFC 8259 has it; what that leaves open (duplicate names) is refused. `JSON.parse` does the work, because
 * a plan may have 60 MB; positions are looked for only when something is wrong or somebody asks.
 *
 * Objects have the ordinary prototype: ask `Object.hasOwn` before reading a name.
 */
export function parseJson(text: string, file: string): Parsed {
  const { members, tooDeep } = survey(text);
  if (tooDeep !== -1) {
    throw fail("DG013", `Lists and objects are nested more than ${MAX_DEPTH} deep here.`, tooDeep, text, file);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const fault: Fault = findFault(text) ?? { code: "DG010", message: "The file is not valid JSON.", offset: 0 };
    throw fail(fault.code, fault.message, fault.offset, text, file);
  }
  // A name that stands twice is kept once.
  if (countMembers(value) !== members) {
    const fault = findFault(text);
    if (fault) throw fail(fault.code, fault.message, fault.offset, text, file);
  }
  return { value, offset: new JsonPlaces(text).offset };
}

function fail(code: ErrorCode, message: string, offset: number, text: string, file: string): InputError {
  return new InputError(code, message, file, new Lines(text).at(offset));
}

/** Counts the members of all objects and the depth, without looking at what is between: one cheap pass. */
function survey(text: string): { members: number; tooDeep: number } {
  let members = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = stringEnd(text, at) - 1;
        break;
      case COLON:
        members++;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (++depth > MAX_DEPTH) return { members, tooDeep: at };
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth--;
        break;
    }
  }
  return { members, tooDeep: -1 };
}

/** A loop over names makes no list of them, which on a large plan is most of the time. */
function countMembers(value: unknown): number {
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += typeof item === "object" ? countMembers(item) : 0;
  else if (isMap(value)) {
    for (const name in value) {
      const inside = value[name];
      count += typeof inside === "object" ? 1 + countMembers(inside) : 1;
    }
  }
  return count;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The offset behind the closing quote of the string that opens at `start`; the text's end when it never closes. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === BACKSLASH) first--;
    if ((end - first) % 2 === 0) return end + 1;
  }
  return text.length;
}

/** Where a member or an item stands: its name, if it has one, and its value. */
interface Place {
  name: number;
  value: number;
}

/**
 * Finds places in a text known to be valid JSON. An object or list is looked through when something inside is first
 * asked for, and remembered; a plan's index is so never built whole.
 */
class JsonPlaces {
  private readonly text: string;
  private readonly known = new Map<number, Map<string, Place>>();

  constructor(text: string) {
    this.text = text;
  }

  readonly offset = (pointer: string): number => {
    const root = space(this.text, 0);
    let place: Place = { name: root, value: root };
    for (const step of steps(pointer)) {
      const inside = this.inside(place.value).get(step);
      if (!inside) break;
      place = inside;
    }
    return this.opens(place.value) ? place.name : place.value;
  };

  private opens(offset: number): boolean {
    const code = this.text.charCodeAt(offset);
    return code === OPEN_BRACE || code === OPEN_BRACKET;
  }

  private inside(offset: number): Map<string, Place> {
    if (!this.opens(offset)) return new Map();
    let places = this.known.get(offset);
    if (!places) {
      places = this.look(offset);
      this.known.set(offset, places);
    }
    return places;
  }

  private look(offset: number): Map<string, Place> {
    const { text } = this;
    const places = new Map<string, Place>();
    const named = text.charCodeAt(offset) === OPEN_BRACE;
    let at = space(text, offset + 1);
    while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACE && text.charCodeAt(at) !== CLOSE_BRACKET) {
      const name = at;
      let key = String(places.size);
      if (named) {
        const end = stringEnd(text, at);
        key = JSON.parse(text.slice(at, end));
        at = space(text, space(text, end) + 1);
      }
      places.set(key, { name, value: at });
      at = space(text, valueEnd(text, at));
      if (text.charCodeAt(at) === COMMA) at = space(text, at + 1);
    }
    return places;
  }
}

/** The offset of the first character from `at` on that is not white space. */
function space(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) <= 0x20) end++;
  return end;
}

function valueEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  for (; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = stringEnd(text, at) - 1;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth++;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (depth === 0) return at;
        depth--;
        break;
      case COMMA:
        if (depth === 0) return at;
        break;
    }
  }
  return at;
}
