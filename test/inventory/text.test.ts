import { describe, expect, it } from "vitest";
import { arnOf, atoms, cutAtColons, FIELDS } from "../../src/inventory/atoms";
import {
  executionArn,
  functionArn,
  generatedName,
  keyArn,
  logGroupArn,
  logStreamArn,
  policyArn,
  principalArn,
} from "../../src/inventory/canonical";
import {
  hasHole,
  hole,
  joined,
  LOOKALIKE,
  lastSegment,
  pieces,
  plain,
  shown,
  soleHole,
} from "../../src/inventory/text";

/** Texts with holes, `${…}`, and what is cut out of them. Forms of ARNs are those of the service authorization reference. */
describe("what looks like a hole and is none", () => {
  it("is no hole, and no text with one", () => {
    const text = plain("a${B}");
    expect([hasHole(text), soleHole(plain("${B}")), text === "a${B}"]).toEqual([false, undefined, false]);
    expect(pieces(`${text}\${C}`)).toEqual([
      { text, hole: false },
      { text: "${C}", hole: true },
    ]);
  });

  it("is shown as it was written", () => {
    expect(["a${B}", "${", "$", "${A}${B}", ""].map((text) => shown(plain(text)))).toEqual([
      "a${B}",
      "${",
      "$",
      "${A}${B}",
      "",
    ]);
    expect(plain("${A.B}-${}").replace(LOOKALIKE, "<$1>")).toBe("<A.B>-<>");
  });

  it("may come of pieces", () => {
    expect(joined(["$", "{A}"], "")).toBe(plain("${A}"));
    expect(joined(["a$", "", "{A}"], "")).toBe(plain("a${A}"));
    expect(joined(["${A}", "{B}", "$"], "$")).toBe(`${"${A}"}${plain("${B}")}$$`);
  });
});

describe("holes", () => {
  it("have no holes in their names, which would end them early", () => {
    expect(hole("Ref ${Env}")).toBe("${Ref Env}");
    expect(hole("a{b}")).toBe("${ab}");
  });

  it.each([
    [
      "a${B}c",
      [
        ["a", false],
        ["${B}", true],
        ["c", false],
      ],
    ],
    [
      "${A}${B}",
      [
        ["${A}", true],
        ["${B}", true],
      ],
    ],
    ["plain", [["plain", false]]],
    ["", []],
    // one that is never closed is none
    ["a${b", [["a${b", false]]],
  ])("%s in pieces", (text, expected) => {
    expect(pieces(text).map((piece) => [piece.text, piece.hole])).toEqual(expected);
  });

  it("are found", () => {
    expect([hasHole("a${B}"), hasHole("a${b"), hasHole("$b}")]).toEqual([true, false, false]);
    expect([soleHole("${A.Arn}"), soleHole("x${A}"), soleHole("${A}${B}"), soleHole("")]).toEqual([
      "A.Arn",
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("have slashes of their own, which end no segment", () => {
    expect(lastSegment("team/${a/b}-x")).toBe("${a/b}-x");
    expect(lastSegment("${a}/name")).toBe("name");
    expect(lastSegment("name")).toBe("name");
  });
});

describe("atoms", () => {
  const kinds = (text: string, reading: "text" | "value" | "pattern") =>
    atoms(text, reading).map((atom) => `${atom.kind} ${atom.text}`);

  it("are wildcards in a pattern only", () => {
    expect(kinds("a*?b", "pattern")).toEqual(["literal a", "wildcard *?", "literal b"]);
    expect(kinds("a*?b", "value")).toEqual(["literal a*?b"]);
  });

  it("are bare characters in policies only", () => {
    expect(kinds("${*}", "pattern")).toEqual(["literal *"]);
    expect(kinds("${?}${$}", "value")).toEqual(["literal ?", "literal $"]);
    expect(kinds("${*}", "text")).toEqual(["hole ${*}"]);
  });

  it("tell what may be the deployment's own", () => {
    expect(kinds("arn:aws:x:us-gov-west-1:111122223333:r", "text")).toEqual([
      "literal arn:",
      "own literal aws",
      "literal :x:",
      "own literal us-gov-west-1",
      "literal :",
      "own literal 111122223333",
      "literal :r",
    ]);
    // eleven or thirteen digits are no account
    expect(kinds("11112222333 1111222233334", "text")).toEqual(["literal 11112222333 1111222233334"]);
    expect(kinds("${AWS::Region}${durable:Version}${P}", "text")).toEqual([
      "own ${AWS::Region}",
      "fresh ${durable:Version}",
      "hole ${P}",
    ]);
  });

  it("are cut at colons, but for those in holes", () => {
    const parts = cutAtColons(atoms("arn:${AWS::Partition}:s3:::b:c", "text"), FIELDS);
    expect(parts.map((part) => part.map(({ text }) => text).join(""))).toEqual([
      "arn",
      "${AWS::Partition}",
      "s3",
      "",
      "",
      "b:c",
    ]);
    expect(arnOf(parts)?.resource.map(({ text }) => text)).toEqual(["b:c"]);
    expect(arnOf(cutAtColons(atoms("arn:aws:s3", "text"), FIELDS))).toBeUndefined();
    expect(arnOf(cutAtColons(atoms("x:aws:s3:::b", "text"), FIELDS))).toBeUndefined();
  });
});

it("the canonical texts of declared things", () => {
  const deployment = { partition: "aws", region: "eu-west-1", account: "111122223333" };
  const fn = functionArn(deployment, "order");
  expect([
    fn,
    principalArn(deployment, "role", "/team/", "r"),
    policyArn(deployment, "/", "p"),
    keyArn(deployment, "1234"),
    logGroupArn(deployment, "/aws/lambda/order"),
    logStreamArn(fn, "/g"),
    executionArn(fn, "7"),
    generatedName("Fn"),
  ]).toEqual([
    "arn:aws:lambda:eu-west-1:111122223333:function:order",
    "arn:aws:iam::111122223333:role/team/r",
    "arn:aws:iam::111122223333:policy/p",
    "arn:aws:kms:eu-west-1:111122223333:key/1234",
    "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/order",
    // Lambda's own name of a stream: date, version and 32 hexadecimal digits
    "arn:aws:logs:eu-west-1:111122223333:log-group:/g:log-stream:2026/11/22/[$LATEST]0123456789abcdef0123456789abcdef",
    // nobody has written the execution's name and id yet
    "arn:aws:lambda:eu-west-1:111122223333:function:order:7/durable-execution/${durable:ExecutionName}/${durable:ExecutionId}",
    "${Fn}",
  ]);
});
