import type { AttachmentDraft, Holder, PolicyDraft } from "../inventory/draft";
import { unknownPart } from "../inventory/part";
import { soleHole } from "../inventory/text";
import type { TerraformPart } from "./part";
import type { View, Viewed } from "./view";

/**
 * aws_iam_*_policies_exclusive and aws_iam_*_policy_attachments_exclusive: after apply a principal has the policies they
 * list and no others, whatever other resources put on it; the latter also attach what is missing (documentation of the
 * provider, and `syncAttachments` in its source).
 */
export class Exclusive {
  private readonly inlineNames = new Map<string, List>();
  private readonly attachedArns = new Map<string, List>();

  constructor(kind: Holder["kind"], view: View, holderOf: (name: TerraformPart) => string) {
    for (const viewed of view.of(`aws_iam_${kind}_policies_exclusive`)) {
      this.inlineNames.set(holderOf(viewed.part.attribute(`${kind}_name`)), listOf(viewed, "policy_names"));
    }
    for (const viewed of view.of(`aws_iam_${kind}_policy_attachments_exclusive`)) {
      this.attachedArns.set(holderOf(viewed.part.attribute(`${kind}_name`)), listOf(viewed, "policy_arns"));
    }
  }

  /** Takes from inline policies the holders that do not keep them. */
  inline(policies: PolicyDraft[]): PolicyDraft[] {
    return policies.flatMap((policy) => {
      const kept = policy.holders.filter(({ name }) => this.keeps(this.inlineNames, name.known, policy.name) === "yes");
      const open = policy.holders.filter(
        ({ name }) => this.keeps(this.inlineNames, name.known, policy.name) === "unknown",
      );
      const [first] = open;
      if (first === undefined) return [{ ...policy, holders: kept }];
      const unread = this.inlineNames.get(first.name.known ?? "")?.unread;
      const why = unread ?? `${policy.address}.name is not known, and may be one of those that are kept`;
      return [
        { ...policy, holders: kept },
        { ...policy, document: unknownPart(why, policy.at), holders: open },
      ];
    });
  }

  /** Drops attachments that do not last, and makes those unknown of which it cannot be said. */
  attached(attachments: AttachmentDraft[]): AttachmentDraft[] {
    return attachments.flatMap((attachment) => {
      const list = this.attachedArns.get(attachment.holder.name.known ?? "");
      switch (this.keeps(this.attachedArns, attachment.holder.name.known, attachment.policy.known ?? "")) {
        case "yes":
          return [attachment];
        case "unknown":
          return [{ ...attachment, policy: { unknown: list?.unread ?? attachment.policy.unknown ?? "not known" } }];
        default:
          return [];
      }
    });
  }

  /** What the lists attach themselves. */
  attaches(kind: Holder["kind"]): AttachmentDraft[] {
    return [...this.attachedArns].flatMap(([name, { address, at, names, unread }]) => {
      const holder = { kind, at, name: name === "" ? { unknown: "the principal is not known" } : { known: name } };
      const listed = [...names].map((arn) => ({ address, at, holder, policy: { known: arn } }));
      return unread === undefined ? listed : [...listed, { address, at, holder, policy: { unknown: unread } }];
    });
  }

  private keeps(lists: Map<string, List>, holder: string | undefined, name: string): "yes" | "no" | "unknown" {
    const list = lists.get(holder ?? "");
    if (list === undefined || list.names.has(name)) return "yes";
    if (list.unread !== undefined || name === "") return "unknown";
    // a name that is not known yet may be any that the list spells out
    return soleHole(name) !== undefined && [...list.names].some((one) => soleHole(one) === undefined)
      ? "unknown"
      : "no";
  }
}

interface List {
  address: string;
  at: string;
  names: Set<string>;
  unread: string | undefined;
}

function listOf({ address, part }: Viewed, name: string): List {
  const list = part.attribute(name);
  const { texts, unread } = list.listed();
  return { address, at: list.at, names: new Set(texts.flatMap(({ text }) => text.known ?? [])), unread };
}
