/**
 * Writes the files of a new rule, with the next free id of its family: rule, test, a right and a wrong template, and what
 * is to be found in the wrong one. They hold together as they are; what is to be written says TODO, and the rule's test
 * and the catalogue refuse it until it is gone.
 *
 *   new-rule.mjs FAMILY NAME
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PREFIX } from "./rego/catalogue";
import { nextId, ruleFiles } from "./rego/scaffold";
import { regoFiles } from "./rego/tree";

const [family = "", name = ""] = process.argv.slice(2);
const prefix = PREFIX[family];
if (prefix === undefined) refuse(`FAMILY is one of ${Object.keys(PREFIX).join(", ")}`);
if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(name)) refuse("NAME says what is wrong, in words_with_underscores");

const rules = regoFiles(["policies/rules"]).map((file) => readFileSync(file, "utf8"));
const files = ruleFiles(family, name, nextId(prefix, rules));
for (const { path } of files) if (existsSync(path)) refuse(`${path} is there already`);
for (const { path, text } of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${path}\n`);
}
process.stdout.write(`next: write what says TODO, and run: make rego RULE=${family}/${name}\n`);

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
