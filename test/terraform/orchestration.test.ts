import { describe, expect, it } from "vitest";
import { readInventories } from "../../src/inventories";
import type { Invocation } from "../../src/inventory/types";
import { readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";
import { type Created, functionAt, inventoryOf, planOf, refers } from "./planned";

/** What starts the functions, without places. */
const edges = (invocations: readonly Invocation[]) => invocations.map(({ at: _, ...edge }) => edge);

const ARN = "arn:aws:lambda:us-east-1:111122223333:function:orders";
const task = (more: object) => ({ Type: "Task", End: true, ...more });
const call = (Parameters: object) => task({ Resource: "arn:aws:states:::lambda:invoke", Parameters });

/** Every way in which a definition calls a function, with the Step Functions developer guide at hand. */
const definition = (arn: string) => ({
  StartAt: "Direct",
  States: {
    Direct: task({ Resource: arn }),
    Qualified: task({ Resource: `${arn}:live` }),
    Optimized: call({ FunctionName: `${arn}:7`, Payload: {} }),
    Callback: task({
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Arguments: { FunctionName: arn, Qualifier: "live" },
    }),
    Sdk: task({
      Resource: "arn:aws:states:::aws-sdk:lambda:invoke",
      Parameters: { FunctionName: arn, InvocationType: "Event" },
    }),
    AtRunTime: call({ "FunctionName.$": "$.function" }),
    Jsonata: task({ Resource: "arn:aws:states:::lambda:invoke", Arguments: { FunctionName: "{% $f %}" } }),
    Other: task({ Resource: "arn:aws:states:::sns:publish", Parameters: { FunctionName: arn } }),
    Both: { Type: "Parallel", Branches: [{ StartAt: "A", States: { A: call({ FunctionName: arn }) } }] },
    Each: { Type: "Map", ItemProcessor: { StartAt: "B", States: { B: task({ Resource: `${arn}:live` }) } } },
    Old: { Type: "Map", Iterator: { StartAt: "C", States: { C: call({ FunctionName: "orders:live" }) } } },
    Wait: { Type: "Wait", Seconds: 1, Resource: arn },
  },
});

const expected = (address: string, name: string) =>
  [
    ["", false],
    ["live", false],
    ["7", false],
    ["live", false],
    ["", true],
    ["", false],
    ["live", false],
    ["live", false],
  ].map(([qualifier, asynchronous]) => ({
    address,
    kind: "state machine",
    function: name,
    qualifier: { known: qualifier },
    asynchronous: { known: asynchronous },
  }));

const fn: Created = { address: "aws_lambda_function.f", after: { function_name: "orders", arn: ARN } };

describe("state machines", () => {
  it("whose definition a plan knows", () => {
    const machine = {
      address: "aws_sfn_state_machine.m",
      after: { definition: JSON.stringify(definition(ARN)) },
    };
    expect(edges(inventoryOf(planOf([fn, machine])).invocations)).toEqual(
      expected("aws_sfn_state_machine.m", "aws_lambda_function.f"),
    );
  });

  it("whose definition is known after apply: what it mentions, at an unknown qualifier", () => {
    const machine = (name: string, ...references: string[]): Created => ({
      address: `aws_sfn_state_machine.${name}`,
      unknown: { definition: true },
      written: { definition: refers(...references) },
    });
    const alias: Created = {
      address: "aws_lambda_alias.live",
      after: { name: "live", function_name: "orders", function_version: "1" },
    };
    const unknown = { address: "aws_lambda_function.f", after: { function_name: "orders" }, unknown: { arn: true } };
    const plan = planOf([
      unknown,
      alias,
      machine("plain", "aws_lambda_function.f.arn", "aws_lambda_function.f"),
      machine("live", "aws_lambda_alias.live.arn", "aws_lambda_alias.live"),
      machine("other", "aws_sns_topic.t.arn", "aws_sns_topic.t"),
    ]);
    const why = (name: string, mentioned: string) =>
      `aws_sfn_state_machine.${name}.definition is known after apply (${mentioned})`;
    expect(edges(inventoryOf(plan).invocations)).toEqual([
      {
        address: "aws_sfn_state_machine.plain",
        kind: "state machine",
        function: "aws_lambda_function.f",
        qualifier: { unknown: "a qualifier that the plan does not show" },
        asynchronous: { unknown: why("plain", "aws_lambda_function.f.arn") },
      },
      {
        address: "aws_sfn_state_machine.live",
        kind: "state machine",
        function: "aws_lambda_function.f",
        qualifier: { known: "live" },
        asynchronous: { unknown: why("live", "aws_lambda_alias.live.arn") },
      },
    ]);
  });

  it.each(["", "[]", "{", '{"States": []}', '{"States": {"A": 7, "B": {"Type": "Task"}}}'])(
    "a definition that is none calls nothing: %s",
    (text) => {
      const machine = { address: "aws_sfn_state_machine.m", after: { definition: text } };
      expect(inventoryOf(planOf([fn, machine])).invocations).toEqual([]);
    },
  );

  const inTemplate = (resources: object) => {
    const text = JSON.stringify({
      Resources: {
        Orders: {
          Type: "AWS::Lambda::Function",
          Properties: { FunctionName: "orders", Role: "arn:aws:iam::111122223333:role/r", Code: { ZipFile: "" } },
        },
        ...resources,
      },
    });
    const document = readDocument(new TextEncoder().encode(text), "t.json");
    const [unit] = readInventories(document, { today: "2026-11-22", settings: DEFAULT_SETTINGS }).units;
    const inventory = unit?.[0]?.inventory;
    if (inventory === undefined) throw new Error("no inventory");
    return inventory;
  };
  const machine = (Properties: object) => ({ M: { Type: "AWS::StepFunctions::StateMachine", Properties } });

  it.each([
    [
      "a map",
      { Definition: definition("${Arn}"), DefinitionSubstitutions: { Arn: { "Fn::GetAtt": ["Orders", "Arn"] } } },
    ],
    [
      "a text with substitutions",
      {
        DefinitionString: JSON.stringify(definition("${Arn}")),
        DefinitionSubstitutions: { Arn: { "Fn::GetAtt": ["Orders", "Arn"] } },
      },
    ],
    ["a text made by Fn::Sub", { DefinitionString: { "Fn::Sub": JSON.stringify(definition("${Orders.Arn}")) } }],
  ])("in a template, %s: the same edges", (_, properties) => {
    expect(edges(inTemplate(machine(properties)).invocations)).toEqual(expected("M", "Orders"));
  });

  it("in S3, it is said that nobody knows", () => {
    const { invocations, unresolved } = inTemplate(machine({ DefinitionS3Location: { Bucket: "b", Key: "k" } }));
    expect(invocations).toEqual([]);
    expect(unresolved.map(({ address, why }) => [address, why])).toEqual([
      ["M", "what it invokes is not known: its definition cannot be read"],
    ]);
  });

  it("pipes: target and enrichment, in both formats", () => {
    const Target = { "Fn::GetAtt": ["Orders", "Arn"] };
    const template = inTemplate({
      P: { Type: "AWS::Pipes::Pipe", Properties: { Target, Enrichment: { "Fn::Sub": "${Orders.Arn}:live" } } },
      Q: {
        Type: "AWS::Pipes::Pipe",
        Properties: { Target, TargetParameters: { LambdaFunctionParameters: { InvocationType: "FIRE_AND_FORGET" } } },
      },
    });
    const plan = inventoryOf(
      planOf([
        fn,
        { address: "aws_pipes_pipe.p", after: { target: ARN, enrichment: `${ARN}:live`, target_parameters: [] } },
        {
          address: "aws_pipes_pipe.q",
          after: {
            target: ARN,
            target_parameters: [{ lambda_function_parameters: [{ invocation_type: "FIRE_AND_FORGET" }] }],
          },
        },
      ]),
    );
    const all = (p: string, q: string, name: string) =>
      [
        [p, "", false],
        [p, "live", false],
        [q, "", true],
      ].map(([address, qualifier, asynchronous]) => ({
        address,
        kind: "pipe",
        function: name,
        qualifier: { known: qualifier },
        asynchronous: { known: asynchronous },
      }));
    expect(edges(template.invocations)).toEqual(all("P", "Q", "Orders"));
    expect(edges(plan.invocations)).toEqual(all("aws_pipes_pipe.p", "aws_pipes_pipe.q", "aws_lambda_function.f"));
  });
});

describe("two functions of one name, in two Regions", () => {
  const inRegion = (address: string, region: string, after: object): Created => ({
    address,
    after: { region, ...after },
  });
  const both = [
    inRegion("aws_lambda_function.a", "us-east-1", { function_name: "orders", publish: true }),
    inRegion("aws_lambda_function.b", "eu-west-1", { function_name: "orders" }),
  ];
  const arnIn = (region: string) => `arn:aws:lambda:${region}:111122223333:function:orders`;

  it("a log group is of the one in its Region; of either while its Region is not known", () => {
    const group = { name: "/aws/lambda/orders", retention_in_days: 30 };
    const groups = (more: Record<string, unknown>) =>
      inventoryOf(
        planOf(
          [
            ...both,
            inRegion("aws_cloudwatch_log_group.b", "eu-west-1", group),
            inRegion("aws_cloudwatch_log_group.elsewhere", "ap-south-1", group),
            { address: "aws_cloudwatch_log_group.provider", after: group },
          ],
          more,
        ),
      ).logGroups.map(({ address, functions }) => [address, functions]);
    const own = [
      ["aws_cloudwatch_log_group.b", ["aws_lambda_function.b"]],
      ["aws_cloudwatch_log_group.elsewhere", []],
    ];
    // The provider of these plans is in us-east-1.
    expect(groups({})).toEqual([...own, ["aws_cloudwatch_log_group.provider", ["aws_lambda_function.a"]]]);
    expect(groups({ configuration: {} })).toEqual([
      ...own,
      ["aws_cloudwatch_log_group.provider", ["aws_lambda_function.a", "aws_lambda_function.b"]],
    ]);
  });

  it("a bare name means the one of its own Region, an ARN the one it names", () => {
    const inventory = inventoryOf(
      planOf([
        ...both,
        inRegion("aws_lambda_alias.a", "us-east-1", { name: "live", function_name: "orders", function_version: "1" }),
        inRegion("aws_lambda_alias.b", "eu-west-1", { name: "next", function_name: "orders", function_version: "1" }),
        inRegion("aws_lambda_permission.b", "eu-west-1", {
          function_name: "orders",
          action: "lambda:InvokeFunction",
          principal: "s3.amazonaws.com",
        }),
        inRegion("aws_lambda_event_source_mapping.a", "us-east-1", { function_name: "orders" }),
        inRegion("aws_cloudwatch_event_target.b", "eu-west-1", { arn: arnIn("eu-west-1") }),
        inRegion("aws_cloudwatch_event_target.none", "eu-west-1", { arn: arnIn("ap-south-1") }),
      ]),
      { account: "111122223333" },
    );
    const [a, b] = ["a", "b"].map((name) => functionAt(inventory, `aws_lambda_function.${name}`));
    expect(a?.aliases.map(({ address }) => address)).toEqual(["aws_lambda_alias.a"]);
    expect(b?.aliases.map(({ address }) => address)).toEqual(["aws_lambda_alias.b"]);
    expect([a?.versions.length, b?.versions.length]).toEqual([1, 0]);
    expect(inventory.resourcePolicies.map((policy) => policy.function)).toEqual(["aws_lambda_function.b"]);
    expect(inventory.invocations.map((edge) => [edge.address, edge.function])).toEqual([
      ["aws_lambda_event_source_mapping.a", "aws_lambda_function.a"],
      ["aws_cloudwatch_event_target.b", "aws_lambda_function.b"],
    ]);
  });
});
