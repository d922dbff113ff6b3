import type { Draft, Holder, PolicyDraft } from "../../inventory/draft";
import { type Part, plainPart } from "../../inventory/part";
import { hasHole, soleHole } from "../../inventory/text";
import type { Principal } from "../../inventory/types";
import { booleanValue, itemsOf, textOrHole, textValue, unreadable } from "../../inventory/values";
import type { Scope } from "../scope";
import { type Declared, ownText, type ResourceTable } from "./declared";
import { present } from "./functions";

/** IAM roles, users and groups, and the policies they are given. */
export const grantResources: ResourceTable = {
  "AWS::IAM::Role": (declared, draft) => principal("role", declared, draft),
  "AWS::IAM::User": (declared, draft) => principal("user", declared, draft),
  "AWS::IAM::Group": (declared, draft) => principal("group", declared, draft),
  "AWS::IAM::Policy": (declared, draft) => {
    draft.policies.push({ ...policy(declared), kind: "inline", holders: holders(declared) });
  },
  "AWS::IAM::ManagedPolicy": (declared, draft) => {
    draft.policies.push({
      ...policy(declared),
      name: textOrHole(textValue(declared.properties.field("ManagedPolicyName")) ?? { known: declared.address }),
      kind: "managed",
      arn: ownText(declared),
      holders: holders(declared),
    });
  },
  "AWS::IAM::RolePolicy": (declared, draft) => onePrincipal("role", "RoleName", declared, draft),
  "AWS::IAM::UserPolicy": (declared, draft) => onePrincipal("user", "UserName", declared, draft),
  "AWS::IAM::GroupPolicy": (declared, draft) => onePrincipal("group", "GroupName", declared, draft),
  "AWS::IAM::UserToGroupAddition": ({ properties }, draft) => {
    const group = textValue(properties.field("GroupName"));
    for (const user of itemsOf(properties.field("Users"))) {
      const name = textValue(user);
      if (group !== undefined && name !== undefined) draft.memberships.push({ at: user.at, user: name, group });
    }
  },
};

function principal(kind: Principal["kind"], declared: Declared, draft: Draft): void {
  const { address, at, properties } = declared;
  const boundary = textValue(properties.field("PermissionsBoundary"));
  draft.principals.push({
    address,
    at,
    kind,
    name: ownText(declared),
    arn: ownText(declared, "Arn"),
    ...(kind === "role" ? { trust: properties.field("AssumeRolePolicyDocument") } : {}),
    ...(boundary && { boundary: { at: properties.field("PermissionsBoundary").at, text: boundary } }),
    ...present("console", consoleAccess(declared)),
  });
  const self = (part: Part): Holder => ({ kind, at: part.at, name: { known: ownText(declared) } });
  inlinePolicies(declared, self, draft);
  attachedPolicies(declared, self, draft);
  for (const group of itemsOf(properties.field("Groups"))) {
    const name = textValue(group);
    if (name !== undefined) draft.memberships.push({ at: group.at, user: { known: ownText(declared) }, group: name });
  }
}

function consoleAccess({ properties, scope }: Declared): Principal["console"] {
  const profile = properties.field("LoginProfile");
  if (profile.kind === "absent") return undefined;
  const password = profile.field("Password");
  return {
    at: (password.kind === "absent" ? profile : password).at,
    passwordIn: seenIn(password, scope),
    resetRequired: booleanValue(profile.field("PasswordResetRequired")) ?? { known: false },
  };
}

/** NoEcho hides the value that a parameter is given, not the default that the template gives it. */
function seenIn(password: Part, scope: Scope): NonNullable<Principal["console"]>["passwordIn"] {
  if (password.kind === "absent" || password.kind === "unknown") return "nowhere";
  const name = soleHole(password.text);
  if (name === undefined) return hasHole(password.text) || password.text.includes("{{") ? "nowhere" : "template";
  const parameter = [...scope.parameters.values()].find((declared) => scope.address(declared.name) === name);
  if (parameter === undefined || parameter.stored) return "nowhere";
  if (parameter.hasDefault) return "template";
  return parameter.secret ? "nowhere" : "parameters";
}

function inlinePolicies(declared: Declared, self: (part: Part) => Holder, draft: Draft): void {
  const policies = declared.properties.field("Policies");
  const unread = unreadable(policies);
  if (unread !== undefined) draft.policies.push(unreadPolicy(declared, policies, unread, self(policies)));
  for (const part of itemsOf(policies)) {
    const why = unreadable(part);
    if (why !== undefined) draft.policies.push(unreadPolicy(declared, part, why, self(part)));
    else {
      draft.policies.push({
        address: declared.address,
        at: part.at,
        name: textOrHole(textValue(part.field("PolicyName"))),
        kind: "inline",
        document: part.field("PolicyDocument"),
        holders: [self(part)],
      });
    }
  }
}

function attachedPolicies(declared: Declared, self: (part: Part) => Holder, draft: Draft): void {
  const arns = declared.properties.field("ManagedPolicyArns");
  const unread = unreadable(arns);
  const { address } = declared;
  if (unread !== undefined)
    draft.attachments.push({ address, at: arns.at, holder: self(arns), policy: { unknown: unread } });
  for (const part of itemsOf(arns)) {
    draft.attachments.push({
      address,
      at: part.at,
      holder: self(part),
      policy: textValue(part) ?? { unknown: "no ARN" },
    });
  }
}

function unreadPolicy(declared: Declared, part: Part, why: string, holder: Holder): PolicyDraft {
  return {
    address: declared.address,
    at: part.at,
    name: "",
    kind: "inline",
    document: plainPart(undefined, part.at),
    unread: why,
    holders: [holder],
  };
}

function policy({ address, at, properties, uncertain }: Declared): Omit<PolicyDraft, "kind" | "holders"> {
  return {
    address,
    at,
    name: textOrHole(textValue(properties.field("PolicyName")) ?? { known: address }),
    document: properties.field("PolicyDocument"),
    ...present("unread", uncertain),
  };
}

/** `Roles`, `Users` and `Groups` of a policy: names. */
function holders({ properties }: Declared): Holder[] {
  const kinds = [
    ["role", "Roles"],
    ["user", "Users"],
    ["group", "Groups"],
  ] as const;
  return kinds.flatMap(([kind, list]) =>
    itemsOf(properties.field(list)).flatMap((part) => {
      const name = textValue(part);
      return name === undefined ? [] : [{ kind, at: part.at, name }];
    }),
  );
}

function onePrincipal(kind: Principal["kind"], property: string, declared: Declared, draft: Draft): void {
  const part = declared.properties.field(property);
  const name = textValue(part) ?? { unknown: `${property} is not given` };
  draft.policies.push({ ...policy(declared), kind: "inline", holders: [{ kind, at: part.at, name }] });
}
