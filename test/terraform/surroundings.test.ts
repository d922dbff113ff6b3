import { describe, expect, test } from "vitest";
import { type Created, inventoryOf, planned, planOf, refers } from "./planned";

/** What stands around functions: edges, permissions, keys, trails, APIs and the network. */

const fn: Created = {
  address: "aws_lambda_function.f",
  after: { function_name: "f" },
  unknown: { arn: true, invoke_arn: true, qualified_arn: true, version: true, role: true },
};
const alias: Created = {
  address: "aws_lambda_alias.live",
  after: { function_name: "f", name: "live" },
  unknown: { arn: true, function_version: true, invoke_arn: true },
  written: { function_version: refers("aws_lambda_function.f.version", "aws_lambda_function.f") },
};

describe("edges and their qualifiers", () => {
  const target = (...references: string[]) => ({ unknown: { arn: true }, written: { arn: refers(...references) } });
  const edges = (...resources: Created[]) =>
    inventoryOf(planOf([fn, alias, ...resources])).invocations.map(({ kind, qualifier }) => [
      kind,
      qualifier.known ?? "unknown",
    ]);
  const rule = (more: Partial<Created>): Created => ({ address: "aws_cloudwatch_event_target.t", ...more });

  test.each([
    ["an alias", target("aws_lambda_alias.live.arn", "aws_lambda_alias.live"), "live"],
    ["the version it publishes", target("aws_lambda_function.f.qualified_arn"), "${durable:Version}"],
    ["ARN and version", target("aws_lambda_function.f.arn", "aws_lambda_function.f.version"), "${durable:Version}"],
    ["ARN and the name of an alias", target("aws_lambda_function.f.arn", "aws_lambda_alias.live.name"), "live"],
    [
      "ARN, the name of an alias and what may choose between them",
      target("aws_lambda_function.f.arn", "var.qualified", "aws_lambda_alias.live.name"),
      "unknown",
    ],
    // `x.arn` and `"${x.arn}:live"` give the same plan
    ["its ARN, perhaps with a literal behind it", target("aws_lambda_function.f.arn"), "unknown"],
    ["a known ARN", { after: { arn: "arn:aws:lambda:us-east-1:123456789012:function:f" } }, ""],
    [
      "a known qualified ARN",
      { after: { arn: "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST" } },
      "$LATEST",
    ],
  ])("a rule on %s", (_, more, qualifier) => expect(edges(rule(more))).toEqual([["rule", qualifier]]));

  test("of two functions that may be meant, neither is", () => {
    const other = { ...fn, address: "aws_lambda_function.g", after: { function_name: "g" } };
    expect(edges(other, rule(target("aws_lambda_function.f.arn", "aws_lambda_function.g.arn")))).toEqual([]);
  });

  test("every kind, by name or ARN", () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:f:live";
    const found = inventoryOf(
      planOf([
        ...[fn, alias],
        { address: "aws_lambda_event_source_mapping.m", after: { function_name: "f" } },
        { address: "aws_scheduler_schedule.s", after: { target: [{ arn }] } },
        { address: "aws_sns_topic_subscription.s", after: { protocol: "lambda", endpoint: arn } },
        { address: "aws_sns_topic_subscription.q", after: { protocol: "sqs", endpoint: arn } },
        { address: "aws_s3_bucket_notification.n", after: { lambda_function: [{ lambda_function_arn: arn }] } },
        { address: "aws_cloudwatch_log_subscription_filter.l", after: { destination_arn: arn } },
        {
          address: "aws_lambda_function_url.u",
          after: {
            ...{ function_name: "f", qualifier: "live", authorization_type: "AWS_IAM" },
            cors: [{ allow_origins: ["*"], allow_credentials: true }],
          },
        },
      ]),
    ).invocations.map(({ kind, qualifier, asynchronous, at }) => [kind, qualifier.known, asynchronous.known, at]);
    const at = (index: number, rest: string) => `plan.json#/resource_changes/${index}/change/after${rest}`;
    expect(found).toEqual([
      ["event source mapping", "", false, at(2, "/function_name")],
      ["schedule", "live", true, at(3, "/target/0/arn")],
      ["topic", "live", true, at(4, "/endpoint")],
      ["bucket", "live", true, at(6, "/lambda_function/0/lambda_function_arn")],
      ["log subscription", "live", true, at(7, "/destination_arn")],
      ["function url", "live", false, at(8, "")],
    ]);
  });
});

