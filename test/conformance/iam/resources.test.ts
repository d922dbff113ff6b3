import { describe, expect, it } from "vitest";
import { ACCOUNT, allow, ask, deny, document, lambda, type Question, type Resources, role, roleWith } from "./asked";

/**
 * What policies on resources, conditions and variables decide, and what is certain only somewhere, row by row through the
 * whole pipeline. Unless a row says otherwise the source is the IAM user guide, "Policy evaluation logic" and "IAM JSON
 * policy elements".
 */
type Row = [
  why: string,
  decision: "allow" | "deny" | "unknown",
  question: Partial<Question> & { resources: Resources },
];

const ORDER = lambda("order");
const INVOKE = { action: "lambda:InvokeFunction", resource: ORDER };
const invoke = (statements: object[], properties: object = {}) => ({
  ...INVOKE,
  resources: roleWith(statements, properties),
});
const all = allow("*", "*");

function table(rows: Row[]): void {
  it.each(rows)("%s: %s", (_why, decision, question) => {
    expect(ask({ ...INVOKE, ...question }).decision).toBe(decision);
  });
}

describe("where the stack is deployed is not known", () => {
  const sub = (text: string) => ({ "Fn::Sub": text });
  const own = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:order";
  const anywhere = (statements: object[], resource = own) => ({ ...invoke(statements), resource, deployed: {} });
  const inRegion = (Effect: string, operator: string) => ({
    Effect,
    Action: "*",
    Resource: "*",
    Condition: { [operator]: { "aws:RequestedRegion": "eu-west-1" } },
  });
  table([
    ["an Allow on a literal Region is meant for it", "allow", anywhere([allow("*", ORDER)])],
    ["a Deny on a literal Region counts only there", "unknown", anywhere([all, deny("*", ORDER)])],
    [
      "a Deny on the stack's own Region counts",
      "deny",
      anywhere([all, deny("*", sub("arn:*:lambda:${AWS::Region}:*:function:order"))]),
    ],
    ["a Deny on any Region counts", "deny", anywhere([all, deny("*", "arn:*:lambda:*:*:function:order")])],
    ["a Deny on a literal account counts only there", "unknown", anywhere([all, deny("*", `arn:*:${ACCOUNT}:*`)])],
    ["a Deny in another partition counts only there", "unknown", anywhere([all, deny("*", "arn:aws-cn:lambda:*")])],
    ["--region and --account settle it", "deny", invoke([all, deny("*", ORDER)])],
    ["so does the ARN that is asked about", "deny", anywhere([all, deny("*", ORDER)], ORDER)],
    ["but not where the Deny is on the stack's own Region", "unknown", anywhere([all, deny("*", sub(own))], ORDER)],
    [
      "an Allow with NotResource of a literal Region allows in others",
      "unknown",
      anywhere([{ Effect: "Allow", Action: "*", NotResource: ORDER }]),
    ],
    [
      "a Deny with NotResource of a literal Region is meant for it: elsewhere is forbidden",
      "allow",
      anywhere([all, { Effect: "Deny", Action: "*", NotResource: ORDER }]),
    ],
    ["an Allow on a condition on the Region", "allow", anywhere([inRegion("Allow", "StringEquals")])],
    ["a Deny on it", "unknown", anywhere([all, inRegion("Deny", "StringEquals")])],
    ["a Deny of all other Regions", "allow", anywhere([all, inRegion("Deny", "StringNotEquals")])],
    ["an Allow in all other Regions", "unknown", anywhere([inRegion("Allow", "StringNotEquals")])],
  ]);
});

