import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { searchFiles } from "../../src/read/search";
import { nested } from "./mutations";

/** Templates that ask for more than there is: each gets an answer, and what stands beside is judged. */
const ROLE = { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: {} } };
const fn = (properties: object = {}) => ({
  Type: "AWS::Lambda::Function",
  Properties: { Role: { "Fn::GetAtt": ["Role", "Arn"] }, DurableConfig: { ExecutionTimeout: 60 }, ...properties },
});
const withFunction = (properties: object, sections: object = {}) => ({
  ...sections,
  Resources: { Role: ROLE, Fn: fn(properties) },
});
const times = (count: number) => [...Array(count).keys()];

/** The error, or how many functions there are and whether DUR001 is found: the role allows nothing. */
function answer(template: object, open?: (file: string) => never): string {
  const input = { file: "t.json", content: JSON.stringify(template) };
  const { files, errors } = check([input], { today: "2026-11-22", open });
  const [file] = files;
  if (file === undefined) return errors.map(({ line }) => line).join("\n");
  const found = file.findings.some(({ rule, verdict }) => rule === "DUR001" && verdict === "deny");
  const why = file.unresolved.map((one) => `; ${one.address}: ${one.why}`).join("");
  return `${file.functions} functions, ${found ? "DUR001" : "no DUR001"}${why}`;
}

const JUDGED = "1 functions, DUR001";

