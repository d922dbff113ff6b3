import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { catalogue } from "../../src/judge/catalogue";

/**
 * One architecture, one answer: of each rule's twins, CloudFormation's and Terraform's get the same verdicts of all rules,
 * warnings too, at the same kinds of parts. What differs is listed with its reason; `templates/without.json` says why a
 * rule has no twins in a format.
 */
const TEMPLATES = join(import.meta.dirname, "..", "..", "templates");
const TODAY = "2026-11-22";

/** Terraform gives parts of a CloudFormation resource resources of their own. */
const KINDS: Record<string, string> = {
  aws_api_gateway_method: "AWS::ApiGateway::Method",
  aws_cloudtrail: "AWS::CloudTrail::Trail",
  aws_cloudwatch_event_target: "AWS::Events::Rule",
  aws_cloudwatch_log_group: "AWS::Logs::LogGroup",
  aws_iam_policy: "AWS::IAM::ManagedPolicy",
  aws_iam_role: "AWS::IAM::Role",
  aws_iam_role_policy: "AWS::IAM::Role",
  aws_iam_role_policy_attachment: "AWS::IAM::Role",
  aws_iam_user: "AWS::IAM::User",
  aws_iam_user_policy: "AWS::IAM::User",
  aws_kms_key: "AWS::KMS::Key",
  aws_lambda_function: "AWS::Lambda::Function",
  aws_lambda_function_event_invoke_config: "AWS::Lambda::EventInvokeConfig",
  aws_lambda_function_url: "AWS::Lambda::Url",
  aws_lambda_permission: "AWS::Lambda::Permission",
  aws_security_group: "AWS::EC2::SecurityGroup",
};

const DIFFERENCES: Record<string, { template: string[]; plan: string[]; why: string }> = {
  "DUR008 bad": {
    template: ["DUR008 deny deny AWS::Events::Rule"],
    plan: ["DUR008 unknown deny AWS::Events::Rule"],
    why: "of a target that is known after apply a plan tells which function it mentions, not whether a qualifier follows",
  },
  "KMS009 good": {
    template: ["KMS011 deny warn AWS::Lambda::Function"],
    plan: [],
    why: "aws_lambda_function has no argument for the key of durable state, so nobody is asked for it",
  },
  "LAM018 bad": {
    template: ["LAM018 deny warn AWS::Lambda::Function"],
    plan: [],
    why: "a plan has no code in line",
  },
  "LAM012 good": {
    template: [],
    plan: ["LAM011 unknown warn AWS::Lambda::Function"],
    why: "subnets and security groups that are to be created have no ids: a plan does not say how many there are",
  },
};

/** Why a rule has no twins in a format; `docs/rules/README.md` says so too. */
const WITHOUT: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(join(TEMPLATES, "without.json"), "utf8"),
);

const both = catalogue().filter(({ family, name }) =>
  ["bad.yaml", "bad.plan.json"].every((file) => existsSync(join(TEMPLATES, family, name, file))),
);

describe.each(both)("$id $name", ({ id, family, name, level }) => {
  const folder = join(TEMPLATES, family, name);
  const settings = join(folder, "settings.json");
  const options = {
    today: TODAY,
    levels: level === "off" ? { [id]: "deny" as const } : {},
    ...(existsSync(settings) ? { settings: JSON.parse(readFileSync(settings, "utf8")) } : {}),
  };
  const said = (file: string, kindOf: (address: string) => string | undefined) => {
    const report = check([join(folder, file)], options);
    expect(report.errors).toEqual([]);
    const findings = report.files.flatMap((one) => one.findings);
    return findings
      .map((one) => `${one.rule} ${one.verdict} ${one.level} ${kindOf(one.address) ?? one.address}`)
      .sort();
  };

  it.each(["good", "bad"])("says the same of the %s twins", (twin) => {
    const types = typesIn(readFileSync(join(folder, `${twin}.yaml`), "utf8"));
    const template = said(`${twin}.yaml`, (address) => types.get(address));
    const plan = said(`${twin}.plan.json`, (address) => KINDS[address.split(".")[0] ?? ""]);
    const difference = DIFFERENCES[`${id} ${twin}`];
    expect({ template: without(template, plan), plan: without(plan, template) }).toEqual({
      template: difference?.template ?? [],
      plan: difference?.plan ?? [],
    });
  });
});

it("has twins in both formats for every rule, or a reason", () => {
  const rules = catalogue();
  const has = (file: string) =>
    rules.filter(({ family, name }) => existsSync(join(TEMPLATES, family, name, file))).map(({ id }) => id);
  const ids = rules.map(({ id }) => id);
  expect(without(ids, has("bad.plan.json"))).toEqual(Object.keys(WITHOUT["Terraform"] ?? {}));
  expect(without(ids, has("bad.yaml"))).toEqual(Object.keys(WITHOUT["CloudFormation"] ?? {}));
});

/** What is in one list and not in the other, as often as it is there more. */
function without(these: readonly string[], those: readonly string[]): string[] {
  const left = [...those];
  return these.filter((one) => {
    const index = left.indexOf(one);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

/** Types of the resources of a template as the twins are written: two spaces, then four. */
function typesIn(template: string): Map<string, string> {
  const found = template.matchAll(/^ {2}(\w+):\n {4}Type: (AWS::\S+)$/gm);
  return new Map([...found].map(([, name = "", type = ""]) => [name, type]));
}
