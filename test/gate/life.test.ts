import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * A repository from its first run to its last fix, with the command as a user runs it (`make bundle` has made it). Each
 * step begins where the one before ended.
 */
const CLI = join(import.meta.dirname, "..", "..", "dist", "cli.cjs");
const REPOSITORY = mkdtempSync(join(tmpdir(), "life-"));
mkdirSync(join(REPOSITORY, "infra"));

function shell(command: string): string {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: REPOSITORY, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}

function guard(args: string[], env: Record<string, string> = {}, input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: REPOSITORY,
    env: { ...process.env, ...env },
    encoding: "utf8",
    input,
  });
  return { status, stdout, stderr };
}

interface Entry {
  msg: string;
  metadata: { id: string; address?: string; waiver?: string; exception?: object };
}

/** Runs `test` on the first of December 2026 and says what counts and what does not. */
function judged(args: string[] = [], env?: Record<string, string>, input?: string) {
  const given = args.includes("--today") ? args : ["--today", "2026-12-01", ...args];
  const { status, stdout, stderr } = guard(["test", "-o", "json", ...given], env, input);
  const files: Record<string, Entry[] | undefined>[] = stdout === "" ? [] : JSON.parse(stdout);
  const named = (kind: string) =>
    files
      .flatMap((file) => file[kind] ?? [])
      .map(({ metadata: { id, address, waiver } }) => `${id} ${waiver ?? address}`)
      .sort();
  return { status, stderr, failures: named("failures"), warnings: named("warnings"), exceptions: named("exceptions") };
}

const CHECKPOINT = "lambda:CheckpointDurableExecution";
const STATE = "lambda:GetDurableExecutionState";

/** A durable function with logs of its own, in JSON, signed; what its role may do is for each step to say. */
function template(actions: string[], more = ""): string {
  const durable = `              - Effect: Allow
                Action: [${actions.join(", ")}]
                Resource: !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:orders:*'
`;
  return `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders
      Runtime: nodejs24.x
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: {S3Bucket: artifacts, S3Key: orders.zip}
      CodeSigningConfigArn: !Ref Signing
      LoggingConfig: {LogFormat: JSON, LogGroup: !Ref Logs}
      DurableConfig: {ExecutionTimeout: 3600}
  Version:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Orders}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers:
        SigningProfileVersionArns: [arn:aws:signer:eu-west-1:123456789012:/signing-profiles/team/abcdef1234]
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource: !Sub 'arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/orders'
${actions.length === 0 ? "" : durable}${more}`;
}

/** Allows a whole service (WLD001). */
const WIDE = `              - Effect: Allow
                Action: s3:*
                Resource: arn:aws:s3:::orders/*
`;
const WAIVER = `waivers:
  - rule: WLD001
    address: Role
    reason: the export job writes everywhere until it is split
    expires: 2026-12-31
    owner: platform
`;
const NOTHING = { stderr: "", failures: [], warnings: [], exceptions: [] };

function write(path: string, content: string): void {
  writeFileSync(join(REPOSITORY, path), content);
}
const read = (path: string) => readFileSync(join(REPOSITORY, path), "utf8");
const commit = (message: string) =>
  shell(`git add --all && git -c user.name=a -c user.email=a@example.com commit --quiet --message '${message}'`);

