import { type DocumentEvent, EVENT_ID, type Event, parseEvents, SCALAR_STYLE, YAMLException } from "js-yaml";
import type { ErrorCode } from "../errors";
import { MAX_DEPTH } from "./limits";

/** Refuses the text, at an offset where there is one. */
export type Fail = (code: ErrorCode, message: string, offset?: number) => never;

/** The events of the one document that holds something, without the document's own (DG011, DG013, DG015 to DG017). */
export function readEvents(text: string, fail: Fail): Event[] {
  return onlyDocument(parse(text, fail), text, fail);
}

function parse(text: string, fail: Fail): Event[] {
  try {
    // js-yaml counts the scalar inside, too.
    return parseEvents(text, { maxDepth: MAX_DEPTH + 1 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason } = error;
    const offset = error.mark?.position;
    if (reason.startsWith("nesting exceeded")) {
      return fail("DG013", `Mappings and lists are nested more than ${MAX_DEPTH} deep here.`, offset);
    }
    // js-yaml's reasons quote names of tags and handles only.
    const said = reason.replace(/[^\x20-\x7e]/g, "?").slice(0, 200);
    return fail("DG011", `The file is not valid YAML: ${said}.`, offset);
  }
}

function onlyDocument(all: Event[], text: string, fail: Fail): Event[] {
  let found: Event[] | undefined;
  for (let start = 0; start < all.length; ) {
    const end = documentEnd(all, start);
    const inside = all.slice(start + 1, end);
    const first = inside[0];
    if (first && !isEmpty(first)) {
      if (found) fail("DG016", "A second document starts here. Put each into a file of its own.", startOf(first, text));
      const event = all[start];
      if (event?.type === EVENT_ID.DOCUMENT && declaresTags(event)) {
        fail("DG017", "A %TAG directive gives short tags another meaning. Remove it.", 0);
      }
      found = inside;
    }
    start = end + 1;
  }
  return found ?? fail("DG015", "The file is empty.");
}

function documentEnd(all: Event[], start: number): number {
  let depth = 0;
  for (let at = start; at < all.length; at++) {
    const type = all[at]?.type;
    if (type === EVENT_ID.POP) depth--;
    else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) depth++;
    if (depth === 0) return at;
  }
  return all.length;
}

function isEmpty(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.valueStart === -1 && event.tagStart === -1 && event.anchorStart === -1;
}

function declaresTags(event: DocumentEvent): boolean {
  return event.directives.some((directive) => directive.kind === "tag");
}

/** Where a person sees a node begin: its tag, else its content (with the quote, or `|`). -1 for an empty node. */
export function startOf(event: Event, text: string): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return -1;
  if (event.tagStart !== -1) return event.tagStart;
  if (event.type !== EVENT_ID.SCALAR) return event.start;
  switch (event.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return event.valueStart - 1;
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return blockHeader(event.valueStart, text);
    default:
      return event.valueStart;
  }
}

/** The indicator of a block scalar stands at the end of the line before its content. */
function blockHeader(content: number, text: string): number {
  const end = /[\r\n]/.test(text[content - 1] ?? "")
    ? content - (text.slice(content - 2, content) === "\r\n" ? 2 : 1)
    : content;
  const start = Math.max(text.lastIndexOf("\n", end - 1), text.lastIndexOf("\r", end - 1)) + 1;
  const header = /[|>][-+0-9]*[ \t]*(?:#.*)?$/.exec(text.slice(start, end));
  return header ? start + header.index : content;
}
