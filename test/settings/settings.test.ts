import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { InputError } from "../../src/errors";
import { readDocument } from "../../src/read/document";
import { levelsFor, ruleParameters } from "../../src/settings/apply";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";
import { readSettings } from "../../src/settings/read";

const document = (text: string, file = "durable-guard.yaml") => readDocument(new TextEncoder().encode(text), file);

function complaint(text: string, file?: string): string {
  try {
    readSettings(document(text, file));
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
  return "no complaint";
}

const WAIVER = "waivers:\n  - rule: DUR003\n    reason: until the split in March\n    expires: 2027-03-31\n";

describe("what is wrong in settings", () => {
  // Line and column are where the wrong value stands, those of a mapping or a list where its key does.
  it.each([
    ["an unknown setting", "unknown: warn\nrulez: {}\n", "2:1 DG051 rulez is no setting"],
    ["one inside", `${WAIVER}    adress: x\n`, "5:13 DG051 adress is no setting of waivers.0"],
    ["a level that is none", "rules: {DUR001: loud}\n", "1:17 DG051 rules.DUR001 is one of deny, warn, off"],
    ["a rule nobody has", "rules: {DUR999: off}\n", "1:17 DG051 there is no rule DUR999"],
    ["one in an override", "overrides: [{paths: [a], rules: {XXX001: off}}]\n", "1:42 DG051 there is no rule XXX001"],
    ["one in a waiver", WAIVER.replace("DUR003", "DUR999"), "2:11 DG051 there is no rule DUR999"],
    ["a choice", "unknown: maybe\n", "1:10 DG051 unknown is one of fail, warn, ignore"],
    ["a switch", "failOnWarn: 1\n", "1:13 DG051 failOnWarn is true or false"],
    ["a list", "sensitiveTags: secret\n", "1:16 DG051 sensitiveTags is a list"],
    ["a mapping", "rules: [DUR001]\n", "1:1 DG051 rules is a mapping"],
    ["the whole file", "- a\n", "1:1 DG051 the settings file is a mapping"],
    ["an account that is a number", "accounts: [123456789012]\n", "1:12 DG051 accounts.0 is a text (in quotes)"],
    ["an account", 'accounts: ["12"]\n', "1:12 DG051 accounts.0 is written like 123456789012"],
    ["a Region", "region: Frankfurt\n", "1:9 DG051 region is written like eu-west-1"],
    ["no paths", "overrides: [{paths: [], rules: {}}]\n", "1:14 DG051 overrides.0.paths has at least 1 entry"],
    ["no reason", WAIVER.replace(/ {4}reason.*\n/, ""), "2:5 DG051 waivers.0 needs reason"],
    ["a short one", WAIVER.replace(/until.*/, "later"), "3:13 DG051 waivers.0.reason has at least 10 characters"],
    ["no date", WAIVER.replace(/ {4}expires.*\n/, ""), "2:5 DG051 waivers.0 needs expires"],
    [
      "a date that is none",
      WAIVER.replace("2027-03-31", "soon"),
      "4:14 DG051 waivers.0.expires is written like 2027-03-31",
    ],
    ["a day that is none", WAIVER.replace("03-31", "02-29"), "4:14 DG051 waivers.0.expires is no day of the calendar"],
  ])("%s", (_, text, line) => {
    expect(complaint(text)).toBe(`durable-guard.yaml:${line}`);
  });

  it("is found in JSON too", () => {
    expect(complaint('{"unknown":\n  "maybe"}', "settings.json")).toBe(
      "settings.json:2:3 DG051 unknown is one of fail, warn, ignore",
    );
  });

  it("is nothing in settings that are right", () => {
    expect(complaint(`${WAIVER}    owner: us\n    file: infra/**\n    address: "Role*"\nrules: {DUR001: off}\n`)).toBe(
      "no complaint",
    );
    expect(readSettings(document("rules:\n  # DUR001: off\nunknown: fail\n"))).toEqual({ unknown: "fail" });
    // YAML 1.1, which CloudFormation has, reads a bare `off` as false.
    expect(readSettings(document("rules: {DUR001: off, LAM015: warn}\n"))).toEqual({
      rules: { DUR001: "off", LAM015: "warn" },
    });
  });
});

describe("what the documentation shows", () => {
  const root = join(import.meta.dirname, "..", "..");
  const blocks = ["README.md", "docs/settings.md"].flatMap((page) =>
    [...readFileSync(join(root, page), "utf8").matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = ""]) => text),
  );

  it("are settings that are right", () => {
    const shown = blocks.filter((text) => /^(?:rules|waivers):/m.test(text));
    expect(shown.map((text) => complaint(text))).toEqual(["no complaint", "no complaint", "no complaint"]);
  });

  it("is a waiver at a resource that is read", () => {
    const resource = blocks.find((text) => text.includes("Metadata:"))?.replace(/^/gm, "  ");
    const { files, errors } = check([{ file: "t.yaml", content: `Resources:\n${resource}` }], { today: "2026-12-01" });
    expect([errors, files.flatMap(({ waivers }) => waivers.map(({ rule }) => rule))]).toEqual([[], ["DUR003"]]);
  });

  it("is every variable of the environment that the command reads", () => {
    const sources = ["test.ts", "reading.ts", "outputs.ts"].map((name) =>
      readFileSync(join(root, "src", "cli", name), "utf8"),
    );
    const names = new Set(sources.join().match(/DURABLE_GUARD_\w+/g));
    const page = readFileSync(join(root, "docs", "settings.md"), "utf8");
    expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect(names.size).toBe(8);
  });
});

