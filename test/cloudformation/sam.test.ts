import { describe, expect, test } from "vitest";
import { expandSam } from "../../src/cloudformation/sam";
import { locate, type Template } from "../../src/cloudformation/template";
import { isMap } from "../../src/inventory/part";
import { readDocument } from "../../src/read/document";

/**
 * What durable-guard depends on most, template by template. Expected values are from AWS's documentation of SAM
 * ("Generated CloudFormation resources", "AWS::Serverless::Function") and from aws-sam-translator 1.115.0.
 */

function expand(text: string, parameters: Record<string, string> = {}): Template {
  const source = `Transform: AWS::Serverless-2016-10-31\n${text}`;
  const { value } = readDocument(new TextEncoder().encode(source), "template.yaml");
  if (!isMap(value)) throw new Error("not a template");
  const before = JSON.stringify(value);
  const expanded = expandSam({ file: "template.yaml", body: value, origins: new Map() }, parameters);
  expect(JSON.stringify(value)).toBe(before);
  return expanded;
}

/** A part of the expanded body; fails when it is not there. */
function at(template: Template, pointer: string): unknown {
  let node: unknown = template.body;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    node = Array.isArray(node) ? node[Number(name)] : isMap(node) ? node[name] : undefined;
  }
  expect(node, pointer).toBeDefined();
  return node;
}

const ids = (template: Template) => Object.keys(isMap(template.body["Resources"]) ? template.body["Resources"] : {});

const MANAGED = "arn:aws:iam::aws:policy/service-role";

