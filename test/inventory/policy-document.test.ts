import { describe, expect, it } from "vitest";
import { plainPart, unknownPart } from "../../src/inventory/part";
import { forUser, readPolicyDocument } from "../../src/inventory/policy-document";
import { plain } from "../../src/inventory/text";

/** IAM user guide, "IAM JSON policy elements reference" and "Grammar of the IAM JSON policy language". */
const read = (document: unknown) => readPolicyDocument(plainPart(document, "t#"), "Role", new Set());
const statement = { Effect: "Allow", Action: "s3:*", Resource: "*" };
const texts = (patterns: { text: string }[] | undefined) => patterns?.map(({ text }) => text);

describe("a policy document", () => {
  it.each([
    ["a list", { Statement: [statement, statement] }, ["t#/Statement/0", "t#/Statement/1"]],
    ["one statement without a list", { Statement: statement }, ["t#/Statement"]],
    ["JSON text", JSON.stringify({ Statement: [statement] }), ["t#/Statement/0"]],
    ["no statements", { Statement: [] }, []],
    ["nothing", {}, []],
  ])("%s", (_, document, places) => {
    const { statements, unread } = read(document);
    expect(statements.map(({ at }) => at)).toEqual(places);
    expect(unread).toBeUndefined();
  });

  it.each([
    ["text that is no JSON", "{", "the policy document is not valid JSON"],
    ["a parameter", "${Document}", "Document"],
    ["statements that are a parameter", { Statement: "${All}" }, "All"],
    ["a statement that is no map", { Statement: [statement, "x"] }, "a statement that is not a map"],
  ])("%s is unread", (_, document, unread) => {
    expect(read(document).unread).toBe(unread);
  });

  it("what is not known is unread, with the reason", () => {
    const unknown = unknownPart("known after apply", "p#");
    expect(readPolicyDocument(unknown, "Role", new Set())).toEqual({ statements: [], unread: "known after apply" });
  });

  it("an Effect is Allow or Deny, in this spelling", () => {
    const effects = ["Allow", "Deny", "allow", "${E}", 7].map(
      (Effect) => read({ Statement: { Effect } }).statements[0]?.effect,
    );
    expect(effects).toEqual([
      { known: "Allow" },
      { known: "Deny" },
      { unknown: "no valid Effect" },
      { unknown: "E" },
      { unknown: "no valid Effect" },
    ]);
  });

  it("a condition's operator, quantifier and key", () => {
    const Condition = {
      "ForAllValues:StringLikeIfExists": { "AWS:TagKeys": ["a", 7] },
      Bool: { "aws:SecureTransport": true },
      Null: "x",
    };
    const [one] = read({ Statement: { Condition } }).statements;
    expect(
      one?.conditions.map(({ operator, quantifier, ifExists, key, values }) => [
        operator,
        quantifier,
        ifExists,
        key,
        texts(values),
      ]),
    ).toEqual([
      ["StringLike", "ForAllValues", true, "aws:tagkeys", ["a", "7"]],
      ["Bool", "", false, "aws:securetransport", ["true"]],
      ["", "", false, "", ["${not a condition}"]],
    ]);
  });

  it("a principal's account is its root", () => {
    const principals = (Principal: unknown) =>
      read({ Statement: { Principal } }).statements[0]?.principals.map(({ type, id }) => [type, id.text]);
    expect(
      principals({ AWS: ["111122223333", "arn:aws:iam::111122223333:role/r"], Service: "s3.amazonaws.com" }),
    ).toEqual([
      ["AWS", "arn:${AWS::Partition}:iam::111122223333:root"],
      ["AWS", "arn:aws:iam::111122223333:role/r"],
      ["Service", "s3.amazonaws.com"],
    ]);
    expect(principals("*")).toEqual([["*", "*"]]);
    expect(principals({ AWS: "*" })).toEqual([["*", "*"]]);
    expect(principals("${Who}")).toEqual([["unknown", "${Who}"]]);
  });
});

describe("variables", () => {
  const resources = (Version: string | undefined, Resource: string) =>
    texts(read({ ...(Version && { Version }), Statement: { Resource } }).statements[0]?.resources);

  it("are of version 2012-10-17, or of one that is not known", () => {
    for (const version of ["2012-10-17", "${Version}"]) {
      for (const variable of ["${aws:username}", "${ aws:username, 'guest' }", "${www.amazon.com:user_id}", "${*}"]) {
        expect(resources(version, plain(variable))).toEqual([variable]);
      }
    }
  });

  it("are not what a template or plan would fill in, if it did", () => {
    for (const text of ["${Fn}", "${Fn.Arn}", "${AWS::Region}", "${durable:Version}", "${resolve:ssm:x}", "${}"]) {
      expect(resources("2012-10-17", plain(text))).toEqual([plain(text)]);
    }
  });

  it("are plain text in older ones, and without Version", () => {
    const text = plain("${aws:username}/${*}");
    expect(resources("2008-10-17", text)).toEqual([text]);
    expect(resources(undefined, text)).toEqual([text]);
    const [one] = read({ Statement: { Condition: { StringLike: { k: text } } } }).statements;
    expect(texts(one?.conditions[0]?.values)).toEqual([text]);
  });

  it("are not what else is open in a text", () => {
    const open = "${AWS::Region}${Fn.Arn}${Fn::ImportValue x}${resolve:ssm:x}${durable:Version}${aws_sqs_queue.q.arn}";
    expect(resources(undefined, open)).toEqual([open]);
  });

  it("of the user's name are read for one user", () => {
    const Condition = { StringLike: { "s3:prefix": "${aws:username}/*" } };
    const [one] = read({
      Version: "2012-10-17",
      Statement: {
        Resource: ["b/${AWS:UserName, 'guest'}", "b/${aws:userid}"],
        NotResource: "${aws:username}",
        Condition,
      },
    }).statements;
    if (one === undefined) throw new Error("no statement");
    const alice = forUser(one, "alice");
    expect(texts(alice.resources)).toEqual(["b/alice", "b/${aws:userid}"]);
    expect(texts(alice.notResources)).toEqual(["alice"]);
    expect(texts(alice.conditions[0]?.values)).toEqual(["alice/*"]);
  });
});
