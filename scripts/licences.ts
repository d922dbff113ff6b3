/**
 * Writes the licences of the packages that the bundles hold, whose terms want them to go with every copy. Takes esbuild's
 * metafiles; fails for a package that has none.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const inputs = process.argv.slice(2).flatMap((file) => {
  const { inputs }: { inputs: Record<string, unknown> } = JSON.parse(readFileSync(file, "utf8"));
  return Object.keys(inputs);
});
const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));

for (const folder of [...folders].sort()) {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence`);
  const text = readFileSync(join(folder, file), "utf8").trim();
  process.stdout.write(`${"-".repeat(80)}\n${name} ${version}\n\n${text}\n\n`);
}
