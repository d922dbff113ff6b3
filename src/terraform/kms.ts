import type { Draft, KeyDraft } from "../inventory/draft";
import type { Part } from "../inventory/part";
import { nameOf } from "./identity";
import { booleanOr, field, numberValue, required, textOr } from "./values";
import type { View, Viewed } from "./view";

/** aws_kms_key, replica and external keys, with the policies, aliases and grants put on them by resources of their own. */
export function addKeys(view: View, draft: Draft): void {
  const policies = view.of("aws_kms_key_policy");
  for (const viewed of view.of("aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key")) {
    draft.keys.push(keyDraft(viewed, view, policies));
  }
  for (const { part, resource } of view.of("aws_kms_alias")) {
    draft.keyAliases.push({ name: { known: nameOf(resource) }, key: required(part, "target_key_id") });
  }
  for (const { address, at, part } of view.of("aws_kms_grant")) {
    draft.grants.push({
      address,
      at,
      key: required(part, "key_id"),
      grantee: required(part, "grantee_principal"),
      operations: part
        .field("operations")
        .items()
        .map(({ text }) => text),
      constrained: part.attribute("constraints").kind === "unknown" || part.attribute("constraints").parts().length > 0,
    });
  }
}

function keyDraft({ address, at, resource, part }: Viewed, view: View, policies: Viewed[]): KeyDraft {
  const arn = view.identity.text(resource, "arn");
  const id = nameOf(resource);
  const policy = policyOf(part.field("policy"), policies, [arn, id]);
  return {
    address,
    at,
    arn,
    id,
    spec: textOr(part.field("customer_master_key_spec"), "SYMMETRIC_DEFAULT"),
    usage: textOr(part.field("key_usage"), "ENCRYPT_DECRYPT"),
    ...(resource.type === "aws_kms_external_key" ? { origin: { known: "EXTERNAL" } } : {}),
    enabled: booleanOr(part.field(resource.type === "aws_kms_key" ? "is_enabled" : "enabled"), true),
    rotation: rotation(part.field("enable_key_rotation"), resource.type),
    pendingWindow: numberValue(part.field("deletion_window_in_days")) ?? { known: 30 },
    deletionPolicy: { unknown: "a plan does not show prevent_destroy" },
    ...field("policy", policy),
    policyAt: policy?.at ?? at,
  };
}

/** aws_kms_key_policy takes the place of the key's own policy. */
function policyOf(own: Part, policies: Viewed[], names: string[]): Part | undefined {
  const separate = policies.find(({ part }) => names.includes(part.field("key_id").text));
  if (separate !== undefined) return separate.part.field("policy");
  return own.kind === "absent" || (own.kind === "text" && own.text === "") ? undefined : own;
}

/** A replica rotates with its primary. */
function rotation(part: Part, type: string): KeyDraft["rotation"] {
  if (type === "aws_kms_replica_key") return { unknown: "a replica rotates with its primary key" };
  return booleanOr(part, false);
}
