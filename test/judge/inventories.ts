import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { InputError } from "../../src/errors";
import { inventoriesOf } from "../../src/inventories";
import type { Inventory } from "../../src/inventory/types";
import { readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";
import { durableFunction, inventory } from "./inventory";

const ROOT = resolve(import.meta.dirname, "..", "..");
/** The project's own templates, and other people's where they are at hand. */
const FOLDERS = ["templates", "../shared/plans", "../shared/corpus/durable"];

export interface Named {
  name: string;
  inventory: Inventory;
}

/**
 * Inventories that OPA and WebAssembly are compared on: built here, and read from files. Says how many files could not be
 * read and which folders are not there.
 */
export function inventories(): { named: Named[]; unreadable: number; absent: string[] } {
  const named: Named[] = [{ name: "nothing", inventory: inventory() }, durableSettings];
  let unreadable = 0;
  const absent = FOLDERS.filter((folder) => !existsSync(join(ROOT, folder)));
  for (const file of FOLDERS.flatMap(filesIn)) {
    try {
      const document = readDocument(readFileSync(file), relative(ROOT, file));
      const read = inventoriesOf(document, { today: "2026-11-22", settings: DEFAULT_SETTINGS });
      named.push(...read.map((each, index) => ({ name: `${document.file} ${index}`, inventory: each.inventory })));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unreadable += 1;
    }
  }
  return { named, unreadable, absent };
}

function filesIn(folder: string): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => /\.(ya?ml|json)$/.test(name)).map((name) => join(path, name));
}

const durableSettings: Named = {
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
};