test("permissions become the statement Lambda writes", () => {
  const plan = planOf([
    ...[fn, alias],
    {
      address: "aws_lambda_permission.p",
      after: {
        ...{ function_name: "f", qualifier: "live", action: "lambda:InvokeFunction" },
        ...{ principal: "events.amazonaws.com", source_account: "123456789012" },
      },
      unknown: { source_arn: true, id: true },
      written: { source_arn: refers("aws_cloudwatch_event_rule.r.arn", "aws_cloudwatch_event_rule.r") },
    },
    { address: "aws_cloudwatch_event_rule.r", unknown: { arn: true } },
    {
      address: "aws_lambda_policy.p",
      after: {
        resource_arn: "arn:aws:lambda:us-east-1:123456789012:function:f:live",
        policy: JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "lambda:*", Resource: "*" } }),
      },
    },
  ]);
  const [permission, policy] = inventoryOf(plan).resourcePolicies;
  expect(permission).toMatchObject({
    function: "aws_lambda_function.f",
    qualifier: { known: "live" },
    viaUrl: false,
    statements: [
      {
        actions: [{ text: "lambda:InvokeFunction" }],
        principals: [{ type: "Service", id: { text: "events.amazonaws.com" } }],
        conditions: [
          {
            operator: "ArnLike",
            key: "aws:sourcearn",
            values: [
              {
                text: "${aws_lambda_permission.p.source_arn is known after apply (aws_cloudwatch_event_rule.r.arn)}",
                open: true,
              },
            ],
          },
          { operator: "StringEquals", key: "aws:sourceaccount", values: [{ text: "123456789012" }] },
        ],
      },
    ],
  });
  expect(policy).toMatchObject({
    kind: "resource policy",
    function: "aws_lambda_function.f",
    qualifier: { known: "live" },
  });
});

describe("keys (10)", () => {
  const { keys, functions } = planned("10-kms");
  const key = (name: string) => keys.find(({ address }) => address === `aws_kms_key.${name}`);

  test("policy, alias and grant by reference to a key that does not exist yet", () => {
    expect(key("good")).toMatchObject({
      defaultPolicy: false,
      rotation: { known: true },
      pendingWindow: { known: 30 },
      aliases: ["alias/durable-payloads"],
      grants: [
        {
          address: "aws_kms_grant.both",
          operations: ["Decrypt", "Encrypt", "GenerateDataKey"],
          grantee: { text: "arn:${AWS::Partition}:iam::123456789012:role/kms-both" },
        },
      ],
    });
    expect(key("good")?.statements).toHaveLength(2);
    expect(key("open")?.statements[0]?.principals).toMatchObject([{ type: "*" }]);
  });

  test("a policy in a resource of its own that names an unknown role", () => {
    expect(key("separate")).toMatchObject({
      defaultPolicy: false,
      statements: [],
      unread: 'aws_kms_key_policy.separate.policy is known after apply (aws_iam_role.fn["both"].arn)',
    });
  });

  test("a key outside the plan is a mention", () => {
    const [first] = functions;
    expect(first?.kmsKey).not.toHaveProperty("key");
    expect(first?.kmsKey?.arn).toMatchObject({ arn: true, open: false });
    expect(first?.serdesKeys).toHaveLength(1);
  });

  test("no key policy is AWS's own (08)", () => {
    expect(planned("08-module-for-each").keys).toMatchObject([{ address: "aws_kms_key.env", defaultPolicy: true }]);
  });
});

describe("trails (11, 12)", () => {
  // of each trail in main.tf: what of functions it takes
  test.each([
    ["aws_cloudtrail.classic", true, [{ readWrite: { known: "All" }, functions: [], excludes: false }]],
    ["aws_cloudtrail.advanced", true, [{ readWrite: { known: "All" }, functions: [], excludes: false }]],
    [
      "aws_cloudtrail.one_function",
      true,
      [{ readWrite: { known: "WriteOnly" }, functions: [{ open: true }], excludes: false }],
    ],
    ["aws_cloudtrail.s3_only", false, []],
    // everything but the function named
    ["aws_cloudtrail_event_data_store.lake", true, [{ readWrite: { known: "All" }, functions: [], excludes: true }]],
  ])("%s", (address, logging, selectors) => {
    const trail = planned("11-cloudtrail-data-events").trails.find((one) => one.address === address);
    expect(trail).toMatchObject({ logging: { known: logging }, selectors });
    expect(trail).not.toHaveProperty("unread");
  });

  test("trails without data events of functions", () => {
    expect(planned("12-cloudtrail-without-lambda").trails.map(({ selectors }) => selectors)).toEqual([[], []]);
  });

  test("selectors of a dynamic block are unread", () => {
    const plan = planOf([{ address: "aws_cloudtrail.t", unknown: { event_selector: true } }]);
    expect(inventoryOf(plan).trails[0]?.unread).toBe("aws_cloudtrail.t.event_selector is known after apply");
  });
});

