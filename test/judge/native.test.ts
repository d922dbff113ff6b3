import { describe, expect, it } from "vitest";
import type { Inventory } from "../../src/inventory/types";
import { ownPolicy } from "../../src/judge/policy";
import { hasOpa, opa } from "../scripts/opa";
import { inventories } from "./inventories";

const SOURCES = ["--data=policies/main.rego", "--data=policies/lib", "--data=policies/rules"];

/** OPA's own evaluation of all inventories at once, so that it starts only once. */
function native(inputs: readonly Inventory[]): unknown[] {
  const query = "[each | some given in input; each := data.durable_guard.results with input as given]";
  const written = opa(["eval", ...SOURCES, "--stdin-input", "--format=json", query], JSON.stringify(inputs));
  const { result } = JSON.parse(written);
  return result[0].expressions[0].value;
}

/** Findings and examined addresses are sets: their order says nothing. All else, evidence too, must be equal. */
function inOrder(results: unknown): unknown {
  const rules: [string, Record<string, unknown[]>][] = Object.entries(Object(results));
  return rules
    .map(([rule, { finding, examined }]) => [rule, finding?.map(canonical).sort(), examined?.map(canonical).sort()])
    .sort();
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

describe.skipIf(!hasOpa)("OPA and WebAssembly", () => {
  const { named, unreadable, absent } = inventories();
  const aside = `${unreadable} files unreadable, absent: ${absent.join(", ") || "no folder"}`;

  it(`agree on all ${named.length} inventories (${aside})`, () => {
    const expected = native(named.map((each) => each.inventory));
    expect(expected).toHaveLength(named.length);
    named.forEach(({ name, inventory }, index) => {
      const ours = ownPolicy().evaluate(inventory, "durable_guard/results");
      expect(inOrder(ours), name).toEqual(inOrder(expected[index]));
    });
    // OPA itself takes minutes for all of them on a busy machine.
  }, 600_000);
});
