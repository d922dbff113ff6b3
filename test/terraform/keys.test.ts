import { expect, test } from "vitest";
import { check } from "../../src/check";
import { type Created, inventoryOf, planOf } from "./planned";

/** What AWS KMS can rotate by itself: keys whose material it made, and not through a replica. */
test("where a key's material is from, and whether it is rotated", () => {
  const plan = planOf([
    { address: "aws_kms_key.own", after: { enable_key_rotation: true } },
    { address: "aws_kms_external_key.imported" },
    { address: "aws_kms_replica_key.replica" },
  ]);
  expect(inventoryOf(plan).keys).toMatchObject([
    { address: "aws_kms_key.own", rotation: { known: true } },
    {
      address: "aws_kms_replica_key.replica",
      rotation: { unknown: "a replica rotates with its primary key" },
    },
    { address: "aws_kms_external_key.imported", origin: { known: "EXTERNAL" }, rotation: { known: false } },
  ]);
});

/** hashicorp/aws has no argument for the key of durable state (as of 7.48 of its bridge); awscc and a later one may. */
test("KMS011 asks for the key of durable state only where the resource type has the argument", () => {
  const fn = (address: string, durable_config: unknown, unknown = {}): Created => ({
    address,
    after: {
      function_name: address.split(".")[1],
      kms_key_arn: "arn:aws:kms:us-east-1:111122223333:key/k",
      durable_config,
    },
    unknown,
  });
  const plan = planOf([
    fn("aws_lambda_function.today", [{ execution_timeout: 60, retention_period: 14 }]),
    fn("aws_lambda_function.later", [{ execution_timeout: 60, retention_period: 14, kms_key_arn: null }]),
    fn("aws_lambda_function.given", [{ execution_timeout: 60 }], { durable_config: [{ kms_key_arn: true }] }),
    fn("awscc_lambda_function.cc", { execution_timeout: 60 }),
  ]);
  const { functions } = inventoryOf(plan);
  expect(functions.map(({ address, durable }) => [address, durable?.keyless])).toEqual([
    ["aws_lambda_function.today", true],
    ["aws_lambda_function.later", undefined],
    ["aws_lambda_function.given", undefined],
    ["awscc_lambda_function.cc", undefined],
  ]);
  const report = check([{ file: "plan.json", content: JSON.stringify(plan) }], { today: "2026-11-22" });
  const found = report.files.flatMap(({ findings }) => findings).filter(({ rule }) => rule === "KMS011");
  expect(found.map(({ address }) => address)).toEqual(["aws_lambda_function.later", "awscc_lambda_function.cc"]);
});
