import { InputError, type Position } from "../errors";
import { type Parsed, parseJson } from "./json";
import { Lines } from "./lines";
import { decode } from "./text";
import { parseYaml } from "./yaml";

/** A file as read: plain data, and the way back to the text. */
export interface Document {
  file: string;
  format: "json" | "yaml";
  /**
   * Null, booleans, numbers, strings, arrays and plain objects, short tags in long form. Ask `Object.hasOwn` before
   * reading a name. Aliased parts are shared, so nothing may be changed in place.
   */
  value: unknown;
  /**
   * Where a JSON pointer (RFC 6901) leads, in a form people click on: an entry whose value is a mapping or a list stands
   * where its key is, any other entry where its value is (a short tag where the tag is), a list item where it begins. A
   * pointer to nothing gives its nearest ancestor. What an alias or a merge key brings in stands where it is written.
   */
  locate(pointer: string): Position;
  /** The text of a line, from 1, without its end; undefined past the last. */
  line(number: number): string | undefined;
}

/**
 * Reads a template, plan or manifest. JSON rules hold for names in `.json` and for anything that starts with `{` or `[`
 * under a name not in `.yaml` or `.yml`; YAML rules for the rest.
 *
 * @param bytes the file's content, at most `limits.ts`
 * @param file its name as the user gave it, for messages
 * @throws InputError DG002 to DG004, DG010 to DG017 and DG030, with the position where there is one
 */
export function readDocument(bytes: Uint8Array, file: string): Document {
  const text = decode(bytes, file);
  if (/^\s*$/.test(text.slice(0, 1000)) && text.trim() === "")
    throw new InputError("DG015", "The file is empty.", file);
  const { format, parsed } = parse(text, file);
  const lines = new Lines(text);
  return {
    file,
    format,
    value: parsed.value,
    locate: (pointer) => lines.at(parsed.offset(pointer)),
    line: (number) => lines.text(number),
  };
}

function parse(text: string, file: string): { format: Document["format"]; parsed: Parsed } {
  const opens = /^\s*[{[]/.test(text);
  const yamlName = /\.ya?ml$/i.test(file);
  if (/\.json$/i.test(file) || (opens && !yamlName)) return { format: "json", parsed: parseJson(text, file) };
  if (opens && isJson(text)) return { format: "json", parsed: parseJson(text, file) };
  return { format: "yaml", parsed: parseYaml(text, file) };
}

/** JSON under a YAML name (flow mappings may be either) is read as JSON, which may be larger and hold tabs. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
