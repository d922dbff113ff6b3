import { describe, expect, test } from "vitest";
import { functionAt, inventoryOf, planned, planOf, refers } from "./planned";

const THIS = "plan.json#/resource_changes/6/change/after";
const ARN = "arn:${AWS::Partition}:lambda:eu-west-1:123456789012:function:payments-settlement";

/** main.tf of 14, attribute by attribute; what the plan does not know is set all the same. */
test("every block of a function (14)", () => {
  const found = functionAt(planned("14-hardened"), "aws_lambda_function.this");
  const unknown = (path: string, name: string) => ({
    unknown: `aws_lambda_function.this.${path} is known after apply (${name})`,
  });
  expect(found).toMatchObject({
    at: THIS,
    name: "payments-settlement",
    arn: { text: ARN },
    role: { at: `${THIS}/role`, address: "aws_iam_role.this" },
    durable: { at: `${THIS}/durable_config/0`, certain: true, malformed: false },
    runtime: { known: "nodejs24.x" },
    packageType: { known: "Zip" },
    timeout: { known: 120 },
    memory: { known: 512 },
    kmsKey: { at: `${THIS}/kms_key_arn`, key: "aws_kms_key.this" },
    environment: [{ name: "LEDGER_TABLE", value: { known: "ledger-prod" }, source: "literal" }],
    vpc: {
      subnetAddresses: ['aws_subnet.private["a"]', 'aws_subnet.private["b"]'],
      securityGroupAddresses: ["aws_security_group.lambda"],
    },
    logging: { format: { known: "JSON" }, group: { known: "/aws/lambda/payments-settlement" } },
    deadLetter: unknown("dead_letter_config[0].target_arn", "aws_sqs_queue.dlq.arn"),
    tracing: { known: "Active" },
    reservedConcurrency: { known: 50 },
    codeSigning: expect.anything(),
    layers: [],
    managedInstances: false,
    tags: [
      { name: "Environment", value: { known: "prod" } },
      { name: "Owner", value: { known: "payments" } },
    ],
    versions: [{ address: "aws_lambda_function.this" }],
    aliases: [{ address: "aws_lambda_alias.prod", name: { known: "prod" }, version: { known: "${durable:Version}" } }],
    destinations: [
      {
        address: "aws_lambda_function_event_invoke_config.prod",
        qualifier: { known: "prod" },
        onFailure: {
          unknown:
            "aws_lambda_function_event_invoke_config.prod.destination_config[0].on_failure[0].destination is known after apply (aws_sqs_queue.dlq.arn)",
        },
      },
    ],
    change: { action: "create", replaceBecause: [], fixedName: false },
  });
  expect(found.durable).toMatchObject({ executionTimeout: { known: 604800 }, retentionDays: { known: 30 } });
  // neither written nor known: AWS's default, which the rules know
  expect(found).not.toHaveProperty("ephemeralStorage");
  expect(found).not.toHaveProperty("sourceKmsKey");
});

describe("durable or not (24)", () => {
  const inventory = planned("24-unknown-values");

  test("a dynamic block over an unknown list may be there or not", () => {
    expect(functionAt(inventory, "aws_lambda_function.maybe").durable).toEqual({
      at: "plan.json#/resource_changes/11/change/after/durable_config",
      certain: false,
      why: "aws_lambda_function.maybe.durable_config is known after apply",
      malformed: false,
    });
  });

  test("numbers that are not known yet", () => {
    const why = (name: string) => ({
      unknown: `aws_lambda_function.numbers.durable_config[0].${name} is known after apply (local.suffix)`,
    });
    expect(functionAt(inventory, "aws_lambda_function.numbers").durable).toMatchObject({
      certain: true,
      executionTimeout: why("execution_timeout"),
      retentionDays: why("retention_period"),
    });
  });

  test("a name that is not known is its own, different from every other", () => {
    const { arn } = functionAt(inventory, "aws_lambda_function.a");
    expect(arn.text).toBe("arn:${AWS::Partition}:lambda:us-east-1:${AWS::AccountId}:function:${aws_lambda_function.a}");
    expect(arn.lead).toContainEqual({ identity: "aws_lambda_function.a" });
  });

  test("one unknown variable hides the whole environment", () => {
    expect(functionAt(inventory, "aws_lambda_function.env")).toMatchObject({
      environment: [],
      environmentUnread:
        "aws_lambda_function.env.environment[0].variables is known after apply (terraform_data.cmdb.id)",
    });
  });
});

test.each(["plan.json", "plan.tofu.json"])("sensitive values are marked and nowhere written (15, %s)", (file) => {
  const inventory = planned("15-secrets-in-env", file);
  const { environment, secrets } = functionAt(inventory, "aws_lambda_function.plaintext");
  expect(environment.filter(({ source }) => source === "secret parameter").map(({ name }) => name)).toEqual([
    "DATABASE_URL",
    "GITHUB_TOKEN",
  ]);
  expect(secrets.length).toBeGreaterThan(0);
  // the secrets of main.tf
  for (const secret of ["Tr0ub4dor", "sk_live_", "ghp_EXAMPLE", "wJalrXUtnFEMI", "BEGIN RSA"]) {
    expect(JSON.stringify(inventory)).not.toContain(secret);
  }
  expect(inventory.parameters.map(({ name, secret }) => [name, secret])).toEqual([
    ["db_password", true],
    ["stripe_key", false],
  ]);
});

