import { expect, it } from "vitest";
import { split } from "../../src/inventory/components";
import type { Inventory } from "../../src/inventory/types";
import { evaluate } from "../../src/judge/judge";
import { inventories } from "./inventories";

const { named, unreadable, absent } = inventories();
const aside = `${unreadable} files unreadable, absent: ${absent.join(", ") || "no folder"}`;

/** Everything that is found and examined, once. */
function said(parts: readonly Inventory[]): string[] {
  const all = parts.flatMap((part) =>
    [...evaluate(part)].flatMap(([rule, { finding, examined }]) => [
      ...finding.map((each) => `${rule} ${JSON.stringify(each)}`),
      ...examined.map((address) => `${rule} examined ${address}`),
    ]),
  );
  return [...new Set(all)].sort();
}

// What a rule says must not depend on what else is judged at the same time.
it(`one component at a time gives what all at once give (${named.length} inventories, ${aside})`, () => {
  let divided = 0;
  for (const { name, inventory } of named) {
    const parts = split(inventory, 1);
    if (parts.length === 1) continue;
    divided += 1;
    expect(said(parts), name).toEqual(said([inventory]));
  }
  expect(divided).toBeGreaterThan(30);
}, 300_000);
