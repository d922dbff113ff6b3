import { describe, expect, test } from "vitest";
import { type Created, inventoryOf, planned, planOf, policyAt, principalAt, refers, written } from "./planned";

const document = (action: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

const role = (name: string, more: Partial<Created> = {}): Created => ({
  address: `aws_iam_role.${name}`,
  ...more,
  after: { name, path: "/", ...more.after },
  unknown: { arn: true, id: true, inline_policy: true, managed_policy_arns: true, ...(more.unknown as object) },
});

const AWS = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

describe("roles of their own (05)", () => {
  const inventory = planned("05-bad-missing-permissions");
  const of = (name: string) => principalAt(inventory, `aws_iam_role.this["${name}"]`);

  test("the policies of each", () => {
    expect(of("none").policies.map(({ policy }) => policy)).toEqual([AWS]);
    expect(of("half").policies.map(({ address }) => address)).toEqual([
      "aws_iam_role_policy.half",
      'aws_iam_role_policy_attachment.basic["half"]',
    ]);
  });

  test("the boundary, by reference behind a condition that is known", () => {
    const boundary = policyAt(inventory, "aws_iam_policy.boundary");
    expect(of("boundary").boundary?.policy).toBe(boundary.id);
    expect(of("none").boundary).toBeUndefined();
    expect(boundary).toMatchObject({ boundaryOnly: true, heldBy: [] });
  });

  test("a role outside the plan is outside", () => {
    const [external] = inventory.principals.filter((principal) => principal.external);
    expect(external).toMatchObject({ name: "shared-lambda", functions: ["aws_lambda_function.external_role"] });
  });
});

test("policy_attachment puts a policy on all it lists (03)", () => {
  const inventory = planned("03-managed-policy-attachment");
  const policy = inventory.policies.find(({ name }) => name === "AWSLambdaBasicDurableExecutionRolePolicy");
  expect(policy?.heldBy).toEqual(["aws_iam_role.approvals", "aws_iam_role.reminders"]);
});

describe("policies in the role itself", () => {
  test("inline_policy blocks and managed_policy_arns", () => {
    const plan = planOf([
      role("r", {
        after: {
          inline_policy: [
            { name: "a", policy: document("a:A") },
            { name: "", policy: null },
          ],
          managed_policy_arns: [AWS],
        },
        unknown: { inline_policy: [{}, {}], managed_policy_arns: [false] },
      }),
    ]);
    const { policies } = principalAt(inventoryOf(plan), "aws_iam_role.r");
    expect(policies.map(({ policy }) => policy)).toEqual([
      "plan.json#/resource_changes/0/change/after/inline_policy/0/policy",
      AWS,
    ]);
  });

  test("unset they are computed, and mean nothing", () => {
    expect(principalAt(inventoryOf(planOf([role("r")])), "aws_iam_role.r").policies).toEqual([]);
  });

  test("a set with an unknown in it hides what else is in it", () => {
    const plan = planOf([
      role("r", {
        written: { managed_policy_arns: refers("aws_iam_policy.p.arn", "aws_iam_policy.p") },
        unknown: { managed_policy_arns: true },
      }),
      { address: "aws_iam_policy.p", after: { name: "p", path: "/", policy: document("a:A") }, unknown: { arn: true } },
    ]);
    const inventory = inventoryOf(plan);
    const ids = principalAt(inventory, "aws_iam_role.r").policies.map(({ policy }) => policy);
    const [sure, maybe] = ids.map((id) => inventory.policies.find((policy) => policy.id === id));
    expect(sure).toMatchObject({ address: "aws_iam_policy.p" });
    expect(sure).not.toHaveProperty("unread");
    expect(maybe?.unread).toContain("managed_policy_arns is known after apply (aws_iam_policy.p.arn)");
  });
});

describe("who holds a policy is not known", () => {
  const policy = (written: Record<string, unknown>): Created => ({
    address: "aws_iam_role_policy.p",
    after: { name: "p", policy: document("a:A") },
    unknown: { role: true },
    written,
  });

  test("each that it may be has it as one that cannot be read; none has it for certain", () => {
    const plan = planOf([
      ...[role("a"), role("b"), role("c"), policy({ role: refers("aws_iam_role.a.id", "aws_iam_role.b.id") })],
    ]);
    const inventory = inventoryOf(plan);
    const [own, maybe] = inventory.policies;
    expect(own && written(own)).toEqual([{ effect: "Allow", actions: ["a:A"], resources: ["*"] }]);
    expect(own?.heldBy).toEqual([]);
    expect(maybe).toMatchObject({ statements: [], heldBy: ["aws_iam_role.a", "aws_iam_role.b"] });
    expect(maybe?.unread).toBe(
      "aws_iam_role_policy.p.role is known after apply (aws_iam_role.a.id, aws_iam_role.b.id)",
    );
  });

  test("behind a local it may be any role that is yet to be made", () => {
    const exists = role("old", { actions: ["no-op"] });
    const plan = planOf([role("a"), role("b"), exists, policy({ role: refers("local.role") })]);
    expect(inventoryOf(plan).policies[1]?.heldBy).toEqual(["aws_iam_role.a", "aws_iam_role.b"]);
  });
});

describe("exclusive lists", () => {
  const inline = (name: string): Created => ({
    address: `aws_iam_role_policy.${name}`,
    after: { name, role: "r", policy: document(`a:${name}`) },
  });
  const attached = (arn: string, name: string): Created => ({
    address: `aws_iam_role_policy_attachment.${name}`,
    after: { role: "r", policy_arn: arn },
  });
  const held = (plan: unknown) => {
    const inventory = inventoryOf(plan);
    return principalAt(inventory, "aws_iam_role.r").policies.map(({ address, policy }) => {
      const unread = inventory.policies.find(({ id }) => id === policy)?.unread;
      return unread === undefined ? address : `${address}: unread`;
    });
  };

  test("inline policies that are not named are removed", () => {
    const exclusive = {
      address: "aws_iam_role_policies_exclusive.x",
      after: { role_name: "r", policy_names: ["keep"] },
    };
    expect(held(planOf([role("r"), inline("keep"), inline("drop"), exclusive]))).toEqual(["aws_iam_role_policy.keep"]);
  });

  test("with names that are not known, none but the known ones is certain", () => {
    const exclusive = {
      ...{ address: "aws_iam_role_policies_exclusive.x", after: { role_name: "r", policy_names: ["keep", null] } },
      ...{ unknown: { policy_names: [false, true] }, written: { policy_names: refers("local.names") } },
    };
    expect(held(planOf([role("r"), inline("keep"), inline("maybe"), exclusive]))).toEqual([
      "aws_iam_role_policy.keep",
      "aws_iam_role_policy.maybe: unread",
    ]);
  });

  test("attachments that are not listed are removed, and listed ones are made", () => {
    const other = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";
    const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
    const exclusive = {
      address: "aws_iam_role_policy_attachments_exclusive.x",
      after: { role_name: "r", policy_arns: [AWS, other] },
    };
    const plan = planOf([role("r"), attached(AWS, "keep"), attached(admin, "drop"), exclusive]);
    expect(held(plan)).toEqual(["aws_iam_role_policy_attachment.keep", "aws_iam_role_policy_attachments_exclusive.x"]);
  });
});

test("users and groups: memberships, consoles and the password policy", () => {
  const plan = planOf([
    { address: "aws_iam_user.u", after: { name: "u", path: "/" }, unknown: { arn: true } },
    { address: "aws_iam_user_login_profile.u", after: { user: "u" } },
    { address: "aws_iam_group.g", after: { name: "g", path: "/" }, unknown: { arn: true } },
    { address: "aws_iam_group_policy.p", after: { name: "p", group: "g", policy: document("a:G") } },
    { address: "aws_iam_user_policy.p", after: { name: "p", user: "u", policy: document("a:U") } },
    { address: "aws_iam_user_group_membership.m", after: { user: "u", groups: ["g"] } },
    {
      address: "aws_iam_account_password_policy.p",
      after: { minimum_password_length: 14, require_symbols: true, require_numbers: null },
    },
  ]);
  const inventory = inventoryOf(plan);
  const user = principalAt(inventory, "aws_iam_user.u");
  expect(user.console).toMatchObject({ passwordIn: "nowhere", resetRequired: { known: false } });
  expect(user.policies).toHaveLength(2);
  expect(inventory.passwordPolicies).toMatchObject([
    { minimumLength: { known: 14 }, requireSymbols: { known: true }, requireNumbers: { known: false } },
  ]);
});

describe("a policy outside the plan, read by data.aws_iam_policy", () => {
  const outside = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;
  const read = (name: string, arn: string) => ({
    ...{ address: `data.aws_iam_policy.${name}`, mode: "data", type: "aws_iam_policy", name },
    values: { arn, id: arn, name, path: "/", policy: document("a:Read") },
  });
  const resources = ["attached", "again", "bound", "unused"].map((name) => read(name, outside(name)));
  const twice = { ...read("again", outside("attached")), address: "data.aws_iam_policy.twice", name: "twice" };
  const attachment = (policy: string) => ({
    address: `aws_iam_role_policy_attachment.${policy.split("/").at(-1)}`,
    after: { role: "r", policy_arn: policy },
  });
  const inventory = inventoryOf(
    planOf(
      [
        role("r", { after: { permissions_boundary: outside("bound") } }),
        ...[outside("attached"), outside("not-read"), AWS].map(attachment),
      ],
      { prior_state: { values: { root_module: { resources: [...resources, twice, read("aws", AWS)] } } } },
    ),
  );

  test("is read where the plan attaches it or bounds a role by it; AWS's own stay AWS's own", () => {
    const { policies, boundary } = principalAt(inventory, "aws_iam_role.r");
    const byId = new Map(inventory.policies.map((policy) => [policy.id, policy]));
    const shown = (id: string | undefined) => {
      const { address, kind, unread, statements } = byId.get(id ?? "") ?? {};
      return { address, kind, unread, actions: statements?.[0]?.actions.length };
    };
    expect(shown(boundary?.policy)).toEqual({ address: "data.aws_iam_policy.bound", kind: "managed", actions: 1 });
    expect(policies.map(({ policy }) => shown(policy))).toEqual([
      { address: "data.aws_iam_policy.attached", kind: "managed", actions: 1 },
      {
        ...{ address: "aws_iam_role_policy_attachment.not-read", kind: "managed", actions: undefined },
        unread: `the policy ${outside("not-read")} is not in the documents`,
      },
      // logs:CreateLogGroup, CreateLogStream and PutLogEvents (AWS managed policy reference)
      { address: AWS, kind: "aws", actions: 3 },
    ]);
    expect(inventory.policies.map(({ address }) => address)).not.toContain("data.aws_iam_policy.unused");
  });
});