describe("the deployment", () => {
  const fn = (region?: string) => ({
    address: "aws_lambda_function.f",
    after: { function_name: "f", ...(region === undefined ? {} : { region }) },
    unknown: { arn: true, role: true },
  });
  const arnOf = (plan: unknown, options = {}) => inventoryOf(plan, options).functions[0]?.arn.text;

  test("the Region of a resource goes before that of its provider", () => {
    expect(arnOf(planOf([fn("eu-central-1")]))).toContain(":lambda:eu-central-1:");
    expect(arnOf(planOf([fn()]))).toContain(":lambda:us-east-1:");
  });

  test("a provider's Region may be a variable", () => {
    const plan = planOf([fn()], { variables: { region: { value: "ap-south-1" } } }) as { configuration: object };
    const provider_config = { aws: { expressions: { region: refers("var.region") } } };
    expect(arnOf({ ...plan, configuration: { ...plan.configuration, provider_config } })).toContain(":ap-south-1:");
  });

  test("account and partition: as given, else from data sources, else from what exists", () => {
    expect(arnOf(planOf([fn()]), { account: "111122223333", partition: "aws-cn" })).toBe(
      "arn:aws-cn:lambda:us-east-1:111122223333:function:f",
    );
    expect(planned("19-update-existing-state").deployment).toEqual({
      partition: "aws",
      region: "us-east-1",
      account: "123456789012",
    });
    expect(planned("05-bad-missing-permissions").deployment.account).toBe("123456789012");
    expect(planned("16-apigateway-noauth").deployment.account).toBe("${AWS::AccountId}");
  });
});

test.each([
  ["constants", { constant_value: { execution_timeout: 60 } }, {}],
  [
    "a variable of the run",
    refers("var.timeout"),
    {
      retentionDays: {
        unknown: "awscc_lambda_function.f.durable_config.retention_period_in_days is known after apply",
      },
    },
  ],
])(
  "awscc_lambda_function whose durable_config is of %s has no key, though the provider may fill one in",
  (_, config, more) => {
    const plan = planOf([
      {
        address: "awscc_lambda_function.f",
        after: { function_name: "f", durable_config: { execution_timeout: 60 } },
        unknown: { arn: true, durable_config: { kms_key_arn: true, retention_period_in_days: true } },
        written: { durable_config: config },
      },
    ]);
    expect(inventoryOf(plan).functions[0]?.durable).toEqual({
      ...{ at: "plan.json#/resource_changes/0/change/after/durable_config", certain: true, malformed: false },
      ...{ executionTimeout: { known: 60 }, ...more },
    });
  },
);

test("awscc_lambda_function, with its durable key", () => {
  const plan = planOf([
    { address: "aws_kms_key.k", unknown: { arn: true, key_id: true } },
    {
      address: "awscc_lambda_function.f",
      after: {
        ...{ function_name: "f", runtime: "python3.13", role: "arn:aws:iam::123456789012:role/r", timeout: 30 },
        code: { zip_file: "pass" },
        durable_config: { execution_timeout: 60 },
        environment: { variables: { A: "1" } },
        tags: [{ key: "team", value: "a" }],
      },
      unknown: { arn: true, durable_config: { kms_key_arn: true, retention_period_in_days: true }, vpc_config: true },
      written: {
        // a nested attribute is one expression, and shows only what all of it mentions
        durable_config: refers("aws_kms_key.k.arn", "aws_kms_key.k"),
      },
    },
  ]);
  expect(inventoryOf(plan).functions[0]).toMatchObject({
    name: "f",
    durable: { certain: true, executionTimeout: { known: 60 }, kmsKey: { key: "aws_kms_key.k" } },
    timeout: { known: 30 },
    environment: [{ name: "A", value: { known: "1" } }],
    tags: [{ name: "team", value: { known: "a" } }],
  });
});

// The provider awscc has a resource for each type of CloudFormation; what is not read of it is said, not passed over.
test("resources of awscc that speak of functions, roles and keys and are not read are named", () => {
  const types = ["lambda_function", "lambda_permission", "iam_role", "kms_key", "s3_bucket"];
  const { unresolved } = inventoryOf(planOf(types.map((type) => ({ address: `awscc_${type}.x` }))));
  const why = (type: string) => `${type} is not read: what it grants, starts or encrypts is not judged`;
  expect(unresolved.map(({ address, why }) => [address, why])).toEqual([
    ["awscc_lambda_permission.x", why("awscc_lambda_permission")],
    ["awscc_iam_role.x", why("awscc_iam_role")],
    ["awscc_kms_key.x", why("awscc_kms_key")],
  ]);
});
