import { describe, expect, test } from "vitest";
import { type Created, inventoryOf, planOf, principalAt, refers } from "./planned";

/**
 * Several unknown values from one expression: `each.value`, `list[count.index]`, a list in one argument. References are
 * written as Terraform 1.11 lists them: each mention, then its beginnings, in the order of the text, repeated ones too.
 */
const role: Created = { address: "aws_iam_role.r", after: { name: "r", path: "/" }, unknown: { arn: true, id: true } };

const policy = (name: string): Created => ({
  address: `aws_iam_policy.${name}`,
  after: { policy: JSON.stringify({ Statement: { Effect: "Allow", Action: `a:${name}`, Resource: "*" } }) },
  unknown: { arn: true, id: true, name: true },
});

const arns = (...names: string[]) => names.flatMap((name) => [`aws_iam_policy.${name}.arn`, `aws_iam_policy.${name}`]);

const attached = (key: string | number, more: Partial<Created>): Created => ({
  address: `aws_iam_role_policy_attachment.x[${JSON.stringify(key)}]`,
  key,
  after: { role: "r" },
  unknown: { policy_arn: true, id: true },
  ...more,
});

/** What the role is allowed: actions, or why a policy cannot be read. */
function held(resources: Created[], more: Parameters<typeof planOf>[2] = {}): string[] {
  const inventory = inventoryOf(planOf([role, policy("p"), policy("q"), ...resources], {}, more));
  const byId = new Map(inventory.policies.map((one) => [one.id, one]));
  return principalAt(inventory, "aws_iam_role.r")
    .policies.flatMap(({ policy: id }) => {
      const { unread, statements } = byId.get(id) ?? { statements: [] };
      return unread === undefined ? statements.flatMap(({ actions }) => actions.map(({ text }) => text)) : ["unread"];
    })
    .sort();
}

describe("attachments that go over a list or map of policies put all of them on the role", () => {
  const over = (references: string[], keys = ["one", "two"]) =>
    held(
      keys.map((key) =>
        attached(key, { written: { policy_arn: refers("each.value") }, forEach: refers(...references) }),
      ),
    );

  test("each.value of a map", () => {
    expect(over(arns("p", "q"))).toEqual(["a:p", "a:q"]);
  });

  test("each.value.arn of a map of policies", () => {
    const written = { policy_arn: refers("each.value.arn", "each.value") };
    const forEach = refers("aws_iam_policy.p", "aws_iam_policy.q");
    expect(held(["one", "two"].map((key) => attached(key, { written, forEach })))).toEqual(["a:p", "a:q"]);
  });

  test.each([
    ["a condition, whose branches are mentioned both", [...arns("p"), "var.strict", ...arns("p", "q")]],
    ["a condition without a variable: more mentions than values", arns("p", "p", "q")],
    ["one mention for two values", arns("p")],
    ["a local", ["local.policies"]],
  ])("not where it says %s", (_, references) => {
    expect(over(references)).toEqual(["unread", "unread"]);
  });

  test("the one of two branches that is taken is not known", () => {
    expect(over(arns("p", "q"), ["one"])).toEqual(["unread"]);
  });

  test("var.policies[count.index], from the call of the module; a literal among them is known", () => {
    const module = "module.m";
    const inModule = (key: number, more: Partial<Created>) => ({
      ...attached(key, more),
      ...{ address: `${module}.aws_iam_role_policy_attachment.x[${key}]`, module },
    });
    const written = { policy_arn: refers("var.policies", "count.index") };
    const literal = {
      after: { role: "r", policy_arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" },
      unknown: { id: true },
    };
    const block = {
      ...{ mode: "managed", type: "aws_iam_role_policy_attachment", name: "x", provider_config_key: "aws" },
      expressions: written,
    };
    const call = (references: string[]) => ({
      module_calls: { m: { expressions: { policies: refers(...references) }, module: { resources: [block] } } },
    });
    const resources = [inModule(0, literal), inModule(1, {}), inModule(2, {})];
    const planned = (references: string[]) => {
      const { resource_changes, ...rest } = planOf(resources) as { resource_changes: object[] };
      const own = planOf([role, policy("p"), policy("q")]) as {
        resource_changes: object[];
        configuration: { provider_config: object; root_module: object };
      };
      const root_module = { ...own.configuration.root_module, ...call(references) };
      const changes = [...own.resource_changes, ...resource_changes];
      const configuration = { ...own.configuration, root_module };
      const inventory = inventoryOf({ ...rest, resource_changes: changes, configuration });
      const names = new Map(inventory.policies.map(({ id, address, unread }) => [id, unread ? "unread" : address]));
      return principalAt(inventory, "aws_iam_role.r").policies.map(({ policy: id }) => names.get(id));
    };
    const aws = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    expect(planned(arns("p", "q"))).toEqual([aws, "aws_iam_policy.p", "aws_iam_policy.q"]);
    expect(planned(["local.policies"])).toEqual([aws, "unread", "unread"]);
  });
});

describe("a list in one argument", () => {
  const listed = (references: string[], length: number) =>
    held([
      {
        address: "aws_iam_role_policy_attachments_exclusive.x",
        after: { role_name: "r", policy_arns: Array(length).fill(null) },
        unknown: { policy_arns: Array(length).fill(true) },
        written: { policy_arns: refers(...references) },
      },
    ]);

  test("as many mentioned as unknown: they are the list", () => {
    expect(listed(arns("p", "q"), 2)).toEqual(["a:p", "a:q"]);
  });

  test("more mentioned than unknown: what is in it cannot be said", () => {
    expect(listed(arns("p", "q", "p"), 2)).toEqual(["a:p", "a:q", "unread"]);
  });
});

describe("aws_iam_role_policies_exclusive, where names are generated", () => {
  const inline = (name: string): Created => ({
    address: `aws_iam_role_policy.${name}`,
    after: { role: "r", policy: JSON.stringify({ Statement: { Effect: "Allow", Action: `a:${name}` } }) },
    unknown: { id: true, name: true },
  });
  const exclusive = (...literal: string[]): Created => ({
    address: "aws_iam_role_policies_exclusive.x",
    after: { role_name: "r", policy_names: [null, ...literal] },
    unknown: { policy_names: [true, ...literal.map(() => false)] },
    written: { policy_names: refers("aws_iam_role_policy.kept.name", "aws_iam_role_policy.kept") },
  });

  test("keeps the policies it names by reference, and no other", () => {
    expect(held([inline("kept"), inline("other"), exclusive()])).toEqual(["a:kept"]);
  });

  test("another name that is not known may be one that it spells out", () => {
    expect(held([inline("kept"), inline("other"), exclusive("literal")])).toEqual(["a:kept", "unread"]);
  });
});