describe("the role SAM makes", () => {
  const role = (settings: string, globals = "") =>
    expand(`
${globals}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: src/
${settings}
`);
  const managed = (template: Template) => at(template, "/Resources/FnRole/Properties/ManagedPolicyArns");

  test("DurableConfig: the durable policy in place of the basic one", () => {
    const template = role("      DurableConfig: { ExecutionTimeout: 3600 }");
    expect(managed(template)).toEqual([`${MANAGED}/AWSLambdaBasicDurableExecutionRolePolicy`]);
    expect(at(template, "/Resources/Fn/Properties/DurableConfig")).toEqual({ ExecutionTimeout: 3600 });
    expect(at(template, "/Resources/Fn/Properties/Role")).toEqual({ "Fn::GetAtt": ["FnRole", "Arn"] });
  });

  test("an AWS managed policy by its name, though SAM's own list does not have it yet", () => {
    const template = role("      Policies: [AWSLambdaBasicDurableExecutionRolePolicy]");
    const names = ["AWSLambdaBasicExecutionRole", "AWSLambdaBasicDurableExecutionRolePolicy"];
    expect(managed(template)).toEqual(names.map((name) => `${MANAGED}/${name}`));
  });

  test("an empty DurableConfig is passed on and changes nothing", () => {
    const template = role("      DurableConfig: {}");
    expect(managed(template)).toEqual([`${MANAGED}/AWSLambdaBasicExecutionRole`]);
    expect(at(template, "/Resources/Fn/Properties/DurableConfig")).toEqual({});
  });

  test("DurableConfig from Globals, with its place there", () => {
    const template = role("", "Globals: { Function: { DurableConfig: { ExecutionTimeout: 60 }, Timeout: 5 } }");
    expect(managed(template)).toEqual([`${MANAGED}/AWSLambdaBasicDurableExecutionRolePolicy`]);
    expect(template.body["Globals"]).toBeUndefined();
    const place = (pointer: string) => locate(template, pointer);
    expect(place("/Resources/Fn/Properties/Timeout")).toBe("template.yaml#/Globals/Function/Timeout");
    expect(place("/Resources/Fn/Properties/DurableConfig/ExecutionTimeout")).toBe(
      "template.yaml#/Globals/Function/DurableConfig/ExecutionTimeout",
    );
    expect(place("/Resources/FnRole/Properties/ManagedPolicyArns/0")).toBe(
      "template.yaml#/Globals/Function/DurableConfig",
    );
  });

  test("a role given by hand gets nothing", () => {
    const template = role(`
      Role: arn:aws:iam::111122223333:role/own
      DurableConfig: { ExecutionTimeout: 3600 }
      VpcConfig: { SubnetIds: [subnet-1] }
      Policies: AdministratorAccess
`);
    expect(ids(template)).toEqual(["Fn"]);
    expect(at(template, "/Resources/Fn/Properties/Role")).toBe("arn:aws:iam::111122223333:role/own");
    expect(at(template, "/Resources/Fn/Properties")).not.toHaveProperty("Policies");
  });

  test("a role left open by Fn::If is made for that branch", () => {
    const template = role(`
      Role: !If [HasRole, arn:aws:iam::111122223333:role/own, !Ref AWS::NoValue]
      DurableConfig: { ExecutionTimeout: 3600 }
`);
    expect(at(template, "/Resources/Fn/Properties/Role")).toEqual({
      "Fn::If": ["HasRole", "arn:aws:iam::111122223333:role/own", { "Fn::GetAtt": ["FnRole", "Arn"] }],
    });
    expect(at(template, "/Resources/FnRole/Condition")).toBe("NOTHasRole");
    expect(at(template, "/Conditions/NOTHasRole")).toEqual({ "Fn::Not": [{ Condition: "HasRole" }] });
  });

  test("plural actions survive in list and in map form", () => {
    const statement = "{ Effect: Allow, Action: [kms:Decrypt, kms:Encrypt], Resource: '*' }";
    const document = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:Encrypt"], Resource: "*" }],
    };
    const list = role(`      Policies: [{ Version: "2012-10-17", Statement: [${statement}] }]`);
    const map = role(`      Policies: { Version: "2012-10-17", Statement: [${statement}] }`);
    for (const template of [list, map]) {
      expect(at(template, "/Resources/FnRole/Properties/Policies")).toEqual([
        { PolicyName: "FnRolePolicy0", PolicyDocument: document },
      ]);
    }
    const action = "/Resources/FnRole/Properties/Policies/0/PolicyDocument/Statement/0/Action/1";
    expect(locate(list, action)).toBe("template.yaml#/Resources/Fn/Properties/Policies/0/Statement/0/Action/1");
    expect(locate(map, action)).toBe("template.yaml#/Resources/Fn/Properties/Policies/Statement/0/Action/1");
  });

  test("names, ARNs, references and policy templates", () => {
    const template = role(`
      Policies:
        - AmazonS3ReadOnlyAccess
        - arn:aws:iam::111122223333:policy/own
        - !Ref Own
        - LambdaInvokePolicy: { FunctionName: !Ref Other }
`);
    expect(managed(template)).toEqual([
      `${MANAGED}/AWSLambdaBasicExecutionRole`,
      "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
      "arn:aws:iam::111122223333:policy/own",
      { Ref: "Own" },
    ]);
    const functionArn = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${functionName}*";
    expect(at(template, "/Resources/FnRole/Properties/Policies/0/PolicyDocument/Statement")).toEqual([
      {
        Effect: "Allow",
        Action: ["lambda:InvokeFunction"],
        Resource: { "Fn::Sub": [functionArn, { functionName: { Ref: "Other" } }] },
      },
    ]);
    expect(locate(template, "/Resources/FnRole/Properties/Policies/0/PolicyDocument/Statement/0/Resource")).toBe(
      "template.yaml#/Resources/Fn/Properties/Policies/3",
    );
  });

  test("condition and boundary are passed on", () => {
    const template = expand(`
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Condition: Wanted
    DeletionPolicy: Retain
    Properties: { InlineCode: x, PermissionsBoundary: !Ref Boundary, RolePath: /app/ }
`);
    expect(at(template, "/Resources/FnRole")).toMatchObject({
      Condition: "Wanted",
      DeletionPolicy: "Retain",
      Properties: { Path: "/app/", PermissionsBoundary: { Ref: "Boundary" } },
    });
    expect(at(template, "/Resources/Fn/Properties/Code")).toEqual({ ZipFile: "x" });
    expect(locate(template, "/Resources/FnRole/Properties/Path")).toBe(
      "template.yaml#/Resources/Fn/Properties/RolePath",
    );
  });
});

