import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import cfnInclude from "cfn-include";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { InputError } from "../../src/errors";
import { type ReadingOptions, readInventories } from "../../src/inventories";
import { openFile } from "../../src/read/open";
import { searchFiles } from "../../src/read/search";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";
import { waive } from "../../src/waive/waive";

const TODAY = "2026-11-22";

/** A folder with these files. */
function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "durable-guard-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

function reading(files: Record<string, string>, options: Partial<ReadingOptions> = {}) {
  const folder = folderOf(files);
  const read = { today: TODAY, settings: DEFAULT_SETTINGS, ...options };
  return { folder, ...readInventories(openFile(join(folder, "main.yaml")), read) };
}

/** Where it is refused and why, seen from the folder; `prepare` adds what is not a text file. */
function refusal(
  files: Record<string, string>,
  prepare?: (folder: string) => void,
  options: Partial<ReadingOptions> = {},
) {
  const folder = folderOf(files);
  prepare?.(folder);
  try {
    readInventories(openFile(join(folder, "main.yaml")), { today: TODAY, settings: DEFAULT_SETTINGS, ...options });
  } catch (error) {
    if (error instanceof InputError) return error.line.replaceAll(`${folder}/`, "");
    throw error;
  }
  return "accepted";
}

const including = (location: string) => `Resources:\n  Fn: !Include ${location}\n`;
const FUNCTION = "Type: AWS::Lambda::Function\nProperties: {Description: included}\n";

