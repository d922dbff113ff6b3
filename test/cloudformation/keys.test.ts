import { expect, test } from "vitest";
import { inventoryOf } from "./inventories";

/** What AWS KMS can rotate by itself: keys whose material it made, and not through a replica. */
test("where a key's material is from, and whether it is rotated", () => {
  const template = `
Resources:
  Own: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true } }
  Imported: { Type: AWS::KMS::Key, Properties: { Origin: EXTERNAL } }
  Replica: { Type: AWS::KMS::ReplicaKey, Properties: { PrimaryKeyArn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1" } }
`;
  const { keys } = inventoryOf(template);
  expect(keys.map(({ address, origin, rotation }) => ({ address, origin, rotation }))).toEqual([
    { address: "Own", origin: undefined, rotation: { known: true } },
    { address: "Imported", origin: { known: "EXTERNAL" }, rotation: { known: false } },
    { address: "Replica", origin: undefined, rotation: { unknown: "a replica rotates with its primary key" } },
  ]);
});
