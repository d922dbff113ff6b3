import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors";
import { readDocument } from "../../src/read/document";
import { MAX_DEPTH, MAX_JSON_LENGTH, MAX_YAML_LENGTH } from "../../src/read/limits";

/** The one line a person gets; fails when the file is read. */
function refusal(content: string | Uint8Array, file: string): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    readDocument(bytes, file);
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
  throw new Error("was read");
}

const invalid = (said: string) => `DG010 The file is not valid JSON: ${said}`;

describe("JSON that is refused", () => {
  // Line and column counted by hand in each text.
  it.each([
    ["{}\n}", `t.json:2:1 DG010 Something stands behind the document's end. Remove it.`],
    ['{"a": 1}\n{"a": 1}', "t.json:2:1 DG016 A second document starts here. Put each into a file of its own."],
    ['{\n  "a": {"b": 1,\n        "b": 2}}', 't.json:3:9 DG012 The name "b" stands twice in one object. Keep one.'],
    ['{"a": 1, "\\u0061": 2}', 't.json:1:10 DG012 The name "a" stands twice in one object. Keep one.'],
    [
      '{"__proto__": 1, "__proto__": 2}',
      't.json:1:18 DG012 The name "__proto__" stands twice in one object. Keep one.',
    ],
    ["{\n  // no\n}", `t.json:2:3 ${invalid("JSON has no comments. Remove it.")}`],
    ["{'a': 1}", `t.json:1:2 ${invalid("strings and names stand in double quotes.")}`],
    ['{"a": NaN}', `t.json:1:7 ${invalid("NaN is not a JSON number.")}`],
    ['{"a": -Infinity}', `t.json:1:7 ${invalid("-Infinity is not a JSON number.")}`],
    ['{"a": 01}', `t.json:1:8 ${invalid("no number is written like this (leading zeros, for example).")}`],
    ['{"a": 1,}', `t.json:1:8 ${invalid("nothing follows this comma. Remove it.")}`],
    ['{"a": [1 2]}', `t.json:1:10 ${invalid("a comma or ] is missing here.")}`],
    ['{"a" 1}', `t.json:1:6 ${invalid("a colon is missing here.")}`],
    ["{a: 1}", `t.json:1:2 ${invalid("a name in double quotes is missing here.")}`],
    ['{"a": "b', `t.json:1:7 ${invalid("this string never ends. Was the file cut off?")}`],
    ['{"a": [', `t.json:1:8 ${invalid("it ends before the document does. Was it cut off?")}`],
    ['{"a":\r\n "\\x"}', `t.json:2:3 ${invalid("no such escape exists. A backslash is written \\\\.")}`],
    [
      '{"a": "b\nc"}',
      `t.json:1:9 ${invalid("a line break or control character stands in a string. Write it \\n, \\u…")}`,
    ],
    [
      "Resources: {}",
      `t.json:1:1 ${invalid("a value is missing here. A JSON file starts with { or [; name YAML .yaml.")}`,
    ],
    ["\u{1F600}", `t.json:1:1 ${invalid("a value is missing here. A JSON file starts with { or [; name YAML .yaml.")}`],
    ['{"\u{1F600}": x}', `t.json:1:8 ${invalid("a value is missing here.")}`],
    ["", "t.json DG015 The file is empty."],
    [" \r\n\t", "t.json DG015 The file is empty."],
    [
      '{"@level":"info","type":"version"}\n{"@level":"info"}\n',
      "t.json:2:1 DG030 This is the log of terraform plan -json, not a plan. Save the plan (-out=PLAN). " +
        "Turn it into JSON: terraform show -json PLAN > plan.json",
    ],
  ])("%j", (text, line) => expect(refusal(text, "t.json")).toBe(line));

  it("takes a name without .yaml that starts with { for JSON", () => {
    expect(refusal("{a: 1}", "stack.template")).toMatch(/^stack\.template:1:2 DG010 /);
    expect(readDocument(new TextEncoder().encode("{a: 1}"), "stack.yaml").value).toEqual({ a: 1 });
  });

  it("shows long and deceptive names cut and escaped", () => {
    const name = `\u202e${"x".repeat(300_000)}`;
    expect(refusal(`{"${name}":1,"${name}":2}`, "t.json")).toBe(
      `t.json:1:300008 DG012 The name "\\u202e${"x".repeat(59)}…" stands twice in one object. Keep one.`,
    );
  });

  it("allows lists and objects as deep as the limit and no deeper", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(readDocument(new TextEncoder().encode(nested(MAX_DEPTH)), "t.json").format).toBe("json");
    expect(refusal(nested(MAX_DEPTH + 1), "t.json")).toBe(
      "t.json:1:1001 DG013 Lists and objects are nested more than 1000 deep here.",
    );
    expect(refusal('{"a":'.repeat(100_000), "t.json")).toBe(
      "t.json:1:5001 DG013 Lists and objects are nested more than 1000 deep here.",
    );
  });
});

