import type { AttachmentDraft, Draft, Holder, PolicyDraft, PrincipalDraft } from "../inventory/draft";
import { type Part, unknownPart } from "../inventory/part";
import type { Value } from "../inventory/types";
import { Exclusive } from "./exclusive";
import { mention } from "./functions";
import { type HeldBy, Holders } from "./holders";
import { nameOf } from "./identity";
import { booleanOr, field, required, textValue } from "./values";
import { sameThing, type View, type Viewed } from "./view";

type Kind = Holder["kind"];

const KINDS: readonly Kind[] = ["role", "user", "group"];

/**
 * Roles, users and groups, and the policies on them. For each kind K there are aws_iam_K, aws_iam_K_policy,
 * aws_iam_K_policy_attachment, aws_iam_K_policies_exclusive and aws_iam_K_policy_attachments_exclusive.
 */
export function addIam(view: View, draft: Draft): void {
  const consoles = new Map(view.of("aws_iam_user_login_profile").map((one) => [one.part.field("user").text, one]));
  for (const kind of KINDS) {
    const holders = new Holders(kind, view);
    const exclusive = new Exclusive(kind, view, (part) => holders.named(part, part.text));
    for (const viewed of view.of(`aws_iam_${kind}`)) {
      draft.principals.push(principalDraft(viewed, kind, view, consoles));
      if (kind !== "role") continue;
      const holder = { kind, at: viewed.at, name: { known: holders.nameFor(viewed.resource) } };
      draft.policies.push(...inlinePolicies(viewed, holder));
      draft.attachments.push(...managedPolicies(viewed, holder));
    }
    for (const viewed of view.of(`aws_iam_${kind}_policy`)) {
      const name = view.identity.text(viewed.resource, "name");
      draft.policies.push(...exclusive.inline(namedPolicy(viewed, name, holders.of(viewed.part.attribute(kind)))));
    }
    const attached = view.of(`aws_iam_${kind}_policy_attachment`);
    const shared = sharedOut(attached, kind);
    for (const viewed of attached) {
      const policy = shared.get(viewed) ?? textValue(viewed.part.field("policy_arn"));
      draft.attachments.push(
        ...exclusive.attached(attachments(viewed, policy, holders.of(viewed.part.attribute(kind)))),
      );
    }
    for (const viewed of view.of("aws_iam_policy_attachment")) {
      const policy = textValue(viewed.part.field("policy_arn"));
      const listed = holders.listed(viewed.part.attribute(`${kind}s`));
      draft.attachments.push(...exclusive.attached(attachments(viewed, policy, listed)));
    }
    draft.attachments.push(...missing(exclusive.attaches(kind), draft.attachments));
  }
  for (const viewed of view.of("aws_iam_policy")) draft.policies.push(managedPolicy(viewed, view));
  draft.policies.push(...readPolicies(view, draft));
  addMemberships(view, draft);
  addPasswordPolicies(view, draft);
}

function principalDraft(
  { address, at, resource, part }: Viewed,
  kind: Kind,
  view: View,
  consoles: ReadonlyMap<string, Viewed>,
): PrincipalDraft {
  const name = nameOf(resource);
  return {
    address,
    at,
    kind,
    name,
    arn: view.identity.text(resource, "arn"),
    ...field("boundary", mention(part.field("permissions_boundary"))),
    ...field("trust", kind === "role" ? part.field("assume_role_policy") : undefined),
    ...field("console", kind === "user" ? consoleAccess(consoles.get(name)) : undefined),
  };
}

/** AWS generates the password; the provider does not ask for another one unless told to. */
function consoleAccess(profile: Viewed | undefined): PrincipalDraft["console"] {
  if (profile === undefined) return undefined;
  const resetRequired = booleanOr(profile.part.field("password_reset_required"), false);
  return { at: profile.at, passwordIn: "nowhere", resetRequired };
}

/** `inline_policy` blocks; an empty one says that there are none. */
function inlinePolicies({ address, part }: Viewed, holder: Holder): PolicyDraft[] {
  const blocks = part.attribute("inline_policy");
  const holders = [holder];
  if (blocks.kind === "unknown") return [unreadPolicy(address, blocks, holders)];
  return blocks.parts().flatMap((block) => {
    const document = block.field("policy");
    if (document.kind === "absent" || (document.kind === "text" && document.text === "")) return [];
    return [{ address, at: block.at, name: block.field("name").text, kind: "inline" as const, document, holders }];
  });
}

/** `managed_policy_arns`. */
function managedPolicies({ address, part }: Viewed, holder: Holder): AttachmentDraft[] {
  const list = part.attribute("managed_policy_arns");
  const { texts, unread } = list.listed();
  const known = texts.map((mentioned) => ({ address, at: mentioned.at, holder, policy: mentioned.text }));
  return unread === undefined ? known : [...known, { address, at: list.at, holder, policy: { unknown: unread } }];
}

