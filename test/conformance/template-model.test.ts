import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { CloudFormationPart } from "../../src/cloudformation/part";
import { type Scenario, Scope } from "../../src/cloudformation/scope";
import { openStack } from "../../src/cloudformation/stack";
import { InputError } from "../../src/errors";
import { isMap, type Part, step } from "../../src/inventory/part";
import { shown as asWritten, hasHole } from "../../src/inventory/text";
import { classify } from "../../src/read/classify";
import { readDocument } from "../../src/read/document";

/**
 * Compares what our intrinsic functions come to with the TemplateModel of AWS's `@aws/cloudformation-validate`, property
 * by property: where both settle a value, both say the same. What differs stands in `DIFFERENCES` with its reason. The
 * package is the copy that aws-cdk-lib carries.
 */
const CORPUS = resolve(import.meta.dirname, "..", "..", "..", "shared", "corpus");
const FOLDERS = ["durable", "labelled", "big-cfn"];

/** What we use of the package ("TemplateModel" in its README). */
interface Oracle {
  version(): string;
  TemplateContent: new (content: Uint8Array, name: string) => object;
  TemplateModel: new (
    template: object,
  ) => { resources(): Record<string, { properties: Record<string, unknown> }>; free(): void };
}
const oracle: Oracle = createRequire(createRequire(import.meta.url).resolve("aws-cdk-lib/package.json"))(
  "@aws/cloudformation-validate",
);

/** The deployment that the package assumes. */
const DEPLOYMENT = { partition: "aws", region: "us-east-1", account: "123456789012" };
const NOTHING: Scenario = { parameters: new Map(), conditions: new Map(), unsettled: new Set(), others: new Set() };

const SAMPLES = "big-cfn/aws-cloudformation-templates";
const GENERIC = "big-cfn/cfn-lint/test/fixtures/templates/good/generic.yaml";

const DIFFERENCES: { why: string; places: string[] }[] = [
  {
    why: "Rain's directives are no functions of CloudFormation; the package writes them with Fn::, we as Rain does",
    places: [
      `${SAMPLES}/CloudFormation/MacrosExamples/DateFunctions/date.yaml TransformFunction/Code/ZipFile/Fn::Rain::Embed`,
      `${SAMPLES}/CloudFormation/MacrosExamples/DateFunctions/date.yaml TransformFunction/Code/ZipFile/Rain::Embed`,
      `${SAMPLES}/RainModules/api-resource.yml Handler/Code/Fn::Rain::S3`,
    ],
  },
  {
    why: "white space within ${ } of Fn::Sub is left out by us, as by cfn-lint, which has this template as a good one",
    places: [`${GENERIC} IamPipeline/TemplateURL`, `${GENERIC} MyEC2Instance/UserData`],
  },
];

interface Counts {
  same: number;
  /** Not settled by the package, or by us. */
  theirsOpen: number;
  oursOpen: number;
  differences: string[];
}

function compare(theirs: unknown, ours: Part, scope: Scope, place: string, counts: Counts): void {
  if (!isMap(theirs)) throw new Error(`no resolved value at ${place}`);
  const [kind = ""] = Object.keys(theirs);
  const inside = theirs[kind];
  if (!isMap(inside)) throw new Error(`no resolved value at ${place}`);
  if (kind === "Concrete") compareValue(inside["value"], ours, place, counts);
  else if (kind === "Conditional") {
    const truth = scope.condition(String(inside["condition"]));
    if (truth === undefined) counts.oursOpen += 1;
    else compare(inside[truth ? "if_true" : "if_false"], ours, scope, place, counts);
  } else if (kind === "List" && Array.isArray(inside["items"])) {
    const items = inside["items"];
    const own = ours.items();
    if (ours.kind !== "list") compareKind("a list", ours, place, counts);
    // Items that are absent have no place in ours.
    else if (own.length !== items.length) counts.theirsOpen += 1;
    else
      for (const [index, item] of items.entries()) compare(item, own[index] ?? ours, scope, step(place, index), counts);
  } else if (kind === "Map" && Array.isArray(inside["entries"])) {
    if (ours.kind !== "map") compareKind("a map", ours, place, counts);
    else
      for (const { key, value } of inside["entries"]) compare(value, ours.field(key), scope, step(place, key), counts);
  } else counts.theirsOpen += 1;
}

function compareKind(what: string, ours: Part, place: string, counts: Counts): void {
  if (ours.kind === "unknown" || hasHole(ours.text)) counts.oursOpen += 1;
  else counts.differences.push(`${place}: ${what}, ours ${shown(ours)}`);
}

