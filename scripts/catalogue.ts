/**
 * Writes `policies/catalogue.json`, what is known about each rule, from the METADATA of the rule packages: the only
 * place where it is written down. Refuses a package without METADATA, a key that is missing or that nothing reads, and an
 * id that stands twice.
 *
 * Reads `opa inspect --annotations --format json` from standard input and writes the file's text to standard output.
 */
import { readFileSync } from "node:fs";
import { catalogue } from "./rego/catalogue";

const { rules, complaints } = catalogue(JSON.parse(readFileSync(0, "utf8")));
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
if (complaints.length === 0) process.stdout.write(`${JSON.stringify(rules, null, 2)}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
