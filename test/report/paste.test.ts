import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { plain } from "../../src/inventory/text";
import type { Paste } from "../../src/judge/finding";
import { jsonReport } from "../../src/report/json";
import { pasted } from "../../src/report/paste";
import { EMPTY, fileReport, finding } from "./sample";

const YAML = { kind: "cloudformation", format: "yaml" } as const;
const JSON_FILE = { kind: "cloudformation", format: "json" } as const;

/** The one resource of the statement as it is written, and the note. */
function written(address: string, resource: string, more: Partial<Paste> = {}) {
  const paste = pasted({ address, paste: { actions: ["a:B"], resources: [resource], ...more } }, YAML);
  return [paste?.lines.at(-1)?.trim(), paste?.note];
}

describe("a resource of the statement to paste", () => {
  // "Fn::Sub": `${LogicalId}`, `${LogicalId.Attribute}`, `${Parameter}`, `${AWS::Region}`; `${!x}` stays for IAM.
  it.each([
    ["of the only stack", "Fn", "${Fn.Arn}:*", "- !Sub '${Fn.Arn}:*'", ""],
    ["of the finding's own nested stack", "Outer/Inner/Fn", "${Outer/Inner/Fn.Arn}:*", "- !Sub '${Fn.Arn}:*'", ""],
    ["of a stack of several", "Prod-Functions/Fn1A", "${Prod-Functions/Fn1A}", "- !Sub '${Fn1A}'", ""],
    ["with the name of its nested stack", "Inner/Fn", "${Inner/AWS::StackName}-x", "- !Sub '${AWS::StackName}-x'", ""],
    [
      "of another stack",
      "Roles/Role",
      "arn:${AWS::Partition}:lambda:eu-west-1:1:function:${Functions/Fn}:*",
      "- !Sub 'arn:${AWS::Partition}:lambda:eu-west-1:1:function:${FunctionsFn}:*'",
      "Declare a parameter FunctionsFn for Functions/Fn",
    ],
    [
      "of an import",
      "Role",
      "${Fn::ImportValue shared-fn}:*",
      "- !Sub '${FnImportValuesharedfn}:*'",
      "Declare a parameter FnImportValuesharedfn for Fn::ImportValue shared-fn",
    ],
    ["with a variable of IAM", "Role", "${Bucket.Arn}/${aws:username}", "- !Sub '${Bucket.Arn}/${!aws:username}'", ""],
    ["with a variable of IAM alone", "Role", "arn:x/${aws:username}", "- 'arn:x/${aws:username}'", ""],
    ["with what nobody fills in", "Role", `\${Fn.Arn}/${plain("${x}")}`, "- !Sub '${Fn.Arn}/${!x}'", ""],
    ["with what nobody fills in alone", "Role", `arn:x/${plain("${x}")}`, "- 'arn:x/${x}'", ""],
    ["with a dynamic reference", "Role", "arn:${resolve:ssm:/name}", "- 'arn:{{resolve:ssm:/name}}'", ""],
  ])("%s", (_, address, resource, line, note) => {
    expect(written(address, resource)).toEqual([line, note]);
  });

  it("the note of the rule comes first", () => {
    expect(written("Role", "${B/Fn}", { note: "Not in the role" })[1]).toBe(
      "Not in the role; declare a parameter BFn for B/Fn",
    );
  });

  it("is the same in JSON", () => {
    const paste = { actions: ["a:B"], resources: ["${In/Fn.Arn}:*", "*"], principal: "arn:aws:iam::1:role/${In/Role}" };
    const text = pasted({ address: "In/Key", paste }, JSON_FILE)?.lines.join("\n") ?? "";
    expect(JSON.parse(text)).toEqual({
      Effect: "Allow",
      Principal: { AWS: { "Fn::Sub": "arn:aws:iam::1:role/${Role}" } },
      Action: ["a:B"],
      Resource: [{ "Fn::Sub": "${Fn.Arn}:*" }, "*"],
    });
  });

  it("is nothing without a statement", () => {
    expect(pasted({ address: "Fn" }, YAML)).toBe(undefined);
  });
});

