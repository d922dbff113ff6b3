import { describe, expect, it } from "vitest";
import { stackInventories } from "../../src/cloudformation";
import { OWN } from "../../src/inventory/text";
import { readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";

const OPTIONS = {
  settings: DEFAULT_SETTINGS,
  today: "2026-11-22",
  deployment: { partition: OWN.partition, region: "eu-west-1", account: OWN.account },
  parameters: {},
  defaultsOnly: false,
  nested: () => undefined,
};

function inventories(stacks: Record<string, string>) {
  const roots = Object.entries(stacks).map(([name, yaml]) => {
    const { file, value } = readDocument(new TextEncoder().encode(yaml), `${name}.yaml`);
    return { file, value, path: `${name}/`, name };
  });
  return stackInventories(roots, OPTIONS);
}

/** The text of the description of the function `Fn` of stack `B`, which shows what a value came to. */
function shown(stackA: string, value: string) {
  const stackB = `Resources: {Fn: {Type: AWS::Lambda::Function, Properties: {Description: ${value}}}}`;
  const [first] = inventories({ A: stackA, B: stackB });
  return first?.inventory.functions.find(({ address }) => address === "B/Fn")?.description?.known;
}

const A = `
Resources: {Role: {Type: AWS::IAM::Role, Properties: {RoleName: worker}}}
Outputs:
  Literal: {Value: !GetAtt Role.Arn, Export: {Name: worker-arn}}
  Named: {Value: one, Export: {Name: !Sub '\${AWS::StackName}-one'}}
  Inner: {Value: two}
  Circular: {Value: !ImportValue circular, Export: {Name: circular}}`;

describe("stacks deployed side by side", () => {
  it.each([
    ["!ImportValue worker-arn", "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/worker"],
    // the name of stack A is known, so `${AWS::StackName}-one` is A-one
    ["!ImportValue A-one", "one"],
    ["!ImportValue elsewhere", "${Fn::ImportValue elsewhere}"],
    ["!ImportValue circular", "${Fn::ImportValue circular}"],
    ["{Fn::GetStackOutput: {StackName: A, OutputName: Inner}}", "two"],
    ["{Fn::GetStackOutput: {StackName: A, OutputName: Inner, Region: eu-west-1}}", "two"],
    [
      "{Fn::GetStackOutput: {StackName: A, OutputName: Inner, Region: us-east-1}}",
      "${Fn::GetStackOutput us-east-1 A Inner}",
    ],
    ["{Fn::GetStackOutput: {StackName: C, OutputName: Inner}}", "${Fn::GetStackOutput C Inner}"],
  ])("%s gives %s", (value, expected) => {
    expect(shown(A, value)).toBe(expected);
  });

  // "Outputs": an output whose condition is false is not created, so that two may have one export name.
  it("export what their conditions leave", () => {
    const exporting = (outputs: string) => `
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {IsProd: !Equals [!Ref Env, prod], NotProd: !Not [!Condition IsProd]}
Resources: {}
Outputs: {${outputs}}`;
    const importing = "Resources: {Fn: {Type: AWS::Lambda::Function, Properties: {Description: !ImportValue shared}}}";
    const imported = (outputs: string) =>
      inventories({ A: exporting(outputs), B: importing }).map(({ when, inventory }) => [
        when["A/Env"],
        inventory.functions[0]?.description?.known,
      ]);
    const output = (condition: string, value: string) =>
      `${value}: {Condition: ${condition}, Value: ${value}, Export: {Name: shared}}`;
    const either = [
      ["dev", "b"],
      ["prod", "a"],
    ];
    expect(imported(`${output("IsProd", "a")}, ${output("NotProd", "b")}`)).toEqual(either);
    expect(imported(`${output("NotProd", "b")}, ${output("IsProd", "a")}`)).toEqual(either);
    expect(imported("O: {Value: !If [IsProd, a, b], Export: {Name: shared}}")).toEqual(either);
    expect(imported(output("IsProd", "a"))).toEqual([
      ["dev", "${Fn::ImportValue shared}"],
      ["prod", "a"],
    ]);
    // none of them is known to be the one
    expect(imported(`${output("Nobody", "a")}, ${output("Nobody", "b")}`)).toEqual([
      [undefined, "${Fn::ImportValue shared}"],
    ]);
  });

  const guarded = (values: number) => `
Parameters: {Env: {Type: String, AllowedValues: [${Array.from({ length: values }, (_, index) => `e${index}`).join(", ")}]}}
Conditions: {First: !Equals [!Ref Env, e0]}
Resources: {Fn: {Type: AWS::Lambda::Function, Condition: First}}`;

  it("are judged in every combination of their scenarios, each parameter by its stack", () => {
    expect(inventories({ A: guarded(2), B: guarded(2) }).map(({ when }) => when)).toEqual([
      { "A/Env": "e0", "B/Env": "e0" },
      { "A/Env": "e0", "B/Env": "e1" },
      { "A/Env": "e1", "B/Env": "e0" },
      { "A/Env": "e1", "B/Env": "e1" },
    ]);
  });

  it("are judged side by side, and say so, beyond 64 combinations", () => {
    const found = inventories({ A: guarded(10), B: guarded(9) });
    expect(found).toHaveLength(10);
    expect(new Set(found.map(({ when }) => when["B/Env"])).size).toBe(9);
    expect(found[0]?.inventory.unresolved.map(({ address }) => address)).toEqual(["A/", "B/"]);
  });
});
