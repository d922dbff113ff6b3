import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/read/document";

const read = (text: string, file = "t.yaml") => readDocument(new TextEncoder().encode(text), file);
const value = (text: string) => read(text).value;

describe("short tags in long form", () => {
  // "Intrinsic function reference" and "Rule functions": every function with a short form.
  it.each([
    ["!Ref X", { Ref: "X" }],
    ["!Condition X", { Condition: "X" }],
    ["!GetAtt A.B", { "Fn::GetAtt": ["A", "B"] }],
    ["!GetAtt A.Outputs.C", { "Fn::GetAtt": ["A", "Outputs.C"] }],
    ["!GetAtt [A, B]", { "Fn::GetAtt": ["A", "B"] }],
    ["!GetAtt A", { "Fn::GetAtt": ["A"] }],
    ["!Sub '${A}'", { "Fn::Sub": "${A}" }],
    ["!Sub ['${A}', {A: !Ref B}]", { "Fn::Sub": ["${A}", { A: { Ref: "B" } }] }],
    ["!Join [':', [a, !Ref B]]", { "Fn::Join": [":", ["a", { Ref: "B" }]] }],
    ["!Select [0, !GetAZs '']", { "Fn::Select": [0, { "Fn::GetAZs": "" }] }],
    ["!GetAZs", { "Fn::GetAZs": "" }],
    ["!Split [',', 'a,b']", { "Fn::Split": [",", "a,b"] }],
    ["!If [C, 1, !Ref AWS::NoValue]", { "Fn::If": ["C", 1, { Ref: "AWS::NoValue" }] }],
    ["!FindInMap [M, a, b]", { "Fn::FindInMap": ["M", "a", "b"] }],
    ["!ImportValue 0755", { "Fn::ImportValue": "0755" }],
    ["!Base64 yes", { "Fn::Base64": "yes" }],
    ["!Cidr [10.0.0.0/16, 6, 5]", { "Fn::Cidr": ["10.0.0.0/16", 6, 5] }],
    ["!Length [1, 2]", { "Fn::Length": [1, 2] }],
    ["!ToJsonString {a: 1}", { "Fn::ToJsonString": { a: 1 } }],
    ["!Transform {Name: AWS::Include}", { "Fn::Transform": { Name: "AWS::Include" } }],
    ["!GetStackOutput {StackName: s}", { "Fn::GetStackOutput": { StackName: "s" } }],
    [
      "!And [!Condition A, !Not [!Equals [a, b]]]",
      { "Fn::And": [{ Condition: "A" }, { "Fn::Not": [{ "Fn::Equals": ["a", "b"] }] }] },
    ],
    ["!Or [!Condition A]", { "Fn::Or": [{ Condition: "A" }] }],
    ["!Contains [[a], a]", { "Fn::Contains": [["a"], "a"] }],
    ["!EachMemberEquals [[a], a]", { "Fn::EachMemberEquals": [["a"], "a"] }],
    ["!EachMemberIn [[a], [a]]", { "Fn::EachMemberIn": [["a"], ["a"]] }],
    ["!RefAll AWS::EC2::VPC::Id", { "Fn::RefAll": "AWS::EC2::VPC::Id" }],
    ["!ValueOf [P, A]", { "Fn::ValueOf": ["P", "A"] }],
    ["!ValueOfAll [P, A]", { "Fn::ValueOfAll": ["P", "A"] }],
    ["!Include file.yml", { "Fn::Include": "file.yml" }],
    ["!Rain::Module ./m.yaml", { "Rain::Module": "./m.yaml" }],
    ["!!str 12", "12"],
    ["! 12", "12"],
    ["!!int '12'", 12],
    ["!!map {a: 1}", { a: 1 }],
  ])("%s", (text, expected) => expect(value(`a: ${text}\n`)).toEqual({ a: expected }));

  it("keeps Fn::ForEach's long form, which has no short one", () => {
    expect(value("Fn::ForEach::Topics:\n  - N\n  - [a, b]\n  - T${N}: {Type: !Ref N}\n")).toEqual({
      "Fn::ForEach::Topics": ["N", ["a", "b"], { "T${N}": { Type: { Ref: "N" } } }],
    });
  });
});

