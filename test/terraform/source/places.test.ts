import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check";
import { InputError } from "../../../src/errors";
import { readSource } from "../../../src/terraform/source/source";
import { broken, folderOf, judged, places, planOf, TODAY, wide } from "./written";

const RULES = ["DUR010", "WLD001"];

const POLICY = `resource "aws_iam_role_policy" "wide" {
  name = "wide"
  role = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
      { Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::orders/*" },
    ]
  })
}
`;

const FUNCTION = `resource "aws_lambda_function" "f" {
  function_name = "orders"
  durable_config {
    execution_timeout = 0
  }
}
`;

const block = { mode: "managed", type: "aws_lambda_function", name: "f", expressions: {} };
const function_ = broken("aws_lambda_function.f");
const policy = wide("aws_iam_role_policy.wide");

describe("a finding stands where its text is written", () => {
  it("at the attribute of a nested block, at the statement in jsonencode", async () => {
    const folder = folderOf({ "main.tf": FUNCTION, "iam.tf": POLICY });
    const report = await judged(planOf([function_, policy]), folder);
    expect(places(report, folder, RULES)).toEqual([
      "WLD001 aws_iam_role_policy.wide iam.tf:8:7",
      "DUR010 aws_lambda_function.f main.tf:3:3",
    ]);
  });

  it("at the block where the rest is not written out: dynamic blocks, other expressions, repeated blocks", async () => {
    const source = `resource "aws_lambda_function" "f" {
  dynamic "durable_config" {
    for_each = var.durable
    content { execution_timeout = 0 }
  }
}
resource "aws_iam_role_policy" "wide" {
  policy = templatefile("policy.json", {})
}
resource "aws_iam_role_policy" "local" {
  role = "orders"
  policy = jsonencode(merge(local.policy, {}))
}
resource "aws_lambda_function" "g" {
  durable_config {}
  durable_config {}
}
`;
    const folder = folderOf({ "main.tf": source });
    const plan = planOf([function_, policy, wide("aws_iam_role_policy.local"), broken("aws_lambda_function.g")]);
    expect(places(await judged(plan, folder), folder, RULES)).toEqual([
      "DUR010 aws_lambda_function.f main.tf:2:3",
      "WLD001 aws_iam_role_policy.wide main.tf:8:3",
      "WLD001 aws_iam_role_policy.local main.tf:12:3",
      // which of the two it is, nobody can say
      "DUR010 aws_lambda_function.g main.tf:14:1",
    ]);
  });

  it("in JSON syntax too", async () => {
    const main = {
      resource: {
        aws_lambda_function: { f: { durable_config: { execution_timeout: 0 } } },
        aws_iam_role_policy: { wide: [{ policy: "…" }] },
      },
    };
    const folder = folderOf({ "main.tf.json": JSON.stringify(main, null, 2) });
    // lines: 1 {, 2 resource, 3 aws_lambda_function, 4 f, 5 durable_config, …, 10 aws_iam_role_policy, 11 wide, 12 {, 13 policy
    expect(places(await judged(planOf([function_, policy]), folder), folder, RULES)).toEqual([
      "DUR010 aws_lambda_function.f main.tf.json:5:9",
      "WLD001 aws_iam_role_policy.wide main.tf.json:13:21",
    ]);
  });

  it("in local modules; at the call of one from elsewhere; in the plan where no block is found", async () => {
    const folder = folderOf({
      "live/main.tf": `module "near" {\n  source = "../modules/near"\n}\n\nmodule "far" {\n  source = "x/y/aws"\n}\n`,
      "modules/near/main.tf": `module "inner" {\n  source   = "./inner"\n  for_each = var.all\n}\n${FUNCTION}`,
      "modules/near/inner/f.tf": `# inner\n\n${FUNCTION}`,
    });
    const inner = { source: "./inner", module: {} };
    const module_calls = {
      near: { source: "../modules/near", module: { module_calls: { inner } } },
      far: { source: "x/y/aws", module: { module_calls: { inner } } },
    };
    const plan = planOf(
      [
        broken("module.near.aws_lambda_function.f", "module.near"),
        broken('module.near.module.inner["a.b"].aws_lambda_function.f', 'module.near.module.inner["a.b"]'),
        broken("module.far.module.inner.aws_lambda_function.f", "module.far.module.inner"),
        broken("module.near.aws_lambda_function.gone", "module.near"),
        broken("aws_lambda_function.gone"),
      ],
      {},
      { module_calls },
    );
    const report = await judged(plan, join(folder, "live"), { root: folder });
    expect(places(report, folder, RULES)).toEqual([
      "DUR010 module.far.module.inner.aws_lambda_function.f live/main.tf:5:1",
      'DUR010 module.near.module.inner["a.b"].aws_lambda_function.f modules/near/inner/f.tf:5:3',
      "DUR010 module.near.aws_lambda_function.f modules/near/main.tf:7:3",
      expect.stringMatching(/^DUR010 module\.near\.aws_lambda_function\.gone plan\.json:1:\d+$/),
      expect.stringMatching(/^DUR010 aws_lambda_function\.gone plan\.json:1:\d+$/),
    ]);
    // Without the root, what is above the source is not read: its call is what is left.
    const narrow = await judged(plan, join(folder, "live"));
    expect(places(narrow, folder, RULES)).toEqual([
      "DUR010 module.near.aws_lambda_function.f live/main.tf:1:1",
      'DUR010 module.near.module.inner["a.b"].aws_lambda_function.f live/main.tf:1:1',
      "DUR010 module.near.aws_lambda_function.gone live/main.tf:1:1",
      "DUR010 module.far.module.inner.aws_lambda_function.f live/main.tf:5:1",
      expect.stringMatching(/^DUR010 aws_lambda_function\.gone plan\.json:1:\d+$/),
    ]);
  });

  it("wherever in the plan it stands: planned values, prior state, deferred changes, variables, configuration", async () => {
    const folder = folderOf({
      "main.tf": `module "m" {\n  source = "./m"\n}\nvariable "key" {\n  default = ""\n}\n${FUNCTION}`,
      "m/main.tf": `\n\n${FUNCTION}`,
    });
    const module_calls = { m: { source: "./m", module: { resources: [block] } } };
    const { resource_changes, ...bare } = Object(planOf([function_], {}, { module_calls }));
    const [{ change, ...resource }] = resource_changes;
    const values = (address: string) => ({ ...resource, address, values: change.after });
    const root_module = {
      resources: [values("aws_lambda_function.f")],
      child_modules: [{ address: "module.m", resources: [values("module.m.aws_lambda_function.f")] }],
    };
    const deferred = { ...resource, change, module_address: "module.m", address: "module.m.aws_lambda_function.f" };
    const both = ["DUR010 module.m.aws_lambda_function.f m/main.tf:5:3", "DUR010 aws_lambda_function.f main.tf:9:3"];
    for (const more of [
      { planned_values: { root_module } },
      { resource_changes: [], prior_state: { values: { root_module } } },
      { resource_changes, deferred_changes: [{ reason: "provider_config_unknown", resource_change: deferred }] },
    ]) {
      const report = await judged({ ...bare, ...more }, folder);
      expect(places(report, folder, RULES).sort()).toEqual(both.sort());
    }
    const key = ["AKIA", "Z7Q2M5X8", "KWJP3NLT"].join("");
    const partial = await judged(
      { ...bare, resource_changes, complete: false, variables: { key: { value: key } } },
      folder,
    );
    expect(places(partial, folder, ["LAM002"])).toEqual(["LAM002 var.key main.tf:4:1"]);
    expect(
      partial.files.flatMap(({ unresolved }) => unresolved.map(({ address, location }) => [address, location])),
    ).toEqual([["module.m.aws_lambda_function.f", { file: join(folder, "m/main.tf"), line: 3, column: 1 }]]);
  });

  it("at the first of a block and its override, whatever is overridden", async () => {
    const folder = folderOf({ "a_override.tf": FUNCTION, "main.tf": `\n${FUNCTION}` });
    expect(places(await judged(planOf([function_]), folder), folder, RULES)).toEqual([
      "DUR010 aws_lambda_function.f main.tf:2:1",
    ]);
  });

  it("changes nothing else: fingerprints and pointers are those of the plan", async () => {
    const folder = folderOf({ "main.tf": FUNCTION, "iam.tf": POLICY });
    const plan = planOf([function_, policy]);
    const without = check([{ file: "plan.json", content: JSON.stringify(plan) }], { today: TODAY });
    const bare = ({ files }: typeof without) =>
      files.flatMap(({ findings }) => findings.map(({ location: _, ...finding }) => JSON.stringify(finding))).sort();
    expect(bare(await judged(plan, folder))).toEqual(bare(without));
  });
});