function compareValue(theirs: unknown, ours: Part, place: string, counts: Counts): void {
  if (ours.kind === "unknown" || (ours.kind === "text" && hasHole(ours.text))) counts.oursOpen += 1;
  else if (Array.isArray(theirs) && ours.kind === "list") {
    const [there, own] = [theirs.filter((item) => item !== null), ours.items()];
    if (there.length !== own.length) counts.differences.push(`${place}: ${there.length} items, ours ${own.length}`);
    else
      for (const [index, item] of there.entries()) compareValue(item, own[index] ?? ours, step(place, index), counts);
  } else if (isMap(theirs) && ours.kind === "map") {
    const names = new Set([...Object.keys(theirs), ...ours.fields().map(([name]) => name)]);
    for (const name of names) compareValue(theirs[name], ours.field(name), step(place, name), counts);
  } else if (shown(ours) === text(theirs)) counts.same += 1;
  else counts.differences.push(`${place}: ${text(theirs)}, ours ${shown(ours)}`);
}

/** Scalars as text: types of parameters' values differ, and CloudFormation takes either. */
function text(value: unknown): string {
  return value === null || value === undefined
    ? "nothing"
    : typeof value === "object"
      ? `a ${Array.isArray(value) ? "list" : "map"}`
      : String(value);
}

function shown(part: Part): string {
  if (part.kind === "text") return asWritten(part.text);
  if (part.kind === "number") return String(part.number);
  if (part.kind === "boolean") return String(part.boolean);
  return part.kind === "absent" ? "nothing" : `a ${part.kind}`;
}

const files = FOLDERS.map((folder) => join(CORPUS, folder))
  .filter(existsSync)
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:json|ya?ml|template)$/.test(name))
      .map((name) => join(folder, name)),
  );
if (files.length === 0) process.stdout.write("template model: no corpus beside the project, 1 test skipped\n");

describe.skipIf(files.length === 0)("values of intrinsic functions", () => {
  it("are those of AWS's TemplateModel where both settle one", () => {
    expect(oracle.version()).toBe("1.14.0");
    const counts: Counts = { same: 0, theirsOpen: 0, oursOpen: 0, differences: [] };
    let unread = 0;
    let expanded = 0;
    for (const file of files.sort()) {
      const name = relative(CORPUS, file);
      const theirs = modelOf(file);
      const scope = theirs && scopeOf(file);
      if (theirs === undefined || scope === undefined) {
        unread += 1;
        continue;
      }
      const resources = scope.template.body["Resources"];
      for (const [logicalId, { properties }] of Object.entries(theirs)) {
        const own = isMap(resources) ? resources[logicalId] : undefined;
        if (!isMap(own) || isExpanded(scope, logicalId)) {
          expanded += 1;
          continue;
        }
        const ours = new CloudFormationPart(own["Properties"], `/Resources/${logicalId}/Properties`, scope);
        for (const [property, value] of Object.entries(properties)) {
          compare(value, ours.field(property), scope, `${name} ${logicalId}/${property}`, counts);
        }
      }
    }
    const { same, theirsOpen, oursOpen, differences } = counts;
    process.stdout.write(
      `template model: ${same} values are the same; ${theirsOpen} not settled by it, ${oursOpen} not by us; left out: ${unread} files that one of us does not read as a template, ${expanded} resources that SAM or a loop makes\n`,
    );
    const known = DIFFERENCES.flatMap(({ places }) => places);
    expect(differences.filter((each) => !known.some((place) => each.startsWith(`${place}: `)))).toEqual([]);
    expect(known.filter((place) => !differences.some((each) => each.startsWith(`${place}: `)))).toEqual([]);
    // All but a few templates take part: the comparison is one.
    expect([unread < files.length / 10, same > 20 * files.length]).toEqual([true, true]);
  });
});

/** What SAM and its Globals change: the package has it as it is written, with Globals put in, without the transform too. */
function isExpanded({ template }: Scope, logicalId: string): boolean {
  const resource = written.get(template.file)?.[logicalId];
  return !isMap(resource) || /^AWS::Serverless::/.test(String(resource["Type"]));
}

/** Resources of templates before transforms, by file. */
const written = new Map<string, Record<string, unknown>>();

function modelOf(file: string): Record<string, { properties: Record<string, unknown> }> | undefined {
  try {
    const model = new oracle.TemplateModel(new oracle.TemplateContent(readFileSync(file), file));
    const resources = model.resources();
    model.free();
    return resources;
  } catch {
    return undefined;
  }
}

function scopeOf(file: string): Scope | undefined {
  try {
    const { value } = readDocument(readFileSync(file), file);
    if (classify(value) !== "cloudformation" || !isMap(value)) return undefined;
    written.set(file, isMap(value["Resources"]) ? value["Resources"] : {});
    const { template, parameters } = openStack({ file, value }, {}, true);
    return new Scope(template, parameters, DEPLOYMENT, NOTHING, "", () => undefined);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
