import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue, type RuleEntry } from "../../src/judge/catalogue";
import { rulesTable, ruleText } from "../../src/report/rules";

/** `durable-guard rules` as a user runs it: `make bundle` has made it. */
const CLI = join(import.meta.dirname, "..", "..", "dist", "cli.cjs");

function run(...args: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), "durable-guard-"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "rules", ...args], { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}

const WIDE: RuleEntry = {
  id: "WLD901",
  aliases: ["WLD900"],
  family: "wildcards",
  name: "every_action",
  title: "Every action is allowed",
  description: "Nobody needs every action.",
  level: "deny",
  severity: "high",
  remediation: "Name the actions.",
  references: [{ title: "Least privilege", url: "https://example.com/least" }],
  related: [{ tool: "Security Hub", id: "IAM.1" }],
  subsumes: ["DUR901"],
  sources: ["A"],
};
const NARROW: RuleEntry = {
  ...WIDE,
  id: "DUR901",
  aliases: [],
  title: "A grant is too wide",
  level: "warn",
  related: [],
  subsumes: [],
};

describe("the text of rules", () => {
  it("is one line each in the list", () => {
    expect(rulesTable([NARROW, WIDE])).toBe(`DUR901  warn  high      A grant is too wide
WLD901  deny  high      Every action is allowed
`);
  });

  it("says of one rule everything that METADATA says", () => {
    expect(ruleText(WIDE, [NARROW, WIDE])).toBe(`WLD901 Every action is allowed

Level deny, severity high.

Why: Nobody needs every action.

Fix: Name the actions.

References:
  Least privilege: https://example.com/least

Other tools look for the same:
  Security Hub IAM.1

Speaks instead of:
  DUR901 A grant is too wide

Former ids:
  WLD900
`);
  });

  it("names the rule that speaks instead, and leaves out what there is none of", () => {
    expect(ruleText(NARROW, [NARROW, WIDE])).toBe(`DUR901 A grant is too wide

Level warn, severity high.

Why: Nobody needs every action.

Fix: Name the actions.

References:
  Least privilege: https://example.com/least

Leaves the word to:
  WLD901 Every action is allowed
`);
  });
});

describe("durable-guard rules", () => {
  it("lists every rule of the catalogue", () => {
    expect(run()).toEqual({ status: 0, stdout: rulesTable(catalogue()), stderr: "" });
    expect(JSON.parse(run("-o", "json").stdout)).toEqual(catalogue());
  });

  it("explains one, whatever the case of its id", () => {
    const [first] = catalogue();
    if (first === undefined) throw new Error("the catalogue is empty");
    expect(run(first.id.toLowerCase()).stdout).toBe(ruleText(first, catalogue()));
    expect(JSON.parse(run(first.id, "-o", "json").stdout)).toEqual(first);
  });

  it("exits 3 for an id nobody has, in one line", () => {
    const { status, stdout, stderr } = run("NO\u202e1");
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^error: there is no rule NO\\u\{202e\}1; `durable-guard rules` lists them\n/);
  });
});
