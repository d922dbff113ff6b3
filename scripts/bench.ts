/**
 * `make bench`: pairs in one run, as ratios; times alone say little on a shared machine. Peers are measured where they
 * are installed, plans where they are at hand, and what is left out is said.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type * as Library from "../src/index";

const CLI = resolve("dist", "cli.cjs");
const OPA = resolve("build", "opa");
const TEMPLATES = resolve("templates");
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
  ["--eval", `${WITH_MEMORY};require(${JSON.stringify(CLI)})`, "--", ...args],
];

function installed(command: string): boolean {
  return spawnSync(command, ["--version"]).error === undefined;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A policy of one rule, for those who bring none. */
function oneRule(): string {
  const rule = 'package main\nimport rego.v1\ndeny contains "no resources" if not input.Resources\n';
  const file = join(FOLDER, "rule.rego");
  writeFileSync(file, rule);
  return file;
}

function coldStart(): void {
  const commands: Record<string, [string, string[]]> = {
    "empty node": [process.execPath, ["--eval", "0"]],
    "durable-guard": [process.execPath, [CLI, "test", TEMPLATE]],
  };
  if (installed("cfn-lint")) commands["cfn-lint"] = ["cfn-lint", [TEMPLATE]];
  else print("cfn-lint is not installed: left out");
  if (installed("conftest")) commands["conftest"] = ["conftest", ["test", "--policy", oneRule(), TEMPLATE]];
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
    const commands: Record<string, [string, string[]]> = { ours: ours(["test", plan]) };
    if (installed("conftest")) commands["conftest"] = ["conftest", ["test", "--policy", oneRule(), plan]];
    const medians = inTurns(commands, 3);
    const { milliseconds = 0, mebibytes = 0 } = medians.get("ours") ?? {};
    const conftest = medians.get("conftest");
    const ratio =
      conftest && `; durable-guard / conftest with one rule = ${(milliseconds / conftest.milliseconds).toFixed(1)}`;
    const size = readFileSync(plan).byteLength / 1024 / 1024;
    print(
      `${name}: ${milliseconds.toFixed(0)} ms, ${mebibytes.toFixed(0)} MiB for ${size.toFixed(1)} MiB${ratio ?? ""}`,
    );
  }
}

/** Templates one after the other in one process, as a server or a test would. */
function inProcess(): void {
  const { check, DEFAULT_SETTINGS }: typeof Library = createRequire(import.meta.url)(resolve("dist", "index.cjs"));
  const files = readdirSync(TEMPLATES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(TEMPLATES, file));
  const judge = () => check(files, { today: "2026-11-22", settings: DEFAULT_SETTINGS });
  judge();
  const start = performance.now();
  judge();
  const each = (performance.now() - start) / files.length;
  print(`in process: ${each.toFixed(1)} ms for each of ${files.length} templates`);
}

/** The same rules on the same inventory: OPA itself, and all that we do, reading the plan included. */
function againstOpa(): void {
  const plan = join(PLANS, "17-large-300-functions", "plan.json");
  if (!existsSync(plan)) {
    print("opa eval: no plan at hand: left out");
    return;
  }
  const [, args] = ours(["inventory", plan]);
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  const input = join(FOLDER, "inventory.json");
  writeFileSync(input, JSON.stringify(JSON.parse(stdout)[0].scenarios[0].inventory));
  const medians = inTurns(
    {
      ours: ours(["test", plan]),
      opa: [
        OPA,
        [
          "eval",
          "--format=discard",
          `--input=${input}`,
          ...["main.rego", "lib", "rules"].map((path) => `--data=${resolve("policies", path)}`),
          "data.durable_guard.results",
        ],
      ],
    },
    3,
  );
  const ratio = (medians.get("ours")?.milliseconds ?? 0) / (medians.get("opa")?.milliseconds ?? 1);
  print(`300 functions: durable-guard / opa eval of the same rules on the same inventory = ${ratio.toFixed(2)}`);
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
inProcess();
plans();
againstOpa();
growth();
