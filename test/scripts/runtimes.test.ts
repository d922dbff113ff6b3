import { expect, it } from "vitest";
import runtimes from "../../policies/data/runtimes.json" with { type: "json" };
import { hasOpa, opa } from "./opa";

it.runIf(hasOpa)("has the same runtimes in the policy as in policies/data", () => {
  const args = [
    "eval",
    "--format=raw",
    "--data=policies/lib/runtimes/runtimes.rego",
    "data.durable_guard.lib.runtimes",
  ];
  const { date, durable, lifecycle } = JSON.parse(opa(args));
  expect(date).toBe(runtimes.date);
  expect(durable.sort()).toEqual([...runtimes.durable.runtimes].sort());
  const expected = Object.entries(runtimes.runtimes).map(([name, { deprecated, createBlock, updateBlock }]) => [
    name,
    {
      deprecated,
      ...(createBlock === null ? {} : { createBlocked: createBlock }),
      ...(updateBlock === null ? {} : { updateBlocked: updateBlock }),
    },
  ]);
  expect(lifecycle).toEqual(Object.fromEntries(expected));
});
