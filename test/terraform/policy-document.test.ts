import { describe, expect, test } from "vitest";
import { plain } from "../../src/inventory/text";
import { type Created, inventoryOf, planned, planOf, policyAt, refers, written } from "./planned";

const address = "aws_iam_policy.p";
const open = (at: string, name: string) => `\${data.aws_iam_policy_document.d.${at} is known after apply (${name})}`;

/** The statements of a policy that a data source renders during apply. */
function rendered(source: Partial<Created>, ...others: Created[]) {
  const plan = planOf([
    {
      ...{ address: "data.aws_iam_policy_document.d", actions: ["read"] },
      ...source,
      unknown: { json: true, id: true, ...(source.unknown as object) },
    },
    {
      ...{ address, after: { name: "p", path: "/" }, unknown: { policy: true, arn: true } },
      written: { policy: refers("data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d") },
    },
    ...others,
  ]);
  return policyAt(inventoryOf(plan), address);
}

const fn: Created = {
  address: "aws_lambda_function.f",
  after: { function_name: "f" },
  unknown: { arn: true, role: true },
};

test.each(["plan.json", "plan.tofu.json"])("known parts stand, only the unknown ARN is a hole (02, %s)", (file) => {
  const inventory = planned("02-good-policy-document-unknown", file);
  const policy = policyAt(inventory, "aws_iam_policy.durable");
  const hole = (index: number, name: string) =>
    `\${data.aws_iam_policy_document.durable.statement[${index}].resources[0] is known after apply (${name})}`;
  expect(written(policy)).toEqual([
    {
      effect: "Allow",
      actions: ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
      resources: [hole(0, "aws_lambda_function.invoice.arn")],
    },
    {
      effect: "Allow",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [hole(1, "aws_cloudwatch_log_group.invoice.arn")],
    },
  ]);
  expect(policy.unread).toBeUndefined();
  expect(policy.functions).toEqual(["aws_lambda_function.invoice"]);
  // a finding leads to the data source, where the text is
  expect(policy.statements[0]?.at).toBe("plan.json#/resource_changes/0/change/after/statement/0");
  // read during plan: text in the prior state only, merged by the provider
  expect(written(policyAt(inventory, "aws_iam_policy.ddb"))).toEqual([
    { effect: "Allow", actions: ["dynamodb:ListTables"], resources: ["*"] },
    {
      effect: "Allow",
      actions: ["dynamodb:UpdateItem", "dynamodb:PutItem", "dynamodb:GetItem"],
      resources: ["arn:aws:dynamodb:eu-west-1:123456789012:table/billing-prod-invoices"],
    },
  ]);
});

// Terraform has filled in all that a plan shows ("Strings and templates"): `$${foo}` in the source is `${foo}` in the plan.
test("a ${…} that a plan shows is IAM's, or nobody's", () => {
  const shownIn = (Version: string) => {
    const Resource = ["arn:aws:s3:::b/${aws:username}", "${foo}", "${aws_lambda_function.f.arn}:*"];
    const text = JSON.stringify({ Version, Statement: { Effect: "Allow", Action: "*", Resource } });
    const plan = planOf([{ address, after: { name: "p", path: "/", policy: text }, unknown: { arn: true } }, fn]);
    return policyAt(inventoryOf(plan), address).statements[0]?.resources.map((pattern) => pattern.text);
  };
  const [variable, foo, reference] = ["arn:aws:s3:::b/${aws:username}", "${foo}", "${aws_lambda_function.f.arn}:*"];
  expect(shownIn("2012-10-17")).toEqual([variable, plain(foo), plain(reference)]);
  expect(shownIn("2008-10-17")).toEqual([variable, foo, reference].map(plain));
});

