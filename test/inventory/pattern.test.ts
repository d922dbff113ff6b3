import { describe, expect, it } from "vitest";
import { compileAction, compileArn, compileLiteral, compilePattern, compileText } from "../../src/inventory/pattern";
import { plain } from "../../src/inventory/text";

/**
 * What a pattern covers for certain (`sure`), and what it may (`possible`). Expected answers follow from the IAM user guide:
 * "IAM JSON policy elements: Resource" (`*` is any text, `?` one character, over colons and slashes too), "Action" (letter
 * case does not count) and "Condition operators" (ARNs are compared component by component).
 */
const NONE = new Set<string>();
const surely = (pattern: { sure: string }, text: string) => matches(pattern.sure, compileText(text, NONE).form);

/** Expressions are RE2: flags stand at the beginning. */
function matches(expression: string, text: string): boolean {
  const [, flags = "", body = ""] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(expression) ?? [];
  return new RegExp(body, flags).test(text);
}

describe("a pattern with a ${Fn} that nobody fills in", () => {
  // No name or ARN of AWS's has "$", "{" or "}" ("Lambda API reference", FunctionName; IAM, "IAM identifiers").
  it("covers nothing, whatever the text turns out to be", () => {
    const nothing = { sure: "$.", scope: "$.", lead: [{ literal: "\u0003" }], tail: "", open: false, arn: true };
    for (const written of ["${Fn}", "arn:aws:lambda:${AWS::Region}:1:function:${Fn}:*", "${Fn}*${Open}"]) {
      const text = plain(written).replace(plain("${Open}"), "${Open}");
      expect([compilePattern(text, NONE), compileArn(text, NONE), compileLiteral(text, NONE)]).toEqual(
        Array(3).fill({ text, ...nothing }),
      );
    }
    expect(surely(compilePattern(plain("${Fn}"), NONE), "${Fn}")).toBe(false);
    expect(surely(compilePattern(plain("${Fn}"), NONE), plain("${Fn}"))).toBe(false);
    expect(surely(compileAction(plain("lambda:${Verb}")), "lambda:invoke")).toBe(false);
  });

  it("and such a text is covered by a wildcard only", () => {
    expect(surely(compilePattern("f-*", NONE), plain("f-${Env}"))).toBe(true);
    expect(surely(compilePattern("f-${Env}", NONE), plain("f-${Env}"))).toBe(false);
  });
});

describe("a pattern", () => {
  it.each([
    ["arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y", true],
    ["arn:aws:s3:::b/*", "arn:aws:s3:::b", false],
    ["arn:aws:lambda:*:f", "arn:aws:lambda:eu-west-1:1:f", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a?*", "a", false],
    ["a.c", "abc", false],
    ["${*}", "*", true],
    ["${*}", "x", false],
    ["${$}{x", "${x", true],
    // a hole equals itself and nothing else for certain
    ["${P}", "${P}", true],
    ["${P}", "${Q}", false],
    ["${P}", "x", false],
    // a wildcard covers a hole, a single character does not: the hole may be empty
    ["x*", "x${P}", true],
    ["x?", "x${P}", false],
    // but what a deployment has is never empty
    ["x?*", "x${AWS::Region}", true],
    // the deployment's own may be any well-formed literal
    ["arn:${AWS::Partition}:s3:::b", "arn:aws-cn:s3:::b", true],
    ["${AWS::Region}", "eu-west-1", true],
    ["${AWS::Region}", "eu", false],
    ["eu-west-1", "${AWS::Region}", true],
    ["${AWS::AccountId}", "111122223333", true],
    ["${AWS::AccountId}", "11112222333", false],
  ])("%s on %s: %s", (pattern, text, expected) => {
    expect(surely(compilePattern(pattern, NONE), text)).toBe(expected);
  });

  it("that is exact needs no second expression", () => {
    expect(compilePattern("arn:aws:s3:::b/*", NONE).possible).toBeUndefined();
    expect(compilePattern("arn:aws:s3:::${P}", NONE).possible).toBeDefined();
    // `us-*` may match a part of what the Region turns out to be
    expect(compilePattern("arn:aws:lambda:us-*:1:f", NONE).possible).toBeDefined();
  });

  it("begins with what is certain: a generated name is nobody else's", () => {
    const { lead, tail } = compilePattern("arn:aws:sqs:eu-west-1:111122223333:${Queue}-x*y", new Set(["Queue"]));
    expect(lead).toEqual([{ identity: "Queue" }, { literal: "-x" }]);
    expect(tail).toBe("y");
  });
});

describe("an action", () => {
  it.each([
    ["LAMBDA:invoke*", "lambda:InvokeFunction", true],
    ["lambda:Get*", "lambda:InvokeFunction", false],
  ])("%s on %s: %s", (pattern, text, expected) => {
    expect(surely(compileAction(pattern), text)).toBe(expected);
  });

  it("begins in lower case", () => {
    expect(compileAction("LAMBDA:Get*").lead).toEqual([{ literal: "lambda:get" }]);
    expect(compileAction("*").lead).toEqual([]);
  });
});

describe("a value", () => {
  it.each([
    ["a*", "a*", false, true],
    ["a*", "ab", false, false],
    ["AB", "ab", false, false],
    ["AB", "ab", true, true],
  ])("%s on %s, letter case ignored %s: %s", (value, text, ignoreCase, expected) => {
    expect(surely(compileLiteral(value, NONE, ignoreCase), text)).toBe(expected);
  });
});

describe("a value of an ARN operator", () => {
  it.each([
    ["arn:*:lambda:*:*:function:order", "arn:aws:lambda:eu-west-1:111122223333:function:order", true],
    ["arn:aws:lambda:*:order", "arn:aws:lambda:eu-west-1:111122223333:order", false],
    ["arn:aws:lambda:*:*:function:*", "arn:aws:lambda:eu-west-1:111122223333:function:order:live", true],
    ["arn:aws:*:function:order:*:x", "arn:aws:lambda:eu-west-1:111122223333:function:order", false],
  ])("%s on %s: %s", (value, text, expected) => {
    expect(surely(compileArn(value, NONE), text)).toBe(expected);
  });
});

describe("a text", () => {
  it("of an ARN with settled fields is described by its resource", () => {
    expect(compileText("arn:aws:sqs:eu-west-1:111122223333:${Queue}", new Set(["Queue"]))).toMatchObject({
      form: "arn:aws:sqs:eu-west-1:111122223333:\u0001Queue\u0002",
      lead: [{ identity: "Queue" }, { literal: "\u0003" }],
      tail: "",
      open: true,
      arn: true,
    });
  });

  it("is not open by the deployment's own in its fields", () => {
    expect(compileText("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:q", NONE)).toMatchObject({
      open: false,
      arn: true,
    });
    expect(compileText("arn:aws:sqs:${R}:1:q", NONE)).toMatchObject({ open: true, arn: false, lead: [] });
  });
});
