import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** The command as a user runs it: `make bundle` has made it. Exit codes are those of `design.md`, "Promises". */
const CLI = join(import.meta.dirname, "..", "..", "dist", "cli.cjs");
const FOLDER = mkdtempSync(join(tmpdir(), "durable-guard-"));

function run(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: FOLDER,
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function file(name: string, content: string): string {
  writeFileSync(join(FOLDER, name), content);
  return name;
}

const ROLE = `
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      Policies:
        - PolicyName: durable
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Checkpoint
                Effect: Allow
                Action: ACTIONS
                Resource: !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:orders:*'
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]`;
const FUNCTION = `
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders
      Role: !GetAtt Role.Arn
      DurableConfig: {ExecutionTimeout: TIMEOUT}`;
const template = (actions: string, timeout = "60") =>
  `Resources:${ROLE.replace("ACTIONS", actions)}${FUNCTION.replace("TIMEOUT", timeout)}\n`;
const BOTH = "[lambda:CheckpointDurableExecution, lambda:GetDurableExecutionState]";

const good = file("good.yaml", template(BOTH));
const half = file("half.yaml", template("lambda:CheckpointDurableExecution"));
const open = file("open.yaml", template(BOTH, "!ImportValue timeout"));

describe("durable-guard test", () => {
  it("exits 0 for a right template", () => {
    const { status, stdout, stderr } = run(["test", good]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^0 violations.* in 1 file \(1 function, 1 durable\)$/m);
  });

  it("exits 1 for a violation and prints the statement to paste", () => {
    const { status, stdout } = run(["test", half]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^half\.yaml:23:13 DENY DUR001 /m);
    expect(stdout).toContain(`    to paste:
      - Effect: Allow
        Action:
          - lambda:GetDurableExecutionState
        Resource:
          - !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:orders:*'
`);
    expect(stdout).toMatch(/^1 violation/m);
  });

  it("pastes JSON into JSON", () => {
    const json = {
      Resources: {
        Role: {
          Type: "AWS::IAM::Role",
          Properties: {
            RoleName: "worker",
            ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
          },
        },
        Fn: {
          Type: "AWS::Lambda::Function",
          Properties: {
            FunctionName: "orders",
            Role: { "Fn::GetAtt": ["Role", "Arn"] },
            DurableConfig: { ExecutionTimeout: 60 },
          },
        },
      },
    };
    const { stdout } = run(["test", file("half.json", JSON.stringify(json))]);
    expect(stdout).toContain(
      '"Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:*"',
    );
  });

  it("counts 2 for violations and 1 for warnings when warnings fail", () => {
    expect(run(["test", "--fail-on-warn", half]).status).toBe(2);
    expect(run(["test", "--fail-on-warn", open]).status).toBe(1);
  });

  it("takes an undecided deny rule as told", () => {
    expect(run(["test", open]).status).toBe(0);
    expect(run(["test", "--unknown", "fail", open]).status).toBe(1);
    const ignored = run(["test", "--unknown", "ignore", open]);
    expect([ignored.status, ignored.stdout.includes("DUR010")]).toEqual([0, false]);
  });

  it("reads standard input", () => {
    const { status, stdout } = run(["test", "-"], readFileSync(join(FOLDER, half), "utf8"));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^-:23:13 DENY DUR001 /m);
  });

  it("prints conftest's JSON with rule, place and pointer", () => {
    const { status, stdout } = run(["test", "-o", "json", half]);
    const [entry] = JSON.parse(stdout);
    expect(status).toBe(1);
    expect([entry.filename, entry.namespace, entry.failures.length]).toEqual(["half.yaml", "durable_guard", 1]);
    const [failure] = entry.failures;
    expect(failure.loc).toEqual({ file: "half.yaml", line: 23, column: 13 });
    expect(failure.metadata).toMatchObject({
      id: "DUR001",
      verdict: "deny",
      level: "deny",
      severity: "critical",
      address: "Fn",
      pointer: "/Resources/Fn/Properties/Role",
    });
  });

  it.each([
    ["a missing file", ["test", "nowhere.yaml"], /^nowhere\.yaml DG001 /],
    ["broken YAML", ["test", file("broken.yaml", "Resources: {a: [}\n")], /^broken\.yaml:1:\d+ DG011 /m],
    ["something else", ["test", file("other.yaml", "hello: world\n")], /^other\.yaml:1:1 DG020 /m],
    ["an expression that is none", ["test", "--ignore", "(", good], /Expected a regular expression/],
    ["an unknown option", ["test", "--nonsense", good], /unknown option '--nonsense'/],
    ["an unknown output", ["test", "-o", "nosuch", good], /Allowed choices are/],
    ["a refused parameter value", ["test", "--parameter", "nothing", good], /Expected NAME=VALUE/],
  ])("exits 3 for %s", (_, args, message) => {
    const { status, stdout, stderr } = run(args);
    expect(status).toBe(3);
    expect(stdout + stderr).toMatch(message);
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });

  it("writes what could move the cursor as text", () => {
    const hostile = template("lambda:CheckpointDurableExecution").replace("  Fn:", '  "Fn\\e[31m\\u202E":');
    const { stdout } = run(["test", file("hostile.yaml", hostile)]);
    expect(stdout).toContain("Fn\\u{1b}[31m\\u{202e}");
    expect(["\u001b", "\u202e"].some((control) => stdout.includes(control))).toBe(false);
    const { stderr } = run(["test", "--baseline", "no\u001b[31m.json", good]);
    expect(stderr).toBe("no\\u{1b}[31m.json DG001 the file cannot be read (ENOENT)\n");
  });
});

