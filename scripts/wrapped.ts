/**
 * Usage: wrapped OPA SCHEMA PATH… ; prints `file:line: what is wrong` for each value that is read although it may be
 * unknown (`rego/wrapped.ts`), and exits 1 when there is any.
 */
import { readFileSync } from "node:fs";
import { parse, regoFiles } from "./rego/tree";
import { checkModule, type Schema } from "./rego/wrapped";

const [opa = "", schemaFile = "", ...paths] = process.argv.slice(2);
const schema: Schema = JSON.parse(readFileSync(schemaFile, "utf8"));

/** lib/value is where values are opened. */
const files = regoFiles(paths).filter((file) => !/(^|\/)lib\/value\//.test(file));
const complaints = files.flatMap((file) => checkModule(file, parse(opa, file), schema));
for (const { file, line, text } of complaints) process.stdout.write(`${file}:${line}: ${text}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
