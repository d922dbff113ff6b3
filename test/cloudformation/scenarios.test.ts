import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { scenariosOf } from "./inventories";

const whens = (yaml: string, options = {}) => scenariosOf(yaml, options).map(({ when }) => when);

/** A function whose description is chosen by a condition. */
const guarded = (conditions: string, parameters: string, count = 1) => `
Parameters:
${parameters}
Conditions:
${conditions}
Resources:
${Array.from({ length: count }, (_, index) => `  Fn${index}: {Type: AWS::Lambda::Function, Properties: {Description: !If [C${index}, given, other]}}`).join("\n")}
`;

describe("scenarios", () => {
  it("takes the default and each literal a condition compares with", () => {
    expect(whens(guarded("  C0: !Equals [!Ref Env, prod]", "  Env: {Type: String, Default: dev}"))).toEqual([
      { Env: "dev" },
      { Env: "prod" },
    ]);
  });

  it("takes the allowed values and no others", () => {
    const parameters = "  Env: {Type: String, AllowedValues: [dev, test, prod]}";
    expect(whens(guarded("  C0: !Equals [!Ref Env, prod]", parameters))).toEqual([
      { Env: "dev" },
      { Env: "test" },
      { Env: "prod" },
    ]);
  });

  it("without default: each literal, and anything else", () => {
    const [other, prod] = scenariosOf(guarded("  C0: !Equals [!Ref Env, prod]", "  Env: {Type: String}"));
    expect([other?.when, other?.inventory.functions[0]?.description]).toEqual([
      { Env: "anything else" },
      { known: "other" },
    ]);
    expect([prod?.when, prod?.inventory.functions[0]?.description]).toEqual([{ Env: "prod" }, { known: "given" }]);
  });

  it("a given value is the only one, and so is a default when only defaults count", () => {
    const template = guarded("  C0: !Equals [!Ref Env, prod]", "  Env: {Type: String, Default: dev}");
    expect(whens(template, { parameters: { Env: "prod" } })).toEqual([{}]);
    expect(whens(template, { defaultsOnly: true })).toEqual([{}]);
  });

  it("two conditions on one parameter do not multiply", () => {
    const conditions = "  C0: !Equals [!Ref Env, prod]\n  C1: !Not [!Condition C0]";
    expect(whens(guarded(conditions, "  Env: {Type: String, Default: dev}", 2))).toHaveLength(2);
  });

  it("conditions of parts that do not mention each other add up", () => {
    const parameters = "  A: {Type: String, Default: n}\n  B: {Type: String, Default: n}";
    const conditions = "  C0: !Equals [!Ref A, y]\n  C1: !Equals [!Ref B, y]";
    expect(whens(guarded(conditions, parameters, 2))).toEqual([
      { A: "n", B: "n" },
      { A: "y", B: "n" },
      { A: "n", B: "y" },
    ]);
  });

  it("a condition that guards nothing judged does not count", () => {
    const template = `
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {C: !Equals [!Ref Env, prod]}
Resources: {Metadata: {Type: AWS::CDK::Metadata, Condition: C}}`;
    expect(whens(template)).toEqual([{}]);
  });

  it("what cannot be enumerated by value is assumed true and false", () => {
    expect(whens(guarded("  C0: !Equals [!ImportValue x, y]", "  Env: {Type: String}"))).toEqual([
      { C0: "true" },
      { C0: "false" },
    ]);
  });

  it("the Region is enumerated by the literals it is compared with, unless it is given", () => {
    const template = guarded("  C0: !Equals [!Ref AWS::Region, us-east-1]", "  Env: {Type: String}");
    expect(whens(template)).toEqual([{ "AWS::Region": "anything else" }, { "AWS::Region": "us-east-1" }]);
    const deployment = { partition: "aws", region: "eu-west-1", account: "123456789012" };
    expect(whens(template, { deployment })).toEqual([{}]);
  });

  it("beyond 64 combinations the conditions stay unknown, and it is said which parameters", () => {
    const parameters = Array.from({ length: 7 }, (_, i) => `  P${i}: {Type: String, Default: n}`).join("\n");
    const conditions = Array.from({ length: 7 }, (_, i) => `  C${i}: !Equals [!Ref P${i}, y]`).join("\n");
    const one = `${guarded(conditions, parameters, 0)}  Fn: {Type: AWS::Lambda::Function, Properties: {Description: !Join ['', [${Array.from({ length: 7 }, (_, i) => `!If [C${i}, a, b]`).join(", ")}]]}}`;
    const scenarios = scenariosOf(one);
    expect(scenarios).toHaveLength(1);
    expect(scenarios[0]?.inventory.functions[0]?.description?.known).toContain("${Fn::If C0}");
    expect(scenarios[0]?.inventory.unresolved.map(({ address }) => address)).toEqual([
      "P0",
      "P1",
      "P2",
      "P3",
      "P4",
      "P5",
      "P6",
    ]);
  });

  it("a resource whose condition is false is not there", () => {
    const template = `
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources: {Fn: {Type: AWS::Lambda::Function, Condition: Prod}}`;
    expect(scenariosOf(template).map(({ inventory }) => inventory.functions.length)).toEqual([0, 1]);
  });

  it("a secret parameter decides conditions and is not shown", () => {
    const parameters = "  Key: {Type: String, NoEcho: true, Default: hunter2}";
    const scenarios = scenariosOf(guarded("  C0: !Equals [!Ref Key, '']", parameters), { parameters: { Key: "" } });
    expect(scenarios.map(({ inventory }) => inventory.functions[0]?.description)).toEqual([{ known: "given" }]);
  });
});

it("functions are counted once, as durable where that is certain in one scenario at least", () => {
  const one = (durable: string) =>
    `{Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: 'arn:aws:iam::111122223333:role/r'${durable}}}`;
  const template = `
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Plain: ${one("")}
  InProd: ${one(", DurableConfig: !If [Prod, {ExecutionTimeout: 60}, !Ref AWS::NoValue]")}
  Perhaps: ${one(", DurableConfig: !ImportValue durable")}
`;
  const { files, errors } = check([{ file: "t.yaml", content: template }], { today: "2026-11-22" });
  expect(errors).toEqual([]);
  expect(files.map(({ functions, durableFunctions }) => ({ functions, durableFunctions }))).toEqual([
    { functions: 3, durableFunctions: 1 },
  ]);
});
