/**
 * Tests the tests: takes one thing at a time out of the policy (`rego/mutants.ts`) and wants a test to fail. What survives
 * is printed as `file:line: what`, and the exit code is 1.
 *
 * Usage: mutate OPA PATH… ; a rule is tested by its own test, a library file by the tests beside it and, when they miss
 * nothing, by all others.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Mutant, mutants } from "./rego/mutants";
import { regoFiles } from "./rego/tree";

const LIBRARIES = "policies/lib";
const RULES = "policies/rules";
const ALL_TESTS = ["policies/main.rego", "policies/main_test.rego", LIBRARIES, RULES];

type Outcome = "killed" | "survived" | "does not compile";

interface Job {
  file: string;
  mutant: Mutant;
}

const [opa = "", ...paths] = process.argv.slice(2);
const jobs: Job[] = regoFiles(paths).flatMap((file) =>
  mutants(opa, readFileSync(file, "utf8")).map((mutant) => ({ file, mutant })),
);
for (const tests of [...regoFiles(paths).map(nearTests), ...(jobs.every(isOfRule) ? [] : [ALL_TESTS])]) {
  if ((await test(".", tests)) === "survived") continue;
  process.stderr.write(`fails as it is: ${opa} test ${tests.join(" ")}\n`);
  process.exit(1);
}
const total = jobs.length;
const count = { killed: 0, survived: 0, "does not compile": 0 };

await Promise.all(Array.from({ length: 2 }, worker));
process.stdout.write(
  `${total} mutants: ${count.killed} killed, ${count.survived} survived, ${count["does not compile"]} did not compile\n`,
);
process.exitCode = count.survived > 0 ? 1 : 0;

/** Works through the jobs in a copy of the policy of its own. */
async function worker(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mutate-"));
  cpSync("policies", join(folder, "policies"), { recursive: true });
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { file, mutant } = job;
    writeFileSync(join(folder, file), mutant.source);
    let outcome = await test(folder, nearTests(file));
    if (outcome === "survived" && !isOfRule(job)) outcome = await test(folder, ALL_TESTS);
    writeFileSync(join(folder, file), readFileSync(file));
    count[outcome] += 1;
    if (outcome === "survived") process.stdout.write(`${file}:${mutant.line}: no test misses \`${mutant.what}\`\n`);
  }
  rmSync(folder, { recursive: true });
}

function isOfRule({ file }: Job): boolean {
  return file.startsWith(RULES);
}

/** The file's own folder with its tests, and what they import: of a library its files without tests, unless tests are meant. */
function nearTests(file: string): string[] {
  const folder = dirname(file);
  if (folder === "policies") return ALL_TESTS;
  const loaded = new Set<string>();
  const follow = (path: string) => {
    const files = path === folder ? readdirSync(path).map((name) => `${path}/${name}`) : [path];
    for (const each of files) {
      for (const [, name = ""] of readFileSync(each, "utf8").matchAll(/data\.durable_guard\.lib\.([a-z_]+)/g)) {
        const library = `${LIBRARIES}/${name.replace("_test", "")}`;
        const sources = regoFiles([library]);
        const imported = name.endsWith("_test") || sources.length === 0 ? testFiles(library) : sources;
        for (const next of library === folder ? [] : imported) {
          if (loaded.has(next)) continue;
          loaded.add(next);
          follow(next);
        }
      }
    }
  };
  follow(folder);
  return [folder, ...loaded];
}

function testFiles(library: string): string[] {
  return readdirSync(library)
    .filter((name) => name.endsWith("_test.rego"))
    .map((name) => `${library}/${name}`);
}

/** OPA exits 0 when all tests pass, 2 when one fails, 1 when the policy does not compile. */
function test(folder: string, paths: readonly string[]): Promise<Outcome> {
  const running = spawn(resolve(opa), ["test", ...paths], { cwd: folder, stdio: "ignore" });
  return new Promise((done, failed) => {
    running.on("error", failed);
    running.on("exit", (code) => done(code === 0 ? "survived" : code === 2 ? "killed" : "does not compile"));
  });
}
