/**
 * The inventory: what every front end produces and every rule reads. The JSON Schema that `opa check --schema` uses is
 * generated from these types. So that this check bites: arrays rather than maps by id, optional rather than nullable,
 * no unions of shapes. Joins are by `address` and done here, once; a rule never parses a template and never searches.
 */

/** A value that may not be known. Exactly one of the two is there; rules open it through `lib/value` only. */
export interface Value<T> {
  known?: T;
  /** Why it is not known, in a few words. */
  unknown?: string;
}

/** A thing that was declared somewhere. */
export interface Located {
  /** The name its author gives it: logical id (nested stacks: `Outer/Inner`) or Terraform address. */
  address: string;
  /** Where it stands: `file#/json/pointer`. */
  at: string;
}

/** A text that may have holes, prepared for comparing (`pattern.ts`). */
export interface Text {
  text: string;
  /** The text as expressions of patterns are compared with it. */
  form: string;
  /** The text up to its first wildcard, step by step; of a complete ARN, only the resource part. */
  lead: Lead[];
  /** What follows the last hole or wildcard. */
  tail: string;
  /** Something is left that could be anything. */
  open: boolean;
  /** The text is a complete ARN whose first five fields hold nothing unknown but the deployment's own. */
  arn: boolean;
}

/** One step of a lead; exactly one field is there. */
export interface Lead {
  literal?: string;
  /** The generated name of a declared resource: two different ones are never the same. */
  identity?: string;
  hole?: string;
}

/** An IAM pattern: `*` and `?` are wildcards. */
export interface Pattern extends Omit<Text, "form"> {
  /** Regular expression (RE2): matches a text when the pattern covers it whatever its holes turn out to be. */
  sure: string;
  /** Regular expression (RE2): matches a text that is not open when the pattern may cover it. Absent: `sure` says all. */
  possible?: string;
  /** Regular expression (RE2) of the first five ARN fields: no text outside it can ever be covered. */
  scope: string;
}

export interface Statement extends Located {
  sid?: string;
  effect: Value<string>;
  actions: Pattern[];
  notActions: Pattern[];
  /** Services that its actions may be of, in lower case; `*` where they may be of any. */
  services: string[];
  /** The action patterns, as written, that AWS can limit to resources (`scopable.ts`); others only work on `*`. */
  scopable?: string[];
  resources: Pattern[];
  notResources: Pattern[];
  principals: Principals[];
  notPrincipals: Principals[];
  conditions: Condition[];
}

/** One entry of a Principal element: `{"AWS": "…"}`; `"*"` is type `*`. An unread element is type `unknown`. */
export interface Principals {
  at: string;
  type: string;
  id: Pattern;
}

export interface Condition {
  at: string;
  /** Base operator without `IfExists` and set prefix: `StringLike`. */
  operator: string;
  ifExists: boolean;
  /** `ForAnyValue`, `ForAllValues` or empty. */
  quantifier: string;
  /** Lower case: condition keys are not case-sensitive. */
  key: string;
  values: Pattern[];
}

/** A policy document with its statements, wherever it was written. Principals name the policies they have by `id`. */
export interface Policy extends Located {
  /** Unique in the inventory: the `at` of the document, or the ARN of an AWS managed policy. */
  id: string;
  name: string;
  kind: "inline" | "managed" | "aws";
  /** An AWS managed policy made for administrators: of everything, of identities, of functions (`policies/data`). */
  administratorLike?: boolean;
  arn?: string;
  statements: Statement[];
  /** Why its statements, or some of them, cannot be read. What is unread may allow and may deny. */
  unread?: string;
  /** Addresses of the principals that have it (as a policy, not as a boundary). */
  heldBy: string[];
  /** Addresses of the functions that run with it. */
  functions: string[];
  /** Used as a permissions boundary and nothing else: it grants nothing. */
  boundaryOnly: boolean;
}

/** A role, user or group. */
export interface Principal extends Located {
  kind: "role" | "user" | "group";
  name: string;
  arn: Text;
  /** Not declared in the documents: its policies are unknown. */
  external: boolean;
  /** Ids of its policies: inline, attached, of its groups. */
  policies: Attachment[];
  boundary?: Attachment;
  trust: Statement[];
  trustUnread?: string;
  /** Addresses of the functions that have it as execution role. */
  functions: string[];
  /** A user with a console password. */
  console?: ConsoleAccess;
}

