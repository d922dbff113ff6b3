import { expect, test } from "vitest";
import { assemble } from "../../src/inventory/assemble";
import { type Draft, emptyDraft } from "../../src/inventory/draft";
import type { Inventory, Variable } from "../../src/inventory/types";
import { scenariosOf } from "../cloudformation/inventories";

const ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:orders";

const variable = (name: string, known: string, source: Variable["source"] = "literal"): Variable => ({
  at: `t.yaml#/Resources/Fn/Properties/Environment/Variables/${name}`,
  name,
  value: { known },
  source,
});

function inventoryOf(fields: Partial<Draft["functions"][number]>, parameters: Draft["parameters"] = []): Inventory {
  const deployment = { partition: "aws", region: "eu-west-1", account: "111122223333" };
  const draft = emptyDraft("cloudformation", deployment, new Set());
  draft.functions.push({
    address: "Fn",
    at: "t.yaml#/Resources/Fn",
    name: "orders",
    arn: ARN,
    role: { at: "t.yaml#/Resources/Fn/Properties/Role", text: { known: "arn:aws:iam::111122223333:role/orders" } },
    packageType: { known: "Zip" },
    environment: [],
    layers: [],
    managedInstances: false,
    tags: [],
    referencedBy: [],
    ...fields,
  });
  draft.parameters = parameters;
  const settings = {
    leastPrivilege: "recommended",
    wildcards: "recommended",
    audit: "optional",
    accounts: [],
    sensitiveTags: [],
    serdesKeys: [],
    deployers: [],
    durableRuntimes: [],
  };
  return assemble(draft, settings, "2026-11-22");
}

test("a secret's text leaves no trace in the inventory, whatever gives it away", () => {
  const inventory = inventoryOf(
    {
      environment: [
        variable("PARTNER", ACCESS_KEY),
        variable("DB_PASSWORD", "hunter2"),
        variable("HIDDEN", "swordfish", "secret parameter"),
        variable("DATABASE_URL", "postgres://app:opensesame@db.internal/app"),
        // No finding, and nothing to show either: a placeholder today is a secret tomorrow.
        variable("API_TOKEN", "dummy-9c1f"),
        variable("LOG_LEVEL", "info"),
      ],
      description: { at: "t.yaml#/description", text: { known: `uses ${ACCESS_KEY}` } },
      inlineCode: { at: "t.yaml#/code", text: { known: `key = "${ACCESS_KEY}"\npassword = "letmein"` } },
    },
    [
      {
        address: "Partner",
        at: "t.yaml#/Parameters/Partner",
        name: "Partner",
        secret: false,
        value: { known: ACCESS_KEY },
      },
      {
        address: "Hidden",
        at: "t.yaml#/Parameters/Hidden",
        name: "Hidden",
        secret: true,
        value: { known: "swordfish" },
      },
      {
        address: "DbPassword",
        at: "t.yaml#/Parameters/DbPassword",
        name: "DbPassword",
        secret: false,
        value: { known: "TODO" },
      },
      { address: "Stage", at: "t.yaml#/Parameters/Stage", name: "Stage", secret: false, value: { known: "prod" } },
    ],
  );
  const text = JSON.stringify(inventory);
  for (const secret of [ACCESS_KEY, "hunter2", "swordfish", "opensesame", "dummy-9c1f", "letmein", "TODO"]) {
    expect(text).not.toContain(secret);
  }
  const hidden = { unknown: "not shown" };
  const [fn] = inventory.functions;
  expect(fn?.environment.map(({ name, value }) => [name, value])).toEqual([
    ["PARTNER", hidden],
    ["DB_PASSWORD", hidden],
    ["HIDDEN", hidden],
    ["DATABASE_URL", hidden],
    ["API_TOKEN", hidden],
    ["LOG_LEVEL", { known: "info" }],
  ]);
  expect(fn?.description).toEqual(hidden);
  expect(inventory.parameters.map(({ name, value }) => [name, value])).toEqual([
    ["Partner", hidden],
    ["Hidden", hidden],
    ["DbPassword", hidden],
    ["Stage", { known: "prod" }],
  ]);
});