describe("levels", () => {
  const settings = {
    rules: { DUR001: "warn" as const, LAM009: "off" as const },
    overrides: [
      { paths: ["sandbox/**", "*.tmp.yaml"], rules: { DUR001: "off" as const } },
      { paths: ["sandbox/strict/*"], rules: { DUR001: "deny" as const } },
    ],
  };

  // Paths are seen from the folder of the settings file; later overrides win.
  it.each([
    ["infra/a.yaml", "warn"],
    ["sandbox/a.yaml", "off"],
    ["./sandbox/deep/a.yaml", "off"],
    ["a.tmp.yaml", "off"],
    ["infra/a.tmp.yaml", "warn"],
    ["sandbox/strict/a.yaml", "deny"],
    ["sandbox/strict/deep/a.yaml", "off"],
  ] as const)("of %s", (file, level) => {
    expect(levelsFor(settings, ".", file)).toEqual({ DUR001: level, LAM009: "off" });
    expect(levelsFor(settings, "/repository", `/repository/${file}`)).toEqual({ DUR001: level, LAM009: "off" });
  });
});

/** Rules that find something under settings given as a file. */
function found(template: string, settings = ""): string[] {
  const file = settings === "" ? {} : readSettings(document(settings));
  const { files } = check([{ file: "t.yaml", content: template }], {
    today: "2026-12-01",
    settings: ruleParameters(file),
    levels: levelsFor(file, ".", "t.yaml"),
  });
  return files.flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

const ROLE = `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy]
`;
const template = (more: { function?: string; role?: string; resources?: string; runtime?: string } = {}) => `Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders
      Runtime: ${more.runtime ?? "nodejs24.x"}
      Role: !GetAtt Role.Arn
      DurableConfig: {ExecutionTimeout: 60}
${more.function ?? ""}${ROLE}${more.role ?? ""}${more.resources ?? ""}`;
const statement = (action: string, resource: string) => `      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{Effect: Allow, Action: '${action}', Resource: !Sub '${resource}'}]
`;

/** Each parameter of `rules.md` that settings may give: what is found with it and not without it, or the other way. */
describe("parameters of rules", () => {
  const table = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*";
  const permission = `  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Fn, Action: 'lambda:*', Principal: '444455556666'}
`;
  const user = `  Deployer:
    Type: AWS::IAM::User
    Properties:
${statement("lambda:UpdateFunctionCode", "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*")}`;

  it.each([
    ["leastPrivilege: strict", "DUR003", template(), true],
    ["wildcards: strict", "WLD002", template({ role: statement("dynamodb:GetItem", table) }), true],
    ["audit: required", "DUR015", template(), true],
    ["accounts: ['444455556666']", "DUR006", template({ resources: permission }), false],
    [
      "sensitiveTags: [data=personal]\nrules: {KMS008: warn}",
      "KMS008",
      template({ function: "      Tags: [{Key: data, Value: personal}]\n" }),
      true,
    ],
    ["serdesKeys: ['arn:aws:kms:eu-west-1:123456789012:key/a']", "KMS002", template(), true],
    ["deployers: [Deployer]", "WLD007", template({ resources: user }), false],
    ["durableRuntimes: [nodejs99.x]", "DUR011", template({ runtime: "nodejs99.x" }), false],
  ])("%s: %s", (settings, rule, text, appears) => {
    expect([found(text).includes(rule), found(text, settings).includes(rule)]).toEqual([!appears, appears]);
  });

  it("are all in the table above", () => {
    expect(Object.keys(DEFAULT_SETTINGS).sort()).toEqual([
      ...["accounts", "audit", "deployers", "durableRuntimes", "leastPrivilege", "sensitiveTags", "serdesKeys"],
      "wildcards",
    ]);
  });
});
