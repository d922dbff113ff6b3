import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { searchFiles } from "../../src/read/search";
import { inventoryOf, scenariosOf } from "./inventories";

const FOLDER = join(import.meta.dirname, "templates", "nested");

describe("nested stacks", () => {
  it("a role in one file, the function in another: one inventory", () => {
    const report = check([join(FOLDER, "root.yaml")], { today: "2026-11-22" });
    // roles.yaml allows lambda:CheckpointDurableExecution only; functions.yaml runs under that role, through an output.
    const found = report.files.flatMap(({ findings }) => findings).filter(({ rule }) => rule === "DUR001");
    expect(found.map(({ verdict, address, location }) => ({ verdict, address, location }))).toEqual([
      {
        verdict: "deny",
        address: "Functions/Fn",
        location: { file: join(FOLDER, "functions.yaml"), line: 7, column: 13 },
      },
    ]);
    expect(found[0]?.message).toContain("lambda:GetDurableExecutionState");
    expect(found[0]?.message).not.toContain("lambda:CheckpointDurableExecution");
  });

  it("of a folder, its templates are judged where they are nested, and alone only when they are named", () => {
    const files = (inputs: Parameters<typeof check>[0]) => {
      const { files, parts, skipped, errors } = check(inputs, { today: "2026-11-22" });
      const names = (paths: string[]) => paths.map((path) => basename(path));
      expect([skipped, errors]).toEqual([[], []]);
      return { judged: names(files.map(({ file }) => file)), parts: names(parts) };
    };
    expect(files(searchFiles([FOLDER]))).toEqual({ judged: ["root.yaml"], parts: ["functions.yaml", "roles.yaml"] });
    const named = ["root.yaml", "roles.yaml"];
    expect(files(searchFiles(named.map((name) => join(FOLDER, name))))).toEqual({ judged: named, parts: [] });
  });

  it.each([
    ["remote", "https://example.com/t.yaml"],
    ["outside the folder of the root", "../../../../package.json"],
    ["missing", "nowhere.yaml"],
  ])("a template that is %s is reported as not at hand", (_, url) => {
    const template = `Resources: {Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: '${url}'}}}`;
    const report = check([{ file: join(FOLDER, "t.yaml"), content: template }], { today: "2026-11-22" });
    expect(report.errors).toEqual([]);
    expect(report.files[0]?.unresolved.map(({ address, why }) => [address, why])).toEqual([
      ["Inner", "the nested stack's template is not at hand"],
    ]);
  });

  describe("under conditions of their own", () => {
    const child = (more: object = {}) => ({
      Parameters: { Stage: { Type: "String", Default: "test", ...more } },
      Conditions: { IsProd: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] } },
      Resources: { Fn: { Type: "AWS::Lambda::Function", Condition: "IsProd" } },
    });
    const middle = {
      Parameters: { Env: { Type: "String" } },
      Resources: {
        Low: {
          Type: "AWS::CloudFormation::Stack",
          Properties: { TemplateURL: "c", Parameters: { Stage: { Ref: "Env" } } },
        },
      },
    };
    const made = (declared: string, passed: string, templates: Record<string, unknown>) =>
      scenariosOf(
        `
Parameters: {Env: {Type: String${declared}}}
Resources: {Top: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t, Parameters: ${passed}}}}`,
        { nested: (file) => (templates[file] === undefined ? undefined : { file, value: templates[file] }) },
      ).map(({ when, inventory }) => [when["Env"], inventory.functions.map(({ address }) => address)]);
    const PASSED = "{Stage: !Ref Env}";
    const either = [
      ["dev", []],
      ["prod", ["Top/Fn"]],
    ];

    it("take the values they are compared with there", () => {
      expect(made(", Default: dev", PASSED, { t: child() })).toEqual(either);
      expect(made(", AllowedValues: [dev, prod]", PASSED, { t: child() })).toEqual(either);
      expect(made("", PASSED, { t: child() })).toEqual([
        ["anything else", []],
        ["prod", ["Top/Fn"]],
      ]);
      expect(made(", Default: prod", PASSED, { t: child() })).toEqual([
        ["prod", ["Top/Fn"]],
        ["anything else", []],
      ]);
      expect(made(", Default: dev", PASSED, { t: child({ AllowedValues: ["dev", "prod"] }) })).toEqual(either);
    });

    it("through stacks between", () => {
      expect(made(", Default: dev", "{Env: !Ref Env}", { t: middle, c: child() })).toEqual([
        ["dev", []],
        ["prod", ["Top/Low/Fn"]],
      ]);
    });

    it("have the value they are given, or their default", () => {
      expect(made(", Default: dev", "{Stage: prod}", { t: child() })).toEqual([[undefined, ["Top/Fn"]]]);
      expect(made(", Default: dev", "{}", { t: child() })).toEqual([[undefined, []]]);
      expect(made(", Default: dev", PASSED, {})).toEqual([[undefined, []]]);
    });
  });

  it("a stack that holds itself ends", () => {
    const template = "Resources: {Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: self.yaml}}}";
    const value = {
      Resources: { Inner: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "self.yaml" } } },
    };
    const { unresolved } = inventoryOf(template, { nested: () => ({ file: "self.yaml", value }) });
    expect(unresolved).toHaveLength(1);
  });
});

describe("Fn::ForEach", () => {
  const loop = (collection: string) => `
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, Default: "orders,pay-ments"}}
Resources:
  Fn::ForEach::Functions:
    - Name
    - ${collection}
    - Fn&{Name}:
        Type: AWS::Lambda::Function
        Properties: {FunctionName: !Sub 'app-\${Name}', Description: !Ref Name}`;

  it.each(["[orders, pay-ments]", "!Ref Names"])("makes a resource of each of %s", (collection) => {
    const { functions } = inventoryOf(loop(collection));
    expect(functions.map(({ address, name, description, at }) => ({ address, name, description, at }))).toEqual([
      {
        address: "Fnorders",
        name: "app-orders",
        description: { known: "orders" },
        at: "t.yaml#/Resources/Fn::ForEach::Functions/2/Fn&{Name}",
      },
      {
        address: "Fnpayments",
        name: "app-pay-ments",
        description: { known: "pay-ments" },
        at: "t.yaml#/Resources/Fn::ForEach::Functions/2/Fn&{Name}",
      },
    ]);
  });

  it("is reported where the collection is not settled", () => {
    const { functions, unresolved } = inventoryOf(loop("!Ref Elsewhere"));
    expect([functions.length, unresolved.map(({ address }) => address)]).toEqual([0, ["Fn::ForEach::Functions"]]);
  });
});