describe("durable-guard can", () => {
  const execution = "arn:aws:lambda:eu-west-1:123456789012:function:orders:7/durable-execution/a/b";

  it.each([
    ["allow", 0, "lambda:CheckpointDurableExecution", execution],
    ["deny", 1, "lambda:GetDurableExecutionState", execution],
    ["deny", 1, "lambda:CheckpointDurableExecution", execution.replace("orders", "payments")],
  ])("says %s and exits %i for %s", (decision, code, action, resource) => {
    for (const role of ["Role", "worker", "arn:aws:iam::123456789012:role/worker"]) {
      const { status, stdout } = run(["can", role, action, resource, half]);
      expect([status, stdout.split("\n")[0]]).toEqual([code, decision]);
    }
  });

  it("exits 2 for what the documents do not settle", () => {
    const outside = file(
      "outside.yaml",
      `Resources:${FUNCTION.replace("!GetAtt Role.Arn", "arn:aws:iam::123456789012:role/other")}`,
    );
    expect(run(["can", "other", "lambda:CheckpointDurableExecution", execution, outside]).status).toBe(2);
  });

  it("names each statement and why it matched or not", () => {
    const { stdout } = run(["can", "Role", "lambda:GetDurableExecutionState", execution, half, "-o", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      decision: "deny",
      statements: expect.arrayContaining([
        expect.objectContaining({
          address: "Role",
          sid: "Checkpoint",
          effect: "Allow",
          matches: "no",
          why: "it does not name the action",
        }),
      ]),
    });
  });

  it("says it to people: what matches first, with its place", () => {
    const [said, ...lines] = run(["can", "Role", "lambda:CheckpointDurableExecution", execution, half]).stdout.split(
      "\n",
    );
    expect(said).toBe("allow");
    expect(lines.map((line) => line.replace(/:\d+:\d+:/, ":L:C:"))).toEqual([
      "  yes     Allow policy of Role Checkpoint at half.yaml:L:C: it names the action and covers the resource",
      "  no      Allow policy of arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole: it does not name the action",
      "",
    ]);
    const bare = file(
      "bare.yaml",
      "Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}}",
    );
    expect(run(["can", "R", "lambda:InvokeFunction", "*", bare]).stdout).toBe("deny\n  it has no policy\n");
  });

  it("finds what stands in a nested stack, with its stack or by its logical id alone", () => {
    const root = join(import.meta.dirname, "..", "cloudformation", "templates", "nested", "root.yaml");
    const ask = (role: string, fn: string) => run(["can", role, "lambda:CheckpointDurableExecution", fn, root]);
    expect(ask("Roles/Role", "Functions/Fn")).toEqual(ask("Role", "Fn"));
    expect(ask("Nobody", "Fn").stderr).toContain("there is Roles/Role\n");
  });

  it("says what a plan does not know in Terraform's words", () => {
    const plan = join(import.meta.dirname, "..", "terraform", "plans", "24-unknown-values", "plan.json");
    const { stdout } = run(["can", "aws_iam_role.a", "lambda:CheckpointDurableExecution", execution, plan]);
    expect(stdout).toContain("known after apply");
    expect(stdout).not.toContain("${");
  });

  it("exits 3 for a role that is not there", () => {
    const { status, stderr } = run(["can", "Nobody", "lambda:InvokeFunction", execution, half]);
    expect([status, stderr]).toEqual([
      3,
      "half.yaml DG041 Nobody is no role, user or group in these documents: there is Role\n",
    ]);
  });
});

describe("durable-guard inventory", () => {
  it("prints what the rules see", () => {
    const { status, stdout } = run(["inventory", good]);
    const [{ scenarios }] = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(scenarios.map(({ when }: { when: object }) => when)).toEqual([{}]);
    expect(scenarios[0].inventory.functions[0]).toMatchObject({
      address: "Fn",
      name: "orders",
      role: { address: "Role" },
    });
  });
});
