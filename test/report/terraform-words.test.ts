import { expect, it } from "vitest";
import { hole } from "../../src/inventory/text";
import { formatReport } from "../../src/report/formats";
import { inTerraformWords, terraformWords } from "../../src/report/terraform-words";
import { EMPTY, fileReport, finding } from "./sample";

// "(known after apply)" is how `terraform plan` prints a value it cannot know; `<name>` is no expression of HCL.
it.each([
  ["no hole at all", "no hole at all"],
  [
    "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:*",
    "arn:<partition>:lambda:<region>:<account>:function:orders:*",
  ],
  [
    `role ${hole("aws_lambda_function.x.role is known after apply (aws_iam_role.a.arn, local.b)")} lets`,
    "role aws_lambda_function.x.role (known after apply: aws_iam_role.a.arn, local.b) lets",
  ],
  [
    hole('module.a["k"].aws_iam_policy.p.policy is known after apply'),
    'module.a["k"].aws_iam_policy.p.policy (known after apply)',
  ],
  [hole("aws_lambda_alias.x.arn is not in the plan (local.x)"), "aws_lambda_alias.x.arn (not in the plan: local.x)"],
  [`arn:${hole("a qualifier that the plan does not show")}`, "arn:(a qualifier that the plan does not show)"],
  // A reference is HCL already, and a variable of IAM is for IAM.
  ["${aws_sqs_queue.dlq.arn} and ${aws:username}", "${aws_sqs_queue.dlq.arn} and ${aws:username}"],
])("%s", (text, words) => {
  expect(terraformWords(text)).toBe(words);
});

const RAW = finding("DUR001", 3, "${AWS::Region}", {
  message: "on ${AWS::Region}",
  evidence: [{ text: "in ${AWS::AccountId}" }],
  paste: { actions: ["a:b"], resources: ["${AWS::AccountId}"] },
});
const SAID = { ...RAW, message: "on <region>", evidence: [{ text: "in <account>" }] };
const exception = (it: typeof RAW) => ({ finding: it, by: "baseline" as const, reason: "it was there before" });
const open = (why: string) => ({ address: "a", at: "plan.json#/a", why, location: RAW.location });

it("messages, evidence and reasons of plans are reworded; addresses and what is pasted are not", () => {
  const plan = (each: typeof RAW, why: string) =>
    fileReport({ kind: "terraform", findings: [each], exceptions: [exception(each)], unresolved: [open(why)] });
  expect(inTerraformWords({ ...EMPTY, files: [plan(RAW, "${AWS::Region}")] }).files).toEqual([plan(SAID, "<region>")]);
});

it("templates are left as they are", () => {
  const report = { ...EMPTY, files: [fileReport({ kind: "cloudformation", findings: [RAW] })] };
  expect(inTerraformWords(report)).toEqual(report);
});

it("every form says it", () => {
  const report = { ...EMPTY, files: [fileReport({ kind: "terraform", findings: [RAW] })] };
  expect(formatReport(report, "stdout")).toContain("on <region>");
  expect(formatReport(report, "sarif")).toContain("on <region>");
});
