/**
 * Counts what `make test` left in a folder (default `build/results`) and prints `N passed, N failed, N skipped`: each
 * vitest test, each Rego test, each other check. Exits 1 when anything failed or nothing was counted.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

const folder = process.argv[2] ?? "build/results";
const count = { passed: 0, failed: 0, skipped: 0 };

const vitestFile = join(folder, "vitest.json");
if (existsSync(vitestFile)) {
  const report: VitestReport = JSON.parse(readFileSync(vitestFile, "utf8"));
  count.passed += report.numPassedTests;
  // A file that cannot be loaded has no tests to fail.
  count.failed += report.success ? report.numFailedTests : Math.max(1, report.numFailedTests);
  count.skipped += report.numPendingTests + report.numTodoTests;
}

const regoFile = join(folder, "rego.json");
if (existsSync(regoFile)) {
  const tests: { fail?: boolean; skip?: boolean; error?: unknown }[] = JSON.parse(
    readFileSync(regoFile, "utf8") || "[]",
  );
  for (const { fail, skip, error } of tests) count[fail || error ? "failed" : skip ? "skipped" : "passed"] += 1;
}

for (const file of readdirSync(folder).filter((each) => each.endsWith(".check"))) {
  const passed = readFileSync(join(folder, file), "utf8").trim() === "passed";
  count[passed ? "passed" : "failed"] += 1;
  if (!passed) process.stdout.write(`failed: ${file.replace(".check", "")}\n`);
}

process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