describe("a repository's life", () => {
  it("the first run finds what is wrong", () => {
    shell("git init --quiet --initial-branch=main");
    // The role may write checkpoints and not read them back.
    write("infra/orders.yaml", template([CHECKPOINT]));
    write("package.json", "{}\n");
    commit("as it was");
    expect(judged(["."])).toEqual({ ...NOTHING, status: 1, failures: ["DUR001 Orders"] });
  });

  it("a baseline takes what is there for known", () => {
    expect(guard(["baseline", "--today", "2026-12-01", "--write", "baseline.json", "."])).toEqual({
      status: 0,
      stdout: "wrote baseline.json (1 finding)\n",
      stderr: "",
    });
    const fingerprint = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(JSON.parse(read("baseline.json"))).toEqual({
      version: 1,
      findings: [{ fingerprint, rule: "DUR001", address: "Orders", count: 1 }],
    });
    commit("baseline");
    const known = { ...NOTHING, status: 0, exceptions: ["DUR001 Orders"] };
    expect(judged(["--baseline", "baseline.json", "."])).toEqual(known);
    expect(judged(["."], { DURABLE_GUARD_BASELINE: "baseline.json" })).toEqual(known);
  });

  it("a new violation is reported, and nothing else", () => {
    write("infra/orders.yaml", template([CHECKPOINT], WIDE));
    const now = { ...NOTHING, status: 1, failures: ["WLD001 Role"] };
    expect(judged(["--baseline", "baseline.json", "."])).toEqual({ ...now, exceptions: ["DUR001 Orders"] });
    // Against what is committed: the version of the file before the change, on standard input.
    const before = shell("git show HEAD:infra/orders.yaml");
    const against = judged(["--previous", "-", "infra/orders.yaml"], {}, before);
    expect(against).toEqual({ ...now, exceptions: ["DUR001 Orders"] });
    // Against what cannot be judged nothing can be said: everything would be new.
    const broken = guard(["test", "--previous", "-", "infra/orders.yaml"], {}, "{");
    expect(broken).toEqual({
      status: 3,
      stdout: "",
      stderr: expect.stringMatching(/^DG\d{3} .*\n$|^-:1:.*DG\d{3}.*\n$/),
    });
    // And against the same: nothing is new.
    expect(judged(["--previous", "infra", "infra"]).status).toBe(0);
  });

  it("a waiver makes an exception of it, in every output", () => {
    write("durable-guard.yaml", WAIVER);
    const names = ["stdout", "json", "tap", "table", "junit", "github", "azuredevops", "sarif", "gitlab", "markdown"];
    const outputs = [...names, "html"].flatMap((name) => ["-o", `${name}=out.${name}`]);
    const args = ["test", "--today", "2026-12-01", "--baseline", "baseline.json", ...outputs, "infra"];
    expect(guard(args)).toEqual({ status: 0, stdout: "", stderr: "" });
    const sums = "0 violations, 2 exceptions in 1 file (1 function, 1 durable)\n";
    const why = "waived until 2026-12-31: the export job writes everywhere until it is split (platform)";
    // For people: counted, and told when asked. Commands of a pipeline and issues are for what counts.
    for (const name of ["stdout", "github", "azuredevops"]) expect(read(`out.${name}`)).toBe(sums);
    expect(JSON.parse(read("out.gitlab"))).toEqual([]);
    expect(guard([...args.filter((arg) => !/^-o$|=out/.test(arg)), "--verbose"]).stdout).toContain(
      `WAIVED WLD001 Action s3:* allows every action of the service\n    ${why}\n`,
    );
    const [{ exceptions }] = JSON.parse(read("out.json"));
    expect(exceptions.map(({ metadata }: Entry) => [metadata.id, metadata.exception])).toEqual([
      ["DUR001", { by: "baseline", reason: "it was there before" }],
      [
        "WLD001",
        {
          by: "waiver",
          reason: "the export job writes everywhere until it is split",
          expires: "2026-12-31",
          owner: "platform",
          location: { file: "durable-guard.yaml", line: 2, column: 5 },
        },
      ],
    ]);
    const [{ results }] = JSON.parse(read("out.sarif")).runs;
    expect(results.map((result: { ruleId: string; suppressions: object[] }) => result.suppressions.length)).toEqual([
      1, 1,
    ]);
    expect(read("out.tap")).toContain(`# SKIP ${why}\n`);
    expect(read("out.table")).toMatch(/^\| WAIVED \| WLD001 \|/m);
    expect(read("out.junit")).toContain(`<skipped message="${why}"/>`);
    expect(read("out.markdown")).toContain("<summary>Exceptions (2)</summary>");
    expect(read("out.html")).toContain('data-standing="exception" data-rule="WLD001"');
    shell("rm out.*");
  });

  it("the baseline leaves waived findings to their waivers", () => {
    expect(guard(["baseline", "--today", "2026-12-01", "infra"]).stdout).toBe(read("baseline.json"));
  });

  it("the waiver holds on its last day and not on the next", () => {
    const on = (day: string) => judged(["--today", day, "--baseline", "baseline.json", "."]);
    const known = { ...NOTHING, exceptions: ["DUR001 Orders"] };
    expect(on("2026-12-31")).toEqual({ ...known, status: 0, exceptions: ["DUR001 Orders", "WLD001 Role"] });
    expect(on("2027-01-01")).toEqual({
      ...known,
      status: 1,
      failures: ["WLD001 Role"],
      warnings: ["WLD001 expired"],
    });
  });

  it("a fix makes the waiver stale", () => {
    write("infra/orders.yaml", template([CHECKPOINT]));
    const stale = { ...NOTHING, warnings: ["WLD001 stale"], exceptions: ["DUR001 Orders"] };
    expect(judged(["--baseline", "baseline.json", "."])).toEqual({ ...stale, status: 0 });
    expect(judged(["--fail-on-warn", "--baseline", "baseline.json", "."])).toEqual({ ...stale, status: 1 });
    // A waiver for one file is not called stale where that file is not looked at.
    write("other.yaml", "Resources: {}\n");
    write("durable-guard.yaml", WAIVER.replace("address: Role", "file: infra/*.yaml"));
    expect(judged(["other.yaml"])).toEqual({ ...NOTHING, status: 0 });
    expect(judged(["infra"]).warnings).toEqual(["WLD001 stale"]);
    shell("rm other.yaml durable-guard.yaml");
  });

  it("the baseline survives a renamed file and moved lines", () => {
    shell("git mv infra/orders.yaml infra/shop.yaml");
    write(
      "infra/shop.yaml",
      `# Orders of the shop\n\n${read("infra/shop.yaml").replace("  Version:", "\n\n  Version:")}`,
    );
    // Another setting of the function is no other cause.
    write("infra/shop.yaml", read("infra/shop.yaml").replace("ExecutionTimeout: 3600", "ExecutionTimeout: 7200"));
    expect(judged(["--baseline", "baseline.json", "."])).toEqual({
      ...NOTHING,
      status: 0,
      exceptions: ["DUR001 Orders"],
    });
  });

  it("and lapses when what is wrong is another thing", () => {
    write("infra/shop.yaml", template([]));
    expect(judged(["--baseline", "baseline.json", "."])).toEqual({
      ...NOTHING,
      status: 1,
      failures: ["DUR001 Orders"],
    });
  });

  it("a right repository says little", () => {
    write("infra/shop.yaml", template([CHECKPOINT, STATE]));
    expect(guard(["test", "--today", "2026-12-01", "infra"])).toEqual({
      status: 0,
      stdout: "0 violations in 1 file (1 function, 1 durable)\n",
      stderr: "",
    });
  });
});