describe("a template with includes", () => {
  const files = {
    "main.yaml": `Parameters: {}
Resources:
  Fn::Merge:
    Fn::Flatten:
      - Role: !Include parts/role.yaml
      - Fn::Map:
          - [Orders, Payments]
          - NAME
          - Fn\${NAME}:
              Type: AWS::Lambda::Function
              Properties:
                Description: \${NAME}
                Timeout: 3
                Fn::Include: parts/defaults.json
      - Fn::Include: {location: parts/more.yaml, query: Resources}
      - Fn::Map:
          - [first, second]
          - FILE
          - \${FILE}:
              Fn::Include: parts/\${FILE}.yaml
`,
    "parts/role.yaml": `Type: AWS::IAM::Role
Properties:
  AssumeRolePolicyDocument: {}
  ManagedPolicyArns:
    - !Include {type: string, location: arn.txt}
`,
    "parts/arn.txt": "arn:aws:iam::aws:policy/AdministratorAccess",
    "parts/defaults.json": '{\n  "Timeout": 900,\n  "MemorySize": 512\n}\n',
    "parts/more.yaml": "Resources:\n  More:\n    Type: AWS::Lambda::Function\n    Properties: {Timeout: 7}\n",
    "parts/first.yaml": "# a comment\nType: AWS::Lambda::Function\n",
    "parts/second.yaml": "Type: AWS::Lambda::Function\n",
  };

  it("is read as cfn-include puts it together, each part with the place it was written at", () => {
    const { units, folder, included } = reading(files);
    const [scenario] = units.flat();
    const place = (at: string) => at.slice(folder.length + 1);
    const functions = scenario?.inventory.functions.map(({ address, at, timeout }) => [
      address,
      place(at),
      timeout?.known,
    ]);
    expect(functions?.sort()).toEqual([
      ["FnOrders", "main.yaml#/Resources/Fn::Merge/Fn::Flatten/1/Fn::Map/2/Fn${NAME}", 3],
      ["FnPayments", "main.yaml#/Resources/Fn::Merge/Fn::Flatten/1/Fn::Map/2/Fn${NAME}", 3],
      ["More", "parts/more.yaml#/Resources/More", 7],
      ["first", "parts/first.yaml#", undefined],
      ["second", "parts/second.yaml#", undefined],
    ]);
    const orders = scenario?.inventory.functions.find(({ address }) => address === "FnOrders");
    expect([orders?.description?.known, orders?.memory?.known]).toEqual(["Orders", 512]);
    expect([...included].map(place).sort()).toEqual(
      ["defaults.json", "first.yaml", "more.yaml", "role.yaml", "second.yaml"].map((name) => `parts/${name}`),
    );
  });

  it("has findings at the line of the included file", () => {
    const folder = folderOf(files);
    const report = check([join(folder, "main.yaml")], { today: TODAY });
    const places = report.files
      .flatMap(({ findings }) => findings)
      .filter(({ address }) => address === "first" || address === "FnOrders")
      .map(({ address, location }) => `${address} ${location.file.slice(folder.length + 1)}:${location.line}`);
    expect(report.errors).toEqual([]);
    // first.yaml begins with a comment; the loop's body stands on line 9
    expect(new Set(places)).toEqual(new Set(["first parts/first.yaml:2", "FnOrders main.yaml:9"]));
  });

  it("is judged once when a folder is searched: parts are named as such", () => {
    const folder = folderOf({
      "app/main.yaml": including("../shared/fn.yaml"),
      "shared/fn.yaml": `${FUNCTION}Metadata: {Team: !Include team.yaml}\n`,
      "shared/team.yaml": "Resources: {Queue: {Type: 'AWS::SQS::Queue'}}\n",
    });
    const report = check(searchFiles([folder]), { today: TODAY });
    const names = (found: string[]) => found.map((file) => file.slice(folder.length + 1));
    expect(report.errors).toEqual([]);
    expect(names(report.files.map(({ file }) => file))).toEqual(["app/main.yaml"]);
    expect(names(report.parts)).toEqual(["shared/fn.yaml", "shared/team.yaml"]);
    expect(report.skipped).toEqual([]);
    // the file alone: its own folder is all that may be read, unless a wider one is named
    const alone = join(folder, "app", "main.yaml");
    expect(check([alone], { today: TODAY }).errors.map(({ code }) => code)).toEqual(["DG060"]);
    expect(check([alone], { today: TODAY, root: folder }).errors).toEqual([]);
  });

  it("keeps the waivers of what it includes, and those beside an include", () => {
    const waiver =
      "Metadata: {durable-guard: {waive: [{rule: LAM013, reason: signed by the pipeline, expires: 2027-01-31}]}}";
    const folder = folderOf({
      "main.yaml": `Resources:\n  In: !Include in.yaml\n  Beside:\n    Fn::Include: plain.yaml\n    ${waiver}\n  Bare: !Include plain.yaml\n`,
      "in.yaml": `${FUNCTION}${waiver}\n`,
      "plain.yaml": FUNCTION,
    });
    const report = waive(check([join(folder, "main.yaml")], { today: TODAY }), { today: TODAY });
    const of = (findings: readonly { rule: string; address: string }[]) =>
      findings
        .filter(({ rule }) => rule === "LAM013")
        .map(({ address }) => address)
        .sort();
    const [file] = report.files;
    expect([
      of(file?.findings ?? []),
      of(file?.exceptions.map(({ finding }) => finding) ?? []),
      report.notices,
    ]).toEqual([["Bare"], ["Beside", "In"], []]);
    expect(file?.waivers.map(({ location }) => `${location.file.slice(folder.length + 1)}:${location.line}`)).toEqual([
      "in.yaml:3",
      "main.yaml:5",
    ]);
  });

  it("of a nested stack is put together too", () => {
    const { units } = reading({
      "main.yaml": "Resources: {Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}}",
      "inner.yaml": including("fn.yaml"),
      "fn.yaml": FUNCTION,
    });
    expect(units.flat()[0]?.inventory.functions.map(({ address }) => address)).toEqual(["Inner/Fn"]);
  });
});

