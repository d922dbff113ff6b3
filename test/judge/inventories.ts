import type { Inventory } from "../../src/inventory/types";
import { durableFunction, inventory } from "./inventory";

/** Inventories that OPA and WebAssembly are compared on: built here, and read from the project's own templates. */
export function inventories(): { name: string; inventory: Inventory }[] {
  return [
    { name: "nothing", inventory: inventory() },
    {
      name: "durable settings",
      inventory: inventory({
        functions: [
          durableFunction("Short", { executionTimeout: { known: 0 } }),
          durableFunction("Long", { executionTimeout: { known: 31622401 }, retentionDays: { known: 91 } }),
          durableFunction("Unknown", {
            executionTimeout: { unknown: "Ref Timeout" },
            retentionDays: { unknown: "Ref $(Days" },
          }),
          durableFunction("Missing"),
          durableFunction("Malformed", { malformed: true }),
          durableFunction("Uncertain", { certain: false, why: "Fn::If IsDurable" }),
        ],
      }),
    },
  ];
}