describe("YAML that is refused", () => {
  it.each([
    ["a: 1\nb: 2\na: 3\n", 't.yaml:3:1 DG012 The key "a" stands twice in one mapping, first on line 1. Keep one.'],
    ["a: {b: 1, b: 2}", 't.yaml:1:11 DG012 The key "b" stands twice in one mapping, first on line 1. Keep one.'],
    [
      "x: &x {}\na:\n  <<: *x\n  <<: *x\n",
      't.yaml:4:3 DG012 The key "<<" stands twice in one mapping, first on line 3. Keep one.',
    ],
    ["a: 1\n---\nb: 1\n", "t.yaml:3:1 DG016 A second document starts here. Put each into a file of its own."],
    ["---\n...\n---\n", "t.yaml DG015 The file is empty."],
    ["# nothing\n", "t.yaml DG015 The file is empty."],
    [
      "a:\n  b: !!python/object:x {}\n",
      "t.yaml:2:6 DG017 CloudFormation knows no such tag. Short forms are written !Sub, !GetAtt, …",
    ],
    ["a: !sub x\n", "t.yaml:1:4 DG017 CloudFormation knows no such tag. Short forms are written !Sub, !GetAtt, …"],
    [
      "a: !!binary aGk=\n",
      "t.yaml:1:4 DG017 CloudFormation knows no such tag. Short forms are written !Sub, !GetAtt, …",
    ],
    ["a: !<!Ref> x\n", "t.yaml:1:4 DG017 CloudFormation knows no such tag. Short forms are written !Sub, !GetAtt, …"],
    [
      "%TAG ! tag:evil,2020:\n---\na: !Ref b\n",
      "t.yaml:1:1 DG017 A %TAG directive gives short tags another meaning. Remove it.",
    ],
    ["a: &a [*a]\n", "t.yaml:1:8 DG014 This alias stands inside what it names, so it never ends."],
    ["a: *b\n", 't.yaml:1:4 DG011 No anchor &"b" stands before this alias.'],
    ["a: {<<: 1}\n", "t.yaml:1:5 DG011 A merge key (<<) takes a mapping or a list of mappings."],
    ["a: {{b}}\n", "t.yaml:1:5 DG011 A key is text, not a list, mapping or alias of one. Quote {{…}}."],
    ["!Ref a: 1\n", "t.yaml:1:1 DG011 A key is plain text; it takes no tag."],
    ["a: !!int x\n", "t.yaml:1:4 DG011 The value does not fit its tag !!int."],
    ["a:\n\tb: 1\n", "t.yaml:2:1 DG011 The file is not valid YAML: tab characters must not be used in indentation."],
    ["a:\n  b: 1\n c: 2\n", "t.yaml:3:2 DG011 The file is not valid YAML: bad indentation of a mapping entry."],
  ])("%j", (text, line) => expect(refusal(text, "t.yaml")).toBe(line));

  it("bounds depth, also through aliases", () => {
    expect(refusal("[".repeat(20_000), "t.yaml")).toMatch(/^t\.yaml:1:1001 DG013 /);
    // Each anchor nests ten deep around the one before: 101 of them exceed a thousand.
    const lines = Array.from({ length: 150 }, (_, index) => {
      const inner = index === 0 ? "0" : `*a${index - 1}`;
      return `k${index}: &a${index} ${"[".repeat(10)}${inner}${"]".repeat(10)}`;
    });
    // The root is one level, k100 its tenth list below it, where 100 * 10 more would stand.
    expect(refusal(lines.join("\n"), "t.yaml")).toMatch(/^t\.yaml:100:\d+ DG013 Written out, this alias is nested/);
  });

  it("stops bombs before they cost anything", () => {
    const merges = ["b0: &b0 {k: v}"];
    const lists = ["c0: &c0 [x]"];
    for (let index = 1; index < 40; index++) {
      const last = index - 1;
      merges.push(`b${index}: &b${index} {<<: *b${last}, x${index}: *b${last}, y${index}: *b${last}}`);
      lists.push(`c${index}: &c${index} [*c${last}, *c${last}, *c${last}]`);
    }
    const started = performance.now();
    for (const bomb of [merges, lists]) {
      expect(refusal(bomb.join("\n"), "t.yaml")).toMatch(/ DG014 Written out, aliases and merge keys exceed 4194304 /);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("refuses what is longer than the limit", () => {
    expect(refusal(`a: ${"x".repeat(MAX_YAML_LENGTH)}`, "t.yaml")).toBe(
      "t.yaml DG003 YAML longer than 4194304 characters is not read.",
    );
    // Only the length of the bytes is looked at, so the array can stay untouched memory.
    expect(refusal(new Uint8Array(2 * MAX_JSON_LENGTH + 3), "t.json")).toBe(
      "t.json DG003 The file is longer than 268435456 characters. Split it.",
    );
  });
});

describe("files that are not text", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  it.each([
    [
      bytes(0x50, 0x4b, 3, 4, 0, 0),
      "plan DG030 This is a zip archive, as a saved Terraform plan is. Turn it into JSON: terraform show -json PLAN > plan.json",
    ],
    [bytes(0x1f, 0x8b, 8, 0), "plan DG004 This is a gzip file. Unpack it first."],
    [
      bytes(0x89, 0x50, 0x4e, 0x47, 0, 0),
      "plan DG004 The file is binary. Give a template, a plan or an assembly as text.",
    ],
    [
      bytes(0x61, 0x0a, 0x62, 0),
      "plan:2:2 DG004 The file is binary, or UTF-16 without a byte order mark. Give a text file, best in UTF-8.",
    ],
    [bytes(0x61, 0x0a, 0xc3, 0xa4, 0xff, 0x62), "plan:2:2 DG002 The file is not valid UTF-8 here. Save it as UTF-8."],
    [
      bytes(0xff, 0xfe, 0x61),
      "plan DG002 The file is not valid UTF-16, as its byte order mark says. Save it as UTF-8.",
    ],
  ])("%s", (content, line) => expect(refusal(content, "plan")).toBe(line));
});
