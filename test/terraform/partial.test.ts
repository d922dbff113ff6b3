import path from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { FORMATS } from "../../src/report/formats";
import { exitCode, outcome } from "../../src/report/outcome";

/** A plan that is not whole is never a silent pass, in whatever form the report is. */
const WHOLE = "what is not in it is not judged";
const plans = path.join(import.meta.dirname, "plans");
const CASES: [plan: string, why: string][] = [
  ["22-targeted-incomplete/plan.json", `the plan is partial (-target, or deferred changes): ${WHOLE}`],
  // OpenTofu does not say that a plan is partial; it leaves out a block that has neither count nor for_each
  ["22-targeted-incomplete/plan.tofu.json", `the plan leaves out resources that are written: ${WHOLE}`],
  ["28-errored-plan/plan.json", `planning failed, and the plan holds only what was planned before: ${WHOLE}`],
];

describe.each(CASES)("%s", (plan, why) => {
  const file = path.join(plans, plan);
  const report = check([file], { today: "2026-11-22" });

  it("has one notice, and what is not planned is named", () => {
    expect(report.notices.map(({ kind, location, ...notice }) => [kind, location.file, notice])).toEqual([
      ["partial plan", file, { text: why }],
    ]);
    expect(report.files.flatMap(({ unresolved }) => unresolved.map((one) => one.why))).toEqual([
      "it is written and not planned",
    ]);
  });

  it.each(Object.keys(FORMATS))("says so as %s", (name) => {
    const format = Object.entries(FORMATS).find(([one]) => one === name)?.[1];
    const options = { unknown: "warn", verbose: false, quiet: false, colour: false, rules: [], version: "0" } as const;
    const words = (text: string) => text.replace(/\\(.)/g, "$1").replace(/&#?\w+;/g, "");
    expect(words(format?.(report, options) ?? "")).toContain(words(why));
  });

  it("says so even when it is to be quiet, and fails where warnings do", () => {
    const quiet = { unknown: "ignore", verbose: false, quiet: true, colour: false, rules: [], version: "0" } as const;
    expect(FORMATS.stdout(report, quiet)).toMatch(/^1 partial plan, /m);
    expect(exitCode({ ...outcome(report, "ignore"), failures: 0 }, true)).toBe(1);
  });
});