function managedPolicy({ address, at, resource, part }: Viewed, view: View): PolicyDraft {
  return {
    address,
    at,
    name: nameOf(resource),
    kind: "managed",
    arn: view.identity.text(resource, "arn"),
    document: part.field("policy"),
    holders: [],
  };
}

/**
 * Policies that exist outside the plan, as `data.aws_iam_policy` has read them: those that the plan puts on somebody.
 * AWS's own are known by their ARN.
 */
function readPolicies(view: View, draft: Draft): PolicyDraft[] {
  const boundaries = draft.principals.map(({ boundary }) => boundary?.text.known);
  const used = new Set([...draft.attachments.map(({ policy }) => policy.known), ...boundaries]);
  const there = new Set(draft.policies.map(({ arn }) => arn));
  return view.data("aws_iam_policy").flatMap(({ address, at, part }) => {
    const [arn, document] = [part.field("arn").text, part.field("policy")];
    if (!used.has(arn) || there.has(arn) || arn.includes(":iam::aws:") || document.kind !== "text") return [];
    there.add(arn);
    return [{ address, at, name: part.field("name").text, kind: "managed" as const, arn, document, holders: [] }];
  });
}

function namedPolicy({ address, at, part }: Viewed, name: string, held: HeldBy): PolicyDraft[] {
  const document = part.field("policy");
  const policy = { address, at, name, kind: "inline" as const, document, holders: held.sure };
  return held.maybe.length === 0 ? [policy] : [policy, unreadPolicy(address, unknownPart(held.why, at), held.maybe)];
}

function attachments({ address, at }: Viewed, policy: Value<string> | undefined, held: HeldBy): AttachmentDraft[] {
  const of = (holders: Holder[], arn: AttachmentDraft["policy"]) =>
    holders.map((holder) => ({ address, at, holder, policy: arn }));
  return [...of(held.sure, policy ?? { unknown: "no policy_arn is given" }), ...of(held.maybe, { unknown: held.why })];
}

/**
 * Instances of one block that put policies on one principal, each another one (`each.value`, `var.policies[count.index]`):
 * a plan does not show which takes which, but where as many are mentioned as are unknown, together they take all.
 */
function sharedOut(all: Viewed[], kind: Kind): Map<Viewed, Value<string>> {
  const groups = new Map<string, Viewed[]>();
  for (const viewed of all) {
    const { resource, part } = viewed;
    const holder = sameThing(part.attribute(kind));
    if (resource.key === undefined || holder === undefined || part.field("policy_arn").kind !== "unknown") continue;
    const name = `${resource.scope.address} ${resource.name} ${holder}`;
    groups.set(name, [...(groups.get(name) ?? []), viewed]);
  }
  const shared = new Map<Viewed, Value<string>>();
  for (const group of groups.values()) {
    const every = group[0]?.part.attribute("policy_arn").every();
    if (every?.length !== group.length) continue;
    for (const [index, viewed] of group.entries()) shared.set(viewed, { known: every[index] ?? "" });
  }
  return shared;
}

/** Attachments of which there is no other with the same policy on the same principal. */
function missing(more: AttachmentDraft[], already: AttachmentDraft[]): AttachmentDraft[] {
  const key = ({ holder, policy }: AttachmentDraft) => `${holder.kind} ${holder.name.known} ${policy.known}`;
  const there = new Set(already.map(key));
  return more.filter((attachment) => !there.has(key(attachment)));
}

function unreadPolicy(address: string, part: Part, holders: Holder[]): PolicyDraft {
  return { address, at: part.at, name: "", kind: "inline", document: unknownPart(part.why, part.at), holders };
}

function addMemberships(view: View, draft: Draft): void {
  for (const { at, part } of view.of("aws_iam_user_group_membership")) {
    const user = required(part, "user");
    for (const { text } of part.attribute("groups").listed().texts) draft.memberships.push({ at, user, group: text });
  }
  for (const { at, part } of view.of("aws_iam_group_membership")) {
    const group = required(part, "group");
    for (const { text } of part.attribute("users").listed().texts) draft.memberships.push({ at, user: text, group });
  }
}

/** aws_iam_account_password_policy; unset arguments take AWS's defaults (IAM API reference, UpdateAccountPasswordPolicy). */
function addPasswordPolicies(view: View, draft: Draft): void {
  for (const { address, at, part } of view.of("aws_iam_account_password_policy")) {
    const length = part.field("minimum_password_length");
    draft.passwordPolicies.push({
      address,
      at,
      minimumLength: length.kind === "unknown" ? { unknown: length.why } : { known: length.number || 6 },
      requireSymbols: booleanOr(part.field("require_symbols"), false),
      requireNumbers: booleanOr(part.field("require_numbers"), false),
      requireUppercase: booleanOr(part.field("require_uppercase_characters"), false),
      requireLowercase: booleanOr(part.field("require_lowercase_characters"), false),
    });
  }
}
