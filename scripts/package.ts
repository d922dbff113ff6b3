/**
 * Tests the package as npm packs it, unpacked somewhere else: that it holds what it needs and nothing it should not, that
 * the command runs, that the library loads, and that strict TypeScript takes its declarations in either kind of module,
 * without anything installed beside it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const NEEDED = [
  ...["package.json", "README.md", "LICENSE", "dist/cli.cjs", "dist/index.cjs", "dist/types/index.d.ts"],
  ...["dist/policy.wasm", "dist/catalogue.json", "dist/inventory.schema.json"],
  ...["dist/settings.schema.json", "dist/cdk.cjs", "dist/types/cdk/plugin.d.ts", "dist/cfn-include.cjs"],
  "dist/hcl.cjs",
  "dist/licences.txt",
  "NOTICE",
];
const ALLOWED = /^(?:package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md|dist\/.+)$/;

const TEMPLATE = `Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Code: { ZipFile: "" }
      Role: arn:aws:iam::111122223333:role/r
      DurableConfig: { ExecutionTimeout: 0 }
`;

const LIBRARY = `
  const { check } = require("durable-guard");
  if (check(["template.yaml"], { today: "2026-11-22" }).files.length !== 1) throw new Error("the template is not read");
  require("durable-guard").readSource(".").then((source) => {
    if (source.line("main.tf", 1) !== "locals {}") throw new Error("Terraform source is not read");
  });
  require("durable-guard/inventory.schema.json");
  require("durable-guard/settings.schema.json");
`;

/** Each public function, as a program in strict TypeScript calls it. */
const PROGRAM = `
  import * as guard from "durable-guard";
  import type { FileReport, LocatedFinding, Report, RuleEntry, SettingsFile, Waiver } from "durable-guard";
  const today = "2026-11-22";
  const document: guard.Document = guard.readDocument(new Uint8Array(), "durable-guard.yaml");
  const settings: SettingsFile = guard.readSettings(document);
  const waivers: Waiver[] = guard.settingsWaivers(settings, document, ".");
  const levelsOf = (file: string) => guard.levelsFor(settings, ".", file);
  const options: guard.CheckOptions = { today, settings: guard.ruleParameters(settings), levelsOf, excerpts: true };
  const report: Report = guard.check(guard.searchFiles(["."]), options);
  const baseline: guard.Baseline = guard.bothBaselines(guard.readBaseline(document), guard.baselineOf(report));
  const waived: Report = guard.waive(report, { today, waivers, baseline });
  const text: string = guard.writeBaseline(report) + guard.formatReport(waived, "sarif") + guard.formatReport(waived, "html", { unknown: "fail" });
  const code: number = guard.exitCode(guard.outcome(waived, "warn"), false);
  const finding: LocatedFinding | undefined = waived.files.flatMap((file: FileReport) => file.findings)[0];
  const rule: RuleEntry | undefined = guard.findRule(finding?.rule ?? "DUR001") ?? guard.catalogue()[0];
  const decision: "allow" | "deny" | "unknown" = guard.can([document], "Role", "lambda:InvokeFunction", "*", { today }).decision;
  const names: string[] = guard.inventoriesOf(document, { today }).flatMap(({ inventory }) => inventory.functions.map((one) => one.address));
  const paths: string[] = guard.starterFiles(() => false).map(({ path }) => path);
  const kind: guard.Kind = guard.classify(document.value);
  const table: string = guard.ERRORS[(new guard.InputError("DG001", "", "") satisfies Error).code];
  export { text, code, rule, decision, names, paths, kind, table };
`;
const COMPILER = {
  ...{ strict: true, skipLibCheck: false, noEmit: true, target: "es2022", lib: ["es2023"], types: [] },
  ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
};
/** `moduleResolution`, with what `package.json` says of the program's own files. */
const CONSUMERS = [
  { type: "commonjs", module: "node16", moduleResolution: "node16" },
  { type: "module", module: "nodenext", moduleResolution: "nodenext" },
  { type: "module", module: "esnext", moduleResolution: "bundler" },
];

const folder = mkdtempSync(join(tmpdir(), "package-"));
const failures: string[] = [];
try {
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename, files }]: [{ filename: string; files: { path: string }[] }] = JSON.parse(packed);
  const paths = files.map((file) => file.path);
  for (const path of NEEDED) if (!paths.includes(path)) failures.push(`${path} is missing`);
  for (const path of paths) if (!ALLOWED.test(path)) failures.push(`${path} does not belong there`);

  // Where npm would put it, so that what `exports` names is tried too.
  const installed = join(folder, "node_modules", "durable-guard");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  const template = join(folder, "template.yaml");
  writeFileSync(template, TEMPLATE);
  writeFileSync(join(folder, "main.tf"), "locals {}\n");
  const command = run([join(installed, "dist", "cli.cjs"), "test", template]);
  if (command.status !== 1) failures.push(`the command exits ${command.status} for a wrong template, not 1`);
  if (!command.output.includes("DUR010")) failures.push("the command does not find DUR010 in a wrong template");
  const library = run(["--eval", LIBRARY]);
  if (library.status !== 0) failures.push(`the library does not load: ${library.output}`);

  const compiler = resolve("node_modules", "typescript", "bin", "tsc");
  writeFileSync(join(folder, "program.ts"), PROGRAM);
  for (const { type, ...modules } of CONSUMERS) {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
    const project = { compilerOptions: { ...COMPILER, ...modules }, files: ["program.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    const compiled = run([compiler, "--project", folder]);
    if (compiled.status !== 0) failures.push(`types, ${type} and ${modules.moduleResolution}: ${compiled.output}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const failure of failures) process.stdout.write(`package: ${failure}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Runs Node and gives its exit code and all it wrote. */
function run(args: string[]): { status: number; output: string } {
  try {
    return {
      status: 0,
      output: execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", stdio: "pipe" }),
    };
  } catch (error) {
    const { status, stdout, stderr } = Object(error);
    return { status: Number(status), output: `${stdout}${stderr}` };
  }
}
