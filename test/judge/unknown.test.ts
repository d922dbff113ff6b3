import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import type { Inventory } from "../../src/inventory/types";
import { catalogue } from "../../src/judge/catalogue";
import { evaluate } from "../../src/judge/judge";
import { inventories } from "./inventories";

/**
 * What is not known is never wrong for certain: in the inventory of each reference architecture, one field after the other
 * becomes unknown wherever it stands, and nothing may be denied that was not denied before.
 */
it("makes no violation of a value that is not known", () => {
  const said = new Set<string>();
  let asked = 0;
  const own = inventories().named.filter(({ name }) => name.startsWith("templates/"));
  for (const { name, inventory } of own) {
    const before = denied(inventory);
    for (const field of wrappedFields(inventory)) {
      asked += 1;
      for (const finding of denied(hidden(inventory, field))) {
        if (!before.has(finding)) said.add(`${name}, ${field} unknown: ${finding}`);
      }
    }
  }
  expect([...said]).toEqual([]);
  expect(asked).toBeGreaterThan(1000);
});

it("is asked of every rule by its own tests", () => {
  const rules = resolve(import.meta.dirname, "..", "..", "policies", "rules");
  const silent = catalogue().filter(
    ({ family, name }) =>
      !/^test_\w*(?:unknown|not_known|unread|not_read|settled)/m.test(
        readFileSync(join(rules, family, name, `${name}_test.rego`), "utf8"),
      ),
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});

/** What is wrong for certain, by rule and place. */
function denied(inventory: Inventory): Set<string> {
  const found = [...evaluate(inventory)].flatMap(([rule, { finding }]) =>
    finding.filter(({ verdict }) => verdict === "deny").map(({ address, at }) => `${rule} ${address} ${at}`),
  );
  return new Set(found);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const isWrapped = (value: unknown) => isObject(value) && "known" in value && Object.keys(value).length === 1;

/** Names of the fields that hold values which may be unknown. */
function wrappedFields(value: unknown, name = "", found = new Set<string>()): Set<string> {
  if (isWrapped(value)) found.add(name);
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) wrappedFields(inner, Array.isArray(value) ? name : key, found);
  }
  return found;
}

/** A copy in which none of the fields of that name is known. */
function hidden(inventory: Inventory, field: string): Inventory {
  return JSON.parse(
    JSON.stringify(inventory, (key, value: unknown) => {
      if (key === field && isWrapped(value)) return { unknown: "not known" };
      if (key === field && Array.isArray(value)) {
        return value.map((item) => (isWrapped(item) ? { unknown: "not known" } : item));
      }
      return value;
    }),
  );
}