test("what stood where is kept", () => {
  const inventory = inventoryOf(
    {
      environment: [variable("PARTNER", ACCESS_KEY), variable("JWT_SECRET", "supersecretvalue")],
      description: { at: "t.yaml#/description", text: { known: `uses ${ACCESS_KEY}` } },
      inlineCode: { at: "t.yaml#/code", text: { known: `key = "${ACCESS_KEY}"` } },
    },
    [
      {
        address: "Partner",
        at: "t.yaml#/Parameters/Partner",
        name: "Partner",
        secret: false,
        value: { known: ACCESS_KEY },
      },
    ],
  );
  const accessKey = { kind: "AWS access key", aws: true, by: "content", certain: true };
  const variables = "t.yaml#/Resources/Fn/Properties/Environment/Variables";
  expect(inventory.functions[0]?.secrets).toEqual([
    { at: `${variables}/PARTNER`, place: "environment", name: "PARTNER", ...accessKey },
    {
      at: `${variables}/JWT_SECRET`,
      place: "environment",
      name: "JWT_SECRET",
      kind: "secret",
      aws: false,
      by: "name",
      certain: false,
    },
    { at: "t.yaml#/code", place: "code", name: "", ...accessKey },
    { at: "t.yaml#/description", place: "description", name: "", ...accessKey },
  ]);
  expect(inventory.parameters[0]?.secrets).toEqual([
    { at: "t.yaml#/Parameters/Partner", place: "parameter", name: "Partner", ...accessKey },
  ]);
});

test("a hidden parameter is a secret wherever its value is put together with text", () => {
  const parameters = [
    { address: "Password", at: "t.yaml#/Parameters/Password", name: "Password", secret: true },
    { address: "Stage", at: "t.yaml#/Parameters/Stage", name: "Stage", secret: false },
    { address: "Inner/Key", at: "t.yaml#/Parameters/Key", name: "Key", secret: true },
  ];
  const environment = [
    variable("DATABASE", "app:${Password}@db", "reference"),
    variable("TABLE", "orders-${Stage}", "reference"),
    variable("API_SECRET", "prefix-${Stage}", "reference"),
  ];
  const [fn] = inventoryOf({ environment }, parameters).functions;
  expect(fn?.environment.map(({ source }) => source)).toEqual(["secret parameter", "reference", "reference"]);
  expect(fn?.environment[2]?.value).toEqual({ unknown: "not shown" });
  const nested = inventoryOf({ environment: [variable("DATABASE", "app:${Inner/Key}@db", "reference")] }, parameters);
  expect(nested.functions[0]?.environment[0]?.source).toBe("secret parameter");
  expect(fn?.secrets).toEqual([
    {
      at: environment[0]?.at,
      place: "environment",
      name: "DATABASE",
      kind: "secret",
      aws: false,
      by: "parameter",
      certain: true,
    },
  ]);
});

test("without anything secret everything stays as it is", () => {
  const environment = [variable("TABLE", "orders"), variable("DB_PASSWORD", "${DbSecret}", "reference")];
  const description = { known: "Takes orders" };
  const [fn] = inventoryOf({ environment, description: { at: "t.yaml#/description", text: description } }).functions;
  expect(fn?.environment).toEqual(environment);
  expect(fn?.description).toEqual(description);
  expect(fn?.secrets).toEqual([]);
  expect(fn).not.toHaveProperty("inlineCode");
  const unread = { at: "t.yaml#/description", text: { unknown: "Ref Text" } };
  expect(inventoryOf({ description: unread }).functions[0]?.description).toEqual({ unknown: "Ref Text" });
});

test("values of secret parameters that conditions compare are told apart by number", () => {
  const scenarios = scenariosOf(`
Parameters:
  Password: { Type: String, NoEcho: true, Default: swordfish }
  ApiToken: { Type: String, Default: opensesame }
  Partner: { Type: String, Default: ${ACCESS_KEY} }
Conditions:
  HasPassword: !Not [!Equals [!Ref Password, ""]]
  HasToken: !Not [!Equals [!Ref ApiToken, sesame]]
  HasPartner: !Equals [!Ref Partner, none]
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Code: { S3Bucket: builds, S3Key: orders.zip }
      Handler: index.handler
      Role: !If [HasPassword, arn:aws:iam::111122223333:role/a, !If [HasToken, arn:aws:iam::111122223333:role/b, !If [HasPartner, arn:aws:iam::111122223333:role/c, arn:aws:iam::111122223333:role/d]]]
      Runtime: nodejs24.x
`);
  const text = JSON.stringify(scenarios);
  for (const secret of ["swordfish", "sesame", ACCESS_KEY]) expect(text).not.toContain(secret);
  expect(scenarios).toHaveLength(8);
  expect(scenarios[0]?.when).toEqual({
    Password: "hidden value 1",
    ApiToken: "hidden value 1",
    Partner: "hidden value 1",
  });
});
