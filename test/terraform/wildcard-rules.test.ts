import path from "node:path";
import { expect, it } from "vitest";
import { check } from "../../src/check";

/**
 * The rules on wildcards, and those on functions that speak of roles, routes and URLs, asked of the plans. What is to be
 * found is what the reviewer's `expect.md` beside each plan says of these matters, in the words of the rules; where the
 * reviewer is silent, the line says why it is found.
 */
const PLANS = path.join(import.meta.dirname, "plans");
const RULES = /^(?:WLD00[1-8]|LAM00[1456])$/;

function found(plan: string, rules = RULES): string[] {
  const report = check([path.join(PLANS, plan, "plan.json")], { today: "2026-11-22" });
  expect(report.errors).toEqual([]);
  return report.files
    .flatMap(({ findings }) => findings)
    .filter(({ rule }) => rules.test(rule))
    .map(({ rule, verdict, level, severity, address }) => `${rule} ${verdict} ${level} ${severity} ${address}`)
    .sort();
}

it("sees every bucket in s3:* and is mild about log groups", () => {
  expect(found("06-bad-wildcard-resource")).toEqual([
    "WLD001 deny deny high aws_iam_policy.lambda",
    // the reviewer passes it over; AWS's own policies do it
    "WLD002 deny warn low aws_iam_policy.lambda",
  ]);
});

it("names each kind of wildcard once", () => {
  expect(found("07-bad-wildcard-action")).toEqual([
    'WLD001 deny deny high aws_iam_role_policy.wf["lambda-star"]',
    'WLD001 deny deny high aws_iam_role_policy.wf["star"]',
    'WLD003 deny deny high aws_iam_role_policy.wf["notaction"]',
    'WLD003 deny deny medium aws_iam_role_policy.wf["notresource"]',
    "WLD004 deny deny critical aws_iam_role_policy_attachment.admin",
    'WLD005 deny deny high aws_iam_role_policy.wf["iam-passrole"]',
    "WLD006 deny deny critical aws_iam_role.open_trust",
  ]);
});

it("sees a service's wildcard in a module", () => {
  expect(found("08-module-for-each")).toEqual([
    "LAM001 deny warn medium aws_iam_role.shared",
    "WLD001 deny deny high module.ledger.aws_iam_policy.additional_json[0]",
  ]);
});

it("sees who administers keys", () => {
  expect(found("10-kms")).toEqual([
    'WLD001 deny deny high aws_iam_role_policy.fn["star"]',
    'WLD005 deny deny high aws_iam_role_policy.fn["admin"]',
  ]);
});

it("finds nothing where `*` is needed", () => {
  expect(found("14-hardened", /^(?:WLD|LAM00[14568])/)).toEqual([]);
});

it("sees open routes, not preflights", () => {
  expect(found("16-apigateway-noauth")).toEqual([
    "LAM004 deny deny high aws_api_gateway_method.open",
    "LAM004 deny deny high aws_apigatewayv2_route.callback",
    "LAM004 deny deny high aws_apigatewayv2_route.default",
  ]);
});

it("judges what the plan leaves, not what it deletes", () => {
  expect(found("19-update-existing-state", /^(?:WLD|LAM00[14568])/)).toEqual([
    // four functions run under role wf, as in 30
    "LAM001 deny warn medium aws_iam_role.wf",
    "LAM005 deny deny high aws_lambda_function_url.wf",
    "LAM008 deny deny medium aws_lambda_function.plain",
    "LAM008 deny deny medium aws_lambda_function.renamed_after",
    "LAM008 deny deny medium aws_lambda_function.steady",
    "LAM008 deny deny medium aws_lambda_function.wf",
    "WLD001 deny deny high aws_iam_role_policy.wf",
  ]);
  expect(found("20-destroy", /./)).toEqual([]);
});

it("sees logs that cannot be written", () => {
  expect(found("08-module-for-each", /^LAM008$/)).toEqual([
    "LAM008 deny deny medium module.audit.aws_lambda_function.this[0]",
  ]);
  // the log group it may write to is known after apply
  expect(found("02-good-policy-document-unknown", /^LAM008$/)).toEqual([
    "LAM008 unknown deny medium aws_lambda_function.invoice",
  ]);
  expect(found("30-no-changes", /^(?:WLD|LAM00[1456])/)).toEqual([
    "LAM001 deny warn medium aws_iam_role.wf",
    "WLD002 deny warn low aws_iam_role_policy.old",
  ]);
});
