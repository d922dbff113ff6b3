import type { Part } from "./part";
import type { Identities } from "./pattern";
import type {
  Alias,
  ApiRoute,
  Deployment,
  Destination,
  FunctionUrl,
  Inventory,
  Invocation,
  Key,
  LambdaFunction,
  Located,
  LogGroup,
  NetworkAcl,
  Parameter,
  Principal,
  ResourcePolicy,
  SecurityGroup,
  Subnet,
  Trail,
  Value,
  Version,
} from "./types";

/**
 * What a front end declares, each thing on its own, mentions of other things as text. `assemble` joins it into the
 * inventory, the same way for every format. Texts are canonical: the ARN of a declared thing is spelled out with its
 * name, so that Ref, GetAtt, Sub, Join and Terraform references of one thing give one text.
 */
export interface Draft {
  format: Inventory["format"];
  deployment: Deployment;
  /** Names of holes that are generated names of declared resources. */
  identities: Identities;
  functions: FunctionDraft[];
  versions: (Version & { function: Value<string> })[];
  aliases: (Alias & { function: Value<string> })[];
  destinations: (Destination & { function: Value<string> })[];
  principals: PrincipalDraft[];
  policies: PolicyDraft[];
  attachments: AttachmentDraft[];
  memberships: { at: string; user: Value<string>; group: Value<string> }[];
  resourcePolicies: ResourcePolicyDraft[];
  keys: KeyDraft[];
  keyAliases: { name: Value<string>; key: Value<string> }[];
  grants: GrantDraft[];
  invocations: InvocationDraft[];
  /** What to do with unsigned code (`Enforce`, `Warn`), and the texts by which functions mention the configuration. */
  codeSigningConfigs: { mentions: string[]; policy: Value<string> }[];
  trails: (Omit<Trail, "selectors"> & { selectors: TrailSelectorDraft[] })[];
  /** `region`: where it is, or the hole of the deployment's own. */
  logGroups: (Omit<LogGroup, "functions"> & { region: string })[];
  apiRoutes: (Omit<ApiRoute, "function"> & { target?: Value<string> })[];
  securityGroups: (Omit<SecurityGroup, "functions"> & { id: string })[];
  subnets: (Omit<Subnet, "functions"> & { id: string })[];
  networkAcls: NetworkAcl[];
  passwordPolicies: Inventory["passwordPolicies"];
  parameters: Omit<Parameter, "secrets">[];
  unresolved: Inventory["unresolved"];
  resources: Inventory["resources"];
}

/** Fields that `assemble` fills. */
type JoinedOfFunction =
  | "arn"
  | "qualifiedArn"
  | "latestExecution"
  | "nextExecution"
  | "logStream"
  | "namedExecutions"
  | "durable"
  | "role"
  | "kmsKey"
  | "sourceKmsKey"
  | "serdesKeys"
  | "codeSigningPolicy"
  | "description"
  | "inlineCode"
  | "secrets"
  | "destinations"
  | "vpc"
  | "versions"
  | "aliases"
  | "referencedBy";

export interface FunctionDraft extends Omit<LambdaFunction, JoinedOfFunction> {
  arn: string;
  role: Mention;
  kmsKey?: Mention;
  sourceKmsKey?: Mention;
  durable?: Omit<NonNullable<LambdaFunction["durable"]>, "kmsKey"> & { kmsKey?: Mention };
  vpc?: Omit<NonNullable<LambdaFunction["vpc"]>, "subnetAddresses" | "securityGroupAddresses">;
  description?: Mention;
  inlineCode?: Mention;
  /** Addresses of resources that mention it. */
  referencedBy: string[];
}

/** A mention of another thing, and where it stands. */
export interface Mention {
  at: string;
  text: Value<string>;
}

export interface PrincipalDraft
  extends Omit<Principal, "arn" | "policies" | "boundary" | "trust" | "trustUnread" | "functions" | "external"> {
  arn: string;
  boundary?: Mention;
  /** `AssumeRolePolicyDocument`; absent for users and groups. */
  trust?: Part;
}

export interface PolicyDraft extends Located {
  name: string;
  kind: "inline" | "managed";
  /** Of a managed policy: what attachments name it by. */
  arn?: string;
  document: Part;
  /** Why more statements than these may be in it. */
  unread?: string;
  /** Principals it is put on by its own declaration (`Roles: [...]`, inline in a role). */
  holders: Holder[];
}

/** A principal named by name or ARN. */
export interface Holder {
  kind: Principal["kind"];
  at: string;
  name: Value<string>;
}

/** A managed policy put on a principal from outside both, or by the principal's list of policy ARNs. */
export interface AttachmentDraft extends Located {
  holder: Holder;
  policy: Value<string>;
}

/** One resource that grants on a function. */
export interface ResourcePolicyDraft extends Omit<ResourcePolicy, "function" | "qualifier" | "statements" | "unread"> {
  /** Name or ARN of the function, with or without a qualifier. */
  target: Value<string>;
  /** A qualifier given on its own. */
  qualifier?: Value<string>;
  /** A policy document; for a permission see `permissionDocument`. */
  document: Part;
}

export interface KeyDraft
  extends Omit<Key, "arn" | "aliases" | "statements" | "defaultPolicy" | "unread" | "grants" | "usedBy"> {
  arn: string;
  /** The key's id as text: what `Ref` gives. */
  id: string;
  /** Absent: no key policy is given. */
  policy?: Part;
}

export interface GrantDraft extends Located {
  key: Value<string>;
  grantee: Value<string>;
  operations: string[];
  constrained: boolean;
}

export interface InvocationDraft extends Omit<Invocation, "function" | "qualifier" | "url"> {
  /** What is invoked: name, ARN or invoke ARN, with or without a qualifier. */
  target: Value<string>;
  /** A qualifier given on its own (`Qualifier`). */
  qualifier?: Value<string>;
  url?: FunctionUrl;
}

export interface TrailSelectorDraft {
  at: string;
  readWrite: Value<string>;
  functions: Value<string>[];
  excludes: boolean;
}

/** A draft with nothing in it. */
export function emptyDraft(format: Draft["format"], deployment: Deployment, identities: Identities): Draft {
  return {
    format,
    deployment,
    identities,
    functions: [],
    versions: [],
    aliases: [],
    destinations: [],
    principals: [],
    policies: [],
    attachments: [],
    memberships: [],
    resourcePolicies: [],
    keys: [],
    keyAliases: [],
    grants: [],
    invocations: [],
    codeSigningConfigs: [],
    trails: [],
    logGroups: [],
    apiRoutes: [],
    securityGroups: [],
    subnets: [],
    networkAcls: [],
    passwordPolicies: [],
    parameters: [],
    unresolved: [],
    resources: [],
  };
}
