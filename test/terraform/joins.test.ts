import { describe, expect, test } from "vitest";
import type { Inventory } from "../../src/inventory/types";
import { type Created, functionAt, inventoryOf, planned, planOf, policyAt, principalAt, refers } from "./planned";

/** Address of the role each function runs with. */
function roles({ functions }: Inventory): Record<string, string> {
  return Object.fromEntries(functions.map(({ address, role }) => [address, role.address]));
}

describe("reference forms (26)", () => {
  const inventory = planned("26-reference-forms");
  const found = roles(inventory);

  // main.tf: the role argument of each function, and what it comes to
  test.each([
    ["direct", "aws_iam_role.plain"],
    ["instance", 'aws_iam_role.many["x"]'],
    ['each_instance["x"]', 'aws_iam_role.many["x"]'],
    ['each_instance["y"]', 'aws_iam_role.many["y"]'],
    ["module_single", "module.single.aws_iam_role.r"],
    ["module_count", "module.counted[1].aws_iam_role.r"],
    ["module_key", 'module.keyed["b"].aws_iam_role.r'],
    ["module_object", "module.single.aws_iam_role.r"],
    ["index_expr[0]", "module.counted[0].aws_iam_role.r"],
    ["index_expr[1]", "module.counted[1].aws_iam_role.r"],
    ["known", "aws_iam_role.plain"],
    ['via_map["known_string"]', "aws_iam_role.plain"],
    ['via_map["built_name"]', "aws_iam_role.plain"],
  ])("aws_lambda_function.%s runs with %s", (name, role) => {
    expect(found[`aws_lambda_function.${name}`]).toBe(role);
  });

  // locals are not in a plan, so nothing may be said, and the name is the reason
  test.each([
    ["by_local", "local.chosen_role"],
    ['via_map["direct"]', "each.value"],
    ['via_map["module_key"]', "each.value"],
  ])("aws_lambda_function.%s is not resolved, because of %s", (name, why) => {
    const address = `aws_lambda_function.${name}`;
    expect(functionAt(inventory, address).role.arn).toEqual({
      unknown: `${address}.role is known after apply (${why})`,
    });
  });

  test("a policy put on a role by a piece of its ARN is on that role", () => {
    expect(policyAt(inventory, "aws_iam_role_policy.by_split").heldBy).toEqual(['module.keyed["a"].aws_iam_role.r']);
  });
});

test.each(["plan.json", "plan.tofu.json"])("roles and policies through modules (08, %s)", (file) => {
  const inventory = planned("08-module-for-each", file);
  // the role argument is `var.create_role ? aws_iam_role.lambda[0].arn : var.lambda_role`
  expect(roles(inventory)).toEqual({
    "module.audit.aws_lambda_function.this[0]": "module.audit.aws_iam_role.lambda[0]",
    "module.ledger.aws_lambda_function.this[0]": "module.ledger.aws_iam_role.lambda[0]",
    'module.workflow["gdpr-erasure"].aws_lambda_function.this[0]': "aws_iam_role.shared",
    'module.workflow["onboarding"].aws_lambda_function.this[0]': "aws_iam_role.shared",
    'module.workflow["refunds"].aws_lambda_function.this[0]': "aws_iam_role.shared",
  });
  // audit forgets its policy; ledger has the managed one and dynamodb:*; the shared one is built by jsonencode
  expect(principalAt(inventory, "module.audit.aws_iam_role.lambda[0]").policies).toEqual([]);
  expect(principalAt(inventory, "module.ledger.aws_iam_role.lambda[0]").policies.map(({ address }) => address)).toEqual(
    [
      "module.ledger.aws_iam_role_policy_attachment.additional_json[0]",
      "module.ledger.aws_iam_role_policy_attachment.durable[0]",
    ],
  );
  expect(policyAt(inventory, "aws_iam_role_policy.shared_durable")).toMatchObject({
    statements: [],
    unread: "aws_iam_role_policy.shared_durable.policy is known after apply (module.workflow)",
    heldBy: ["aws_iam_role.shared"],
  });
  // retention of the module's log groups, by the default name
  expect(inventory.logGroups.map(({ functions }) => functions)).toEqual(
    inventory.functions.map(({ address }) => [address]),
  );
});

