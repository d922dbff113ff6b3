/**
 * Reads the report of `opa test --coverage` from standard input, prints `file:line` of what no test runs, and exits 1
 * when there is any in the files under the given paths.
 */
import { readFileSync } from "node:fs";

interface Report {
  files: Record<string, { not_covered?: { start: { row: number }; end: { row: number } }[] }>;
}

const paths = process.argv.slice(2);
const report: Report = JSON.parse(readFileSync(0, "utf8"));
for (const [file, { not_covered }] of Object.entries(report.files)) {
  if (!paths.some((path) => file.startsWith(path))) continue;
  for (const { start, end } of not_covered ?? []) {
    process.stdout.write(`${file}:${start.row}-${end.row}: no test runs this\n`);
    process.exitCode = 1;
  }
}
