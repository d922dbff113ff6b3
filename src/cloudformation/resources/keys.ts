import type { Draft } from "../../inventory/draft";
import type { Value } from "../../inventory/types";
import { booleanValue, choiceValue, numberValue, textValue } from "../../inventory/values";
import { type Declared, ownText, type ResourceTable } from "./declared";

/** KMS keys and their aliases. Defaults are those of the AWS::KMS::Key page. */
export const keyResources: ResourceTable = {
  "AWS::KMS::Key": key,
  "AWS::KMS::ReplicaKey": key,
  "AWS::KMS::Alias": ({ properties }, draft) => {
    draft.keyAliases.push({
      name: textValue(properties.field("AliasName")) ?? { unknown: "AliasName" },
      key: textValue(properties.field("TargetKeyId")) ?? { unknown: "TargetKeyId" },
    });
  },
};

function key(declared: Declared, draft: Draft): void {
  const { address, at, properties } = declared;
  const policy = properties.field("KeyPolicy");
  const origin = choiceValue(properties.field("Origin"));
  draft.keys.push({
    address,
    at,
    id: ownText(declared),
    arn: ownText(declared, "Arn"),
    spec: choiceValue(properties.field("KeySpec")) ?? { known: "SYMMETRIC_DEFAULT" },
    usage: choiceValue(properties.field("KeyUsage")) ?? { known: "ENCRYPT_DECRYPT" },
    enabled: booleanValue(properties.field("Enabled")) ?? { known: true },
    ...(origin && { origin }),
    rotation: rotation(declared),
    pendingWindow: numberValue(properties.field("PendingWindowInDays")) ?? { known: 30 },
    deletionPolicy: choiceValue(declared.attribute("DeletionPolicy")) ?? { known: "Delete" },
    policyAt: policy.kind === "absent" ? at : policy.at,
    ...(policy.kind === "absent" ? {} : { policy }),
  });
}

/** A replica rotates with its primary key. */
function rotation({ type, properties }: Declared): Value<boolean> {
  if (type === "AWS::KMS::ReplicaKey") return { unknown: "a replica rotates with its primary key" };
  return booleanValue(properties.field("EnableKeyRotation")) ?? { known: false };
}