describe("conditions", () => {
  const on = (Condition: object, Effect = "Allow") =>
    invoke([...(Effect === "Deny" ? [all] : []), { ...all, Effect, Condition }]);
  const me = role("order-role");
  table([
    ["StringEquals of the role's own ARN", "allow", on({ StringEquals: { "aws:PrincipalArn": me } })],
    ["of another", "deny", on({ StringEquals: { "aws:PrincipalArn": role("audit-role") } })],
    ["keys in any letter case", "allow", on({ StringEquals: { "AWS:principalARN": me } })],
    ["operators too", "allow", on({ stringequals: { "aws:PrincipalArn": me } })],
    ["StringEquals has no wildcards", "deny", on({ StringEquals: { "aws:PrincipalArn": "arn:*" } })],
    ["StringLike has", "allow", on({ StringLike: { "aws:PrincipalArn": "arn:*:role/order-?ole" } })],
    ["letter case counts", "deny", on({ StringEquals: { "aws:PrincipalArn": me.toUpperCase() } })],
    ["but not in IgnoreCase", "allow", on({ StringEqualsIgnoreCase: { "aws:PrincipalArn": me.toUpperCase() } })],
    ["StringNotLike is its opposite", "deny", on({ StringNotLike: { "aws:PrincipalArn": ["x", "arn:*"] } })],
    ["one of several values is enough", "allow", on({ StringEquals: { "aws:PrincipalAccount": ["1", ACCOUNT] } })],
    ["all keys must hold", "deny", on({ StringEquals: { "aws:PrincipalAccount": ACCOUNT, "aws:PrincipalArn": "x" } })],
    [
      "all operators too",
      "deny",
      on({ StringEquals: { "aws:PrincipalAccount": ACCOUNT }, ArnLike: { "aws:PrincipalArn": role("audit*") } }),
    ],
    [
      "ArnLike compares component by component",
      "deny",
      on({ ArnLike: { "aws:PrincipalArn": "arn:aws:i*:role/*:x:y:z" } }),
    ],
    ["ArnEquals has wildcards", "allow", on({ ArnEquals: { "aws:PrincipalArn": "arn:*:iam::*:role/order-*" } })],
    ["no values are none that match", "deny", on({ StringEquals: { "aws:PrincipalArn": [] } })],
    ["a key nobody knows", "unknown", on({ StringEquals: { "aws:SourceVpc": "vpc-1" } })],
    ["in a Deny", "unknown", on({ StringEquals: { "aws:SourceVpc": "vpc-1" } }, "Deny")],
    ["a Deny whose condition fails", "allow", on({ StringEquals: { "aws:PrincipalArn": "x" } }, "Deny")],
    ["a Deny whose condition holds", "deny", on({ ArnLike: { "aws:PrincipalArn": me } }, "Deny")],
    ["numbers are not compared", "unknown", on({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } })],
    ["nor addresses", "unknown", on({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } })],
    ["nor dates", "unknown", on({ DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } })],
    ["a role has no user name", "deny", on({ StringEquals: { "aws:username": "order-role" } })],
    ["which Null says", "allow", on({ Null: { "aws:username": "true" } })],
    ["Null as a boolean", "deny", on({ Null: { "aws:username": false } })],
    ["IfExists holds without the key", "allow", on({ StringEqualsIfExists: { "aws:username": "x" } })],
    ["a negated operator too", "allow", on({ StringNotEquals: { "aws:username": "x" } })],
    ["ForAllValues too", "allow", on({ "ForAllValues:StringEquals": { "aws:username": "x" } })],
    ["ForAnyValue does not", "deny", on({ "ForAnyValue:StringEquals": { "aws:username": "x" } })],
    ["Bool", "allow", on({ Bool: { "aws:PrincipalIsAWSService": "False" } })],
    ["the Region is that of the resource", "allow", on({ StringEquals: { "aws:RequestedRegion": "eu-west-1" } })],
    ["its account too", "deny", on({ StringNotEquals: { "aws:ResourceAccount": ACCOUNT } })],
  ]);
});

