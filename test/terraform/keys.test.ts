import { expect, test } from "vitest";
import { inventoryOf, planOf } from "./planned";

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