describe("an include is refused", () => {
  const link = (target: string) => (folder: string) => symlinkSync(target, join(folder, "link.yaml"));
  it.each([
    ["a file above", including("../../etc/passwd"), /^main\.yaml:2:7 DG060 the include ".*etc\/passwd" leads outside/],
    ["an absolute file", including("file:///etc/passwd"), /^main\.yaml:2:7 DG060 /],
    [
      "a file of a loop",
      "Resources: {Fn::Map: [[passwd], X, {Fn::Include: '../../../etc/${X}'}]}",
      /^main\.yaml:1:1 DG060 /,
    ],
    ["no file", including("nowhere.yaml"), /^main\.yaml:2:7 DG061 there is no file/],
    ["a folder", including("."), /^main\.yaml:2:7 DG061 .* no ordinary file$/],
    ["http", including("http://127.0.0.1:9/x.yaml"), /^main\.yaml:2:7 DG062 .*--allow-remote-includes/],
    ["https", including("https://127.0.0.1:9/x.yaml"), /^main\.yaml:2:7 DG062 /],
    [
      "http of a loop",
      "Resources: {Fn::Map: [[a], X, {Fn::Include: 'http://127.0.0.1:9/${X}'}]}",
      /^main\.yaml:1:1 DG062 /,
    ],
    ["s3", including("s3://bucket/key"), /^main\.yaml:2:7 DG062 .*never/],
    ["an AWS API", including("{type: api, service: EC2, action: describeRegions}"), /^main\.yaml:2:7 DG062 .*never/],
    ["s3 of a loop", "Resources: {Fn::Map: [[a], X, {Fn::Include: 's3://b/${X}'}]}", /^main\.yaml:1:1 DG062 .*never/],
    ["the environment", "Resources: {Fn: {Fn::GetEnv: [HOME, x]}}", /^main\.yaml:1:18 DG063 .*--allow-env/],
    ["itself", including("main.yaml"), /^main\.yaml:2:7 DG064 this include never ends: main\.yaml → main\.yaml$/],
    ["no location", "Resources: {Fn: {Fn::Include: {type: json}}}", /^main\.yaml:1:18 DG065 /],
    [
      "another version's function",
      "Resources: {Fn::Eval: {}}",
      /^main\.yaml:1:13 DG065 cfn-include 1\.5\.0 has no Fn::Eval$/,
    ],
    ["something else than a template", "Fn::Include: list.json", /^main\.yaml:1:1 DG020 /],
    ["a wrong call", "Resources: {A: {Fn::Merge: 7}}", /^main\.yaml:1:1 DG065 /],
    [
      "a function that cfn-include does not come to",
      "Resources: {A: {Fn::Sequence: [1, 2]}, Fn::Merge: [{}]}",
      /^main\.yaml:1:1 DG065 .*leaves/,
    ],
    ["more memory than there is", "Resources: {A: {Fn::Sequence: [1, 900000000]}}", /^main\.yaml:1:1 DG064 /],
  ])("%s", (_, template, expected) => {
    expect(refusal({ "main.yaml": template, "list.json": "[1]" })).toMatch(expected);
  });

  it("of a link that leads out", () => {
    const main = { "main.yaml": including("link.yaml") };
    expect(refusal(main, link("/etc/passwd"))).toMatch(/^main\.yaml:2:7 DG060 /);
    expect(refusal({ ...main, "fn.yaml": FUNCTION }, link("fn.yaml"))).toBe("accepted");
  });

  it("of files that include each other, and of loops made by Fn::Map", () => {
    const circle = { "main.yaml": including("a.yaml"), "a.yaml": "X: !Include b.yaml", "b.yaml": "X: !Include a.yaml" };
    expect(refusal(circle)).toBe("b.yaml:1:4 DG064 this include never ends: main.yaml → a.yaml → b.yaml → a.yaml");
    const hidden = "Resources: {Fn::Map: [[main], X, {Fn::Include: '${X}.yaml'}]}";
    expect(refusal({ "main.yaml": hidden })).toMatch(/^main\.yaml:1:1 DG064 more than 1000 includes/);
  });

  it("of a file of a gigabyte, and of a pipe that never ends", () => {
    const main = { "main.yaml": including("other.yaml") };
    const large = (folder: string) => {
      writeFileSync(join(folder, "other.yaml"), "");
      truncateSync(join(folder, "other.yaml"), 2 ** 30);
    };
    const pipe = (folder: string) => spawnSync("mkfifo", [join(folder, "other.yaml")]);
    expect(refusal(main, large)).toMatch(/^main\.yaml:2:7 DG064 .*longer than 4194304 bytes$/);
    expect(refusal(main, pipe)).toMatch(/^main\.yaml:2:7 DG061 .*no ordinary file$/);
  });

  it("of YAML that holds code, where it stands in the file", () => {
    const parts = { "code.yaml": "a: 1\nb: !!js/function 'function () { process.exit(7) }'\n" };
    const byName = "Resources: {Fn: {Fn::Map: [[code], X, {Fn::Include: '${X}.yaml'}]}}";
    expect(refusal({ ...parts, "main.yaml": including("code.yaml") })).toMatch(/^code\.yaml:2:4 DG017 /);
    expect(refusal({ ...parts, "main.yaml": byName })).toMatch(/^code\.yaml:2:4 DG017 /);
  });
});

