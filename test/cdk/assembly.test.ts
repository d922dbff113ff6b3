import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import type { FileReport } from "../../src/findings/types";
import { readInventories } from "../../src/inventories";
import { openFile } from "../../src/read/open";
import { searchFiles } from "../../src/read/search";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";

const APP = join(import.meta.dirname, "app.mjs");
const PLUGIN = join(import.meta.dirname, "..", "..", "dist", "cdk.cjs");
const TODAY = "2026-11-22";

/** Synthesizes the app in a process of its own, as `cdk synth` does, with the plugin. */
function synth(variant: "good" | "bad") {
  const folder = join(mkdtempSync(join(tmpdir(), "durable-guard-")), "cdk.out");
  const { status, stderr } = spawnSync(process.execPath, [APP, folder, variant, PLUGIN], {
    encoding: "utf8",
    // CDK throws by itself when it is told that it runs in a test.
    env: { ...process.env, NODE_ENV: "", CDK_DEBUG: "" },
  });
  return { folder, status, stderr };
}

function checked(folder: string, ignoreConstruct?: RegExp): FileReport {
  const report = check(searchFiles([folder]), { today: TODAY, ignoreConstruct });
  expect([report.errors, report.skipped, report.files.length]).toEqual([[], [], 1]);
  const [file] = report.files;
  if (file === undefined) throw new Error("no report");
  return file;
}

const denials = ({ findings }: FileReport) =>
  findings.filter(({ verdict, level }) => verdict === "deny" && level === "deny");

/** The line of the app on which a text stands. */
function lineOf(text: string): number {
  return (
    readFileSync(APP, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}

const bad = synth("bad");
const good = synth("good");

describe("a CDK assembly", () => {
  it("joins a function with the role of another stack, in the app and in its stage", () => {
    const found = denials(checked(bad.folder, /LogRetention/));
    expect(
      found.map(({ rule, address, location, construct, source }) => [rule, address, location.file, construct, source]),
    ).toEqual(
      [
        ["", "Functions.template.json", "Functions/Orders/Resource"],
        ["Prod-", join("assembly-Prod", "ProdFunctions702CD9AD.template.json"), "Prod/Functions/Orders/Resource"],
      ].map(([stage, file, construct]) => [
        "DUR001",
        `${stage}Functions/OrdersA9B65338`,
        join(bad.folder, file ?? ""),
        construct,
        // `new lambda.Function(` begins at column 5.
        { file: APP, line: lineOf('new lambda.Function(this, "Orders"'), column: 5 },
      ]),
    );
    // roles of the bad app let functions checkpoint and do not let them read their state
    expect(found[0]?.message).toContain("lambda:GetDurableExecutionState");
    expect(found[0]?.message).not.toContain("lambda:CheckpointDurableExecution");
  });

  it("finds nothing in the right one but CDK's own helpers, which can be left out", () => {
    const everything = checked(good.folder);
    const constructs = denials(everything).map(({ construct }) => construct);
    expect(constructs).toHaveLength(2);
    for (const construct of constructs) expect(construct).toMatch(/(^|Prod\/)Functions\/LogRetention[0-9a-f]+\//);
    const without = checked(good.folder, /LogRetention/);
    expect(denials(without)).toEqual([]);
    expect(without.findings.length + (without.leftOut ?? 0)).toBe(everything.findings.length);
  });

  it("has the account and the Region of each stage, and what is nested", () => {
    const options = { today: TODAY, settings: DEFAULT_SETTINGS };
    const { units } = readInventories(openFile(join(good.folder, "manifest.json")), options);
    const [app, stage] = units.map(([scenario]) => scenario?.inventory);
    expect([units.length, app?.deployment, stage?.deployment]).toEqual([
      2,
      { partition: "${AWS::Partition}", region: "${AWS::Region}", account: "${AWS::AccountId}" },
      { partition: "${AWS::Partition}", region: "eu-west-1", account: "111122223333" },
    ]);
    const plain = stage?.functions.find(({ address }) => address.includes("Plain"));
    expect(plain?.address).toMatch(
      /^Prod-Functions\/InnerNestedStackInnerNestedStackResource[0-9A-F]{8}\/Plain[0-9A-F]{8}$/,
    );
    expect(plain?.at).toMatch(
      /assembly-Prod\/ProdFunctionsInner[0-9A-F]{8}\.nested\.template\.json#\/Resources\/Plain/,
    );
    expect(stage?.unresolved).toEqual([]);
  });

  it("names the construct of a nested stack's resource", () => {
    const found = checked(good.folder).findings.filter(({ address }) => address.includes("/Plain"));
    expect(new Set(found.map(({ construct }) => construct))).toEqual(
      new Set(["Functions/Inner/Plain/Resource", "Prod/Functions/Inner/Plain/Resource"]),
    );
  });
});

describe("durable-guard/cdk", () => {
  it("fails the synthesis of the wrong app, at its constructs", () => {
    const { status, stderr } = bad;
    expect(status).toBe(1);
    expect(stderr).toContain("DUR001");
    expect(stderr).toContain("Functions/Orders/Resource");
    expect(stderr).toContain("lambda:GetDurableExecutionState");
    expect(stderr).not.toContain("LogRetention");
  });

  it("lets the right app pass", () => {
    const { status, stderr } = good;
    expect([status, stderr.includes("DUR001"), stderr.includes("DUR013")]).toEqual([0, false, true]);
  });
});
