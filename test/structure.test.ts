import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/** What each file of `src/` imports of the others, types too. */
const SOURCE = join(import.meta.dirname, "..", "src");
const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".d.ts"),
);
const imports = new Map(
  files.map((file): [string, string[]] => {
    const text = readFileSync(join(SOURCE, file), "utf8");
    const named = [...text.matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)].map(([, path = ""]) =>
      relative(SOURCE, join(SOURCE, file, "..", path)),
    );
    return [
      file,
      named.flatMap((path) => [`${path}.ts`, join(path, "index.ts")]).filter((path) => files.includes(path)),
    ];
  }),
);

/** Everything that can be reached from a file. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  for (const next of imports.get(file) ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    reached(next, seen);
  }
  return seen;
}

describe("the files of src", () => {
  it("import each other in no circle, but for what evaluates CloudFormation's functions, which hold each other", () => {
    const circular = files.filter((file) => reached(file).has(file));
    expect(circular.sort()).toEqual(
      ["conditions", "exports", "intrinsics", "part", "references", "scope"].map((name) =>
        join("cloudformation", `${name}.ts`),
      ),
    );
  });

  // Each stage is a function of the one before it (the order of `check.ts`, then `waive`, then `report`).
  it.each([
    ["read", ["cloudformation", "terraform", "cdk", "judge", "findings", "settings", "waive", "report", "cli"]],
    ["inventory", ["cloudformation", "terraform", "cdk", "judge", "findings", "settings", "waive", "report", "cli"]],
    ["cloudformation", ["terraform", "judge", "findings", "settings", "waive", "report", "cli"]],
    ["terraform", ["cloudformation", "cdk", "judge", "findings", "settings", "waive", "report", "cli"]],
    ["judge", ["cloudformation", "terraform", "cdk", "findings", "settings", "waive", "report", "cli"]],
    ["findings", ["settings", "waive", "report", "cli"]],
    ["waive", ["settings", "report", "cli"]],
    ["settings", ["report", "cli"]],
    ["report", ["cloudformation", "terraform", "waive", "settings", "cli"]],
  ])("%s imports nothing to its right", (folder, right) => {
    const own = files.filter((file) => file.startsWith(`${folder}/`));
    const taken = own
      .flatMap((file) => imports.get(file) ?? [])
      .filter((path) => right.includes(path.split("/")[0] ?? ""));
    expect(own.length).toBeGreaterThan(2);
    expect(taken).toEqual([]);
  });
});