describe("what is allowed", () => {
  it("Fn::GetEnv reads what it is given and nothing of this process", () => {
    const main = "Resources: {Fn: {Type: AWS::Lambda::Function, Properties: {Description: !GetEnv [STAGE, none]}}}";
    const shown = (environment: Record<string, string>) =>
      reading({ "main.yaml": main }, { environment }).units.flat()[0]?.inventory.functions[0]?.description;
    expect([shown({ STAGE: "dev" }), shown({ PATH: "x" })]).toEqual([{ known: "dev" }, { known: "none" }]);
  });

  it("remote includes are fetched, and refused when they fail", async () => {
    const server = spawn(process.execPath, [
      "--eval",
      `const server = require("node:http").createServer((request, response) => {
         response.statusCode = request.url === "/fn.yaml" ? 200 : 404;
         response.end(${JSON.stringify(FUNCTION)});
       }).listen(0, "127.0.0.1", () => console.log(server.address().port));`,
    ]);
    const port = await new Promise<string>((done) => server.stdout.once("data", (data) => done(String(data).trim())));
    try {
      const from = (path: string) => ({ "main.yaml": including(`http://127.0.0.1:${port}/${path}`) });
      const { units, folder } = reading(from("fn.yaml"), { remoteIncludes: true });
      const [fn] = units.flat()[0]?.inventory.functions ?? [];
      expect([fn?.description, fn?.at]).toEqual([{ known: "included" }, `${folder}/main.yaml#/Resources/Fn`]);
      expect(refusal(from("gone.yaml"), undefined, { remoteIncludes: true })).toMatch(
        /^main\.yaml:1:1 DG061 .*answers 404$/,
      );
    } finally {
      server.kill();
    }
  });
});

describe("cfn-include", () => {
  it("itself gives the same", async () => {
    const folder = folderOf({
      "part.json": '{"A": {"Type": "AWS::SQS::Queue"}}',
      "text.sh": "#!/bin/bash\necho ${AWS::StackId}\n",
    });
    // from its README and its tests
    const template = {
      Metadata: {
        Flat: {
          "Fn::Flatten": {
            "Fn::Map": [[80, 443], "$", { "Fn::Map": [["10.0.0.0/8", "0.0.0.0/0"], { To: "_", From: "$" }] }],
          },
        },
        Indexed: { "Fn::Map": [{ "Fn::Sequence": ["A", "C"] }, ["NET", "INDEX", "N"], { "S${NET}": ["INDEX", "N"] }] },
        Deep: { "Fn::DeepMerge": [{ a: { b: 1 } }, { a: { c: [2] } }] },
        Text: { "Fn::Stringify": { a: [1, "b"] } },
        Camel: [{ "Fn::UpperCamelCase": "foo-bar" }, { "Fn::LowerCamelCase": "foo_bar" }],
        Length: { "Fn::Length": [1, 2] },
        Literal: { "Fn::Include": { type: "literal", location: "text.sh", context: {} } },
      },
      Resources: { "Fn::Merge": [{ "Fn::Include": "part.json" }, { B: { Type: "AWS::SNS::Topic" } }] },
      Outputs: { "Fn::Outputs": { Version: "${B.Version}" } },
    };
    const { synthesize } = await import("../../src/include/synthesize");
    const file = join(folder, "main.json");
    writeFileSync(file, JSON.stringify(template));
    const rules = { root: folder, remote: false, environment: undefined };
    const { value } = synthesize(openFile(file), rules, openFile);
    const expected = await cfnInclude({ template: structuredClone(template), url: `file://${file}` });
    expect(value).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it("is in a file of its own, without the AWS SDK, which nothing else holds", () => {
    const dist = (name: string) => readFileSync(join(import.meta.dirname, "..", "..", "dist", name), "utf8");
    expect(dist("cfn-include.cjs").length).toBeLessThan(200_000);
    for (const name of ["cli.cjs", "index.cjs", "cdk.cjs"]) expect(dist(name)).not.toContain('Fn::LowerCamelCase"]');
  });
});
