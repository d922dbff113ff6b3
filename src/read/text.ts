import { InputError } from "../errors";
import { MAX_JSON_LENGTH } from "./limits";
import { Lines } from "./lines";

/**
 * Decodes a file to text: UTF-8, or UTF-16 with a byte order mark; the mark itself is dropped. Binary files are refused
 * by what they are, so that a saved Terraform plan gets the hint it needs.
 */
export function decode(bytes: Uint8Array, file: string): string {
  // Two bytes a unit is the most that text within the limit can take, beside the mark; UTF-8's third byte buys nothing.
  if (bytes.length > 2 * MAX_JSON_LENGTH + 2) throw tooLong(file);
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    throw new InputError("DG030", `This is a zip archive, as a saved Terraform plan is. ${SHOW_JSON}`, file);
  }
  if (startsWith(bytes, 0x1f, 0x8b)) throw new InputError("DG004", "This is a gzip file. Unpack it first.", file);
  const text = startsWith(bytes, 0xff, 0xfe)
    ? decodeUtf16(bytes, "utf-16le", file)
    : startsWith(bytes, 0xfe, 0xff)
      ? decodeUtf16(bytes, "utf-16be", file)
      : decodeUtf8(bytes, file);
  if (text.length > MAX_JSON_LENGTH) throw tooLong(file);
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    const message = "The file is binary, or UTF-16 without a byte order mark. Give a text file, best in UTF-8.";
    throw new InputError("DG004", message, file, new Lines(text).at(nul));
  }
  return text;
}

/** How a saved plan becomes readable. */
export const SHOW_JSON = "Turn it into JSON: terraform show -json PLAN > plan.json";

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function tooLong(file: string): InputError {
  return new InputError("DG003", `The file is longer than ${MAX_JSON_LENGTH} characters. Split it.`, file);
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be", file: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError("DG002", "The file is not valid UTF-16, as its byte order mark says. Save it as UTF-8.", file);
  }
}

function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(bytes, file);
  }
}

/** The replacement characters of a lenient decoding, encoded again, differ from the file first where it is wrong. */
function notUtf8(bytes: Uint8Array, file: string): InputError {
  const head = bytes.subarray(0, 16 * 1024 * 1024);
  const again = new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(head));
  let wrong = 0;
  while (wrong < head.length && head[wrong] === again[wrong]) wrong++;
  const before = new TextDecoder("utf-8").decode(head.subarray(0, wrong));
  if (head.subarray(0, 1024).includes(0)) {
    return new InputError("DG004", "The file is binary. Give a template, a plan or an assembly as text.", file);
  }
  const position = wrong < head.length ? new Lines(before).at(before.length) : undefined;
  return new InputError("DG002", "The file is not valid UTF-8 here. Save it as UTF-8.", file, position);
}
