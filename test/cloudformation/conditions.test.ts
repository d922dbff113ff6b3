import { describe, expect, it } from "vitest";
import { judge } from "../../src/judge/judge";
import { inventoryOf, scenariosOf } from "./inventories";

/**
 * Templates whose conditions give or take what a durable function's role needs, and when DUR001 says it is missing. The
 * expected words follow from the conditions: as few values as tell the scenarios apart ("Conditions section syntax").
 */
const ALLOW =
  "{Effect: Allow, Action: [lambda:CheckpointDurableExecution, lambda:GetDurableExecutionState], Resource: !Sub '${Fn.Arn}:*'}";
const DURABLE = "{ExecutionTimeout: 60, RetentionPeriodInDays: 1}";

interface Parts {
  /** Condition attribute of the function, and its DurableConfig. */
  fn?: string;
  durable?: string;
  /** Condition attributes of the policies that grant it. */
  policies?: string[];
  statement?: string;
  managed?: string;
}

const conditionOf = (name: string | undefined) => (name === undefined || name === "" ? "" : `\n    Condition: ${name}`);

const template = (head: string, { fn, durable = DURABLE, policies = [], statement = ALLOW, managed = "" }: Parts) => `
${head}
Resources:
  Fn:
    Type: AWS::Lambda::Function${conditionOf(fn)}
    Properties: {Role: !GetAtt Role.Arn, DurableConfig: ${durable}}
  Role:
    Type: AWS::IAM::Role
    Properties: {ManagedPolicyArns: [${managed}]}
${policies
  .map(
    (name, index) => `  Policy${index}:
    Type: AWS::IAM::Policy${conditionOf(name)}
    Properties:
      PolicyName: p
      Roles: [!Ref Role]
      PolicyDocument: {Version: '2012-10-17', Statement: [${statement}]}
`,
  )
  .join("")}`;

const found = (yaml: string, options = {}) =>
  judge(scenariosOf(yaml, options))
    .findings.filter(({ rule }) => rule === "DUR001")
    .map(({ verdict, when }) => (when === undefined ? verdict : `${verdict} when ${when}`));

const ENV = "Parameters: {Env: {Type: String, Default: dev}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}";
const STAGES =
  "Parameters: {Env: {Type: String, AllowedValues: [dev, test, prod]}}\nConditions: {IsProd: !Equals [!Ref Env, prod], IsTest: !Equals [!Ref Env, test], NotTest: !Not [!Condition IsTest], NotProd: !Not [!Condition IsProd]}";
const TWO = (condition: string) =>
  `Parameters: {A: {Type: String, AllowedValues: ['y', 'n']}, B: {Type: String, AllowedValues: ['y', 'n']}}\nConditions: {C: ${condition}}`;
const BOTH = "[!Equals [!Ref A, 'y'], !Equals [!Ref B, 'y']]";
const OPTIONAL = "Parameters: {Key: {Type: String, Default: ''}}\nConditions: {HasKey: !Not [!Equals [!Ref Key, '']]}";
const MANAGED = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy";

