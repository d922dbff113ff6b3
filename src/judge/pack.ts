import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Path of a file of the compiled policy. In the package it lies beside the bundle (whose build turns
 * `import.meta.dirname` into `__dirname`); run from source it lies in `policies/`.
 */
export function packFile(name: "policy.wasm" | "catalogue.json"): string {
  const beside = join(import.meta.dirname, name);
  return existsSync(beside) ? beside : join(import.meta.dirname, "..", "..", "policies", name);
}
