/** Reads a `policy.wasm` as OPA builds it from standard input; writes it mended (`rego/regex-cache.ts`) to standard output. */
import { readFileSync, writeFileSync } from "node:fs";
import { mendRegexCache } from "./rego/regex-cache";

writeFileSync(1, mendRegexCache(readFileSync(0)));
