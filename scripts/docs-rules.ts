/**
 * Writes the pages of the rules, `<ID>.md`, and their index, `README.md`, into a folder: from `policies/catalogue.json`,
 * `templates/` and `docs/sources.md`, so that a page never says what the rule does not.
 *
 *   docs-rules.mjs FOLDER
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleEntry } from "../src/judge/catalogue";
import { claims } from "./docs/claims";
import { rulePage } from "./docs/rule-page";
import { rulesIndex, TwinsMissing } from "./docs/rules-index";
import { reasonsIn, settingsOf, twinsOf } from "./docs/twins";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: docs-rules.mjs FOLDER");

const rules: RuleEntry[] = JSON.parse(readFileSync("policies/catalogue.json", "utf8"));
const known = claims(readFileSync("docs/sources.md", "utf8"));

const pages = rules.map((rule) => {
  const around = { twins: twinsOf(rule, "."), settings: settingsOf(rule, "."), rules, claims: known };
  return { name: `${rule.id}.md`, text: rulePage(rule, around) };
});
const index = indexOf(rules);

// The page of a rule that is gone goes too.
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { name, text } of [...pages, { name: "README.md", text: index }]) writeFileSync(join(folder, name), text);

/** The index; whoever writes a rule forgets its twins sooner or later, and needs no stack to be told. */
function indexOf(all: RuleEntry[]): string {
  try {
    return rulesIndex(all, (rule) => twinsOf(rule, "."), reasonsIn("."), known);
  } catch (error) {
    if (!(error instanceof TwinsMissing)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
