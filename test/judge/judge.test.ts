import { describe, expect, it, vi } from "vitest";
import type { Inventory } from "../../src/inventory/types";
import { catalogue } from "../../src/judge/catalogue";
import { evaluate, judge } from "../../src/judge/judge";
import { ownPolicy } from "../../src/judge/policy";
import { durableFunction, inventory } from "./inventory";

/** Judges with DUR010 alone: what other rules say of these functions is not the matter here. */
function limits(scenarios: Parameters<typeof judge>[0], level: "deny" | "warn" | "off" = "deny") {
  const levels = Object.fromEntries(catalogue().map((rule) => [rule.id, "off" as const]));
  return judge(scenarios, { levels: { ...levels, DUR010: level } });
}

const at = (address: string) => `template.yaml#/Resources/${address}/Properties/DurableConfig`;

function withTimeouts(timeouts: Record<string, number>): Inventory {
  const functions = Object.entries(timeouts).map(([address, known]) =>
    durableFunction(address, { executionTimeout: { known } }),
  );
  return inventory({ functions });
}

/** What DUR010 says of a timeout, joined with its METADATA. */
function tooShort(address: string, more: object = {}) {
  return {
    rule: "DUR010",
    name: "durable/durable_config_limits",
    title: "DurableConfig is out of limits or incomplete",
    verdict: "deny",
    level: "deny",
    severity: "medium",
    address,
    at: at(address),
    message: "ExecutionTimeout must be 1 to 31622400 seconds",
    evidence: [{ text: "ExecutionTimeout is 0" }],
    remediation: "Set ExecutionTimeout to 1 to 31622400 seconds and RetentionPeriodInDays to 1 to 90 days.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/durable-configuration.html",
    ...more,
  };
}

it("joins findings with the catalogue, sorts them, and says what was examined", () => {
  const judged = limits([{ inventory: withTimeouts({ B: 0, Fine: 60, A: 0 }), when: {} }]);
  expect(judged).toEqual({
    findings: [tooShort("A"), tooShort("B")],
    examined: new Map([["DUR010", ["A", "B", "Fine"]]]),
  });
});

it("takes a level from the user; a rule that is off neither finds nor examines", () => {
  const scenarios = [{ inventory: withTimeouts({ A: 0 }), when: {} }];
  expect(limits(scenarios, "warn").findings).toEqual([tooShort("A", { level: "warn" })]);
  expect(limits(scenarios, "off")).toEqual({ findings: [], examined: new Map() });
});

describe("scenarios", () => {
  const dev = { Env: "dev" };
  const prod = { Env: "prod" };

  it("says nothing of values when it is wrong in all of them", () => {
    const scenarios = [
      { inventory: withTimeouts({ A: 0 }), when: dev },
      { inventory: withTimeouts({ A: 0 }), when: prod },
    ];
    expect(limits(scenarios).findings).toEqual([tooShort("A")]);
  });

  it("says nothing of values when it is wrong wherever it exists", () => {
    const scenarios = [
      { inventory: withTimeouts({ A: 0 }), when: dev },
      { inventory: withTimeouts({ B: 60 }), when: prod },
    ];
    expect(limits(scenarios).findings).toEqual([tooShort("A")]);
  });

  it("says with which values it is wrong, and counts what exists in any", () => {
    const scenarios = [
      { inventory: withTimeouts({ A: 60 }), when: dev },
      { inventory: withTimeouts({ A: 0, B: 60 }), when: prod },
      { inventory: withTimeouts({ A: 60 }), when: { Env: "test" } },
    ];
    expect(limits(scenarios)).toEqual({
      findings: [tooShort("A", { when: "Env = prod" })],
      examined: new Map([["DUR010", ["A", "B"]]]),
    });
  });
});

describe("catalogue and policy", () => {
  it("have the same rules, each with both of its names", () => {
    const results = evaluate(inventory());
    const expected = catalogue().map((rule) => `${rule.family}/${rule.name}`);
    expect([...results.keys()].sort()).toEqual(expected.sort());
  });

  it("name no rule to subsume that does not exist", () => {
    const ids = catalogue().map((rule) => rule.id);
    expect(catalogue().flatMap((rule) => rule.subsumes.filter((id) => !ids.includes(id)))).toEqual([]);
  });

  it("of different builds are an error, not silence", () => {
    vi.spyOn(ownPolicy(), "evaluate").mockReturnValue({});
    expect(() => limits([{ inventory: inventory(), when: {} }])).toThrow(/gives no result/);
    vi.restoreAllMocks();
  });
});