describe("settings of the repository", () => {
  it("set levels, for all files and by path", () => {
    mkdirSync(join(REPOSITORY, "sandbox"));
    write("infra/shop.yaml", template([CHECKPOINT, STATE], WIDE));
    write("sandbox/shop.yaml", template([CHECKPOINT, STATE], WIDE));
    const one = ["WLD001 Role"];
    const both = [...one, ...one];
    expect(judged(["."])).toEqual({ ...NOTHING, status: 1, failures: both });
    write("durable-guard.yaml", "rules:\n  WLD001: warn\n");
    expect(judged(["."])).toEqual({ ...NOTHING, status: 0, warnings: both });
    write("durable-guard.yaml", "rules:\n  WLD001: off\n");
    expect(judged(["."])).toEqual({ ...NOTHING, status: 0 });
    write("durable-guard.yaml", "overrides:\n  - paths: [sandbox/**]\n    rules: {WLD001: warn}\n");
    expect(judged(["."])).toEqual({ ...NOTHING, status: 1, failures: one, warnings: one });
  });

  it("yield to the environment, and that to flags", () => {
    write("durable-guard.yaml", "failOnWarn: true\nrules: {WLD001: warn}\n");
    const env = (value: string) => ({ DURABLE_GUARD_FAIL_ON_WARN: value });
    expect(judged(["infra"]).status).toBe(1);
    expect(judged(["infra"], env("false")).status).toBe(0);
    expect(judged(["--fail-on-warn", "infra"], env("false")).status).toBe(1);
    expect(judged(["--no-fail-on-warn", "infra"], env("true")).status).toBe(0);
    // Of another file: named by a flag, or by the environment.
    renameSync(join(REPOSITORY, "durable-guard.yaml"), join(REPOSITORY, "strict.yaml"));
    expect(judged(["infra"]).failures).toEqual(["WLD001 Role"]);
    expect(judged(["infra"], { DURABLE_GUARD_CONFIG: "strict.yaml" }).status).toBe(1);
    expect(judged(["--config", "strict.yaml", "infra"], env("false")).status).toBe(0);
  });

  it.each([
    ["settings that are wrong", "rules: {WLD001: loud}\n", "durable-guard.yaml:1:17 DG051 "],
    [
      "a waiver without a reason",
      "waivers:\n  - {rule: WLD001, expires: 2027-01-01}\n",
      "durable-guard.yaml:2:5 DG051 ",
    ],
  ])("exit 3 for %s", (_, settings, message) => {
    write("durable-guard.yaml", settings);
    expect(judged(["infra"])).toEqual({ ...NOTHING, status: 3, stderr: expect.stringContaining(message) });
    shell("rm durable-guard.yaml");
  });

  it.each([
    ["DURABLE_GUARD_FAIL_ON_WARN", "maybe"],
    ["DURABLE_GUARD_UNKNOWN", "maybe"],
    ["DURABLE_GUARD_REGION", "Frankfurt"],
    ["DURABLE_GUARD_ACCOUNT", "12"],
    ["DURABLE_GUARD_BASELINE", "nowhere.json"],
    ["DURABLE_GUARD_CONFIG", "nowhere.yaml"],
  ])("exit 3 for a wrong %s", (name, value) => {
    const { status, stderr } = judged(["infra"], { [name]: value });
    expect([status, stderr]).toEqual([3, expect.stringMatching(new RegExp(`${name}|${value} DG001`))]);
  });
});
