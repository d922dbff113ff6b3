import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors";
import { readInventories } from "../../src/inventories";
import { type Document, readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";

/** An assembly written as objects, by path. */
function reading(files: Record<string, unknown>) {
  const open = (file: string): Document => {
    const content = files[file];
    if (content === undefined) throw new InputError("DG001", "not there", file);
    return readDocument(new TextEncoder().encode(JSON.stringify(content, null, 1)), file);
  };
  return { open, ...readInventories(open("manifest.json"), { today: "2026-11-22", settings: DEFAULT_SETTINGS, open }) };
}

const stack = (templateFile: string, more: Record<string, unknown> = {}) => ({
  type: "aws:cloudformation:stack",
  environment: "aws://unknown-account/unknown-region",
  properties: { templateFile },
  ...more,
});
const manifest = (artifacts: Record<string, unknown>) => ({ version: "36.0.0", artifacts });
const fn = (properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  Resources: { Fn: { Type: "AWS::Lambda::Function", Properties: properties, ...more } },
});

/** Addresses of the functions of each unit. */
const addresses = ({ units }: ReturnType<typeof reading>) =>
  units.map(([scenario]) => scenario?.inventory.functions.map(({ address }) => address));

function refusal(files: Record<string, unknown>): string {
  try {
    reading(files);
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
  return "accepted";
}

describe("a manifest", () => {
  it("of one stack needs no prefix", () => {
    expect(addresses(reading({ "manifest.json": manifest({ A: stack("a.json") }), "a.json": fn() }))).toEqual([["Fn"]]);
  });

  it("keeps accounts and Regions apart, and says the names that stacks are deployed under", () => {
    const in1 = {
      environment: "aws://111122223333/eu-west-1",
      properties: { templateFile: "a.json", stackName: "one" },
    };
    const in2 = {
      environment: "aws://111122223333/us-east-1",
      properties: { templateFile: "a.json", stackName: "two" },
    };
    const artifacts = {
      A: stack("a.json", in1),
      B: stack("a.json", in2),
      C: stack("c.json", { environment: in1.environment }),
    };
    const read = reading({
      "manifest.json": manifest(artifacts),
      "a.json": fn({ Description: { Ref: "AWS::StackName" } }),
      "c.json": fn(),
    });
    expect(addresses(read)).toEqual([["one/Fn", "C/Fn"], ["two/Fn"]]);
    expect(read.units[1]?.[0]?.inventory.functions[0]?.description).toEqual({ known: "two" });
    expect(read.units[1]?.[0]?.inventory.deployment.region).toBe("us-east-1");
  });

  it("tells stacks of one name apart by id", () => {
    const named = (environment: string) => ({ environment, properties: { templateFile: "a.json", stackName: "same" } });
    const artifacts = {
      A: stack("", named("aws://111122223333/eu-west-1")),
      B: stack("", named("aws://111122223333/us-east-1")),
    };
    expect(addresses(reading({ "manifest.json": manifest(artifacts), "a.json": fn() }))).toEqual([["A/Fn"], ["B/Fn"]]);
  });

  it("does not mix copies of one stack for places that the app does not name", () => {
    const artifacts = {
      Dev: stack("a.json"),
      Prod: stack("a.json", { dependencies: ["Shared", "Prod.assets"] }),
      Shared: stack("s.json"),
    };
    const files = { "manifest.json": manifest(artifacts), "a.json": fn({ FunctionName: "orders" }), "s.json": fn() };
    expect(addresses(reading(files))).toEqual([["Dev/Fn"], ["Prod/Fn", "Shared/Fn"]]);
  });

  it.each([
    [
      "names a template that is not there",
      { "manifest.json": manifest({ A: stack("gone.json") }) },
      "manifest.json:4:3 DG024",
    ],
    [
      "names a template outside",
      { "manifest.json": manifest({ A: stack("../a.json") }), "../a.json": fn() },
      "manifest.json:4:3 DG024",
    ],
    ["names no template", { "manifest.json": manifest({ A: stack("") }) }, "manifest.json:8:21 DG024"],
    [
      "has a stage whose folder holds something else",
      {
        "manifest.json": manifest({ S: { type: "cdk:cloud-assembly", properties: { directoryName: "s" } } }),
        "s/manifest.json": { name: "a web app" },
      },
      "manifest.json:4:3 DG024",
    ],
    [
      "has a stage that is the app again",
      { "manifest.json": manifest({ S: { type: "cdk:cloud-assembly", properties: { directoryName: "." } } }) },
      "manifest.json:4:3 DG024",
    ],
    [
      "has a template that is none",
      { "manifest.json": manifest({ A: stack("a.json") }), "a.json": [] },
      "manifest.json:4:3 DG024",
    ],
    [
      "is the template of its own stack",
      { "manifest.json": manifest({ A: stack("manifest.json") }) },
      "manifest.json:4:3 DG024",
    ],
  ])("that %s is refused", (_, files, line) => {
    expect(refusal(files).startsWith(line), refusal(files)).toBe(true);
  });
});

describe("constructs", () => {
  const frames = (...data: string[]) => [
    { type: "aws:cdk:logicalId", data: "Fn" },
    { type: "aws:cdk:creationStack", data },
  ];
  function constructOf(
    entries: unknown[],
    metadata: Record<string, unknown> = {},
    pointer = "/Resources/Fn/Properties/Timeout",
  ) {
    const artifact = stack("a.json", { metadata: { "/A/Orders/Resource": entries } });
    const { constructs, open } = reading({ "manifest.json": manifest({ A: artifact }), "a.json": fn({}, metadata) });
    return constructs.find(open("a.json"), pointer);
  }
  const path = "A/Orders/Resource";

  it.each([
    ["new Fn (/app/lib/stack.ts:5:67)", { file: "/app/lib/stack.ts", line: 5, column: 67 }],
    ["<anonymous> (C:\\app\\stack.ts:8:35)", { file: "C:\\app\\stack.ts", line: 8, column: 35 }],
    ["file:///app/stack.mjs:8:3", { file: "/app/stack.mjs", line: 8, column: 3 }],
    ["/app/my stacks/stack.ts:1:2", { file: "/app/my stacks/stack.ts", line: 1, column: 2 }],
    // CDK's own words for frames it leaves out, Node's frames, libraries
    ["...new Function2 in aws-cdk-lib...", undefined],
    ["Module._compile (node:internal/modules/cjs/loader:1521:14)", undefined],
    ["new Function2 (/app/node_modules/aws-cdk-lib/aws-lambda/lib/function.js:1:22028)", undefined],
    ["node:internal/main/run_main_module:28:49", undefined],
  ])("are made where the frame %s says", (frame, source) => {
    expect(constructOf(frames("...node internals...", frame))).toEqual(
      source === undefined ? { path } : { path, source },
    );
  });

  it("have the place of the assignment where the assembly notes it", () => {
    const assigned = { propertyName: "Timeout", stackTrace: ["Fn.slow (/app/stack.ts:9:1)"] };
    const entries = [...frames("new Fn (/app/stack.ts:5:1)"), { type: "aws:cdk:propertyAssignment", data: assigned }];
    expect(constructOf(entries)?.source?.line).toBe(9);
    expect(constructOf(entries, {}, "/Resources/Fn/Properties/Role")?.source?.line).toBe(5);
  });

  it("of older assemblies have a trace at the logical id", () => {
    const trace = ["new Function2 (/app/node_modules/aws-cdk-lib/f.js:1:1)", "new Fn (/app/stack.ts:5:1)"];
    expect(constructOf([{ type: "aws:cdk:logicalId", data: "Fn", trace }])?.source?.line).toBe(5);
  });

  it("are those of the Metadata where a template has it, with or without an assembly", () => {
    expect(constructOf([], { Metadata: { "aws:cdk:path": "A/Other" } })).toEqual({ path: "A/Other" });
    expect(constructOf([], { Metadata: { "aws:cdk:path": 7 } })).toBeUndefined();
    expect(constructOf(frames(), {}, "/Outputs/Fn")).toBeUndefined();
  });
});