describe("hostile source", () => {
  const plan = planOf([function_, policy], {}, { module_calls: { up: { source: "../up", module: {} } } });
  const inPlan = [
    expect.stringMatching(/^DUR010 aws_lambda_function\.f plan\.json:1:\d+$/),
    expect.stringMatching(/^WLD001 aws_iam_role_policy\.wide plan\.json:1:\d+$/),
  ];

  it("links out of the folder are not followed", async () => {
    const outside = folderOf({ "main.tf": FUNCTION, "more/iam.tf": POLICY });
    const folder = folderOf({ "other.tf": "" });
    symlinkSync(join(outside, "main.tf"), join(folder, "main.tf"));
    symlinkSync(join(outside, "more"), join(folder, "more.tf"));
    symlinkSync("/dev/zero", join(folder, "zero.tf"));
    const report = await judged(plan, folder);
    expect(places(report, folder, RULES)).toEqual(inPlan);
    expect(report.notices).toEqual([]);
  });

  it("modules above the folder, or behind a link, are not read", async () => {
    const folder = folderOf({ "live/main.tf": `module "up" {\n  source = "../up"\n}\n`, "up/main.tf": FUNCTION });
    symlinkSync(join(folder, "up"), join(folder, "live", "link"));
    const calls = { up: { source: "../up", module: {} }, link: { source: "./link", module: {} } };
    const up = planOf(
      [
        broken("module.up.aws_lambda_function.f", "module.up"),
        broken("module.link.aws_lambda_function.f", "module.link"),
      ],
      {},
      { module_calls: calls },
    );
    const live = join(folder, "live");
    expect(places(await judged(up, live), folder, RULES)).toEqual([
      "DUR010 module.up.aws_lambda_function.f live/main.tf:1:1",
      expect.stringMatching(/^DUR010 module\.link\.aws_lambda_function\.f plan\.json:1:\d+$/),
    ]);
  });

  it("what is no HCL, too long, no text: said once, at its place, and the plan's own places stand", async () => {
    const folder = folderOf({
      "bad.tf": `${FUNCTION}\nresource "x" {\n  a = \n}\n`,
      "binary.tf": new Uint8Array([0, 1, 2, 255]),
      "latin.tf": new Uint8Array([0x23, 0xe9, 0x0a]),
      "wrong.tf.json": '{"resource": {,}}',
      ".hidden.tf": FUNCTION,
      "editor.tf~": FUNCTION,
    });
    const huge = join(folder, "huge.tf");
    writeFileSync(huge, FUNCTION);
    truncateSync(huge, 1024 ** 3);
    const report = await judged(plan, folder);
    expect(places(report, folder, RULES)).toEqual(inPlan);
    const at = (file: string, line: number, column: number) => ({ file: join(folder, file), line, column });
    const says = (what: RegExp) => expect.stringMatching(new RegExp(`^the file is not used .*${what.source}`));
    expect(report.notices).toEqual([
      { kind: "source", location: at("bad.tf", 9, 3), text: says(/no valid HCL/) },
      { kind: "source", location: at("binary.tf", 1, 1), text: says(/binary/) },
      { kind: "source", location: at("huge.tf", 1, 1), text: says(/longer than 1048576 bytes/) },
      { kind: "source", location: at("latin.tf", 1, 2), text: says(/not valid UTF-8/) },
      { kind: "source", location: at("wrong.tf.json", 1, 15), text: says(/./) },
    ]);
  });

  it("nesting without end is an end", async () => {
    const deep = `resource "aws_lambda_function" "f" {\n  x = ${"[".repeat(100_000)}${"]".repeat(100_000)}\n}\n`;
    const folder = folderOf({ "main.tf": deep });
    expect(places(await judged(planOf([function_]), folder), folder, RULES)).toEqual([
      "DUR010 aws_lambda_function.f main.tf:1:1",
    ]);
  });

  it("a folder without Terraform files, or none at all, is an error", async () => {
    const folder = folderOf({ "readme.md": "" });
    for (const path of [folder, join(folder, "none"), join(folder, "readme.md")]) {
      const error = await readSource(path).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({
        code: "DG001",
        file: path,
        message: "there is no Terraform file (*.tf) in this folder",
      });
    }
  });

  it("a plan that names what is no text, or itself, ends", async () => {
    const folder = folderOf({ "main.tf": `module "self" {\n  source = "./"\n}\n` });
    const self: Record<string, unknown> = { source: "./" };
    const module_calls = {
      self: { ...self, module: { module_calls: { self: { ...self, module: 7 } } } },
      odd: { source: 7 },
    };
    const odd = planOf(
      [broken("module.self.module.self.aws_lambda_function.f", "module.self.module.self")],
      {},
      { module_calls },
    );
    expect(places(await judged(odd, folder), folder, RULES)).toEqual([expect.stringMatching(/plan\.json:1:\d+$/)]);
  });
});

