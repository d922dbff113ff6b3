/**
 * Writes the page of the error codes, from `src/errors.ts`, to standard output.
 */
import { ERRORS } from "../src/errors";

/** What the codes of a decade are about. */
const GROUPS: Record<string, string> = {
  DG00: "Files",
  DG01: "JSON and YAML",
  DG02: "Templates and assemblies",
  DG03: "Plans",
  DG04: "Parameters and names",
  DG05: "Settings and options",
  DG06: "Includes",
  DG09: "The policy",
};

const lines = [
  "# Errors",
  "",
  "An input that cannot be judged is one line, and the command exits 3:",
  "",
  "```",
  "template.yaml:12:5 DG012 …",
  "```",
  "",
  "`file:line:column`, a code, and what to do. A code keeps its meaning in every version.",
];
for (const [prefix, title] of Object.entries(GROUPS)) {
  lines.push("", `## ${title}`, "", "| Code | What it means |", "|---|---|");
  for (const [code, text] of Object.entries(ERRORS)) if (code.startsWith(prefix)) lines.push(`| ${code} | ${text} |`);
}
const left = Object.keys(ERRORS).filter((code) => !Object.keys(GROUPS).some((prefix) => code.startsWith(prefix)));
if (left.length > 0) throw new Error(`${left.join(", ")}: add the group to scripts/docs-errors.ts`);
process.stdout.write(`${lines.join("\n")}\n`);
