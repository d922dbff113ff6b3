import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** The examples of docs/embedding.md, run as they stand; `durable-guard` is this package by its own name. */
const ROOT = join(import.meta.dirname, "..");
const FOLDER = mkdtempSync(join(tmpdir(), "embedding-"));

const template = (timeout: number) => `Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/elsewhere
      DurableConfig: {ExecutionTimeout: ${timeout}}
`;
const ROLE = `  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy]
`;
const right = join(FOLDER, "right.yaml");
const wrong = join(FOLDER, "wrong.yaml");
writeFileSync(right, template(60));
writeFileSync(wrong, template(0));

function node(script: string) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

describe("docs/embedding.md", () => {
  it("a deploy script", () => {
    const { stdout, stderr } = node(`
      import { mayDeploy } from "./docs/examples/deploy.mjs";
      console.log(JSON.stringify([mayDeploy(${JSON.stringify(right)}), mayDeploy(${JSON.stringify(wrong)}), mayDeploy("nowhere.yaml")]));`);
    expect(JSON.parse(stdout)).toEqual([true, false, false]);
    // Line 6 holds ExecutionTimeout, which must be at least 1 (DUR010).
    expect(stderr).toContain(`${wrong}:6: DUR010 `);
    expect(stderr).toContain("nowhere.yaml DG001 ");
  });

  it("a test", () => {
    const run = (file: string) => {
      const args = ["node_modules/vitest/vitest.mjs", "run", "--root", FOLDER];
      const env = { ...process.env, TEMPLATE: file, NO_COLOR: "1" };
      return spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", env }).stdout;
    };
    // A project of its own that has durable-guard and vitest installed.
    mkdirSync(join(FOLDER, "node_modules"));
    symlinkSync(ROOT, join(FOLDER, "node_modules", "durable-guard"));
    symlinkSync(join(ROOT, "node_modules", "vitest"), join(FOLDER, "node_modules", "vitest"));
    copyFileSync(join(ROOT, "docs", "examples", "template.test.mjs"), join(FOLDER, "template.test.mjs"));
    const granted = join(FOLDER, "granted.yaml");
    writeFileSync(
      granted,
      template(60).replace("Role: arn:aws:iam::123456789012:role/elsewhere", "Role: !GetAtt Role.Arn") + ROLE,
    );
    expect(run(granted)).toMatch(/Tests\s+1 passed/);
    // The role is outside the template: whether it lets the function checkpoint is unknown, and DUR001 says so.
    expect(run(right)).toMatch(/Tests\s+1 failed/);
  });

  it("a server handler", () => {
    const { stdout } = node(`
      import { server } from "./docs/examples/handler.mjs";
      server.listen(0, "127.0.0.1", async () => {
        const url = "http://127.0.0.1:" + server.address().port;
        const post = async (body) => {
          const response = await fetch(url, { method: "POST", body });
          return [response.status, (await response.json()).findings.filter(({ level, verdict }) => level === "deny" && verdict === "deny").map(({ rule }) => rule)];
        };
        console.log(JSON.stringify([await post(${JSON.stringify(template(60))}), await post(${JSON.stringify(template(0))}), await post("[")]));
        server.close();
      });`);
    expect(JSON.parse(stdout)).toEqual([
      [200, []],
      [200, ["DUR010"]],
      [422, []],
    ]);
  });
});
