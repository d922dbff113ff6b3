import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, test } from "vitest";
import { InputError } from "../../src/errors";
import { readDocument } from "../../src/read/document";
import { readPlan } from "../../src/terraform/plan";
import { functionAt, inventoryOf, planOf } from "./planned";

function refusal(value: unknown): string {
  try {
    readPlan(value, "plan.json");
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
  return "accepted";
}

describe("what is no plan", () => {
  const plan = { format_version: "1.2", planned_values: {}, resource_changes: [] };

  test.each([
    ["a shown state", { format_version: "1.0", terraform_version: "1.9.8", values: {} }, /DG030 .*state/],
    [
      "a state file",
      { version: 4, terraform_version: "1.9.8", serial: 1, lineage: "x", resources: [] },
      /DG030 .*state/,
    ],
    ["a log line", { "@level": "info", type: "version" }, /DG030 .*log/],
    ["a template", { Resources: {} }, /DG030 .*not a Terraform plan/],
    ["a list", [], /DG030 .*not a Terraform plan/],
    ["changes that are no list", { ...plan, resource_changes: { a: 1 } }, /DG030 .*damaged/],
    ["major version 2", { ...plan, format_version: "2.0" }, /DG031/],
    ["major version 10", { ...plan, format_version: "10.1" }, /DG031/],
    ["no format version", { ...plan, format_version: null }, /DG031/],
  ])("%s", (_, value, expected) => expect(refusal(value)).toMatch(expected));

  test.each(["0.1", "0.2", "1.0", "1.2", "1.99"])("format version %s is read", (version) => {
    expect(refusal({ ...plan, format_version: version })).toBe("accepted");
  });
});

/** What `EXPECT.json` says of each of the hand-made files, and what it comes to here. */
const EXPECTED: Record<string, "rejected" | ((value: unknown) => void)> = {
  "tfplan-no-format-version.json": "rejected",
  "tfplan-format-2.0.json": "rejected",
  "tfplan-format-99.1.json": "rejected",
  "tfplan-changes-object.json": "rejected",
  "tfplan-state-not-plan.json": "rejected",
  "tfplan-raw-tfstate.json": "rejected",
  "tfplan-ndjson.json": "rejected",
  "tfplan-binary.json": "rejected",
  "tfplan-errored.json": (value) => {
    expect(inventoryOf(value).unresolved).toMatchObject([{ address: "plan", at: "plan.json#/errored" }]);
  },
  "tfplan-changes-null.json": (value) => expect(inventoryOf(value).resources).toEqual([]),
  "tfplan-delete-only.json": (value) => {
    expect(inventoryOf(value)).toMatchObject({
      functions: [],
      resources: [],
      changes: [{ address: "aws_lambda_function.f", action: "delete" }],
    });
  },
  "tfplan-replace.json": (value) => {
    expect(inventoryOf(value).functions).toMatchObject([{ name: "f", change: { action: "replace" } }]);
  },
  "tfplan-no-op-violating.json": (value) => {
    expect(inventoryOf(value).functions).toMatchObject([{ name: "f", durable: { executionTimeout: { known: 3600 } } }]);
  },
  "tfplan-after-unknown-all.json": (value) => {
    const [only] = inventoryOf(value).functions;
    expect(only).toMatchObject({
      durable: { certain: false, why: "aws_lambda_function.f.durable_config is known after apply" },
      name: "${aws_lambda_function.f}",
      timeout: { unknown: "aws_lambda_function.f.timeout is known after apply" },
      environmentUnread: "aws_lambda_function.f.environment is known after apply",
    });
  },
  "tfplan-durable-unknown.json": (value) => {
    expect(inventoryOf(value).functions).toMatchObject([
      {
        durable: {
          certain: true,
          executionTimeout: {
            unknown: "aws_lambda_function.f.durable_config[0].execution_timeout is known after apply",
          },
          kmsKey: { text: { unknown: "aws_lambda_function.f.durable_config[0].kms_key_arn is known after apply" } },
        },
        role: { arn: { unknown: "aws_lambda_function.f.role is known after apply" } },
      },
    ]);
  },
  "tfplan-durable-empty-list.json": (value) => {
    expect(inventoryOf(value).functions[0]).not.toHaveProperty("durable");
  },
  "tfplan-index-keys.json": (value) => {
    const address = 'module.a["x\\"].b[0]"].aws_lambda_function.f["k.\\"]["]';
    expect(functionAt(inventoryOf(value), address).name).toBe("f");
  },
  "tfplan-policy-invalid-json.json": (value) => {
    expect(inventoryOf(value).policies).toMatchObject([{ unread: "the policy document is not valid JSON" }]);
  },
  "tfplan-planned-values-only.json": (value) => {
    expect(inventoryOf(value).functions).toMatchObject([
      { address: "aws_lambda_function.f", change: { action: "create" } },
    ]);
  },
  "tfplan-deep-modules.json": (value) => expect(inventoryOf(value).unresolved).toEqual([]),
};

const synthetic = path.resolve(import.meta.dirname, "../../../shared/corpus/malformed/synthetic");

describe("hand-made plans", () => {
  if (!existsSync(synthetic)) {
    it.skip(`skipped: ${Object.keys(EXPECTED).length} files of the corpus are not here`, () => {});
    return;
  }

  it.each(Object.entries(EXPECTED))("%s", (file, expected) => {
    const read = () => readDocument(readFileSync(path.join(synthetic, file)), file).value;
    if (expected !== "rejected") return expected(read());
    expect(() => inventoryOf(read())).toThrow(InputError);
  });

  it("covers all of them", () => {
    const cases: { file: string }[] = JSON.parse(readFileSync(path.join(synthetic, "EXPECT.json"), "utf8"));
    const files = cases.map(({ file }) => file).filter((file) => file.startsWith("tfplan-"));
    expect(Object.keys(EXPECTED).sort()).toEqual(files.sort());
  });
});

describe("entries of a plan", () => {
  const fn = { address: "aws_lambda_function.f", after: { function_name: "f", durable_config: [] } };
  const entry = (more: object) => ({
    ...{ address: fn.address, mode: "managed", type: "aws_lambda_function", name: "f" },
    ...{ change: { actions: ["delete"], before: { function_name: "old" }, after: null, after_unknown: {} }, ...more },
  });

  test("a deposed object does not take the place of the live one", () => {
    const plan = planOf([fn]);
    const changes = [...(plan as { resource_changes: object[] }).resource_changes, entry({ deposed: "abcd1234" })];
    const { functions, changes: listed } = inventoryOf({ ...(plan as object), resource_changes: changes });
    expect(functions.map(({ name }) => name)).toEqual(["f"]);
    expect(listed).toEqual([{ address: fn.address, action: "create", about: [] }]);
  });

  test("what is destroyed does not come back from the prior state, what the plan does not touch stays", () => {
    const inState = (name: string) => ({
      ...{ address: `aws_lambda_function.${name}`, mode: "managed", type: "aws_lambda_function", name },
      values: { function_name: name, role: "arn:aws:iam::123456789012:role/r", durable_config: [] },
    });
    const { functions } = inventoryOf({
      ...{ format_version: "1.2", complete: false, resource_changes: [entry({})], configuration: {} },
      prior_state: { values: { root_module: { resources: [inState("f"), inState("other")] } } },
    });
    expect(functions).toMatchObject([{ address: "aws_lambda_function.other", change: { action: "no-op" } }]);
  });

  test("a resource whose reading waits for a later plan is in it", () => {
    const deferred = entry({ change: { actions: ["create"], after: { function_name: "later" }, after_unknown: {} } });
    const plan = { format_version: "1.2", complete: false, resource_changes: [], configuration: {} };
    const inventory = inventoryOf({
      ...plan,
      deferred_changes: [{ reason: "instance_count_unknown", resource_change: deferred }],
    });
    expect(inventory.functions).toMatchObject([
      { name: "later", at: "plan.json#/deferred_changes/0/resource_change/change/after" },
    ]);
    expect(inventory.unresolved).toMatchObject([{ at: "plan.json#/complete" }]);
  });
});