test("all elements, as the provider writes them", () => {
  const policy = rendered(
    {
      after: {
        statement: [
          {
            ...{ sid: "Named", effect: "Deny", actions: null, not_actions: ["iam:*"], resources: [] },
            not_resources: ["arn:aws:s3:::&{aws:username}/*", null],
            principals: [{ type: "AWS" }, { type: "Service", identifiers: ["lambda.amazonaws.com"] }],
            not_principals: [{ type: "*", identifiers: ["*"] }],
            condition: [
              { test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] },
              { test: "ArnLike", variable: "aws:SourceArn" },
              { test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["&{aws:PrincipalTag/team}"] },
            ],
          },
        ],
      },
      unknown: {
        statement: [
          {
            not_resources: [false, true],
            principals: [{ identifiers: true }, {}],
            condition: [{}, { values: true }, {}],
          },
        ],
      },
      written: {
        statement: [
          {
            sid: { constant_value: "Named" },
            not_resources: refers("aws_s3_bucket.b.arn", "aws_s3_bucket.b"),
            // the plan keeps sets in an order of its own: here the author wrote Service first
            principals: [
              { type: { constant_value: "Service" }, identifiers: { constant_value: ["lambda.amazonaws.com"] } },
              { type: { constant_value: "AWS" }, identifiers: refers("aws_iam_role.r.arn", "aws_iam_role.r") },
            ],
            condition: [
              {
                test: { constant_value: "ArnLike" },
                variable: { constant_value: "aws:SourceArn" },
                values: refers("aws_lambda_function.f.arn", "aws_lambda_function.f"),
              },
            ],
          },
        ],
      },
    },
    fn,
    { address: "aws_iam_role.r", after: { name: "r", path: "/" }, unknown: { arn: true } },
    { address: "aws_s3_bucket.b", unknown: { arn: true } },
  );
  expect(written(policy)).toEqual([
    {
      effect: "Deny",
      notActions: ["iam:*"],
      notResources: ["arn:aws:s3:::${aws:username}/*", open("statement[0].not_resources[1]", "aws_s3_bucket.b.arn")],
      // a role's ARN as principal can only be that ARN
      principals: ["AWS arn:${AWS::Partition}:iam::${AWS::AccountId}:role/r", "Service lambda.amazonaws.com"],
      conditions: [
        ["StringEquals", "aws:sourceaccount", ["123456789012"]],
        ["StringEquals", "aws:principaltag/team", ["${aws:PrincipalTag/team}"]],
        ["ArnLike", "aws:sourcearn", [open("statement[0].condition[1].values", "aws_lambda_function.f.arn")]],
      ],
    },
  ]);
  expect(policy.statements[0]).toMatchObject({ sid: "Named", notPrincipals: [{ type: "*" }] });
});

describe("merging", () => {
  const statement = (sid: string, action: string) => ({ sid, actions: [action], resources: ["*"] });
  const text = (...statements: [sid: string, action: string][]) =>
    JSON.stringify({
      Statement: statements.map(([Sid, Action]) => ({ Sid, Effect: "Allow", Action, Resource: "*" })),
    });

  test("own statements take the place of source statements of their Sid, overrides that of both", () => {
    const policy = rendered({
      after: {
        source_policy_documents: [text(["A", "a:Source"], ["B", "b:Source"], ["", "c:Source"])],
        statement: [statement("B", "b:Own"), statement("C", "c:Own"), statement("", "d:Own")],
        override_policy_documents: [text(["C", "c:Override"], ["D", "d:Override"])],
      },
    });
    expect(policy.statements.map(({ sid, actions }) => [sid, actions[0]?.text])).toEqual([
      ["A", "a:Source"],
      [undefined, "c:Source"],
      ["B", "b:Own"],
      [undefined, "d:Own"],
      ["C", "c:Override"],
      ["D", "d:Override"],
    ]);
  });

  test("a source document that is a data source read later is read too", () => {
    const policy = rendered(
      {
        after: { source_policy_documents: [null], statement: [statement("", "a:Own")] },
        unknown: { source_policy_documents: [true] },
        written: {
          source_policy_documents: refers(
            "data.aws_iam_policy_document.base.json",
            "data.aws_iam_policy_document.base",
          ),
        },
      },
      {
        address: "data.aws_iam_policy_document.base",
        after: { statement: [statement("", "b:Base")] },
        unknown: { json: true },
        actions: ["read"],
      },
    );
    expect(written(policy)).toEqual([
      { effect: "Allow", actions: ["b:Base"], resources: ["*"] },
      { effect: "Allow", actions: ["a:Own"], resources: ["*"] },
    ]);
  });

  test("an unknown override may replace every statement that has a Sid", () => {
    const policy = rendered({
      after: {
        statement: [statement("A", "a:Own"), statement("", "b:Own")],
        override_policy_documents: [null],
      },
      unknown: { override_policy_documents: [true] },
      written: { override_policy_documents: refers("local.override") },
    });
    expect(written(policy)).toEqual([{ effect: "Allow", actions: ["b:Own"], resources: ["*"] }]);
    expect(policy.unread).toBe(
      "data.aws_iam_policy_document.d.override_policy_documents[0] is known after apply (local.override)",
    );
  });
});

test("statements of a dynamic block over an unknown are unread", () => {
  const policy = rendered({ unknown: { statement: true }, written: {} });
  expect(policy).toMatchObject({
    statements: [],
    unread: "data.aws_iam_policy_document.d.statement is known after apply",
  });
});

test("jsonencode with an unknown part is unknown, with what it mentions", () => {
  const plan = planOf([
    {
      ...{ address, after: { name: "p", path: "/" }, unknown: { policy: true } },
      written: { policy: refers("aws_lambda_function.f.arn", "aws_lambda_function.f", "local.actions") },
    },
    fn,
  ]);
  expect(policyAt(inventoryOf(plan), address)).toMatchObject({
    statements: [],
    unread: "aws_iam_policy.p.policy is known after apply (aws_lambda_function.f.arn, local.actions)",
  });
});