describe("a template in a nested stack", () => {
  /** Its function has a generated name, and a role that may do nothing. */
  const folder = mkdtempSync(join(tmpdir(), "durable-guard-paste-"));
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const stack = (url: string, parameters = "") =>
    `{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}${parameters}}}`;
  const trust =
    "AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}";
  const fn = (role: string) =>
    `Fn: {Type: AWS::Lambda::Function, Properties: {Role: ${role}, DurableConfig: {ExecutionTimeout: 9}}}`;

  put("root.yaml", `Resources: {Outer: ${stack("outer.yaml")}}`);
  put("outer.yaml", `Resources: {Inner: ${stack("inner.yaml")}}`);
  put(
    "inner.yaml",
    `Resources:\n  Role: {Type: AWS::IAM::Role, Properties: {${trust}}}\n  ${fn("!GetAtt Role.Arn")}\n`,
  );
  put("whole.yaml", "Resources: !Include parts.yaml\n");
  put("parts.yaml", `Role: {Type: AWS::IAM::Role, Properties: {${trust}}}\n${fn("!GetAtt Role.Arn")}\n`);

  // DUR001 of the function: both actions on every qualifier of it.
  it.each(["root.yaml", "whole.yaml"])("%s: the statement refers to the function by its logical id", (name) => {
    const report = check([join(folder, name)], { today: "2026-11-22" });
    const [file] = report.files;
    const finding = file?.findings.find(({ rule }) => rule === "DUR001");
    if (file === undefined || finding === undefined) throw new Error("nothing is found");
    expect([report.errors, pasted(finding, file)?.lines]).toEqual([
      [],
      [
        "- Effect: Allow",
        "  Action:",
        "    - lambda:CheckpointDurableExecution",
        "    - lambda:GetDurableExecutionState",
        "  Resource:",
        "    - !Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}:*'",
      ],
    ]);
  });
});

describe("a statement for Terraform", () => {
  // "Data Source: aws_caller_identity" and its like have to be declared where they are read.
  it.each([
    [
      "what it reads of the deployment is named",
      "arn:${AWS::Partition}:lambda:eu-west-1:${AWS::AccountId}:function:a:*",
    ],
    ["nothing else", "arn:aws:lambda:eu-west-1:111122223333:function:a:*"],
  ])("%s", (_, resource) => {
    const paste = pasted(
      { address: "aws_lambda_function.a", paste: { actions: ["a:B"], resources: [resource], note: "beside it" } },
      { kind: "terraform", format: "json" },
    );
    const own = 'with data "aws_partition" "current" {}, data "aws_caller_identity" "current" {}';
    expect(paste?.note).toBe(resource.includes("${") ? `Beside it; ${own}` : "Beside it");
  });
});

it("a statement of a module, which may be used several times, is not to be taken by its names", () => {
  const paste = pasted(
    { address: 'module.a["k"].aws_lambda_function.f', paste: { actions: ["a:B"], resources: ["arn:aws:x"] } },
    { kind: "terraform", format: "json" },
  );
  expect(paste?.note).toBe("Within the module refer to its resources instead of these names");
});

it("JSON says what is to be pasted as it is written in the template of a nested stack", () => {
  const nested = finding("DUR001", 3, "Inner/Fn", { paste: { actions: ["a:B"], resources: ["${Inner/Fn.Arn}:*"] } });
  const [entry] = JSON.parse(
    jsonReport({ ...EMPTY, files: [fileReport({ findings: [nested] })] }, { unknown: "warn" }),
  );
  expect(entry.failures[0].metadata.paste).toEqual({
    lines: ["- Effect: Allow", "  Action:", "    - a:B", "  Resource:", "    - !Sub '${Fn.Arn}:*'"],
    language: "yaml",
    note: "",
  });
});