/** A user's way into the console. The password itself is nowhere in the inventory, nor anything of it. */
export interface ConsoleAccess {
  at: string;
  /** Who gets to see the password: readers of the `template`, of the stack's `parameters`, or of nothing here. */
  passwordIn: "template" | "parameters" | "nowhere";
  /** The user has to choose another password at first sign-in. */
  resetRequired: Value<boolean>;
}

/** That a principal has a policy, and where that is said. */
export interface Attachment {
  at: string;
  /** Address of the resource that attaches it. */
  address: string;
  policy: string;
}

/** A function's resource policy, gathered from Permission and ResourcePolicy resources: one entry per resource. */
export interface ResourcePolicy extends Located {
  kind: "permission" | "resource policy" | "layer permission";
  /** Address of the function it is on; absent when it is on something outside the documents. */
  function?: string;
  /** Qualifier of the ARN it is on: empty (unqualified), `$LATEST`, an alias or a version. */
  qualifier: Value<string>;
  statements: Statement[];
  unread?: string;
  /** Only reachable through a function URL (`InvokedViaFunctionUrl`, `FunctionUrlAuthType`). */
  viaUrl: boolean;
}

export interface LambdaFunction extends Located {
  name: string;
  arn: Text;
  /** This function's ARN with `:` and a fresh version; what a qualified invoke is authorised on. */
  qualifiedArn: Text;
  /** The ARNs a checkpoint is authorised on: executions of `$LATEST`, and of the next version to be published. */
  latestExecution: Text;
  nextExecution: Text;
  /** ARN of a stream in the log group it writes to: what writing logs is authorised on. */
  logStream?: Text;
  /** Executions of versions that some policy names literally. */
  namedExecutions: Text[];
  durable?: Durable;
  role: RoleReference;
  runtime?: Value<string>;
  /** `Zip` or `Image`. */
  packageType: Value<string>;
  timeout?: Value<number>;
  memory?: Value<number>;
  ephemeralStorage?: Value<number>;
  kmsKey?: KeyReference;
  sourceKmsKey?: KeyReference;
  /** Keys named in the environment or in settings as keys of the function's own encryption (SerDes). */
  serdesKeys: KeyReference[];
  /** Values that seem to be secrets are not shown (`conceal.ts`). */
  environment: Variable[];
  /** Why the environment, or part of it, cannot be read. */
  environmentUnread?: string;
  /** What looks like a secret in the environment, in inline code and in the description. */
  secrets: Secret[];
  /** Not shown when it holds a secret. */
  description?: Value<string>;
  /** Code that stands in the template itself; only what rules ask about it. */
  inlineCode?: InlineCode;
  vpc?: Vpc;
  logging?: Logging;
  deadLetter?: Value<string>;
  destinations: Destination[];
  tracing?: Value<string>;
  reservedConcurrency?: Value<number>;
  codeSigning?: Value<string>;
  /** What that configuration does with unsigned code: `Enforce` or `Warn`; absent when it is not in the documents. */
  codeSigningPolicy?: Value<string>;
  layers: LayerReference[];
  /** Runs on Lambda Managed Instances (CapacityProviderConfig). */
  managedInstances: boolean;
  tags: Tag[];
  versions: Version[];
  aliases: Alias[];
  /** AWS resources that point here (Ref, GetAtt, reference) by any property. */
  referencedBy: string[];
  change?: Change;
}

/** `DurableConfig` / `durable_config`. */
export interface Durable {
  at: string;
  /** False when it cannot be said whether the function is durable at all; then `why`. */
  certain: boolean;
  why?: string;
  /** The block is there and is not a map of settings (a string, a list). */
  malformed: boolean;
  executionTimeout?: Value<number>;
  retentionDays?: Value<number>;
  kmsKey?: KeyReference;
  /** The resource type has no argument for a key: nobody can set one there. */
  keyless?: boolean;
}

export interface RoleReference {
  at: string;
  arn: Value<string>;
  /** Address of the role among the principals; always there: roles outside the documents are `external` principals. */
  address: string;
}

/** A mention of a KMS key: ARN, id, alias name or alias ARN. */
export interface KeyReference {
  at: string;
  text: Value<string>;
  /** The key's ARN as far as it is known: what actions on it are authorised on. */
  arn: Text;
  /** Address of the key, when it is in the documents. */
  key?: string;
}

export interface Variable {
  at: string;
  name: string;
  value: Value<string>;
  /** Where the value comes from: `literal`, `parameter`, `secret parameter` (NoEcho, sensitive), `reference`. */
  source: "literal" | "parameter" | "secret parameter" | "reference";
}