describe("events", () => {
  const events = (settings: string) =>
    expand(
      `
Parameters: { Stage: { Type: String } }
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
${settings}
      Events:
        Queue: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn, BatchSize: 5 } }
        Tick: { Type: Schedule, Properties: { Schedule: rate(1 hour) } }
        Plan: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 hour) } }
        Get: { Type: Api, Properties: { Path: /x, Method: get } }
        News: { Type: SNS, Properties: { Topic: !Ref Topic } }
`,
      { Stage: "live" },
    );
  const uri = "/Resources/ServerlessRestApi/Properties/Body/paths/~1x/get/x-amazon-apigateway-integration/uri/Fn::Sub";

  test("without AutoPublishAlias they start the function unqualified", () => {
    const template = events("");
    expect(at(template, "/Resources/FnQueue/Properties/FunctionName")).toEqual({ Ref: "Fn" });
    expect(at(template, "/Resources/FnTick/Properties/Targets/0/Arn")).toEqual({ "Fn::GetAtt": ["Fn", "Arn"] });
    expect(at(template, "/Resources/FnPlan/Properties/Target/Arn")).toEqual({ "Fn::GetAtt": ["Fn", "Arn"] });
    expect(at(template, "/Resources/FnNews/Properties/Endpoint")).toEqual({ "Fn::GetAtt": ["Fn", "Arn"] });
    expect(at(template, uri)).toContain("/functions/${Fn.Arn}/invocations");
  });

  test("with it they start the alias", () => {
    const template = events("      AutoPublishAlias: !Ref Stage");
    const alias = { Ref: "FnAliaslive" };
    expect(at(template, "/Resources/FnAliaslive/Properties/Name")).toBe("live");
    expect(at(template, "/Resources/FnQueue/Properties/FunctionName")).toEqual(alias);
    expect(at(template, "/Resources/FnTick/Properties/Targets/0/Arn")).toEqual(alias);
    expect(at(template, "/Resources/FnTickPermission/Properties/FunctionName")).toEqual(alias);
    expect(at(template, "/Resources/FnPlan/Properties/Target/Arn")).toEqual(alias);
    expect(at(template, "/Resources/FnPlanRole/Properties/Policies/0/PolicyDocument/Statement/0/Resource")).toEqual(
      alias,
    );
    expect(at(template, "/Resources/FnNews/Properties/Endpoint")).toEqual(alias);
    expect(at(template, uri)).toContain("/functions/${FnAliaslive}/invocations");
    expect(ids(template).filter((id) => /^FnVersion[0-9a-f]{10}$/.test(id))).toHaveLength(1);
  });

  test("an alias whose name is not settled", () => {
    const template = events("      AutoPublishAlias: !Ref Unsettled");
    expect(at(template, "/Resources/FnAliasUnsettled/Properties/Name")).toEqual({ Ref: "Unsettled" });
    expect(at(template, "/Resources/FnQueue/Properties/FunctionName")).toEqual({ Ref: "FnAliasUnsettled" });
  });

  test("of an API whose definition cannot be read still have their permission", () => {
    const template = expand(`
Resources:
  Api: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionBody: { Fn::Transform: { Name: AWS::Include } } } }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Events: { Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /x, Method: get } } }
`);
    expect(ids(template).sort()).toEqual(["Api", "ApiApiGatewayDefaultStage", "Fn", "FnGetPermission", "FnRole"]);
    expect(at(template, "/Resources/Api/Properties/Body")).toEqual({ "Fn::Transform": { Name: "AWS::Include" } });
  });

  test("lead back to where they are written", () => {
    const template = events("");
    const event = (name: string) => `template.yaml#/Resources/Fn/Properties/Events/${name}`;
    expect(locate(template, "/Resources/FnQueue")).toBe(event("Queue"));
    expect(locate(template, "/Resources/FnQueue/Properties/BatchSize")).toBe(event("Queue/Properties/BatchSize"));
    expect(locate(template, "/Resources/FnTickPermission/Properties/Principal")).toBe(event("Tick"));
    expect(locate(template, "/Resources/FnRole/Properties/ManagedPolicyArns/1")).toBe(event("Queue"));
    expect(locate(template, "/Resources/ServerlessRestApi")).toBe(event("Get"));
    expect(locate(template, uri)).toBe(event("Get"));
    expect(locate(template, "/Resources/FnRole")).toBe("template.yaml#/Resources/Fn");
    expect(locate(template, "/Resources/Fn/Properties/Code")).toBe("template.yaml#/Resources/Fn/Properties/InlineCode");
  });

  test("an event that cannot be read leaves its function as it is", () => {
    const template = expand(`
Resources:
  Fn: { Type: AWS::Serverless::Function, Properties: { InlineCode: x, Events: { Ev: { Type: Tomorrow } } } }
  Table: { Type: AWS::Serverless::SimpleTable }
`);
    expect(at(template, "/Resources/Fn/Type")).toBe("AWS::Serverless::Function");
    expect(at(template, "/Resources/Table/Type")).toBe("AWS::DynamoDB::Table");
  });
});

