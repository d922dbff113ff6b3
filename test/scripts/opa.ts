import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The project's folder; scripts and OPA are run from there. */
export const ROOT = resolve(import.meta.dirname, "..", "..");

/** The pinned OPA; built by `make build/opa`, so absent for those who only have Node. */
export const OPA = resolve(ROOT, "build", "opa");
export const hasOpa = existsSync(OPA);

/** Runs OPA with this standard input and gives its standard output; throws with what it wrote when it fails. */
export function opa(args: readonly string[], input = ""): string {
  return execFileSync(OPA, args, { cwd: ROOT, input, encoding: "utf8", maxBuffer: 1 << 30, stdio: "pipe" });
}