describe("APIs (16)", () => {
  const { apiRoutes, invocations } = planned("16-apigateway-noauth");

  test.each([
    ["aws_api_gateway_method.open", "REST", "POST", "/start", "NONE", "aws_lambda_function.wf"],
    ["aws_api_gateway_method.cors", "REST", "OPTIONS", "/start", "NONE", undefined],
    ["aws_api_gateway_method.iam", "REST", "DELETE", "/start", "AWS_IAM", undefined],
    ["aws_apigatewayv2_route.callback", "HTTP", "POST", "/callback/{id}", "NONE", "aws_lambda_function.wf"],
    ["aws_apigatewayv2_route.default", "HTTP", "ANY", "$default", "NONE", "aws_lambda_function.wf"],
    ["aws_apigatewayv2_route.admin", "HTTP", "POST", "/admin/stop", "JWT", "aws_lambda_function.wf"],
  ])("%s", (address, api, method, path, authorization, target) => {
    const route = apiRoutes.find((one) => one.address === address);
    expect(route).toMatchObject({
      ...{ api, method: { known: method }, path: { known: path }, authorization: { known: authorization } },
      // the API's policy lets anyone call, without a condition
      restrictedByPolicy: { known: false },
    });
    expect(route?.function).toBe(target);
  });

  test("what they invoke: the unqualified function, and the alias", () => {
    expect(invocations.map(({ address, qualifier }) => [address, qualifier.known])).toEqual([
      ["aws_api_gateway_integration.open", ""],
      ["aws_apigatewayv2_integration.wf", "live"],
    ]);
  });

  test("only $connect of a WebSocket API can be authorized", () => {
    const plan = planOf([
      { address: "aws_apigatewayv2_api.a", after: { protocol_type: "WEBSOCKET" }, unknown: { id: true } },
      ...["$connect", "$default"].map((route_key, index) => ({
        ...{ address: `aws_apigatewayv2_route.r${index}`, after: { route_key, authorization_type: "NONE" } },
        ...{ unknown: { api_id: true }, written: { api_id: refers("aws_apigatewayv2_api.a.id") } },
      })),
    ]);
    expect(inventoryOf(plan).apiRoutes).toMatchObject([{ api: "WebSocket", path: { known: "$connect" } }]);
  });
});

describe("the network", () => {
  const group = (egress: unknown): Created => ({
    address: "aws_security_group.g",
    after: { name: "g", egress },
    unknown: { id: true },
  });
  const open = (...resources: Created[]) => inventoryOf(planOf(resources)).securityGroups[0]?.openEgress;

  test("egress to everywhere, in the group or in a rule of its own", () => {
    const everywhere = { protocol: "-1", cidr_blocks: ["0.0.0.0/0"], ipv6_cidr_blocks: [] };
    expect(open(group([everywhere]))).toEqual({ known: true });
    expect(open(group([{ ...everywhere, protocol: "tcp" }]))).toEqual({ known: false });
    // Terraform removes AWS's own open rule
    expect(open(group([]))).toEqual({ known: false });
    const rule: Created = {
      address: "aws_vpc_security_group_egress_rule.r",
      after: { ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
      unknown: { security_group_id: true },
      written: { security_group_id: refers("aws_security_group.g.id", "aws_security_group.g") },
    };
    expect(open(group([]), rule)).toEqual({ known: true });
    expect(open(group([{ protocol: "-1", cidr_blocks: [null] }]))).toEqual({ known: false });
  });

  test("subnets with their zones and network ACLs", () => {
    const plan = planOf([
      { address: "aws_subnet.s", after: { availability_zone: "us-east-1a" }, unknown: { id: true } },
      {
        address: "aws_network_acl.a",
        after: { ingress: [{ protocol: "-1", action: "allow", cidr_block: "0.0.0.0/0" }], egress: [] },
        unknown: { subnet_ids: true },
        written: { subnet_ids: refers("aws_subnet.s.id", "aws_subnet.s") },
      },
    ]);
    const { subnets, networkAcls } = inventoryOf(plan);
    expect(subnets).toMatchObject([{ zone: { known: "us-east-1a" }, networkAcls: ["aws_network_acl.a"] }]);
    expect(networkAcls).toMatchObject([{ open: { known: true }, isDefault: false }]);
  });
});