describe("texts that grow", () => {
  it.each<[string, unknown]>([
    ["Fn::Sub of a page of variables", { "Fn::Sub": ["${a}".repeat(100_000), { a: "x".repeat(100_000) }] }],
    ["Fn::Sub in Fn::Sub", nested(25, (value) => ({ "Fn::Sub": ["${a}${a}${a}", { a: value }] }))],
    ["Fn::Join with a long delimiter", { "Fn::Join": ["x".repeat(100_000), times(20_000).map(() => "a")] }],
    ["Fn::ToJsonString, which escapes what it escaped", nested(300, (value) => ({ "Fn::ToJsonString": { a: value } }))],
    ["Fn::Base64, which adds a third", nested(300, (value) => ({ "Fn::Base64": value }))],
  ])("%s is unknown", (_, Description) => {
    expect(answer(withFunction({ Description }))).toBe(JUDGED);
  });

  it("a long parameter in thousands of places is refused", () => {
    const Parameters = { P: { Type: "String", Default: "x".repeat(1_000_000) } };
    const Variables = Object.fromEntries(times(3000).map((index) => [`V${index}`, { Ref: "P" }]));
    expect(answer(withFunction({ Environment: { Variables } }, { Parameters }))).toBe(
      "t.json:1:1 DG003 Written out, the texts of this stack are longer than 134217728 characters.",
    );
  });

  it("names that are made of others twice over, forty times", () => {
    const queue = (index: number) => ({
      Type: "AWS::SQS::Queue",
      Properties: { QueueName: { "Fn::Sub": `\${Q${index + 1}.QueueName}\${Q${index + 1}.QueueName}` } },
    });
    const queues = Object.fromEntries(times(40).map((index) => [`Q${index}`, queue(index)]));
    const DeadLetterConfig = { TargetArn: { "Fn::GetAtt": ["Q0", "Arn"] } };
    expect(answer({ Resources: { Role: ROLE, Fn: fn({ DeadLetterConfig }), ...queues } })).toBe(JUDGED);
  });

  it("names that are all made of each other", () => {
    const names = times(14).map((index) => ({ "Fn::GetAtt": [`Q${index}`, "QueueName"] }));
    const queue = { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Join": ["", names] } } };
    const queues = Object.fromEntries(times(14).map((index) => [`Q${index}`, queue]));
    const DeadLetterConfig = { TargetArn: { "Fn::GetAtt": ["Q0", "Arn"] } };
    expect(answer({ Resources: { Role: ROLE, Fn: fn({ DeadLetterConfig }), ...queues } })).toBe(JUDGED);
  });
});

describe("Fn::ForEach", () => {
  const loop = (identifier: string, collection: string[], body: object) => ({
    [`Fn::ForEach::${identifier}`]: [identifier, collection, body],
  });

  it.each([
    [
      "a million functions",
      loop("I", times(1000).map(String), loop("J", times(1000).map(String), { "F${I}x${J}": fn() })),
    ],
    ["a long value often", loop("I", ["x".repeat(100_000)], { F: fn({ Description: "${I}".repeat(100_000) }) })],
  ])("of %s is refused where it stands", (_, Resources) => {
    expect(answer({ Transform: "AWS::LanguageExtensions", Resources })).toMatch(
      /^t\.json:1:\d{3,} DG023 Loops write more than 4194304 characters here\.$/,
    );
  });
});

describe("conditions", () => {
  const sections = (Conditions: object) => ({
    Conditions,
    Resources: { Role: ROLE, Fn: { ...fn(), Condition: "C0" } },
  });

  it("that never end are open", () => {
    const not = (name: string) => ({ "Fn::Not": [{ Condition: name }] });
    expect(answer(sections({ C0: not("C1"), C1: not("C0") }))).toBe(JUDGED);
  });

  it("in a chain of 20,000 are refused", () => {
    const next = (index: number) => ({ "Fn::Not": [{ Condition: `C${index + 1}` }] });
    expect(answer(sections(Object.fromEntries(times(20_000).map((index) => [`C${index}`, next(index)]))))).toBe(
      "t.json:1:1 DG013 What stands here refers to itself, or on and on, too deeply to be followed.",
    );
  });
});

describe("names of every object", () => {
  it("as logical ids", () => {
    const roleOf = (name: string) =>
      `"Role": {"Fn::GetAtt": ["${name}", "Arn"]}, "DurableConfig": {"ExecutionTimeout": 9}`;
    const template = `{"Resources": {
      "__proto__": {"Type": "AWS::Lambda::Function", "Properties": {${roleOf("constructor")}}},
      "toString": {"Type": "AWS::Serverless::Function", "Properties": {${roleOf("constructor")}}},
      "constructor": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}}`;
    expect(answer(JSON.parse(`${template}}`))).toMatch(/^1 functions, DUR001; toString: AWS::Serverless::Function /);
    expect(answer(JSON.parse(`${template}, "Transform": "AWS::Serverless-2016-10-31"}`))).toBe("2 functions, DUR001");
  });

  it("as types", () => {
    const Resources = { A: { Type: "constructor" }, B: { Type: "__proto__" }, Role: ROLE, Fn: fn() };
    expect(answer({ Resources })).toBe(JUDGED);
  });
});

describe("nested stacks", () => {
  const stack = (file: string) => ({ Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: file } });

  /** Templates by file name; the first is judged. */
  function judged(templates: Record<string, object>): string {
    const documents = Object.entries(templates).map(([file, value]) => ({ file, value }));
    const [first] = documents;
    const { files, errors } = check([{ file: "0.json", content: JSON.stringify(first?.value) }], {
      today: "2026-11-22",
      open: (file) => {
        const found = documents.find((document) => document.file === file);
        if (found === undefined) throw new Error(`${file} is not among the templates`);
        return { ...found, format: "json", locate: () => ({ line: 1, column: 1 }), line: () => undefined };
      },
    });
    const counts = files.map(({ functions, unresolved }) => `${functions} functions, ${unresolved.length} unresolved`);
    return [...counts, ...errors.map(({ line }) => line)].join("\n");
  }

  it("that hold themselves three times over end where they meet themselves", () => {
    const three = { A: stack("0.json"), B: stack("0.json"), C: stack("0.json") };
    expect(judged({ "0.json": { Resources: three } })).toBe("0 functions, 3 unresolved");
  });

  it("in a circle, too", () => {
    // Both of 1.json are reached twice; a place is said once.
    const two = (file: string) => ({ Resources: { A: stack(file), B: stack(file) } });
    expect(judged({ "0.json": two("1.json"), "1.json": two("0.json") })).toBe("0 functions, 2 unresolved");
  });

  it("whose outputs are made of the next one's twice over, forty deep", () => {
    const twice = { "Fn::Sub": "${S.Outputs.O}${S.Outputs.O}" };
    const level = (next: string) => ({ Resources: { S: stack(next) }, Outputs: { O: { Value: twice } } });
    const templates = Object.fromEntries(times(40).map((index) => [`${index}.json`, level(`${index + 1}.json`)]));
    const top = { Resources: { S: stack("1.json"), Role: ROLE, Fn: fn({ Description: twice }) } };
    const last = { Resources: {}, Outputs: { O: { Value: "x" } } };
    expect(judged({ ...templates, "0.json": top, "40.json": last })).toBe("1 functions, 0 unresolved");
  });

  it("ten in each of ten, eight deep, are refused", () => {
    const ten = (file: string) => ({
      Resources: Object.fromEntries(times(10).map((index) => [`S${index}`, stack(file)])),
    });
    const templates = Object.fromEntries(times(8).map((level) => [`${level}.json`, ten(`${level + 1}.json`)]));
    expect(judged({ ...templates, "8.json": { Resources: { Fn: fn() } } })).toMatch(
      /^\d\.json:1:1 DG021 More than 2000 nested stacks, counted as often as they are used, are not followed\.$/,
    );
  });
});

describe("a path", () => {
  // Each is an error of its own in the file system: ELOOP, ENOTDIR, ENAMETOOLONG.
  it.each(["loop", "file/inside", "x".repeat(5000)])("that leads nowhere is refused: %.12s", (name) => {
    const folder = mkdtempSync(join(tmpdir(), "durable-guard-hostile-"));
    symlinkSync("loop", join(folder, "loop"));
    writeFileSync(join(folder, "file"), "");
    expect(() => searchFiles([join(folder, name)])).toThrow(expect.objectContaining({ code: "DG001" }));
  });
});

describe("a folder", () => {
  it("with a file longer than any text is searched: what is no template is skipped", () => {
    const folder = mkdtempSync(join(tmpdir(), "durable-guard-hostile-"));
    const [data, template] = [join(folder, "data.json"), join(folder, "t.json")];
    writeFileSync(data, "");
    // Of zeros, which take no room on the disk; one more than V8's longest string.
    truncateSync(data, 2 ** 29);
    writeFileSync(template, JSON.stringify(withFunction({})));
    const { files, errors, skipped } = check(searchFiles([folder]), { today: "2026-11-22" });
    rmSync(folder, { recursive: true });
    expect([files.map(({ file }) => file), errors, skipped]).toEqual([[template], [], [data]]);
  });
});
