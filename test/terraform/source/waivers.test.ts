import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check";
import { FORMATS } from "../../../src/report/formats";
import { readSource } from "../../../src/terraform/source/source";
import { waive } from "../../../src/waive/waive";
import { broken, folderOf, judged, places, planOf, TODAY } from "./written";

const WAIVER = "durable-guard: waive DUR010 until 2027-01-31: the limit is raised in January";
const ADDRESSES = ["aws_lambda_function.f", "aws_lambda_function.g"];
const PLAN = planOf(ADDRESSES.map((address) => broken(address)));
const block = (name: string, inside = "") => `resource "aws_lambda_function" "${name}" {\n${inside}}\n`;

/** Addresses whose finding is waived, and places of the waiver. */
async function waived(files: Record<string, string>, plan: unknown = PLAN) {
  const folder = folderOf(files);
  const report = waive(await judged(plan, folder), { today: TODAY });
  const short = ({ file, line, column }: { file: string; line: number; column: number }) =>
    `${file.replace(`${folder}/`, "")}:${line}:${column}`;
  return {
    waived: report.files.flatMap(({ exceptions }) =>
      exceptions.map(({ finding, location }) => `${finding.address} ${location ? short(location) : ""}`),
    ),
    left: places(report, folder, ["DUR010"]).map((place) => place.split(" ")[1]),
    notices: report.notices.map(({ kind, location }) => `${kind} ${short(location)}`),
    errors: report.errors.map(({ code, file, position, message }) => {
      return `${short({ file, line: 0, column: 0, ...position })} ${code} ${message}`;
    }),
  };
}

const result = (waivedAt: string[], left: string[], notices: string[] = []) => ({
  waived: waivedAt,
  left,
  notices,
  errors: [],
});