describe("the page shows the source around a finding, and no secrets", () => {
  it("redacts what looks like one and what the plan marks as one", async () => {
    const source = `resource "aws_lambda_function" "f" {
  function_name = "orders"
  durable_config {
    execution_timeout = 0
  }
  environment {
    variables = {
      DB_PASSWORD = "hunter2hunter2"
      PLAIN       = "${"marked-in-the-plan"}"
      TOKEN_TEXT  = <<EOT
        ghp_0123456789abcdefghijklmnopqrstuvwxyz
      EOT
    }
  }
}
`;
    const folder = folderOf({ "main.tf": source });
    const plan = planOf([
      {
        ...function_,
        after: {
          ...function_.after,
          environment: [
            {
              variables: {
                DB_PASSWORD: "hunter2hunter2",
                PLAIN: "marked-in-the-plan",
                TOKEN_TEXT: "ghp_0123456789abcdefghijklmnopqrstuvwxyz\n",
              },
            },
          ],
        },
      },
    ]);
    const report = await judged(plan, folder, { excerpts: true });
    const findings = report.files.flatMap((file) => file.findings);
    const durable = findings.find(({ rule }) => rule === "DUR010");
    expect(durable?.excerpt).toEqual([
      { number: 1, text: 'resource "aws_lambda_function" "f" {', marked: false },
      { number: 2, text: '  function_name = "orders"', marked: false },
      { number: 3, text: "  durable_config {", marked: true },
      { number: 4, text: "    execution_timeout = 0", marked: false },
    ]);
    // a member of an object stands where its name is
    expect(places(report, folder, ["LAM003"])).toEqual([
      "LAM003 aws_lambda_function.f main.tf:8:7",
      "LAM003 aws_lambda_function.f main.tf:10:7",
    ]);
    const shown = JSON.stringify(findings.map(({ excerpt }) => excerpt));
    expect(findings.some(({ rule }) => rule === "LAM003")).toBe(true);
    expect(shown).not.toMatch(/hunter2|ghp_/);
  });
});
