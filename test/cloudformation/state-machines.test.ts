import { describe, expect, it } from "vitest";
import { judge } from "../../src/judge/judge";
import { inventoryOf, scenariosOf } from "./inventories";

/**
 * What state machines invoke, as templates write their definitions ("AWS::StepFunctions::StateMachine": `${key}` in the
 * definition stands for the value in DefinitionSubstitutions; SAM, "AWS::Serverless::StateMachine").
 */
const template = (type: string, properties: string) => `
Transform: AWS::Serverless-2016-10-31
Parameters: {Mode: {Type: String, Default: Event}, Open: {Type: String}}
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: {Role: 'arn:aws:iam::123456789012:role/r', DurableConfig: {ExecutionTimeout: 60}}
  Machine:
    Type: ${type}
    Properties: ${properties}
`;

/** Qualifier and way of each invocation of the function; without those that lead elsewhere. */
const invoked = (type: string, properties: string) =>
  inventoryOf(template(type, properties)).invocations.map(({ address, function: target, qualifier, asynchronous }) => [
    address,
    target,
    qualifier.known ?? qualifier.unknown,
    asynchronous.known ?? asynchronous.unknown,
  ]);

const text = (task: string) => `{"StartAt":"A","States":{"A":{"Type":"Task","End":true,${task}}}}`;
const direct = (target: string) => text(`"Resource":"${target}"`);
const call = (name: string, more = "") =>
  text(`"Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"${name}"${more}}`);
const ARN = "{Target: !GetAtt Fn.Arn}";

describe("AWS::StepFunctions::StateMachine", () => {
  const unqualified = [["Machine", "Fn", "", false]];
  it.each([
    ["Fn::Sub", `{DefinitionString: !Sub '${direct("${Fn.Arn}")}'}`, unqualified],
    ["Fn::Sub of the name", `{DefinitionString: !Sub '${call("${Fn}")}'}`, unqualified],
    [
      "Fn::Sub with a qualifier",
      `{DefinitionString: !Sub '${direct("${Fn.Arn}:live")}'}`,
      [["Machine", "Fn", "live", false]],
    ],
    ["no Fn::Sub: nothing fills it in", `{DefinitionString: '${direct("${Fn.Arn}")}'}`, []],
    ["a substitution", `{DefinitionString: '${direct("${Target}")}', DefinitionSubstitutions: ${ARN}}`, unqualified],
    [
      "a substitution nobody declares",
      `{DefinitionString: '${direct("${Other}")}', DefinitionSubstitutions: ${ARN}}`,
      [],
    ],
    [
      "a substitution escaped in Fn::Sub",
      `{DefinitionString: !Sub '${direct("${!Target}")}', DefinitionSubstitutions: ${ARN}}`,
      unqualified,
    ],
    [
      "a substitution does not take the place of what Fn::Sub filled in",
      `{DefinitionString: !Sub '${direct("${Fn.Arn}")}', DefinitionSubstitutions: {Fn.Arn: x}}`,
      unqualified,
    ],
    [
      "a part of a name",
      `{DefinitionString: '${call("${Target}:${Alias}")}', DefinitionSubstitutions: {Target: !Ref Fn, Alias: live}}`,
      [["Machine", "Fn", "live", false]],
    ],
    [
      "the way it is invoked",
      `{DefinitionString: '${call("${Target}", ',"InvocationType":"${Mode}"')}', DefinitionSubstitutions: {Target: !Ref Fn, Mode: !Ref Mode}}`,
      [["Machine", "Fn", "", true]],
    ],
    [
      "a way that is not settled",
      `{DefinitionString: '${call("${Target}", ',"InvocationType":"${Mode}"')}', DefinitionSubstitutions: {Target: !Ref Fn, Mode: !Ref Open}}`,
      [["Machine", "Fn", "", "${Open} is not settled"]],
    ],
    [
      "a number",
      `{DefinitionString: '${text('"Resource":"${Target}","TimeoutSeconds":${Seconds}')}', DefinitionSubstitutions: {Target: !GetAtt Fn.Arn, Seconds: 60}}`,
      unqualified,
    ],
    ["Definition", "{Definition: {States: {A: {Type: Task, Resource: !GetAtt Fn.Arn}}}}", unqualified],
    [
      "a substitution in Definition",
      `{Definition: {States: {A: {Type: Task, Resource: '\${Target}'}}}, DefinitionSubstitutions: ${ARN}}`,
      unqualified,
    ],
  ])("%s", (_, properties, edges) => {
    expect(invoked("AWS::StepFunctions::StateMachine", properties)).toEqual(edges);
  });

  it.each([
    ["in S3", "{DefinitionS3Location: {Bucket: b, Key: k}}"],
    ["of a parameter", "{DefinitionString: !Ref Open}"],
    ["that is no JSON", "{DefinitionString: '{'}"],
  ])("a definition %s is not read", (_, properties) => {
    expect(inventoryOf(template("AWS::StepFunctions::StateMachine", properties)).unresolved).toEqual([
      {
        address: "Machine",
        at: "t.yaml#/Resources/Machine/Properties",
        why: "what it invokes is not known: its definition cannot be read",
      },
    ]);
  });
});

describe("AWS::Serverless::StateMachine", () => {
  const state = (resource: string) =>
    `Definition: {StartAt: A, States: {A: {Type: Task, Resource: ${resource}, End: true}}}`;
  it.each([
    ["a reference in its definition", `{${state("!GetAtt Fn.Arn")}}`],
    ["Fn::Sub in its definition", `{${state("!Sub '${Fn.Arn}'")}}`],
    ["a substitution", `{${state("'${Target}'")}, DefinitionSubstitutions: ${ARN}}`],
  ])("%s", (_, properties) => {
    expect(invoked("AWS::Serverless::StateMachine", properties)).toEqual([["Machine", "Fn", "", false]]);
  });

  it("a name in its definition that nothing fills in", () => {
    expect(invoked("AWS::Serverless::StateMachine", `{${state("'${Fn.Arn}'")}}`)).toEqual([]);
  });

  it("a definition in a file is not read, and its role is", () => {
    const { unresolved, principals } = inventoryOf(
      template(
        "AWS::Serverless::StateMachine",
        `{DefinitionUri: a.asl.json, DefinitionSubstitutions: ${ARN}, Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Fn}}]}`,
      ),
    );
    expect(unresolved.map(({ address, why }) => [address, why])).toEqual([
      ["Machine", "what it invokes is not known: its definition cannot be read"],
    ]);
    expect(principals.filter(({ external }) => !external).map(({ address }) => address)).toEqual(["MachineRole"]);
  });
});

describe("a state machine that invokes a durable function", () => {
  const messages = (target: string) =>
    judge(scenariosOf(template("AWS::StepFunctions::StateMachine", `{DefinitionString: !Sub '${direct(target)}'}`)))
      .findings.filter(({ rule }) => rule === "DUR008")
      .map(({ address, message }) => [address, message]);

  // "Invoking Lambda durable functions": they are invoked by version, alias or $LATEST.
  it("must name a version or alias", () => {
    expect(messages("${Fn.Arn}")).toEqual([
      ["Machine", "Durable function Fn is invoked by its unqualified ARN, which Lambda refuses (state machine)"],
    ]);
    expect(messages("${Fn.Arn}:$LATEST")).toEqual([
      ["Machine", "Durable function Fn is invoked at $LATEST, which changes under running executions (state machine)"],
    ]);
    expect(messages("${Fn.Arn}:live")).toEqual([]);
  });
});
