import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { HclChunk, HclParser } from "./hcl";

/** Loads the parser of HCL, which most runs do without. */
export async function loadHclParser(): Promise<HclParser> {
  const { loadParser }: HclChunk = createRequire(chunk())(chunk());
  return loadParser();
}

/** In the package it lies beside the bundle; run from source, where the build has put it. */
function chunk(): string {
  const beside = join(import.meta.dirname, "hcl.cjs");
  return existsSync(beside) ? beside : join(import.meta.dirname, "..", "..", "..", "dist", "hcl.cjs");
}