describe("a waiver in a comment", () => {
  it.each([
    ["above the block", `# ${WAIVER}\n${block("f")}${block("g")}`, "1:1"],
    ["among other comments above it", `# one\n// ${WAIVER}\n#\n/* two\n three */\n${block("f")}${block("g")}`, "2:1"],
    ["inside", `${block("f", `  x = 1\n  # ${WAIVER}\n`)}${block("g")}`, "3:3"],
    ["deep inside, behind code", `${block("f", `  y {\n    x = 1 # ${WAIVER}\n  }\n`)}${block("g")}`, "3:11"],
    ["in a comment of several lines", `/*\n * ${WAIVER}\n */\n${block("f")}${block("g")}`, "2:1"],
    ["with the line ends of Windows", `# ${WAIVER}\r\n${block("f").replaceAll("\n", "\r\n")}${block("g")}`, "1:1"],
  ])("%s", async (_, text, at) => {
    expect(await waived({ "main.tf": text })).toEqual(
      result([`${ADDRESSES[0]} main.tf:${at}`], ["aws_lambda_function.g"]),
    );
  });

  it("at a module call covers what is in the module; at a resource of it, each instance", async () => {
    const module_calls = { m: { source: "./m", module: {} }, n: { source: "./m", module: {} } };
    const plan = planOf(
      [
        broken("module.m.aws_lambda_function.f", "module.m"),
        broken("module.m.aws_lambda_function.g", "module.m"),
        broken("module.n.aws_lambda_function.f", "module.n"),
        broken("module.n.aws_lambda_function.g", "module.n"),
      ],
      {},
      { module_calls },
    );
    const calls = `# ${WAIVER}\nmodule "m" {\n}\nmodule "n" {\n}\n`;
    const inner = { "m/f.tf": `# ${WAIVER}\n${block("f")}`, "m/g.tf": block("g") };
    const both = await waived({ "main.tf": calls, ...inner }, plan);
    expect(both.waived.map((line) => line.split(" ")[0])).toEqual([
      "module.m.aws_lambda_function.f",
      "module.n.aws_lambda_function.f",
      "module.m.aws_lambda_function.g",
    ]);
    expect(both.left).toEqual(["module.n.aws_lambda_function.g"]);
    expect(both.notices).toEqual([]);
  });

  it("in the `//` of JSON syntax", async () => {
    const body = { "//": WAIVER, function_name: "orders" };
    const text = JSON.stringify({ resource: { aws_lambda_function: { f: body, g: {} } } }, null, 1);
    expect(await waived({ "main.tf.json": text })).toEqual(
      result(["aws_lambda_function.f main.tf.json:5:11"], ["aws_lambda_function.g"]),
    );
  });

  it("whose day is over waives nothing; one that meets nothing is named", async () => {
    const text = `# ${WAIVER.replace("2027", "2026")}\n${block("f")}# ${WAIVER.replace("DUR010", "DUR003")}\n${block("g")}`;
    expect(await waived({ "main.tf": text })).toEqual(
      result([], ADDRESSES, ["expired main.tf:1:1", "stale main.tf:4:1"]),
    );
  });

  it("is not stale when another plan of the same source needs it", async () => {
    const folder = folderOf({ "main.tf": `# ${WAIVER}\n${block("f")}` });
    const source = await readSource(folder);
    const inputs = [PLAN, planOf([broken("aws_lambda_function.g")])].map((plan, index) => ({
      file: `${index}.json`,
      content: JSON.stringify(plan),
    }));
    const report = waive(check(inputs, { today: TODAY, source }), { today: TODAY });
    expect(report.files.map(({ exceptions }) => exceptions.length)).toEqual([1, 0]);
    expect(report.notices).toEqual([]);
  });

  it("is an exception in every output, with its place as in the source", async () => {
    const folder = folderOf({ "main.tf": `# ${WAIVER}\n${block("f")}` });
    const report = waive(await judged(planOf([broken("aws_lambda_function.f")]), folder), { today: TODAY });
    const rules: never[] = [];
    const options = { unknown: "warn", verbose: false, quiet: false, colour: false, rules, version: "0" } as const;
    for (const [name, format] of Object.entries(FORMATS)) {
      const text = format(report, options);
      if (["stdout", "github", "azuredevops"].includes(name)) expect(text, name).toContain("1 exception");
      else if (name === "table") expect(text, name).toContain("| WAIVED  | DUR010 |");
      else if (name === "gitlab") expect(text, name).not.toContain("DUR010");
      else expect(text, name).toContain("the limit is raised in January");
    }
    expect(
      JSON.parse(FORMATS.sarif(report, options)).runs[0].results.flatMap(
        (one: object) => Object(one).suppressions ?? [],
      ),
    ).toMatchObject([{ kind: "inSource", status: "accepted", justification: "the limit is raised in January" }]);
  });
});

describe("a comment that is no waiver is an error at its place", () => {
  const FORM = 'a waiver is written "durable-guard: waive RULE until YYYY-MM-DD: REASON"';
  it.each([
    ["# durable-guard: waive DUR010", FORM],
    ["# durable-guard: ignore DUR010 until 2027-01-31: because I say so", FORM],
    ["# durable-guard: waive DUR010 until 2027-01-31:", FORM],
    ["# durable-guard:waive DUR010 until 2027-01-31: because I say so", FORM],
    ["# durable-guard: waive DUR999 until 2027-01-31: because I say so", "there is no rule DUR999"],
    ["# durable-guard: waive DUR010 until January: because I say so", "expires is a day, YYYY-MM-DD"],
    ["# durable-guard: waive DUR010 until 2027-01-31: why", "the reason of a waiver has at least 10 characters"],
  ])("%s", async (comment, message) => {
    expect(await waived({ "main.tf": `\n  ${comment}\n${block("f")}` })).toEqual({
      ...result([], []),
      errors: [`main.tf:2:3 DG052 ${message}`],
    });
  });

  it.each([
    ["at no block", `# ${WAIVER}\n\n${block("f")}`, "stands in a resource"],
    ["behind the end of one", `${block("g").trimEnd()} # ${WAIVER}\n${block("f")}`, "stands in a resource"],
    ["at a block that makes nothing", `# ${WAIVER}\nlocals {\n}\n`, "stands at a resource"],
  ])("%s", async (_, text, message) => {
    const { errors } = await waived({ "main.tf": text });
    expect(errors).toEqual([expect.stringMatching(new RegExp(`^main\\.tf:\\d:\\d+ DG052 a waiver ${message}`))]);
  });

  it("in a module that the plan does not use, nobody looks", async () => {
    const files = { "main.tf": block("f"), "unused/main.tf": "# durable-guard: nonsense\n" };
    expect(await waived(files)).toEqual(result([], ADDRESSES));
  });

  it("words that only mention the program are a comment", async () => {
    expect(await waived({ "main.tf": `# see durable-guard: waive …\n${block("f")}` })).toEqual(result([], ADDRESSES));
  });
});

it("settings waive by the plan's name with and without its source", async () => {
  const { settingsWaivers } = await import("../../../src/settings/waivers");
  const { readDocument } = await import("../../../src/read/document");
  const folder = folderOf({ "main.tf": block("f") });
  const report = await judged(planOf([broken("aws_lambda_function.f")]), folder);
  const settings = (file: string) => ({
    waivers: [{ rule: "DUR010", file, reason: "the limit is raised", expires: "2027-01-31" }],
  });
  const document = readDocument(new TextEncoder().encode("waivers: []\n"), "durable-guard.yaml");
  const left = (file: string, base: string) =>
    places(waive(report, { today: TODAY, waivers: settingsWaivers(settings(file), document, base) }), folder, [
      "DUR010",
    ]);
  expect(left("plan.json", ".")).toEqual([]);
  expect(left("*.tf", folder)).toEqual([]);
  expect(left("other.json", ".")).toEqual([`DUR010 aws_lambda_function.f ${"main.tf"}:1:1`]);
  expect(join(folder, "main.tf")).toBe(report.files[0]?.findings.find(({ rule }) => rule === "DUR010")?.location.file);
});
