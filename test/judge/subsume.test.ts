import { expect, it } from "vitest";
import type { RuleEntry } from "../../src/judge/catalogue";
import { describe, type Finding, type Verdict } from "../../src/judge/finding";
import { subsume } from "../../src/judge/subsume";

function rule(id: string, subsumes: string[]): RuleEntry {
  return {
    id,
    aliases: [],
    family: "wildcards",
    name: id.toLowerCase(),
    title: id,
    description: id,
    level: "deny",
    severity: "high",
    remediation: id,
    references: [],
    related: [],
    subsumes,
    sources: [],
  };
}

const rules = [rule("WLD001", ["WLD002", "DUR003"]), rule("WLD002", ["DUR003"]), rule("DUR003", [])];

function finding(id: string, at: string, verdict: Verdict = "deny", address = "Policy"): Finding {
  const of = rules.find((each) => each.id === id) ?? rule(id, []);
  return describe({ address, at, verdict, message: id, evidence: [] }, of, "deny");
}

const wide = finding("WLD001", "t#/0");
const narrow = finding("DUR003", "t#/0");

it("lets the widest rule speak where several see the same words", () => {
  expect(subsume([narrow, finding("WLD002", "t#/0"), wide], rules)).toEqual([wide]);
});

it("hides at the same address and pointer only", () => {
  const elsewhere = finding("DUR003", "t#/1");
  const another = finding("DUR003", "t#/0", "deny", "Another");
  expect(subsume([wide, elsewhere, another], rules)).toEqual([wide, elsewhere, another]);
});

it("hides nothing certain behind something uncertain", () => {
  const perhaps = finding("WLD001", "t#/0", "unknown");
  const narrowPerhaps = finding("DUR003", "t#/0", "unknown");
  expect(subsume([perhaps, narrow], rules)).toEqual([perhaps, narrow]);
  expect(subsume([perhaps, narrowPerhaps], rules)).toEqual([perhaps]);
  expect(subsume([wide, narrowPerhaps], rules)).toEqual([wide]);
});
