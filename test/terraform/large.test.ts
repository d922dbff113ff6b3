import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { inventoryOf, readPlanFile } from "./planned";

const plans = path.resolve(import.meta.dirname, "../../../shared/plans");

describe("large plans", () => {
  if (!existsSync(plans)) {
    it.skip("skipped: 2 plans are not here", () => {});
    return;
  }
  const read = (folder: string) => inventoryOf(readPlanFile(path.join(plans, folder, "plan.json")));

  it("300 functions, each with the policies of its own role (17)", () => {
    const { functions, principals } = read("17-large-300-functions");
    expect(functions).toHaveLength(300);
    const held = new Map(principals.map(({ address, policies }) => [address, policies]));
    for (const { name, role } of functions) {
      const number = Number(name.slice("wf-".length));
      expect(role.address).toBe(`aws_iam_role.wf["${name}"]`);
      // main.tf: every tenth has none
      const expected = number % 10 === 0 ? [] : [`aws_iam_role_policy.wf["${name}"]`];
      expect(held.get(role.address)?.map(({ address }) => address)).toEqual(expected);
    }
  });

  it("400 functions in 40 modules, each with a document of its own that is read later (18)", () => {
    const { functions, policies, resources, unresolved } = read("18-large-2000-resources");
    expect(resources).toHaveLength(2000);
    expect(unresolved).toEqual([]);
    // main.tf: half of them are durable
    expect(functions.filter(({ durable }) => durable !== undefined)).toHaveLength(200);
    const byAddress = new Map(policies.map((policy) => [policy.address, policy]));
    for (const { address } of functions) {
      const policy = byAddress.get(address.replace("aws_lambda_function", "aws_iam_role_policy"));
      expect(policy?.functions).toEqual([address]);
      expect(policy?.statements[0]?.actions.map(({ text }) => text)).toEqual([
        "lambda:CheckpointDurableExecution",
        "lambda:GetDurableExecutionState",
      ]);
      expect(policy?.statements[0]?.resources[0]).toMatchObject({ open: true });
      // `aws_lambda_function.fn[each.key].arn` is listed as `aws_lambda_function.fn`, `each.key`
      expect(policy?.statements[0]?.resources[0]?.text).toContain(`known after apply (${address})`);
    }
  });
});
