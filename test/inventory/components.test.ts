import { expect, it } from "vitest";
import { split } from "../../src/inventory/components";
import { compilePattern } from "../../src/inventory/pattern";
import type { Inventory, Policy } from "../../src/inventory/types";
import { durableFunction, inventory } from "../judge/inventory";

/** A policy of a role of its own, on functions by this pattern of names. */
function naming(name: string): Pick<Inventory, "policies" | "principals"> {
  const policy: Policy = {
    address: `Policy ${name}`,
    at: `t.yaml#/${name}`,
    id: name,
    name,
    kind: "managed",
    statements: [
      {
        address: `Policy ${name}`,
        at: `t.yaml#/${name}/0`,
        effect: { known: "Allow" },
        actions: [],
        notActions: [],
        services: ["lambda"],
        resources: [compilePattern(`arn:aws:lambda:eu-west-1:111122223333:function:${name}:*`, new Set())],
        notResources: [],
        principals: [],
        notPrincipals: [],
        conditions: [],
      },
    ],
    heldBy: [],
    functions: [],
    boundaryOnly: false,
  };
  return { policies: [policy], principals: [] };
}

/** Which functions must be judged together for a policy that names some of them by this pattern. */
function together(names: string[], pattern: string): string[][] {
  const functions = names.map((name) => ({
    ...durableFunction(name),
    role: { at: "", arn: { known: name }, address: `Role ${name}` },
  }));
  return split(inventory({ functions, ...naming(pattern) }), 1)
    .map((part) => part.functions.map(({ name }) => name).sort())
    .sort();
}

const names = ["a", "ab", "abc", "b", "ba"];

it.each([
  ["ab", [["a"], ["ab"], ["abc"], ["b"], ["ba"]]],
  ["ab*", [["a"], ["ab", "abc"], ["b"], ["ba"]]],
  ["a*", [["a", "ab", "abc"], ["b"], ["ba"]]],
  ["?b*", [["a"], ["ab", "abc"], ["b"], ["ba"]]],
  ["*a", [["a", "ba"], ["ab"], ["abc"], ["b"]]],
  ["c*", [["a"], ["ab"], ["abc"], ["b"], ["ba"]]],
  // That speaks of all of them and of none: it ties nothing together.
  ["*", [["a"], ["ab"], ["abc"], ["b"], ["ba"]]],
])("functions that a pattern of names takes in are one component: %s", (pattern, expected) => {
  expect(together(names, pattern)).toEqual(expected);
});

it("a pattern of many wildcards takes no longer than its length times the name's", () => {
  const name = "a".repeat(64);
  expect(together([name, "b"], `${"*a".repeat(30)}*b`)).toEqual([[name], ["b"]]);
});