describe("variables and versions", () => {
  const bucket = (Version: string | undefined, Resource: string, Effect = "Allow"): Resources => ({
    User: {
      Type: "AWS::IAM::User",
      Properties: {
        UserName: "alice",
        Policies: [
          {
            PolicyName: "p",
            PolicyDocument: { ...(Version && { Version }), Statement: [{ Effect, Action: "*", Resource }] },
          },
        ],
      },
    },
  });
  const by = (Version: string | undefined, pattern: string, resource: string) => ({
    resources: bucket(Version, `arn:aws:s3:::b/${pattern}`),
    principal: "User",
    action: "s3:GetObject",
    resource: `arn:aws:s3:::b/${resource}`,
  });
  const now = "2012-10-17";
  table([
    ["${aws:username} is the user who asks", "allow", by(now, "${aws:username}/*", "alice/x")],
    ["and no other", "deny", by(now, "${aws:username}/*", "bob/x")],
    ["in any letter case, with a default or without", "allow", by(now, "${AWS:UserName, 'guest'}/*", "alice/x")],
    ["other variables are not known", "unknown", by(now, "${aws:PrincipalTag/team}/*", "alice/x")],
    ["before 2012-10-17 there are none", "deny", by("2008-10-17", "${aws:username}/*", "alice/x")],
    ["nor without Version (IAM JSON policy elements: Version)", "deny", by(undefined, "${aws:username}/*", "alice/x")],
    ["${*} then is a text around a wildcard", "deny", by("2008-10-17", "${*}", "*")],
    ["in 2012-10-17 it is the bare character", "allow", by(now, "${*}", "*")],
  ]);
});

describe("keys", () => {
  const arn = "arn:aws:kms:eu-west-1:111122223333:key/${Key}";
  const withKey = (
    statements: object[],
    keyStatements: object[] | undefined,
    properties: object = {},
    rest: Resources = {},
  ) => ({
    action: "kms:Decrypt",
    resource: arn,
    resources: {
      ...roleWith(statements, properties),
      ...rest,
      Key: {
        Type: "AWS::KMS::Key",
        Properties: keyStatements === undefined ? {} : { KeyPolicy: document(keyStatements) },
      },
    },
  });
  const to = (Principal: unknown, rest: object = {}) => ({
    Effect: "Allow",
    Action: "kms:*",
    Resource: "*",
    Principal,
    ...rest,
  });
  const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const me = { AWS: role("order-role") };
  const decrypt = allow("kms:Decrypt", "*");
  const boundary = {
    Boundary: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: document([allow("s3:*", "*")]) } },
  };
  const bounded = { PermissionsBoundary: { Ref: "Boundary" } };
  table([
    ["AWS's default key policy leaves it to identity policies", "allow", withKey([decrypt], undefined)],
    ["which must allow", "deny", withKey([], undefined)],
    ["so does a statement for the account", "allow", withKey([decrypt], [to(root)])],
    ["by its number", "allow", withKey([decrypt], [to({ AWS: ACCOUNT })])],
    [
      "without one an identity policy is not enough",
      "deny",
      withKey([decrypt], [to({ Service: "lambda.amazonaws.com" })]),
    ],
    ["another account is not it", "deny", withKey([decrypt], [to({ AWS: "444455556666" })])],
    ["a key policy that names the role is enough", "allow", withKey([], [to(me)])],
    ["one that names all", "allow", withKey([], [to("*")])],
    ["a Deny in the key policy wins", "deny", withKey([decrypt], [to(root), to(me, { Effect: "Deny" })])],
    ["of the account too", "deny", withKey([decrypt], [to(me), to(root, { Effect: "Deny" })])],
    ["a Deny in an identity policy wins", "deny", withKey([deny("kms:*", "*")], [to(me)])],
    ["a boundary limits what names the role", "deny", withKey([], [to(me)], bounded, boundary)],
    [
      "NotPrincipal with Deny excepts the role only beside its account",
      "unknown",
      withKey([], [to(me), { ...to(undefined), Effect: "Deny", NotPrincipal: me }]),
    ],
    [
      "and then does",
      "allow",
      withKey([], [to(me), { ...to(undefined), Effect: "Deny", NotPrincipal: { AWS: [me.AWS, root.AWS] } }]),
    ],
    [
      "but denies who has a boundary (AWS JSON policy elements: NotPrincipal)",
      "deny",
      withKey([], [to(me), { ...to(undefined), Effect: "Deny", NotPrincipal: { AWS: [me.AWS, root.AWS] } }], {
        PermissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    ],
    [
      "NotPrincipal with Allow is not supported",
      "unknown",
      withKey([], [{ ...to(undefined), NotPrincipal: { AWS: role("audit-role") } }]),
    ],
    [
      "a condition on the caller's account",
      "allow",
      withKey([], [to("*", { Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT } } })]),
    ],
  ]);
});

