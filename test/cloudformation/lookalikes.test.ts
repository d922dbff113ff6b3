import { describe, expect, it } from "vitest";
import { can } from "../../src/can";
import { shown } from "../../src/inventory/text";
import { judge } from "../../src/judge/judge";
import { readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";
import { inventoryOf, scenariosOf } from "./inventories";

/**
 * `${Fn}` in a text that nobody fills in. CloudFormation fills in the argument of `Fn::Sub` and nothing else ("Fn::Sub":
 * "Substitutes variables in an input string"), so everywhere else it is text, which no name or ARN of AWS's has: a grant
 * on it allows nothing. IAM's own variables are filled in by IAM, in documents of version 2012-10-17 ("IAM JSON policy
 * elements: Version").
 */
const EXECUTION =
  "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}:$LATEST/durable-execution/n/i";
const PLAIN = "arn:aws:lambda:eu-west-1:123456789012:function:${Fn}:*";

/** The role of a durable function may checkpoint on this resource; `more` is put before the resources. */
const templateOf = (resource: string, more = "", version = "'2012-10-17'") => `
${more}
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      DurableConfig: {ExecutionTimeout: 3600, RetentionPeriodInDays: 7}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: durable
          PolicyDocument:
            Version: ${version}
            Statement:
              - Effect: Allow
                Action: [lambda:CheckpointDurableExecution, lambda:GetDurableExecutionState]
                Resource: ${resource}
`;

function asked(template: string, action = "lambda:CheckpointDurableExecution", on = EXECUTION) {
  const document = readDocument(new TextEncoder().encode(template), "t.yaml");
  return can([document], "Role", action, on, { today: "2026-11-22", settings: DEFAULT_SETTINGS });
}

/** What DUR001 and DUR002 find. */
function found(template: string) {
  const { findings } = judge(scenariosOf(template));
  return findings.filter(({ rule }) => rule === "DUR001" || rule === "DUR002");
}

const MAPPINGS = `Mappings: {Names: {all: {fn: '${PLAIN}', list: ['${PLAIN}']}}}`;
const DEFAULT = `Parameters: {Target: {Type: String, Default: '${PLAIN}'}}`;
const LIST = `Parameters: {Targets: {Type: CommaDelimitedList, Default: 'x,${PLAIN}'}}`;

describe("a name that Fn::Sub would fill in", () => {
  it.each([
    ["Fn::Sub", "!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}:*'", ""],
    ["Fn::Sub with an attribute", "!Sub '${Fn.Arn}:*'", ""],
    ["Fn::Sub in a join", "!Join [':', [!Sub '${Fn.Arn}', '*']]", ""],
    ["a variable of Fn::Sub", "!Sub ['${It}:*', {It: !GetAtt Fn.Arn}]", ""],
    ["Fn::Select of Fn::Split of Fn::Sub", "!Select [1, !Split ['|', !Sub 'x|${Fn.Arn}:*']]", ""],
  ])("%s: is filled in", (_, resource, more) => {
    const template = templateOf(resource, more);
    expect(asked(template).decision).toBe("allow");
    expect(found(template)).toEqual([]);
  });

  it.each([
    ["a text", `'${PLAIN}'`, "", "${Fn}"],
    ["an attribute", "'${Fn.Arn}:*'", "", "${Fn.Arn}"],
    ["pseudo parameters", "'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}:*'", "", "${AWS::Region}"],
    ["another text beside it", `['${PLAIN}', 'arn:aws:dynamodb:eu-west-1:123456789012:table/t']`, "", "${Fn}"],
    ["Fn::Join", "!Join [':', ['arn:aws:lambda:eu-west-1:123456789012:function', '${Fn}', '*']]", "", "${Fn}"],
    ["Fn::Join of pieces", "!Join ['', ['arn:aws:lambda:eu-west-1:123456789012:function:$', '{Fn}:*']]", "", "${Fn}"],
    [
      "the delimiter of Fn::Join",
      "!Join ['${Fn}', ['arn:aws:lambda:eu-west-1:123456789012:function:', ':*']]",
      "",
      "${Fn}",
    ],
    ["Fn::Select", `!Select [1, [x, '${PLAIN}']]`, "", "${Fn}"],
    ["Fn::Split", `!Select [1, !Split ['|', 'x|${PLAIN}']]`, "", "${Fn}"],
    [
      "the escape of Fn::Sub",
      "!Sub 'arn:${AWS::Partition}:lambda:eu-west-1:123456789012:function:${!Fn}:*'",
      "",
      "${Fn}",
    ],
    ["a variable of Fn::Sub", `!Sub ['\${It}', {It: '${PLAIN}'}]`, "", "${Fn}"],
    ["Fn::FindInMap", "!FindInMap [Names, all, fn]", MAPPINGS, "${Fn}"],
    ["a list of Fn::FindInMap", "!FindInMap [Names, all, list]", MAPPINGS, "${Fn}"],
    ["Fn::FindInMap's DefaultValue", `!FindInMap [Names, none, fn, {DefaultValue: '${PLAIN}'}]`, MAPPINGS, "${Fn}"],
    ["a parameter's default", "!Ref Target", DEFAULT, "${Fn}"],
    ["a parameter in Fn::Sub", "!Sub '${Target}'", DEFAULT, "${Fn}"],
    ["a list parameter", "!Select [1, !Ref Targets]", LIST, "${Fn}"],
    ["Fn::If", `!If [Always, '${PLAIN}', x]`, "Conditions: {Always: !Equals [a, a]}", "${Fn}"],
  ])("%s: stands as it is", (_, resource, more, name) => {
    const template = templateOf(resource, more);
    const answer = asked(template);
    expect([answer.decision, answer.statements.map(({ why }) => why)]).toEqual([
      "deny",
      [`it does not cover the resource: ${name} stands in a text without Fn::Sub`],
    ]);
    const ids = found(template).map(({ rule, verdict }) => `${rule} ${verdict}`);
    expect(ids).toContain("DUR001 deny");
    expect(JSON.stringify(found(template))).toContain(`${name} stands in a text without Fn::Sub`);
  });

  it("is said by both rules, with what the author wrote and what he meant", () => {
    const [checkpoint, grant] = found(templateOf(`'${PLAIN}'`));
    const why = `${PLAIN} matches nothing: \${Fn} stands in a text without Fn::Sub`;
    expect([checkpoint?.rule, checkpoint?.evidence[0]?.text]).toEqual([
      "DUR001",
      `an Allow of lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState does not count: ${why}`,
    ]);
    expect([grant?.rule, grant?.evidence, grant?.paste?.resources]).toEqual(["DUR002", [{ text: why }], [PLAIN]]);
  });

  it("given as the value of a parameter stands as it is, too", () => {
    const template = templateOf("!Ref Target", "Parameters: {Target: {Type: String}}");
    const [finding] = judge(scenariosOf(template, { parameters: { Target: PLAIN } })).findings.filter(
      ({ rule }) => rule === "DUR002",
    );
    expect(finding?.evidence).toEqual([{ text: `${PLAIN} matches nothing: \${Fn} stands in a text without Fn::Sub` }]);
  });

  it("in an older document is no variable either", () => {
    expect(asked(templateOf(`'${PLAIN}'`, "", "'2008-10-17'")).decision).toBe("deny");
  });

  it("in a policy written as JSON text", () => {
    const json = (resource: string) =>
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:CheckpointDurableExecution","Resource":"${resource}"}]}`;
    const template = (document: string) =>
      templateOf("x").replace(/ +PolicyDocument:.*$/s, () => `          PolicyDocument: ${document}\n`);
    expect(asked(template(`'${json("${Fn.Arn}:*")}'`)).decision).toBe("deny");
    expect(asked(template(`!Sub '${json("${!Fn.Arn}:*")}'`)).decision).toBe("deny");
    expect(asked(template(`!Sub '${json("${Fn.Arn}:*")}'`)).decision).toBe("allow");
    expect(
      asked(template("{'Fn::ToJsonString': {Statement: {Effect: Allow, Action: '*', Resource: '${Fn.Arn}:*'}}}"))
        .decision,
    ).toBe("deny");
    expect(
      asked(template("{'Fn::ToJsonString': {Statement: {Effect: Allow, Action: '*', Resource: !Sub '${Fn.Arn}:*'}}}"))
        .decision,
    ).toBe("allow");
  });
});

describe("IAM's own variables", () => {
  const table = "arn:aws:dynamodb:eu-west-1:123456789012:table/";
  it.each([
    ["without Fn::Sub", `'${table}\${aws:username}'`, "'2012-10-17'", `${table}alice`, "unknown"],
    ["escaped in Fn::Sub", `!Sub '${table}\${!aws:PrincipalTag/team}'`, "'2012-10-17'", `${table}alice`, "unknown"],
    [
      "with dots in their names",
      `'${table}\${cognito-identity.amazonaws.com:sub}'`,
      "'2012-10-17'",
      `${table}a`,
      "unknown",
    ],
    ["for one character", `'${table}\${*}'`, "'2012-10-17'", `${table}*`, "allow"],
    ["for one character, of another text", `'${table}\${*}'`, "'2012-10-17'", `${table}alice`, "deny"],
    ["in an older document", `'${table}\${aws:username}'`, "'2008-10-17'", `${table}alice`, "deny"],
  ])("%s", (_, resource, version, on, decision) => {
    expect(asked(templateOf(resource, "", version), "lambda:CheckpointDurableExecution", on).decision).toBe(decision);
  });
});

describe("elsewhere", () => {
  it("a text is what it says, and a dynamic reference is settled at deployment", () => {
    const { functions } = inventoryOf(`
Resources:
  Named: {Type: AWS::Lambda::Function, Properties: {FunctionName: 'orders-\${Env}'}}
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          PLAIN: '\${Fn}'
          FILLED: !Sub '\${Fn}'
          RESOLVED: '{{resolve:ssm:/a:1}}'
`);
    const [named, fn] = functions;
    expect([named && shown(named.name), named?.name === "orders-${Env}"]).toEqual(["orders-${Env}", false]);
    const values = fn?.environment.map(({ name, value, source }) => [name, shown(value.known ?? ""), source]);
    expect(values).toEqual([
      ["PLAIN", "${Fn}", "literal"],
      ["FILLED", "${Fn}", "reference"],
      ["RESOLVED", "${resolve:ssm:/a:1}", "reference"],
    ]);
    expect(fn?.environment[0]?.value).not.toEqual(fn?.environment[1]?.value);
  });

  it("an edge leads to a function that is filled in only", () => {
    const invoked = (name: string) =>
      inventoryOf(`
Resources:
  Fn: {Type: AWS::Lambda::Function}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: ${name}}]}}
`).invocations.map(({ function: invokedOne }) => invokedOne);
    expect([invoked("!Sub '${Fn.Arn}'"), invoked("'${Fn.Arn}'"), invoked("'${Fn}'")]).toEqual([["Fn"], [], []]);
  });

  it("a nested stack gets what its parent wrote", () => {
    const nested = {
      Parameters: { Target: { Type: "String" } },
      Resources: { Rule: { Type: "AWS::Events::Rule", Properties: { Targets: [{ Arn: { Ref: "Target" } }] } } },
    };
    const invoked = (target: string) =>
      inventoryOf(
        `
Resources:
  Fn: {Type: AWS::Lambda::Function}
  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.json, Parameters: {Target: ${target}}}}
`,
        { nested: () => ({ file: "n.json", value: nested }) },
      ).invocations.map(({ address, function: invokedOne }) => [address, invokedOne]);
    expect([invoked("!GetAtt Fn.Arn"), invoked("'${Fn.Arn}'")]).toEqual([[["Inner/Rule", "Fn"]], []]);
  });

  it("conditions compare texts as they are written, and say so", () => {
    const scenarios = scenariosOf(`
Parameters: {Env: {Type: String, Default: '\${Env}'}}
Conditions: {IsLookalike: !Equals [!Ref Env, '\${Env}'], IsDev: !Equals [!Ref Env, dev]}
Resources:
  Fn: {Type: AWS::Lambda::Function, Condition: IsLookalike}
  Other: {Type: AWS::Lambda::Function, Condition: IsDev}
`);
    expect(scenarios.map(({ when, inventory }) => [when, inventory.functions.map(({ address }) => address)])).toEqual([
      [{ Env: "${Env}" }, ["Fn"]],
      [{ Env: "dev" }, ["Other"]],
    ]);
  });

  it("SAM: policy templates, statements and Globals", () => {
    const sam = (functionName: string, variable: string) =>
      inventoryOf(`
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Environment: {Variables: {TARGET: ${variable}}}}}
Resources:
  Fn: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs24.x, Handler: i.h, InlineCode: x}}
  Caller:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: i.h
      InlineCode: x
      Policies: [{LambdaInvokePolicy: {FunctionName: ${functionName}}}]
`);
    const resource = ({ policies }: ReturnType<typeof sam>) =>
      policies
        .flatMap(({ statements }) => statements.flatMap(({ resources }) => resources.map(({ text }) => text)))
        .filter((text) => text !== "*");
    const arn = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}*";
    const [filled, plain] = [sam("!Ref Fn", "!Ref Fn"), sam("'${Fn}'", "'${Fn}'")];
    expect(resource(filled)).toEqual([arn]);
    expect([resource(plain).map(shown), resource(plain)[0] === arn]).toEqual([[arn], false]);
    const target = ({ functions }: ReturnType<typeof sam>) => functions[0]?.environment[0]?.value.known;
    expect([target(filled), shown(target(plain) ?? ""), target(plain) === target(filled)]).toEqual([
      "${Fn}",
      "${Fn}",
      false,
    ]);
  });

  it("SAM: an API's definition body", () => {
    const invoked = (uri: string) =>
      inventoryOf(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs24.x, Handler: i.h, InlineCode: x}}
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody:
        openapi: '3.0'
        paths: {/a: {post: {x-amazon-apigateway-integration: {type: aws_proxy, uri: ${uri}}}}}
`).apiRoutes.map(({ function: invokedOne }) => invokedOne);
    const uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations";
    expect([invoked(`!Sub '${uri}'`), invoked(`'${uri}'`)]).toEqual([["Fn"], [undefined]]);
  });
});
