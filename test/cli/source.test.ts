import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

/** `--source` and `--changed-only` as a user runs them: `make bundle` has made the command and its parser of HCL. */
const CLI = join(import.meta.dirname, "..", "..", "dist", "cli.cjs");
const FOLDER = realpathSync(mkdtempSync(join(tmpdir(), "cli-source-")));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const PLANS = join(import.meta.dirname, "..", "terraform", "plans");
cpSync(join(PLANS, "19-update-existing-state", "plan.json"), join(FOLDER, "plan.json"));

// Lines of text for lines of the plan: only where the blocks stand counts.
writeFileSync(
  join(FOLDER, "main.tf"),
  `resource "aws_lambda_function_url" "wf" {
  # durable-guard: waive LAM005 until 2027-01-31: a public form until the login is there
  authorization_type = "NONE"
}

resource "aws_lambda_function" "plain" {
  durable_config {
    execution_timeout = 3600
  }
}
`,
);
writeFileSync(join(FOLDER, "template.yaml"), "Resources: {}\n");

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "test", "--today", "2026-11-22", ...args], {
    cwd: FOLDER,
    encoding: "utf8",
  });
  return { status, lines: stdout.split("\n").filter((line) => /^\S/.test(line)), stderr };
}

it("--source: places in the source, a waiver in a comment, the plan's place where there is no block", () => {
  const { status, lines, stderr } = run("plan.json", "--source", ".");
  const violations = lines
    .filter((line) => line.includes(" DENY "))
    .map((line) => line.split(" ").slice(0, 3).join(" "));
  // plain and wf of the eight violations of `expectations.test.ts`; LAM005 is waived, LAM008 is said once for four functions
  expect(violations.filter((line) => line.startsWith("main.tf"))).toEqual([
    "main.tf:1:1 DENY DUR008",
    "main.tf:6:1 DENY LAM008",
    "main.tf:7:3 DENY DUR012",
  ]);
  expect(
    violations
      .filter((line) => line.startsWith("plan.json"))
      .map((line) => line.split(" ")[2])
      .sort(),
  ).toEqual([...Array(3).fill("LAM008"), "WLD001"]);
  expect(lines.at(-1)).toContain(" 1 exception");
  expect([status, stderr]).toEqual([1, ""]);
});

it("--changed-only: what the plan leaves alone is not said, and counted", () => {
  const all = run("plan.json").lines;
  const { status, lines } = run("plan.json", "--changed-only");
  expect(status).toBe(1);
  expect(lines.at(-1)).toMatch(/ left out as unchanged/);
  expect(all.at(-1)).not.toMatch(/unchanged/);
});

it.each([
  [["plan.json", "--source", "none"], "none DG001 there is no Terraform file (*.tf) in this folder\n"],
  [["plan.json", "--source", "main.tf"], "main.tf DG001 there is no Terraform file (*.tf) in this folder\n"],
])("%j is one line, and could not be judged", (args, message) => {
  expect(run(...args)).toEqual({ status: 3, lines: [], stderr: message });
});

it("--changed-only of a template could not be judged", () => {
  const { status, lines } = run("template.yaml", "--changed-only");
  expect(status).toBe(3);
  expect(lines[0]).toMatch(/^template\.yaml DG050 only a plan says what it changes/);
});

it("a comment that is meant as a waiver and is none could not be judged", () => {
  const other = mkdtempSync(join(FOLDER, "other-"));
  writeFileSync(join(other, "main.tf"), "# durable-guard: ignore this\n");
  const { status, lines } = run("plan.json", "--source", other);
  expect(status).toBe(3);
  expect(lines[0]).toBe(
    `${join(other, "main.tf")}:1:1 DG052 a waiver stands in a resource, data, module or variable block, or directly above one`,
  );
});