describe("functions, other accounts and roles", () => {
  const permission = (Principal: unknown, rest: object = {}): Resources => ({
    ...roleWith([]),
    Fn: { Type: "AWS::Lambda::Function", Properties: { FunctionName: "order" } },
    Permission: {
      Type: "AWS::Lambda::Permission",
      Properties: { FunctionName: { Ref: "Fn" }, Action: "lambda:InvokeFunction", Principal, ...rest },
    },
  });
  const theirs = "arn:aws:lambda:eu-west-1:444455556666:function:order";
  const other = (Principal: unknown): Resources => ({
    Other: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: "other",
        AssumeRolePolicyDocument: document([{ Effect: "Allow", Action: "sts:AssumeRole", Principal }]),
      },
    },
  });
  const assume = (statements: object[], Principal?: unknown) => ({
    action: "sts:AssumeRole",
    resource: role("other"),
    resources: { ...roleWith(statements), ...(Principal === undefined ? {} : other(Principal)) },
  });
  table([
    ["a permission for the role is enough", "allow", { resources: permission(role("order-role")) }],
    ["on that function only", "deny", { resources: permission(role("order-role")), resource: lambda("orders") }],
    ["and that qualifier", "deny", { resources: permission(role("order-role")), resource: lambda("order:live") }],
    ["one for the account is not", "deny", { resources: permission(ACCOUNT) }],
    ["one for a service neither", "deny", { resources: permission("s3.amazonaws.com") }],
    ["another account must allow too", "unknown", { ...invoke([all]), resource: theirs }],
    ["and cannot alone", "deny", { ...invoke([]), resource: theirs }],
    ["a role that trusts the role", "allow", assume([], { AWS: role("order-role") })],
    ["a role that trusts the account leaves it to identity policies", "allow", assume([all], { AWS: ACCOUNT })],
    ["which must allow", "deny", assume([], { AWS: ACCOUNT })],
    ["a role that trusts a service only", "deny", assume([all], { Service: "lambda.amazonaws.com" })],
    ["a role outside the documents", "unknown", assume([all])],
    [
      "what a bucket policy says is not read",
      "unknown",
      {
        ...invoke([all]),
        action: "s3:GetObject",
        resource: "arn:aws:s3:::b/x",
        resources: { ...roleWith([all]), BucketPolicy: { Type: "AWS::S3::BucketPolicy", Properties: {} } },
      },
    ],
    [
      "* is what actions on no resource are asked on",
      "allow",
      { ...invoke([allow("lambda:ListFunctions", "*")]), action: "lambda:ListFunctions", resource: "*" },
    ],
    [
      "a Resource of ARNs does not cover it",
      "deny",
      { ...invoke([allow("lambda:*", "arn:*")]), action: "lambda:ListFunctions", resource: "*" },
    ],
    ["a function by its logical id", "allow", { resources: permission(role("order-role")), resource: "Fn" }],
  ]);

  it("what is no action, and what is nowhere, is refused", () => {
    const resources = roleWith([all]);
    expect(() => ask({ resources, action: "InvokeFunction", resource: ORDER })).toThrow(/InvokeFunction is no action/);
    expect(() => ask({ resources, action: "lambda:*", resource: ORDER })).toThrow(/lambda:\* is no action/);
    expect(() => ask({ resources, action: "lambda:InvokeFunction", resource: "Nowhere" })).toThrow(/Nowhere is no ARN/);
    expect(() => ask({ ...INVOKE, resources, principal: "Nobody" })).toThrow(/Nobody is no role, user or group/);
  });
});