test("a template without the transform is given back as it is", () => {
  const template = {
    file: "t.yaml",
    body: { Transform: "AWS::CodeStar", Resources: { Fn: { Type: "AWS::Serverless::Function" } } },
    origins: new Map<string, string>(),
  };
  expect(expandSam(template, {})).toBe(template);
});

test("security of an API's methods leads back to Auth", () => {
  const template = expand(`
Globals:
  Api:
    Auth: { DefaultAuthorizer: AWS_IAM }
Resources:
  Api: { Type: AWS::Serverless::Api, Properties: { StageName: prod } }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Events:
        Get: { Type: Api, Properties: { Path: /x, Method: get, RestApiId: !Ref Api } }
        Open: { Type: Api, Properties: { Path: /y, Method: get, RestApiId: !Ref Api, Auth: { Authorizer: NONE } } }
`);
  const method = (path: string) => `/Resources/Api/Properties/Body/paths/~1${path}/get`;
  expect(at(template, `${method("x")}/security`)).toEqual([{ AWS_IAM: [] }]);
  expect(locate(template, `${method("x")}/security`)).toBe("template.yaml#/Globals/Api/Auth/DefaultAuthorizer");
  // AWS's translator leaves the marker when it was the only requirement.
  expect(at(template, `${method("y")}/security`)).toEqual([{ NONE: [] }]);
  expect(locate(template, `${method("y")}/security`)).toBe(
    "template.yaml#/Resources/Fn/Properties/Events/Open/Properties/Auth",
  );
});

test("origins of an earlier step are followed", () => {
  const body = {
    Transform: ["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"],
    Resources: { FnA: { Type: "AWS::Serverless::Function", Properties: { InlineCode: "x", Policies: ["Own"] } } },
  };
  const origins = new Map([["/Resources/FnA", "t.yaml#/Resources/Fn::ForEach::Each/2/Fn${Name}"]]);
  const expanded = expandSam({ file: "t.yaml", body, origins }, {});
  expect(expanded.body["Transform"]).toEqual(["AWS::LanguageExtensions"]);
  expect(locate(expanded, "/Resources/FnARole/Properties/ManagedPolicyArns/1")).toBe(
    "t.yaml#/Resources/Fn::ForEach::Each/2/Fn${Name}",
  );
});
