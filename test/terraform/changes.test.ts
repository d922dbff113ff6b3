import { describe, expect, test } from "vitest";
import { functionAt, planned, policyAt, principalAt } from "./planned";

describe.each(["plan.json", "plan.tofu.json"])("an update of what exists (19, %s)", (file) => {
  const inventory = planned("19-update-existing-state", file);

  test("destroyed and forgotten resources are not judged", () => {
    const addresses = inventory.resources.map(({ address }) => address);
    expect(addresses).not.toContain("aws_iam_role_policy.old");
    expect(addresses).not.toContain("aws_lambda_function.handed_over");
    expect(inventory.changes?.filter(({ action }) => action !== "no-op")).toEqual([
      // what is taken away from a role changes the role
      { address: "aws_iam_role_policy.old", action: "delete", about: ["aws_iam_role.wf"] },
      { address: "aws_iam_role_policy.wf", action: "update", about: ["aws_iam_role.wf"] },
      { address: "aws_lambda_alias.live", action: "update", about: ["aws_lambda_function.wf"] },
      { address: "aws_lambda_function.handed_over", action: "forget", about: [] },
      { address: "aws_lambda_function.plain", action: "replace", about: [] },
      { address: "aws_lambda_function.wf", action: "update", about: [] },
      { address: "aws_lambda_function_url.wf", action: "create", about: [] },
      { address: "aws_sqs_queue.dlq", action: "replace", about: [] },
    ]);
  });

  test("what changes is judged as it will be, what stays as it is", () => {
    expect(inventory.functions.map(({ address, change }) => [address, change])).toEqual([
      [
        "aws_lambda_function.plain",
        { action: "replace", wasDurable: false, replaceBecause: ["durable_config"], fixedName: true },
      ],
      // moved, otherwise unchanged
      ["aws_lambda_function.renamed_after", { action: "no-op", wasDurable: true, replaceBecause: [], fixedName: true }],
      ["aws_lambda_function.steady", { action: "no-op", wasDurable: true, replaceBecause: [], fixedName: true }],
      ["aws_lambda_function.wf", { action: "update", wasDurable: true, replaceBecause: [], fixedName: true }],
    ]);
    expect(functionAt(inventory, "aws_lambda_function.wf").durable).toMatchObject({ retentionDays: { known: 1 } });
    expect(policyAt(inventory, "aws_iam_role_policy.wf").statements[0]?.actions[0]?.text).toBe("lambda:*");
  });

  test("a URL on the function's plain name", () => {
    expect(inventory.invocations).toMatchObject([
      {
        kind: "function url",
        function: "aws_lambda_function.wf",
        qualifier: { known: "" },
        url: { authType: { known: "NONE" } },
      },
    ]);
  });
});

test("nothing is left after destroy (20)", () => {
  const { functions, principals, policies, resources, invocations, logGroups, unresolved } = planned("20-destroy");
  expect({ functions, principals, policies, resources, invocations, logGroups, unresolved }).toEqual({
    ...{ functions: [], principals: [], policies: [], resources: [], invocations: [], logGroups: [], unresolved: [] },
  });
});

test.each(["plan.json", "plan.tofu.json"])("drift is not the planned state (21, %s)", (file) => {
  const inventory = planned("21-drift-refresh", file);
  // the real policy was widened to "*"; the plan puts the written one back
  expect(policyAt(inventory, "aws_iam_role_policy.wf").statements.map(({ resources }) => resources[0]?.text)).toEqual([
    "arn:aws:lambda:us-east-1:123456789012:function:wf:*",
  ]);
  expect(inventory.logGroups).toMatchObject([{ name: { known: "/aws/lambda/wf" } }]);
});

test("with nothing to change, all that stands is judged (30)", () => {
  const inventory = planned("30-no-changes");
  expect(inventory.functions).toHaveLength(5);
  expect(inventory.changes?.every(({ action }) => action === "no-op")).toBe(true);
  expect(principalAt(inventory, "aws_iam_role.wf").policies.map(({ address }) => address)).toEqual([
    "aws_iam_role_policy.old",
    "aws_iam_role_policy.wf",
  ]);
});

test("a refresh-only plan says so, and what exists is judged (29)", () => {
  const inventory = planned("29-refresh-only");
  expect(inventory.unresolved).toEqual([
    {
      address: "plan",
      at: "plan.json#/resource_drift",
      why: "a refresh-only plan changes nothing; what exists now is judged",
    },
  ]);
  expect(policyAt(inventory, "aws_iam_role_policy.wf").statements[0]?.resources[0]?.text).toBe("*");
});

describe("partial plans", () => {
  test.each([
    ["plan.json", "/complete"],
    ["plan.tofu.json", "/resource_changes"],
  ])("a policy outside the target is unknown, not missing (22, %s)", (file, pointer) => {
    const inventory = planned("22-targeted-incomplete", file);
    expect(inventory.unresolved.map(({ address, at }) => [address, at])).toEqual([
      ["plan", `plan.json#${pointer}`],
      ["aws_iam_role_policy.wf", "plan.json#/configuration/root_module/resources/1/expressions"],
    ]);
    expect(policyAt(inventory, "aws_iam_role_policy.wf")).toMatchObject({
      unread: "aws_iam_role_policy.wf.policy is not in the plan",
      heldBy: ["aws_iam_role.wf"],
      functions: ["aws_lambda_function.wf"],
    });
  });

  test("a plan that failed says so, and what it left out (28)", () => {
    const inventory = planned("28-errored-plan");
    expect(inventory.functions.map(({ address }) => address)).toEqual(["aws_lambda_function.ok"]);
    expect(inventory.unresolved.map(({ address }) => address)).toEqual(["plan", "aws_lambda_function.bad"]);
  });
});