/** Something that looks like a secret in clear text. Its text is nowhere in the inventory, nor anything of it. */
export interface Secret {
  at: string;
  place: "environment" | "code" | "description" | "parameter";
  /** Of the variable or parameter; empty for code and description. */
  name: string;
  /** What it seems to be: `AWS access key`, `GitHub token`, `password`, … */
  kind: string;
  /** An AWS credential, and not somebody else's secret. */
  aws: boolean;
  /** Whether the content gives it away, its name, or the parameter it comes from (NoEcho, sensitive). */
  by: "content" | "name" | "parameter";
  /** False where it could be something else, such as the name of a secret. */
  certain: boolean;
}

export interface InlineCode {
  at: string;
  /** It makes files in `/tmp`. */
  writesTmp: Value<boolean>;
  /** It removes files. */
  cleansTmp: Value<boolean>;
}

export interface Vpc {
  at: string;
  subnets: Value<string>[];
  securityGroups: Value<string>[];
  /** Addresses of those that are in the documents. */
  subnetAddresses: string[];
  securityGroupAddresses: string[];
  unread?: string;
}

export interface Logging {
  at: string;
  format?: Value<string>;
  group?: Value<string>;
}

export interface Destination extends Located {
  qualifier: Value<string>;
  onSuccess?: Value<string>;
  onFailure?: Value<string>;
}

export interface LayerReference {
  at: string;
  arn: Value<string>;
}

export interface Tag {
  name: string;
  value: Value<string>;
}

export interface Version extends Located {
  /** The number, when it exists already. */
  number?: Value<string>;
}

export interface Alias extends Located {
  name: Value<string>;
  version: Value<string>;
}

/** What a plan does to a thing: `create`, `update`, `replace`, `no-op`. */
export interface Change {
  action: string;
  /** Whether the function was durable before; absent when it did not exist. */
  wasDurable?: boolean;
  /** Attributes that force the replacement. */
  replaceBecause: string[];
  fixedName: boolean;
}

export interface Key extends Located {
  arn: Text;
  aliases: string[];
  /** `SYMMETRIC_DEFAULT` when not given. */
  spec: Value<string>;
  usage: Value<string>;
  /** Where its material is from: `AWS_KMS` when not given, `EXTERNAL`, `AWS_CLOUDHSM`, …; AWS only rotates its own. */
  origin?: Value<string>;
  enabled: Value<boolean>;
  rotation: Value<boolean>;
  /** Days; 30 when not given. */
  pendingWindow: Value<number>;
  /** CloudFormation DeletionPolicy, or `prevent_destroy`; `Delete` when not given. */
  deletionPolicy: Value<string>;
  /** Made by the documents' own key resource, a replica, or outside. */
  statements: Statement[];
  /** No key policy is given: AWS's default, which lets the account's identity policies decide. */
  defaultPolicy: boolean;
  policyAt: string;
  unread?: string;
  grants: Grant[];
  /** Addresses of functions that use it, in whatever role. */
  usedBy: string[];
}

export interface Grant extends Located {
  /** ARN of the grantee. */
  grantee: Pattern;
  operations: string[];
  constrained: boolean;
}

/** An edge that starts a function. */
export interface Invocation extends Located {
  kind:
    | "event source mapping"
    | "rule"
    | "schedule"
    | "function url"
    | "api"
    | "topic"
    | "bucket"
    | "log subscription"
    | "state machine"
    | "pipe"
    | "subscriber"
    | "other";
  /** Address of the function; of one outside the documents, which only function URLs are kept for, its name or ARN. */
  function: string;
  /** Empty: unqualified; else `$LATEST`, an alias name or a version. */
  qualifier: Value<string>;
  /** Asynchronous edges need a dead-letter queue. */
  asynchronous: Value<boolean>;
  /** Function URL only. */
  url?: FunctionUrl;
}

export interface FunctionUrl {
  authType: Value<string>;
  corsOrigins: Value<string>[];
  corsCredentials: Value<boolean>;
}

/** A CloudTrail trail or event data store. */
export interface Trail extends Located {
  logging: Value<boolean>;
  selectors: TrailSelector[];
  unread?: string;
}

/** One selector that takes data events of functions; others are left out. */
export interface TrailSelector {
  at: string;
  /** `All`, `ReadOnly` or `WriteOnly`. */
  readWrite: Value<string>;
  /** Function ARNs it is limited to; empty means all functions. */
  functions: Pattern[];
  /** It leaves out some functions (NotEquals, NotStartsWith, …). */
  excludes: boolean;
}

export interface LogGroup extends Located {
  name: Value<string>;
  retentionDays?: Value<number>;
  kmsKey?: Value<string>;
  /** Addresses of the functions that write to it. */
  functions: string[];
}

