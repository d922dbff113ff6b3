import { describe, expect, test } from "vitest";
import { check } from "../../src/check";
import { functionAt, inventoryOf, planOf, principalAt, refers } from "./planned";

/**
 * One plan, two accounts: in each a role, its policy and its function, all of the same names. The policy names the
 * function by ARN, with the account that its provider's role stands in.
 */
const [HERE, THERE] = ["111122223333", "444455556666"];
const there = "aws.there";

/** `assumes`: the argument `role_arn` of the second provider. */
function twoAccounts(assumes: object, actions = ["Checkpoint", "Get"]): object {
  const grant = (account: string, named: string[]) =>
    JSON.stringify({
      Statement: {
        Effect: "Allow",
        Action: named.map((action) => `lambda:${action}*`),
        Resource: `arn:aws:lambda:us-east-1:${account}:function:flow:*`,
      },
    });
  const side = (name: string, account: string, named: string[]) => [
    { address: `aws_iam_role.${name}`, after: { name: "flow", path: "/" }, unknown: { arn: true, id: true } },
    { address: `aws_iam_role_policy.${name}`, after: { role: "flow", name: "p", policy: grant(account, named) } },
    {
      address: `aws_lambda_function.${name}`,
      after: { function_name: "flow", durable_config: [{ execution_timeout: 60 }] },
      unknown: { arn: true, role: true, durable_config: [{}] },
      written: { role: refers(`aws_iam_role.${name}.arn`, `aws_iam_role.${name}`) },
    },
  ];
  const resources = [...side("here", HERE, ["Checkpoint", "Get"]), ...side("there", THERE, actions)];
  const identity = { address: "data.aws_caller_identity.me", after: { account_id: HERE }, actions: ["read"] };
  const plan = planOf([...resources, identity]) as { configuration: { root_module: { resources: object[] } } };
  const blocks = plan.configuration.root_module.resources.map((block) =>
    "name" in block && block.name === "there" ? { ...block, provider_config_key: there } : block,
  );
  const region = { constant_value: "us-east-1" };
  const provider_config = {
    aws: { name: "aws", expressions: { region } },
    [there]: { name: "aws", alias: "there", expressions: { region, assume_role: [{ role_arn: assumes }] } },
  };
  return {
    ...plan,
    configuration: { provider_config, root_module: { resources: blocks } },
    variables: { deployer: { value: `arn:aws:iam::${THERE}:role/deployer` } },
  };
}

const verdicts = (plan: object) =>
  check([{ file: "plan.json", content: JSON.stringify(plan) }], { today: "2026-11-22" })
    .files.flatMap(({ findings }) => findings)
    .filter(({ rule }) => rule === "DUR001")
    .map(({ verdict, address }) => [verdict, address]);

describe("a provider that assumes a role is in the account of that role", () => {
  test.each([
    ["a constant", { constant_value: `arn:aws:iam::${THERE}:role/deployer` }],
    ["a variable", refers("var.deployer")],
  ])("%s", (_, assumes) => {
    const plan = twoAccounts(assumes);
    const inventory = inventoryOf(plan);
    expect(inventory.deployment.account).toBe(HERE);
    expect(
      inventory.functions.map(({ arn, role }) => [arn.text, role.address]),
      "each function with the role of its own account",
    ).toEqual([
      [`arn:\${AWS::Partition}:lambda:us-east-1:${HERE}:function:flow`, "aws_iam_role.here"],
      [`arn:\${AWS::Partition}:lambda:us-east-1:${THERE}:function:flow`, "aws_iam_role.there"],
    ]);
    expect(inventory.principals.map(({ address, policies }) => [address, policies.map((one) => one.address)])).toEqual([
      ["aws_iam_role.here", ["aws_iam_role_policy.here"]],
      ["aws_iam_role.there", ["aws_iam_role_policy.there"]],
    ]);
    expect(verdicts(plan)).toEqual([]);
  });

  test("what one account's policy lacks, that of the other does not give", () => {
    const assumes = { constant_value: `arn:aws:iam::${THERE}:role/deployer` };
    expect(verdicts(twoAccounts(assumes, ["Get"]))).toEqual([["deny", "aws_lambda_function.there"]]);
  });

  test("a role that the plan does not show: the account stays open, and is not the default provider's", () => {
    const inventory = inventoryOf(twoAccounts(refers("local.deployer")));
    expect(functionAt(inventory, "aws_lambda_function.there").arn.text).toContain(":${AWS::AccountId}:");
    expect(principalAt(inventory, "aws_iam_role.there").functions).toEqual(["aws_lambda_function.there"]);
  });

  test("what a request carries of its account is said only where there is one; Region and service stay known", () => {
    const { context, accountRoot, ownAccounts } = inventoryOf(
      twoAccounts({ constant_value: `arn:aws:iam::${THERE}:role/deployer` }),
    );
    expect(context.map(({ key, value }) => [key, value.text])).toEqual([
      ["aws:requestedregion", "us-east-1"],
      ["kms:viaservice", "lambda.us-east-1.amazonaws.com"],
    ]);
    // a key policy that names the root of either account lets identity policies decide
    expect(accountRoot.text).toBe("arn:${AWS::Partition}:iam::${AWS::AccountId}:root");
    expect(ownAccounts).toEqual([HERE, THERE]);
  });
});

test("in several Regions, what a request carries of its Region is not said", () => {
  const fn = (region: string) => ({
    address: `aws_lambda_function.${region}`,
    after: { function_name: "f", region },
    unknown: { arn: true, role: true },
  });
  const { context } = inventoryOf(planOf([fn("us-east-1"), fn("eu-west-1")]), { account: HERE });
  expect(context.map(({ key, value }) => [key, value.text])).toEqual([
    ["aws:principalaccount", HERE],
    ["aws:resourceaccount", HERE],
    ["kms:calleraccount", HERE],
  ]);
});