describe("a grant that conditions give or take", () => {
  it.each<[string, string, Parts, string[]]>([
    ["a default and a literal", ENV, { policies: ["IsProd"] }, ["deny when Env = dev"]],
    ["allowed values", STAGES, { policies: ["IsProd"] }, ["deny when Env = dev or Env = test"]],
    ["one or the other policy", STAGES, { policies: ["IsProd", "NotProd"] }, []],
    ["policies that leave one value out", STAGES, { policies: ["IsProd", "IsTest"] }, ["deny when Env = dev"]],
    ["the function under the same condition", STAGES, { fn: "IsProd", policies: ["IsProd"] }, []],
    ["the function under a wider condition", STAGES, { fn: "NotTest", policies: ["IsProd"] }, ["deny when Env = dev"]],
    ["never granted where the function is", STAGES, { fn: "IsTest", policies: ["IsProd"] }, ["deny"]],
    ["both parameters", TWO(`!And ${BOTH}`), { policies: ["C"] }, ["deny when A = n or B = n"]],
    ["either parameter", TWO(`!Or ${BOTH}`), { policies: ["C"] }, ["deny when A = n and B = n"]],
    [
      "a statement or AWS::NoValue",
      ENV,
      { policies: [""], statement: `!If [IsProd, ${ALLOW}, !Ref AWS::NoValue]` },
      ["deny when Env = dev"],
    ],
    [
      "the resource of the statement",
      ENV,
      {
        policies: [""],
        statement: ALLOW.replace("!Sub '${Fn.Arn}:*'", "!If [IsProd, !Sub '${Fn.Arn}:*', !GetAtt Fn.Arn]"),
      },
      ["deny when Env = dev"],
    ],
    [
      "a managed policy or AWS::NoValue",
      ENV,
      { managed: `!If [IsProd, '${MANAGED}', !Ref AWS::NoValue]` },
      ["deny when Env = dev"],
    ],
    [
      "the function is durable or not",
      ENV,
      { durable: `!If [IsProd, ${DURABLE}, !Ref AWS::NoValue]` },
      ["deny when Env = prod"],
    ],
    ["an optional parameter", OPTIONAL, { policies: ["HasKey"] }, ['deny when Key = ""']],
    ["an optional parameter that makes the function", OPTIONAL, { fn: "HasKey" }, ["deny"]],
    [
      "an optional parameter that makes it durable",
      OPTIONAL,
      { durable: `!If [HasKey, ${DURABLE}, !Ref AWS::NoValue]` },
      ["deny when Key = anything else"],
    ],
    [
      "two parameters compared, equal by default",
      "Parameters: {A: {Type: String, Default: x}, B: {Type: String, Default: x}}\nConditions: {C: !Equals [!Ref A, !Ref B]}",
      { policies: ["C"] },
      ["deny when A = anything else"],
    ],
    [
      "two parameters compared, different by default",
      "Parameters: {A: {Type: String, Default: x}, B: {Type: String, Default: y}}\nConditions: {C: !Equals [!Ref A, !Ref B]}",
      { policies: ["C"] },
      ["deny when A = anything else or A = x"],
    ],
    [
      "the Region compared with a parameter",
      "Parameters: {Primary: {Type: String, Default: eu-west-1}}\nConditions: {C: !Equals [!Ref Primary, !Ref AWS::Region]}",
      { policies: ["C"] },
      ["deny when AWS::Region = anything else"],
    ],
    [
      "two parameters of which nothing is known",
      "Parameters: {A: {Type: String}, B: {Type: String}}\nConditions: {C: !Equals [!Ref A, !Ref B]}",
      { policies: ["C"] },
      ["unknown"],
    ],
    [
      "what cannot be enumerated",
      "Conditions: {C: !Equals [!ImportValue x, 'y']}",
      { policies: ["C"] },
      ["deny when C = false"],
    ],
    ["a condition nobody declares", "Conditions: {}", { policies: ["Nobody"] }, ["unknown"]],
    // YAML 1.1 reads `On` as true, and no condition is named so
    ["a condition that is no text", "Conditions: {On: !Equals [a, b]}", { policies: ["On"] }, ["unknown"]],
  ])("%s", (_, head, parts, expected) => {
    expect(found(template(head, parts))).toEqual(expected);
  });

  it("by a parameter that is given, or by defaults alone", () => {
    const compared =
      "Parameters: {A: {Type: String, Default: x}, B: {Type: String, Default: y}}\nConditions: {C: !Equals [!Ref A, !Ref B]}";
    const yaml = template(compared, { policies: ["C"] });
    expect(found(yaml, { parameters: { A: "y" } })).toEqual(["deny when B = anything else"]);
    expect(found(yaml, { parameters: { A: "y", B: "y" } })).toEqual([]);
    expect(found(yaml, { defaultsOnly: true })).toEqual(["deny"]);
    expect(found(template(OPTIONAL, { fn: "HasKey" }), { defaultsOnly: true })).toEqual([]);
  });

  it("by a Region that is known", () => {
    const yaml = template(
      "Parameters: {Primary: {Type: String, Default: eu-west-1}}\nConditions: {C: !Equals [!Ref Primary, !Ref AWS::Region]}",
      { policies: ["C"] },
    );
    const deployment = { partition: "aws", region: "us-east-1", account: "123456789012" };
    expect(found(yaml, { deployment })).toEqual(["deny when Primary = anything else or Primary = eu-west-1"]);
  });
});

it("DependsOn gives nothing and takes nothing", () => {
  const yaml = template("", { policies: [""] });
  const dependent = yaml.replace("Type: AWS::Lambda::Function", "Type: AWS::Lambda::Function\n    DependsOn: Policy0");
  expect([found(yaml), found(dependent)]).toEqual([[], []]);
  expect(inventoryOf(dependent)).toEqual(inventoryOf(yaml));
});
