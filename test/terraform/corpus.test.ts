import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/read/document";
import { inventoryOf } from "./planned";

const folder = path.resolve(import.meta.dirname, "../../../shared/corpus/tfplan");

/** Resources of a plan that exist after apply, counted without our code: entries that are not only taken away. */
function remaining(plan: { resource_changes?: Entry[] }): number {
  const gone = (actions: string[]) => actions.every((action) => action === "delete" || action === "forget");
  const left = (plan.resource_changes ?? []).filter(
    ({ mode, deposed, change }) => mode === "managed" && deposed === undefined && !gone(change.actions),
  );
  return new Set(left.map(({ address }) => address)).size;
}

interface Entry {
  address: string;
  mode: string;
  deposed?: string;
  change: { actions: string[] };
}

describe("other people's plans", () => {
  if (!existsSync(folder)) {
    it.skip("skipped: the corpus (0 plans) is not here", () => {});
    return;
  }
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));

  it.each(files)("%s", (file) => {
    const { value } = readDocument(readFileSync(path.join(folder, file)), file);
    const inventory = inventoryOf(value);
    const planned = inventory.changes?.filter(({ action }) => action !== "delete" && action !== "forget") ?? [];
    expect(planned).toHaveLength(remaining(value as { resource_changes: Entry[] }));
    expect(inventory.resources.length).toBeGreaterThanOrEqual(planned.length);
  });

  it("has all 48 of them", () => expect(files).toHaveLength(48));
});
