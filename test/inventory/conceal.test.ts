import { expect, test } from "vitest";
import { assemble } from "../../src/inventory/assemble";
import { type Draft, emptyDraft } from "../../src/inventory/draft";
import type { Inventory, Variable } from "../../src/inventory/types";

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
      description: { known: `uses ${ACCESS_KEY}` },
      inlineCode: { known: `key = "${ACCESS_KEY}"\npassword = "letmein"` },
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
      description: { known: `uses ${ACCESS_KEY}` },
      inlineCode: { known: `key = "${ACCESS_KEY}"` },
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
  const at = "t.yaml#/Resources/Fn";
  const variables = `${at}/Properties/Environment/Variables`;
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
    { at, place: "code", name: "", ...accessKey },
    { at, place: "description", name: "", ...accessKey },
  ]);
  expect(inventory.parameters[0]?.secrets).toEqual([
    { at: "t.yaml#/Parameters/Partner", place: "parameter", name: "Partner", ...accessKey },
  ]);
});

test("a hidden parameter is a secret wherever its value is put together with text", () => {
  const parameters = [
    { address: "Password", at: "t.yaml#/Parameters/Password", name: "Password", secret: true },
    { address: "Stage", at: "t.yaml#/Parameters/Stage", name: "Stage", secret: false },
  ];
  const environment = [
    variable("DATABASE", "app:${Password}@db", "reference"),
    variable("TABLE", "orders-${Stage}", "reference"),
  ];
  const [fn] = inventoryOf({ environment }, parameters).functions;
  expect(fn?.environment.map(({ source }) => source)).toEqual(["secret parameter", "reference"]);
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
  const environment = [variable("TABLE", "orders"), variable("DB_SECRET_ARN", "${DbSecret}", "reference")];
  const description = { known: "Takes orders" };
  const [fn] = inventoryOf({ environment, description }).functions;
  expect(fn?.environment).toEqual(environment);
  expect(fn?.description).toEqual(description);
  expect(fn?.secrets).toEqual([]);
  expect(fn).not.toHaveProperty("inlineCode");
  expect(inventoryOf({ description: { unknown: "Ref Text" } }).functions[0]?.description).toEqual({
    unknown: "Ref Text",
  });
});
