import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { type Created, planOf } from "./planned";

const TODAY = "2026-11-22";

/** Rules and addresses that `--changed-only` keeps, and how many it leaves out, of some rules. */
function kept(plan: unknown, rules: string[]) {
  const { files } = check([{ file: "plan.json", content: JSON.stringify(plan) }], { today: TODAY, changedOnly: true });
  const all = check([{ file: "plan.json", content: JSON.stringify(plan) }], { today: TODAY });
  const list = (of: typeof files) =>
    of.flatMap(({ findings }) => findings).map(({ rule, address }) => `${rule} ${address}`);
  expect(list(files).length + (files[0]?.unchanged ?? 0)).toBe(list(all.files).length);
  return list(files).filter((line) => rules.some((rule) => line.startsWith(rule)));
}

const role: Created = {
  address: "aws_iam_role.r",
  actions: ["no-op"],
  after: {
    name: "orders",
    arn: "arn:aws:iam::111122223333:role/orders",
    assume_role_policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    }),
  },
};
const durable = (actions: string[]): Created => ({
  address: "aws_lambda_function.f",
  actions,
  after: {
    function_name: "orders",
    arn: "arn:aws:lambda:us-east-1:111122223333:function:orders",
    runtime: "nodejs24.x",
    role: "arn:aws:iam::111122223333:role/orders",
    durable_config: [{ execution_timeout: 60, retention_period: 14 }],
  },
});
const policy = (actions: string[], action: string): Created => ({
  address: "aws_iam_role_policy.p",
  actions,
  after: {
    name: "p",
    role: "orders",
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "*" }], Version: "2012-10-17" }),
  },
});

describe("findings of what a plan changes", () => {
  const RULES = ["DUR001", "WLD001"];

  it("none, where nothing changes", () => {
    expect(kept(planOf([role, durable(["no-op"]), policy(["no-op"], "s3:*")]), RULES)).toEqual([]);
  });

  it.each([[["create"]], [["update"]], [["delete", "create"]], [["create", "delete"]]])("what is %s", (actions) => {
    // the policy stays, and is accused because this function has it
    expect(kept(planOf([role, durable(actions), policy(["no-op"], "s3:*")]), RULES)).toEqual([
      "DUR001 aws_lambda_function.f",
      "WLD001 aws_iam_role_policy.p",
    ]);
  });

  it("a function whose role gets another policy rests on that", () => {
    expect(kept(planOf([role, durable(["no-op"]), policy(["update"], "s3:*")]), [...RULES, "LAM009"])).toEqual([
      "DUR001 aws_lambda_function.f",
      "WLD001 aws_iam_role_policy.p",
      // and not LAM009, which is about the function alone
    ]);
  });

  it("a function whose role loses one, too", () => {
    const taken = planOf([role, durable(["no-op"])]);
    const gone = {
      ...Object(taken),
      resource_changes: [
        ...Object(taken).resource_changes,
        {
          address: "aws_iam_role_policy.p",
          ...{ mode: "managed", type: "aws_iam_role_policy", name: "p" },
          change: { actions: ["delete"], before: { name: "p", role: "orders" }, after: null, after_unknown: {} },
        },
      ],
    };
    expect(kept(gone, RULES)).toEqual(["DUR001 aws_lambda_function.f"]);
  });

  it("an edge onto a function that changes, and not onto one that stays", () => {
    const permission: Created = {
      address: "aws_lambda_permission.p",
      actions: ["no-op"],
      after: { function_name: "orders", action: "lambda:InvokeFunction", principal: "s3.amazonaws.com" },
    };
    expect(kept(planOf([role, durable(["no-op"]), permission]), ["DUR008"])).toEqual([]);
    expect(kept(planOf([role, durable(["update"]), permission]), ["DUR008"])).toEqual([
      "DUR008 aws_lambda_permission.p",
    ]);
  });
});

it("a template says nothing of what changes: an error, and not a pass", () => {
  const { files, errors } = check([{ file: "t.yaml", content: "Resources: {}\n" }], {
    today: TODAY,
    changedOnly: true,
  });
  expect(files).toEqual([]);
  expect(errors.map(({ line }) => line)).toEqual([
    "t.yaml DG050 only a plan says what it changes, a template does not: compare it with the one before (--previous)",
  ]);
});