/** A method or route of an API. */
export interface ApiRoute extends Located {
  api: "REST" | "HTTP" | "WebSocket" | "GraphQL";
  method: Value<string>;
  path: Value<string>;
  /** `NONE`, `AWS_IAM`, `CUSTOM`, `JWT`, `COGNITO_USER_POOLS`, `API_KEY`, … */
  authorization: Value<string>;
  apiKey: Value<boolean>;
  /** The API's own resource policy restricts who may call; then a route without authorizer is not open. */
  restrictedByPolicy: Value<boolean>;
  /** Address of the function behind it, when it is one of the documents'. */
  function?: string;
}

export interface SecurityGroup extends Located {
  name: Value<string>;
  isDefault: boolean;
  /** Egress to 0.0.0.0/0 or ::/0 on all protocols; absent egress rules mean exactly that in CloudFormation. */
  openEgress: Value<boolean>;
  functions: string[];
  /** Other things in it (instances, databases). */
  others: string[];
}

export interface Subnet extends Located {
  zone?: Value<string>;
  functions: string[];
  networkAcls: string[];
}

export interface NetworkAcl extends Located {
  /** An allow entry for all protocols from or to everywhere. */
  open: Value<boolean>;
  isDefault: boolean;
}

export interface PasswordPolicy extends Located {
  minimumLength: Value<number>;
  requireSymbols: Value<boolean>;
  requireNumbers: Value<boolean>;
  requireUppercase: Value<boolean>;
  requireLowercase: Value<boolean>;
}

/** A stack parameter or plan variable with a default or value that rules on secrets read. */
export interface Parameter extends Located {
  name: string;
  /** Not shown when it is, or seems to be, a secret. */
  value?: Value<string>;
  /** NoEcho, or marked sensitive. */
  secret: boolean;
  /** What looks like a secret in the default or the given value. */
  secrets: Secret[];
}

/** Something the front end met and could not read, with the reason. */
export interface Unresolved extends Located {
  why: string;
  /** The document says of itself that it is not whole: a plan that failed, or is limited to targets. */
  partial?: boolean;
}

/** What a plan does to one resource: `create`, `update`, `replace`, `delete`, `forget`, `no-op`. */
export interface ResourceChange {
  address: string;
  action: string;
  /** Addresses of what it adds to or takes from: the role of a policy, the function of an alias. */
  about: string[];
}

/** Every resource as declared, for people's own rules. */
export interface Resource extends Located {
  type: string;
}

export interface Deployment {
  partition: string;
  region: string;
  account: string;
}

/** A condition key of a request and its value. */
export interface ContextKey {
  /** Lower case. */
  key: string;
  value: Text;
}

/** Parameters of the rules (`rules.md`). */
export interface Settings {
  /** `recommended` or `strict`. */
  leastPrivilege: string;
  wildcards: string;
  /** `optional` or `required`. */
  audit: string;
  /** Accounts that are one's own, beside the deployment's. */
  accounts: string[];
  sensitiveTags: string[];
  serdesKeys: string[];
  deployers: string[];
  /** Runtimes taken as durable-capable beside AWS's list. */
  durableRuntimes: string[];
}

/** `can ROLE ACTION RESOURCE`, asked of the decision itself. */
export interface Question {
  principal: string;
  action: string;
  resource: Text;
}

export interface Inventory {
  format: "cloudformation" | "terraform";
  deployment: Deployment;
  /** Condition keys that every request made under an execution role of this deployment carries. */
  context: ContextKey[];
  /** ARN of the deployment's account root: a key policy that names it lets identity policies decide. */
  accountRoot: Text;
  /** The deployment's account, those that the settings name, and those that the documents' own resources stand in. */
  ownAccounts: string[];
  /** UTC date, `YYYY-MM-DD`: results depend on nothing else that changes. */
  today: string;
  settings: Settings;
  functions: LambdaFunction[];
  principals: Principal[];
  policies: Policy[];
  resourcePolicies: ResourcePolicy[];
  keys: Key[];
  invocations: Invocation[];
  trails: Trail[];
  logGroups: LogGroup[];
  apiRoutes: ApiRoute[];
  securityGroups: SecurityGroup[];
  subnets: Subnet[];
  networkAcls: NetworkAcl[];
  passwordPolicies: PasswordPolicy[];
  parameters: Parameter[];
  unresolved: Unresolved[];
  resources: Resource[];
  /** Plans only: every managed resource the plan speaks of, for `--changed-only`. */
  changes?: ResourceChange[];
  questions: Question[];
}
