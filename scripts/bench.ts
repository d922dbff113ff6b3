/**
 * `make bench`: pairs in one run, as ratios; times alone say little on a shared machine. Peers are measured where they
 * are installed, plans where they are at hand, and what is left out is said.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const CLI = resolve("dist", "cli.cjs");
const TEMPLATE = resolve("templates", "durable", "role_cannot_checkpoint", "good.yaml");
const PLANS = resolve("..", "shared", "plans");
const FOLDER = mkdtempSync(join(tmpdir(), "bench-"));
/** Loads the command and prints its peak memory, in KiB, when it ends. */
const WITH_MEMORY = "process.on('exit',()=>process.stderr.write('\\nPEAK '+process.resourceUsage().maxRSS))";

interface Measured {
  milliseconds: number;
  mebibytes: number;
}

function once(command: string, args: string[]): Measured {
  const start = performance.now();
  const { stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  const peak = /PEAK (\d+)$/.exec(stderr ?? "")?.[1];
  return { milliseconds: performance.now() - start, mebibytes: Number(peak ?? 0) / 1024 };
}

/** Medians of commands that take turns, so that the machine's mood falls on all of them. */
function inTurns(commands: Record<string, [string, string[]]>, rounds: number): Map<string, Measured> {
  const runs = new Map<string, Measured[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, [command, args]] of Object.entries(commands)) {
      runs.set(name, [...(runs.get(name) ?? []), once(command, args)]);
    }
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return new Map(
    [...runs].map(([name, all]) => [
      name,
      { milliseconds: median(all.map((one) => one.milliseconds)), mebibytes: median(all.map((one) => one.mebibytes)) },
    ]),
  );
}

const ours = (args: string[]): [string, string[]] => [
  process.execPath,
  [
    "--eval",
    `${WITH_MEMORY};process.argv.splice(1,0,${JSON.stringify(CLI)});require(${JSON.stringify(CLI)})`,
    "--",
    ...args,
  ],
];

function installed(command: string): boolean {
  return spawnSync(command, ["--version"]).error === undefined;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function coldStart(): void {
  const commands: Record<string, [string, string[]]> = {
    "empty node": [process.execPath, ["--eval", "0"]],
    "durable-guard": [process.execPath, [CLI, "test", TEMPLATE]],
  };
  if (installed("cfn-lint")) commands["cfn-lint"] = ["cfn-lint", [TEMPLATE]];
  else print("cfn-lint is not installed: left out");
  if (installed("conftest")) commands["conftest"] = ["conftest", ["test", TEMPLATE]];
  else print("conftest is not installed: left out");
  const medians = inTurns(commands, 9);
  const own = medians.get("durable-guard")?.milliseconds ?? 0;
  for (const [name, { milliseconds }] of medians) {
    if (name !== "durable-guard") print(`one template: durable-guard / ${name} = ${(own / milliseconds).toFixed(2)}`);
  }
}

function plans(): void {
  for (const name of ["17-large-300-functions", "18-large-2000-resources"]) {
    const plan = join(PLANS, name, "plan.json");
    if (!existsSync(plan)) {
      print(`${name} is not at hand: left out`);
      continue;
    }
    const measured = inTurns({ plan: ours(["test", plan]) }, 3).get("plan");
    print(`${name}: ${measured?.milliseconds.toFixed(0)} ms, ${measured?.mebibytes.toFixed(0)} MiB`);
  }
}

/** A template of durable functions, each under a role of its own. */
function generated(count: number): string {
  const resources: Record<string, unknown> = {};
  for (let index = 0; index < count; index++) {
    const resource = {
      "Fn::Sub": `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:fn-${index}:*`,
    };
    const actions = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"];
    const document = { Statement: [{ Effect: "Allow", Action: actions, Resource: resource }] };
    resources[`Role${index}`] = {
      Type: "AWS::IAM::Role",
      Properties: { Policies: [{ PolicyName: "durable", PolicyDocument: document }] },
    };
    resources[`Fn${index}`] = {
      Type: "AWS::Lambda::Function",
      Properties: {
        FunctionName: `fn-${index}`,
        Role: { "Fn::GetAtt": [`Role${index}`, "Arn"] },
        DurableConfig: { ExecutionTimeout: 60 },
      },
    };
  }
  const file = join(FOLDER, `${count}.json`);
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
}

function growth(): void {
  let before: { count: number; milliseconds: number } | undefined;
  for (const count of [10, 100, 1000, 10000]) {
    const file = generated(count);
    const measured = inTurns({ generated: ours(["test", "--quiet", file]) }, count > 1000 ? 1 : 3).get("generated");
    const milliseconds = measured?.milliseconds ?? 0;
    const ratio =
      before === undefined ? "" : `, ${(milliseconds / before.milliseconds).toFixed(1)} times that of ${before.count}`;
    print(`${count} functions: ${milliseconds.toFixed(0)} ms, ${measured?.mebibytes.toFixed(0)} MiB${ratio}`);
    before = { count, milliseconds };
  }
}

coldStart();
plans();
growth();
