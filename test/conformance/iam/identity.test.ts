import { describe, expect, it } from "vitest";
import { ACCOUNT, allow, ask, deny, document, lambda, type Question, type Resources, role, roleWith } from "./asked";

/**
 * What identity policies and boundaries decide, row by row through the whole pipeline. Unless a row says otherwise the
 * source is the IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements".
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

function table(rows: Row[]): void {
  it.each(rows)("%s: %s", (_why, decision, question) => {
    expect(ask({ ...INVOKE, ...question }).decision).toBe(decision);
  });
}

describe("Allow and Deny", () => {
  table([
    ["nothing is allowed that no statement allows", "deny", invoke([])],
    ["a statement that names action and resource allows", "allow", invoke([allow("lambda:InvokeFunction", ORDER)])],
    ["a statement on another action does not", "deny", invoke([allow("lambda:GetFunction", ORDER)])],
    ["a statement on another resource does not", "deny", invoke([allow("lambda:InvokeFunction", lambda("audit"))])],
    [
      "action and resource of two statements do not add up",
      "deny",
      invoke([allow("lambda:InvokeFunction", lambda("audit")), allow("lambda:GetFunction", ORDER)]),
    ],
    ["an explicit Deny wins over any Allow", "deny", invoke([allow("*", "*"), deny("lambda:InvokeFunction", ORDER)])],
    ["whatever their order", "deny", invoke([deny("lambda:InvokeFunction", ORDER), allow("*", "*")])],
    [
      "a Deny of something else does not",
      "allow",
      invoke([allow("*", "*"), deny("lambda:InvokeFunction", lambda("audit"))]),
    ],
    [
      "any element of a list counts",
      "allow",
      invoke([allow(["s3:GetObject", "lambda:InvokeFunction"], [lambda("audit"), ORDER])]),
    ],
    [
      "a statement needs no list around it",
      "allow",
      { resources: roleWith([], { Policies: [{ PolicyName: "p", PolicyDocument: { Statement: allow("*", "*") } }] }) },
    ],
    ["without Resource a statement speaks of nothing", "deny", invoke([{ Effect: "Allow", Action: "*" }])],
    ["without Action neither", "deny", invoke([{ Effect: "Allow", Resource: "*" }])],
    ["an Effect that is no Effect may be either", "unknown", invoke([{ ...allow("*", "*"), Effect: "allow" }])],
  ]);
});

describe("NotAction and NotResource", () => {
  const notAction = (NotAction: unknown, Effect = "Allow") => ({ Effect, NotAction, Resource: "*" });
  const notResource = (NotResource: unknown, Effect = "Allow") => ({ Effect, Action: "lambda:*", NotResource });
  table([
    ["Allow with NotAction allows all others", "allow", invoke([notAction("iam:*")])],
    ["and not the ones it names", "deny", invoke([notAction(["iam:*", "lambda:Invoke*"])])],
    ["Deny with NotAction denies all others", "deny", invoke([allow("*", "*"), notAction("iam:*", "Deny")])],
    ["and not the ones it names", "allow", invoke([allow("*", "*"), notAction("lambda:*", "Deny")])],
    ["Allow with NotResource allows on all others", "allow", invoke([notResource(lambda("audit"))])],
    ["and not on those it names", "deny", invoke([notResource(lambda("order*"))])],
    [
      "Deny with NotResource denies on all others",
      "deny",
      invoke([allow("*", "*"), notResource(lambda("audit"), "Deny")]),
    ],
    ["and not on those it names", "allow", invoke([allow("*", "*"), notResource([lambda("audit"), ORDER], "Deny")])],
    [
      "a parameter in NotAction may name it",
      "unknown",
      { ...invoke([notAction({ "Fn::Sub": "${P}:*" })]), Parameters: { P: { Type: "String" } } },
    ],
    [
      "a parameter in NotResource may be it",
      "unknown",
      { ...invoke([notResource({ Ref: "P" })]), Parameters: { P: { Type: "String" } } },
    ],
  ]);
});

describe("wildcards", () => {
  const on = (pattern: string, resource: string): Partial<Question> & { resources: Resources } => ({
    resources: roleWith([allow("lambda:InvokeFunction", pattern)]),
    resource,
  });
  table([
    ["letter case of actions does not count", "allow", invoke([allow("LAMBDA:invokefunction", ORDER)])],
    ["letter case of resources counts", "deny", invoke([allow("lambda:InvokeFunction", lambda("Order"))])],
    ["* in an action is any text", "allow", invoke([allow("lambda:*Function", ORDER)])],
    ["? in an action is one character", "allow", invoke([allow("lambda:Invok?Function", ORDER)])],
    ["and exactly one", "deny", invoke([allow("lambda:InvokeFunction?", ORDER)])],
    ["* runs on past a colon", "allow", on("arn:aws:lambda:*:order", ORDER)],
    ["* runs on past a slash", "allow", on("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b")],
    ["* may be nothing", "allow", on(`${ORDER}*`, ORDER)],
    ["? is one character, also a colon", "allow", on(`${ORDER}?live`, `${ORDER}:live`)],
    ["? is not nothing", "deny", on(`${ORDER}?`, ORDER)],
    ["?* is one character or more", "deny", on(`${ORDER}?*`, ORDER)],
    ["the whole text counts, not a part", "deny", on(ORDER, `${ORDER}:live`)],
    ["nor its end", "deny", on("function:order", ORDER)],
    [
      "what means something to expressions means itself",
      "allow",
      on("arn:aws:s3:::b/(a)[b]+{c}^.|$", "arn:aws:s3:::b/(a)[b]+{c}^.|$"),
    ],
    ["and nothing else", "deny", on("arn:aws:s3:::b/a+", "arn:aws:s3:::b/aa")],
    ["${*} is the character itself (Policy variables)", "allow", on("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*")],
    ["and no wildcard", "deny", on("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/a")],
    ["${?} and ${$} too", "allow", on("arn:aws:s3:::b/${?}${$}", "arn:aws:s3:::b/?$")],
    ["a line break is a character", "allow", on("arn:aws:s3:::b/*", "arn:aws:s3:::b/a\nb")],
  ]);
});

describe("what is not known", () => {
  const Parameters = { P: { Type: "String" } };
  const sub = (text: string) => ({ "Fn::Sub": text });
  const onParameter = (pattern: string) => ({
    ...invoke([allow("lambda:InvokeFunction", sub(pattern))]),
    Parameters,
  });
  const prefix = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function`;
  table([
    ["a parameter may be the name", "unknown", onParameter(`${prefix}:\${P}`)],
    ["it may be a part of it", "unknown", onParameter(`${prefix}:or\${P}er`)],
    ["what surrounds it rules it out", "deny", onParameter(`${prefix}:or\${P}x`)],
    ["what stands before it too", "deny", onParameter(`arn:aws:s3:::\${P}`)],
    ["its value may hold colons", "unknown", onParameter("arn:aws:lambda:${P}:order")],
    ["a wildcard covers whatever it is", "allow", { ...onParameter("*"), resource: `${prefix}:\${P}` }],
    [
      "the same parameter is the same text",
      "allow",
      { ...onParameter(`${prefix}:\${P}:*`), resource: `${prefix}:\${P}:live` },
    ],
    [
      "? does not cover what may be empty",
      "unknown",
      { ...onParameter(`${prefix}:order?*`), resource: `${prefix}:order\${P}` },
    ],
    [
      "a $ is not the beginning of a parameter",
      "unknown",
      { ...onParameter(`${prefix}:order:$*`), resource: `${prefix}:order:\${P}` },
    ],
    [
      "an allowed value is decided",
      "allow",
      {
        ...onParameter(`${prefix}:\${P}`),
        Parameters: { P: { Type: "String", AllowedValues: ["order"], Default: "order" } },
        deployed: { defaultsOnly: true, partition: "aws", region: "eu-west-1", account: ACCOUNT },
      },
    ],
    [
      "a Deny that may apply leaves it open",
      "unknown",
      { ...invoke([allow("*", "*"), deny("lambda:*", { Ref: "P" })]), Parameters },
    ],
    [
      "an Allow that may apply does not help against a Deny",
      "deny",
      { ...invoke([allow("*", { Ref: "P" }), deny("*", "*")]), Parameters },
    ],
    ["an action may be a parameter", "unknown", { ...invoke([allow(sub("lambda:${P}"), "*")]), Parameters }],
    ["of that service only", "deny", { ...invoke([allow(sub("s3:${P}"), "*")]), Parameters }],
    [
      "a whole document may be one",
      "unknown",
      { resources: roleWith([], { Policies: [{ PolicyName: "p", PolicyDocument: { Ref: "P" } }] }), Parameters },
    ],
    [
      "a policy variable (aws:username) is not known",
      "unknown",
      { ...invoke([allow("lambda:InvokeFunction", `${prefix}:\${aws:PrincipalTag/team}`)]) },
    ],
    [
      "what surrounds it counts",
      "deny",
      { ...invoke([allow("lambda:InvokeFunction", `${prefix}:\${aws:PrincipalTag/team}-x`)]) },
    ],
  ]);
});

describe("the deployment's own partition, Region and account", () => {
  const own = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:order";
  const anywhere = {};
  const granted = (
    pattern: string,
    resource: string,
    deployed?: object,
  ): Partial<Question> & { resources: Resources } => ({
    resources: roleWith([allow("lambda:InvokeFunction", { "Fn::Sub": pattern })]),
    resource,
    ...(deployed && { deployed }),
  });
  table([
    ["are the same everywhere in a template", "allow", granted(own, own, anywhere)],
    ["equal a literal where nothing says otherwise", "allow", granted(own, ORDER, anywhere)],
    ["in both directions", "allow", granted(ORDER, own, anywhere)],
    ["but nothing that is no Region", "deny", granted(own, `arn:aws:lambda:x:${ACCOUNT}:function:order`, anywhere)],
    ["are what --region and --account say", "allow", granted(own, ORDER)],
    ["and nothing else then", "deny", granted(own, `arn:aws:lambda:us-east-1:${ACCOUNT}:function:order`)],
    ["of the account too", "deny", granted(own, "arn:aws:lambda:eu-west-1:444455556666:function:order")],
    [
      "may be what a part of a Region covers",
      "unknown",
      granted("arn:aws:lambda:us-*:*:function:order", own, anywhere),
    ],
    ["and may not, where the rest differs", "deny", granted("arn:aws:lambda:us-*:*:function:audit", own, anywhere)],
    ["cannot be another service", "deny", granted("arn:aws:s3:::order", own, anywhere)],
  ]);
});

describe("boundaries (Permissions boundaries for IAM entities)", () => {
  const bounded = (statements: object[], boundary: unknown, rest: Resources = {}) => ({
    resources: { ...roleWith(statements, { PermissionsBoundary: boundary }), ...rest },
  });
  const declared = (boundary: object[]): Resources => ({
    Boundary: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: document(boundary) } },
  });
  const all = [allow("*", "*")];
  const ref = { Ref: "Boundary" };
  table([
    ["what both allow is allowed", "allow", bounded(all, ref, declared([allow("lambda:*", "*")]))],
    ["what the boundary leaves out is not", "deny", bounded(all, ref, declared([allow("s3:*", "*")]))],
    ["a boundary grants nothing", "deny", bounded([], ref, declared(all))],
    ["a Deny in the boundary wins", "deny", bounded(all, ref, declared([allow("*", "*"), deny("lambda:*", "*")]))],
    ["an empty boundary allows nothing", "deny", bounded(all, ref, declared([]))],
    ["one outside the documents is not known", "unknown", bounded(all, `arn:aws:iam::${ACCOUNT}:policy/boundary`)],
    ["and gives no permission either", "deny", bounded([], `arn:aws:iam::${ACCOUNT}:policy/boundary`)],
    ["AWS's own is known", "deny", bounded(all, "arn:aws:iam::aws:policy/AmazonS3FullAccess")],
    [
      "one whose content is not known may leave it out",
      "unknown",
      bounded(all, "arn:aws:iam::aws:policy/AWSGlueConsoleFullAccess"),
    ],
  ]);
});

describe("where policies come from", () => {
  const attached = (...arns: unknown[]) => ({ resources: roleWith([], { ManagedPolicyArns: arns }) });
  const policy = (Type: string, statements: object[], properties: object): Resources => ({
    ...roleWith([]),
    Policy: { Type, Properties: { PolicyDocument: document(statements), ...properties } },
  });
  const all = [allow("*", "*")];
  const person = (rest: Resources, properties: object = {}): Partial<Question> & { resources: Resources } => ({
    principal: "User",
    resources: { User: { Type: "AWS::IAM::User", Properties: properties }, ...rest },
  });
  const group: Resources = {
    Group: { Type: "AWS::IAM::Group", Properties: { Policies: [{ PolicyName: "p", PolicyDocument: document(all) }] } },
  };
  table([
    ["AWS managed policy: its content is known", "allow", attached("arn:aws:iam::aws:policy/AWSLambda_FullAccess")],
    ["AWS managed policy that does not allow it", "deny", attached("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
    [
      "in another partition's spelling",
      "allow",
      attached({ "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AWSLambda_FullAccess" }),
    ],
    [
      "AWS managed policy whose content is not known may allow",
      "unknown",
      attached("arn:aws:iam::aws:policy/AWSGlueConsoleFullAccess"),
    ],
    [
      "but takes nothing away",
      "allow",
      { resources: roleWith(all, { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSGlueConsoleFullAccess"] }) },
    ],
    [
      "unless its name says so",
      "unknown",
      { resources: roleWith(all, { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"] }) },
    ],
    ["customer managed policy outside the documents", "unknown", attached(`arn:aws:iam::${ACCOUNT}:policy/own`)],
    [
      "and it may deny",
      "unknown",
      { resources: roleWith(all, { ManagedPolicyArns: [`arn:aws:iam::${ACCOUNT}:policy/own`] }) },
    ],
    [
      "customer managed policy in the template",
      "allow",
      {
        resources: {
          ...roleWith([], { ManagedPolicyArns: [{ Ref: "Own" }] }),
          Own: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: document(all) } },
        },
      },
    ],
    [
      "one that attaches itself",
      "allow",
      { resources: policy("AWS::IAM::ManagedPolicy", all, { Roles: [{ Ref: "Role" }] }) },
    ],
    [
      "AWS::IAM::Policy names its roles",
      "allow",
      { resources: policy("AWS::IAM::Policy", all, { PolicyName: "p", Roles: ["order-role"] }) },
    ],
    [
      "and others not",
      "deny",
      { resources: policy("AWS::IAM::Policy", all, { PolicyName: "p", Roles: ["audit-role"] }) },
    ],
    [
      "AWS::IAM::RolePolicy",
      "allow",
      { resources: policy("AWS::IAM::RolePolicy", all, { PolicyName: "p", RoleName: { Ref: "Role" } }) },
    ],
    [
      "several policies: one allows",
      "allow",
      {
        resources: {
          ...policy("AWS::IAM::Policy", all, { PolicyName: "p", Roles: [{ Ref: "Role" }] }),
          ...roleWith([allow("s3:*", "*")]),
        },
      },
    ],
    [
      "several policies: one denies",
      "deny",
      {
        resources: {
          ...policy("AWS::IAM::Policy", [deny("lambda:*", "*")], { PolicyName: "p", Roles: [{ Ref: "Role" }] }),
          ...roleWith(all),
        },
      },
    ],
    [
      "a document that is JSON text",
      "allow",
      { resources: roleWith([], { Policies: [{ PolicyName: "p", PolicyDocument: JSON.stringify(document(all)) }] }) },
    ],
    ["a user has its own", "allow", person({}, { Policies: [{ PolicyName: "p", PolicyDocument: document(all) }] })],
    ["and its groups'", "allow", person(group, { Groups: [{ Ref: "Group" }] })],
    [
      "also when it is added from outside",
      "allow",
      person({
        ...group,
        Addition: {
          Type: "AWS::IAM::UserToGroupAddition",
          Properties: { GroupName: { Ref: "Group" }, Users: [{ Ref: "User" }] },
        },
      }),
    ],
    ["and those of no other group", "deny", person(group)],
  ]);
});

describe("pairs", () => {
  const all = allow("*", "*");
  table([
    [
      "NotAction with a Deny on a part of a Region",
      "unknown",
      {
        ...invoke([
          { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
          deny("*", "arn:aws:lambda:eu-*:*:function:*"),
        ]),
        resource: "arn:aws:lambda:${AWS::Region}:111122223333:function:order",
        deployed: {},
      },
    ],
    [
      "NotResource with a wildcard over colons",
      "deny",
      invoke([{ Effect: "Allow", Action: "*", NotResource: "arn:aws:lambda:*:order" }]),
    ],
    [
      "a boundary with NotAction",
      "allow",
      {
        resources: {
          ...roleWith([all], { PermissionsBoundary: { Ref: "B" } }),
          B: {
            Type: "AWS::IAM::ManagedPolicy",
            Properties: { PolicyDocument: document([{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }]) },
          },
        },
      },
    ],
    [
      "an unknown Deny in an unknown boundary, and no Allow",
      "deny",
      {
        resources: roleWith([deny("*", { Ref: "P" })], { PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/b` }),
        Parameters: { P: { Type: "String" } },
      },
    ],
    [
      "a role's own ARN as resource",
      "allow",
      {
        ...invoke([allow("iam:PassRole", { "Fn::GetAtt": ["Role", "Arn"] })]),
        action: "iam:PassRole",
        resource: role("order-role"),
      },
    ],
  ]);
});
