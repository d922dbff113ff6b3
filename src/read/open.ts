import { readFileSync } from "node:fs";
import { InputError } from "../errors";
import { type Document, readDocument } from "./document";

/** Reads a document from a file. Throws InputError DG001 when there is no such file, and whatever `readDocument` throws. */
export function openFile(file: string): Document {
  return readDocument(fileContent(file), file);
}

/** The bytes of a file. Throws InputError DG001 when they cannot be had. */
export function fileContent(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new InputError("DG001", `the file cannot be read (${code})`, file);
  }
}
