/**
 * Tests the package as npm packs it, unpacked somewhere else: that it holds what it needs and nothing it should not, that
 * the command runs, and that the library loads, without anything installed beside it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NEEDED = [
  ...["package.json", "README.md", "LICENSE", "dist/cli.cjs", "dist/index.cjs", "dist/types/index.d.ts"],
  ...["dist/policy.wasm", "dist/catalogue.json", "dist/inventory.schema.json"],
  ...["dist/settings.schema.json", "dist/cdk.cjs", "dist/types/cdk/plugin.d.ts", "dist/cfn-include.cjs"],
  "dist/hcl.cjs",
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