test("what may be one of several stays unknown (24)", () => {
  const inventory = planned("24-unknown-values");
  expect(functionAt(inventory, "aws_lambda_function.numbers").role.arn).toEqual({
    unknown:
      "aws_lambda_function.numbers.role is known after apply (aws_iam_role.a.arn, aws_iam_role.b[0].arn, local.suffix)",
  });
  expect(roles(inventory)).toMatchObject({
    "aws_lambda_function.a": "aws_iam_role.a",
    "aws_lambda_function.env": "aws_iam_role.b[1]",
  });
  // `aws_iam_role.b[count.index].name`: each attachment on the role of its own index
  expect(principalAt(inventory, "aws_iam_role.b[0]").policies.map(({ address }) => address)).toEqual([
    'aws_iam_role_policy_attachment.b["durable"]',
    'aws_iam_role_policy_attachment.b["vpc"]',
    "aws_iam_role_policy_attachment.dynamic[0]",
  ]);
  expect(principalAt(inventory, "aws_iam_role.b[1]").policies.map(({ address }) => address)).toEqual([
    "aws_iam_role_policy_attachment.dynamic[1]",
  ]);
});

describe("module inputs and outputs", () => {
  const role = (address: string, module?: string): Created => ({
    address,
    after: { path: "/", name: address.replaceAll(/\W/g, "-") },
    unknown: { arn: true, id: true },
    ...(module === undefined ? {} : { module }),
  });
  const block = (address: string, expressions: object) => {
    const [type, name] = address.split(".");
    return { mode: "managed", type, name, address, provider_config_key: "aws", expressions };
  };
  const fn = (address: string, written?: object, module?: string): Created => ({
    address,
    after: { function_name: "f" },
    unknown: { role: true, arn: true },
    ...(written === undefined ? {} : { written: written as Record<string, unknown> }),
    ...(module === undefined ? {} : { module }),
  });

  test("an input that is an input of the module above, two levels deep", () => {
    const inner = { resources: [block("aws_lambda_function.f", { role: refers("var.role_arn") })] };
    const middle = { module_calls: { in: { expressions: { role_arn: refers("var.given") }, module: inner } } };
    const plan = planOf(
      [role("aws_iam_role.r"), fn("module.a.module.in.aws_lambda_function.f", undefined, "module.a.module.in")],
      {},
      {
        resources: [block("aws_iam_role.r", {})],
        module_calls: {
          a: { expressions: { given: refers("aws_iam_role.r.arn", "aws_iam_role.r") }, module: middle },
        },
      },
    );
    expect(inventoryOf(plan).functions[0]?.role.address).toBe("aws_iam_role.r");
  });

  test("an input that is an output of another module", () => {
    const maker = {
      resources: [block("aws_iam_role.r", {})],
      outputs: { arn: { expression: refers("aws_iam_role.r.arn", "aws_iam_role.r") } },
    };
    const user = { resources: [block("aws_lambda_function.f", { role: refers("var.role") })] };
    const plan = planOf(
      [
        role("module.maker.aws_iam_role.r", "module.maker"),
        fn("module.user.aws_lambda_function.f", undefined, "module.user"),
      ],
      {},
      {
        resources: [],
        module_calls: {
          maker: { module: maker },
          user: { expressions: { role: refers("module.maker.arn", "module.maker") }, module: user },
        },
      },
    );
    expect(inventoryOf(plan).functions[0]?.role.address).toBe("module.maker.aws_iam_role.r");
  });

  test("outputs that lead in a circle end", () => {
    const round = (other: string) => ({ outputs: { arn: { expression: refers(`module.${other}.arn`) } } });
    const plan = planOf(
      [
        fn("aws_lambda_function.f", { role: refers("module.a.arn", "module.a") }),
        role("module.a.aws_iam_role.r", "module.a"),
      ],
      {},
      {
        resources: [block("aws_lambda_function.f", { role: refers("module.a.arn", "module.a") })],
        module_calls: { a: { module: { ...round("a"), module_calls: { a: { module: round("a") } } } } },
      },
    );
    expect(inventoryOf(plan).functions[0]?.role.arn.unknown).toContain("known after apply");
  });

  test("a splat over several instances names them all", () => {
    const plan = planOf([
      { ...role("aws_iam_role.r[0]"), key: 0, count: { constant_value: 2 } },
      { ...role("aws_iam_role.r[1]"), key: 1, count: { constant_value: 2 } },
      fn("aws_lambda_function.f", { role: refers("aws_iam_role.r") }),
    ]);
    expect(inventoryOf(plan).functions[0]?.role.arn).toEqual({
      unknown: "aws_lambda_function.f.role is known after apply (aws_iam_role.r[0], aws_iam_role.r[1])",
    });
  });

  test("a reference to something that is no role is no role", () => {
    const plan = planOf([
      { address: "terraform_data.d", unknown: { output: true } },
      fn("aws_lambda_function.f", { role: refers("terraform_data.d.output", "terraform_data.d") }),
    ]);
    expect(inventoryOf(plan).functions[0]?.role.arn).toEqual({
      unknown: "aws_lambda_function.f.role is known after apply (terraform_data.d.output)",
    });
  });
});