describe("YAML 1.1 types", () => {
  // yaml.org/type: bool, int, float, null of YAML 1.1; timestamps are left out by CloudFormation.
  it.each([
    ["yes", true],
    ["No", false],
    ["on", true],
    ["OFF", false],
    ["true", true],
    ["y", "y"],
    ["N", "N"],
    ["010", 8],
    ["0755", 493],
    ["0o16", "0o16"],
    ["0x10", 16],
    ["0b11", 3],
    ["1_000", 1000],
    ["-7", -7],
    ["012345678901", "012345678901"],
    ["123456789012", 123456789012],
    ["99999999999999999999", "99999999999999999999"],
    ["1:00:00", 3600],
    ["3.5", 3.5],
    ["1e3", "1e3"],
    ["1.0e+3", 1000],
    [".inf", ".inf"],
    [".nan", ".nan"],
    ["~", null],
    ["null", null],
    ["", null],
    ["2012-10-17", "2012-10-17"],
    ["'yes'", "yes"],
    ['"010"', "010"],
    ["2010-09-09T00:00:00Z", "2010-09-09T00:00:00Z"],
    ["|\n  010\n", "010\n"],
    ["-1.5", -1.5],
  ])("%s", (text, expected) => expect(value(`a: ${text}`)).toEqual({ a: expected }));

  it("takes keys as they are written", () => {
    expect(value("012: a\nyes: b\nnull: c\n2020-01-01: d\n'e': f\n1.0: g")).toEqual({
      "012": "a",
      yes: "b",
      null: "c",
      "2020-01-01": "d",
      e: "f",
      "1.0": "g",
    });
  });
});

describe("aliases and merge keys", () => {
  it("writes them out, own keys first, then earlier mappings", () => {
    const text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {c: 3, <<: [*x, *y], d: *x}\n'<<': plain\n";
    expect(value(text)).toEqual({
      x: { a: 1, b: 1 },
      y: { b: 2, c: 2 },
      z: { c: 3, a: 1, b: 1, d: { a: 1, b: 1 } },
      "<<": "plain",
    });
  });

  it("knows anchors on keys, on tagged nodes, and named again", () => {
    expect(value("&k a: &v !Ref X\nb: {*k : *v}\nc: &v [1]\nd: *v\n")).toEqual({
      a: { Ref: "X" },
      b: { a: { Ref: "X" } },
      c: [1],
      d: [1],
    });
  });
});

describe("names that objects inherit", () => {
  it.each(["t.yaml", "t.json"])("are data like any other (%s)", (file) => {
    const document = read('{"__proto__": {"polluted": 1}, "constructor": 2, "toString": 3}', file);
    const data = document.value as Record<string, unknown>;
    expect(Object.entries(data)).toEqual([
      ["__proto__", { polluted: 1 }],
      ["constructor", 2],
      ["toString", 3],
    ]);
    expect(Object.hasOwn(data, "__proto__")).toBe(true);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(document.locate("/__proto__/polluted")).toEqual({ line: 1, column: 28 });
  });

  it("are data through merge keys", () => {
    const data = value("x: &x\n  __proto__: {a: 1}\ny: {<<: *x}\n") as Record<string, Record<string, unknown>>;
    expect(Object.entries(data["y"] ?? {})).toEqual([["__proto__", { a: 1 }]]);
  });
});

describe("encodings and line ends", () => {
  const text = "a:\n  b: \u{1F600}é\n  c: 1\n";
  const expected = { a: { b: "\u{1F600}é", c: 1 } };
  const utf16 = (bigEndian: boolean) => {
    const bytes = new DataView(new ArrayBuffer(2 * text.length + 2));
    for (const [index, unit] of [
      0xfeff,
      ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)),
    ].entries()) {
      bytes.setUint16(2 * index, unit, !bigEndian);
    }
    return new Uint8Array(bytes.buffer);
  };
  it.each([
    ["UTF-8", new TextEncoder().encode(text)],
    ["UTF-8 with mark", new TextEncoder().encode(`\ufeff${text}`)],
    ["UTF-16LE", utf16(false)],
    ["UTF-16BE", utf16(true)],
    ["CRLF", new TextEncoder().encode(text.replaceAll("\n", "\r\n"))],
    ["CR", new TextEncoder().encode(text.replaceAll("\n", "\r"))],
  ])("%s", (_name, bytes) => {
    const document = readDocument(bytes, "t.yaml");
    expect(document.value).toEqual(expected);
    expect(document.locate("/a/c")).toEqual({ line: 3, column: 6 });
  });
});
