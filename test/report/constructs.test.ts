import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats";
import { fileReport, finding, OPTIONS } from "./sample";

/** Every output of what CDK makes names the construct and where the app makes it; a violation, and a warning beside. */
const made = { construct: "Prod/Orders/Resource", source: { file: "lib/orders.ts", line: 7, column: 5 } };
const REPORT = {
  files: [
    fileReport({
      findings: [
        finding("DUR001", 12, "Fn1A2B", { message: "Role does not let Fn1A2B checkpoint", ...made }),
        finding("LAM016", 20, "Fn1A2B", { message: "Runtime python3.9 is deprecated", ...made }),
        finding("LAM016", 30, "Hand", { message: "Runtime nodejs12.x is deprecated" }),
      ],
      functions: 2,
      durableFunctions: 1,
    }),
  ],
  errors: [],
  notices: [],
  skipped: [],
  parts: [],
};
const written = (format: keyof typeof FORMATS) => FORMATS[format](REPORT, OPTIONS);
const CONSTRUCT = "construct Prod/Orders/Resource, made at lib/orders.ts:7:5";
const SUMS = "1 violation, 2 warnings in 1 file (2 functions, 1 durable)";

describe("the construct in", () => {
  it("stdout, folded or not", () => {
    expect(written("stdout")).toBe(`app/orders.yaml:12:3 DENY DUR001 Role does not let Fn1A2B checkpoint
    ${CONSTRUCT}
    Allow it on the ARN followed by \`:*\`.

app/orders.yaml:20:3 WARN LAM016 Deprecated runtime (2 times, -v lists them)
${SUMS}
`);
    const [file] = REPORT.files;
    const alone = { ...REPORT, files: [{ ...fileReport(file ?? {}), findings: file?.findings.slice(1, 2) ?? [] }] };
    expect(FORMATS.stdout(alone, OPTIONS).split("\n")[0]).toBe(
      `app/orders.yaml:20:3 WARN LAM016 Runtime python3.9 is deprecated (${CONSTRUCT})`,
    );
    expect(FORMATS.stdout(REPORT, { ...OPTIONS, verbose: true })).toContain(
      `WARN LAM016 Runtime python3.9 is deprecated\n    ${CONSTRUCT}\n    Move on.\n`,
    );
  });

  it("table", () => {
    const resources = written("table")
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split("|")[4]?.trim());
    expect(resources).toEqual(["RESOURCE", `Fn1A2B (${CONSTRUCT})`, `Fn1A2B (${CONSTRUCT})`, "Hand"]);
  });

  it("tap", () => {
    const evidence = [...written("tap").matchAll(/"evidence": (\[[^\]]*\])/g)].map(([, list]) =>
      JSON.parse(list ?? ""),
    );
    expect(evidence).toEqual([[CONSTRUCT], [CONSTRUCT], []]);
  });

  it("junit", () => {
    const text = written("junit");
    expect(text).toContain(
      `message="Role does not let Fn1A2B checkpoint">app/orders.yaml:12:3\n${CONSTRUCT}\nAllow it on the ARN`,
    );
    expect(text).toContain(`<skipped message="WARN: Runtime python3.9 is deprecated (${CONSTRUCT})"/>`);
    expect(text).toContain(`<skipped message="WARN: Runtime nodejs12.x is deprecated"/>`);
  });

  it("github", () => {
    expect(written("github").split("\n")).toEqual([
      `::error file=app/orders.yaml,line=12,col=3,title=DENY DUR001::Role does not let Fn1A2B checkpoint%0A${CONSTRUCT}%0AAllow it on the ARN followed by \`:*\`.`,
      `::warning file=app/orders.yaml,line=20,col=3,title=WARN LAM016::Runtime python3.9 is deprecated%0A${CONSTRUCT}%0AMove on.`,
      "::warning file=app/orders.yaml,line=30,col=3,title=WARN LAM016::Runtime nodejs12.x is deprecated%0AMove on.",
      SUMS,
      "",
    ]);
  });

  it("azuredevops", () => {
    const texts = written("azuredevops")
      .split("\n")
      .map((line) => line.replace(/^##vso\[[^\]]*\]/, ""));
    expect(texts).toEqual([
      `DENY DUR001 Role does not let Fn1A2B checkpoint (${CONSTRUCT}). Allow it on the ARN followed by \`:*\`.`,
      `WARN LAM016 Runtime python3.9 is deprecated (${CONSTRUCT}). Move on.`,
      "WARN LAM016 Runtime nodejs12.x is deprecated. Move on.",
      SUMS,
      "",
    ]);
  });

  it("gitlab", () => {
    const descriptions = JSON.parse(written("gitlab")).map(({ description }: { description: string }) => description);
    expect(descriptions).toEqual([
      `Role does not let Fn1A2B checkpoint (${CONSTRUCT})`,
      `Runtime python3.9 is deprecated (${CONSTRUCT})`,
      "Runtime nodejs12.x is deprecated",
    ]);
  });

  it("sarif: a logical location, a related one in the app, and a property", () => {
    const { results } = JSON.parse(written("sarif")).runs[0];
    const [first, , last] = results;
    expect(first.message.text).toContain(CONSTRUCT);
    expect(first.locations[0].logicalLocations).toEqual([
      { fullyQualifiedName: "Fn1A2B", kind: "resource" },
      { fullyQualifiedName: "Prod/Orders/Resource", kind: "construct" },
    ]);
    expect(first.relatedLocations).toEqual([
      {
        message: { text: "the construct is made here" },
        physicalLocation: {
          artifactLocation: { uri: "lib/orders.ts", uriBaseId: "%SRCROOT%" },
          region: { startLine: 7, startColumn: 5 },
        },
      },
    ]);
    expect(first.properties.construct).toBe("Prod/Orders/Resource");
    expect(last.locations[0].logicalLocations).toEqual([{ fullyQualifiedName: "Hand", kind: "resource" }]);
    expect([last.relatedLocations, last.properties.construct]).toEqual([undefined, undefined]);
  });

  it("json", () => {
    const [{ failures, warnings }] = JSON.parse(written("json"));
    const constructs = [...failures, ...warnings].map(({ metadata: { construct, source } }) => ({ construct, source }));
    expect(constructs).toEqual([made, made, {}]);
  });

  it("markdown", () => {
    expect(written("markdown").match(/^- construct .*$/gm)).toEqual(
      Array(2).fill("- construct Prod/Orders/Resource, made at lib/orders\\.ts\\:7\\:5").map(escapedSlashes),
    );
  });

  it("html", () => {
    expect(written("html").split(`<li>${CONSTRUCT}</li>`)).toHaveLength(3);
  });
});

/** `forMarkdown` escapes slashes, too. */
const escapedSlashes = (text: string) => text.replaceAll("/", "\\/");
