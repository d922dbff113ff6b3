/**
 * Makes the inventory's JSON Schema fit for `opa check --schema`, which stops looking at what it does not follow: refuses
 * anyOf, oneOf and allOf, maps (additionalProperties other than false), and objects that allow further fields.
 *
 * Reads the schema as ts-json-schema-generator writes it from standard input; writes it to standard output.
 */
import { readFileSync } from "node:fs";

const REFUSED = ["anyOf", "oneOf", "allOf", "patternProperties"];

function complaints(node: unknown, path: string): string[] {
  if (typeof node !== "object" || node === null) return [];
  const found = REFUSED.filter((name) => Object.hasOwn(node, name)).map((name) => `${path}: ${name}`);
  const open =
    "type" in node && node.type === "object" && !("additionalProperties" in node && !node.additionalProperties);
  if (open) found.push(`${path}: an object that is open for fields of any name`);
  if ("type" in node && Array.isArray(node.type)) found.push(`${path}: more than one type`);
  return [...found, ...Object.entries(node).flatMap(([name, inside]) => complaints(inside, `${path}/${name}`))];
}

const schema: unknown = JSON.parse(readFileSync(0, "utf8"));
const found = complaints(schema, "#");
for (const line of found)
  process.stderr.write(`src/inventory/types.ts gives a schema that OPA cannot check at ${line}\n`);
if (found.length === 0) process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
process.exitCode = found.length > 0 ? 1 : 0;
