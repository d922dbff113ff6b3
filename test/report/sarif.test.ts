import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats";
import { HOSTILE_REPORT } from "./hostile";
import { EMPTY, OPTIONS, RULES, SAMPLE } from "./sample";

/**
 * The schema of the SARIF committee, as `@microsoft/jest-sarif` carries it. It is of draft 4, whose `id` Ajv does not
 * take; nothing else in it differs from draft 7.
 */
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(
  readFileSync(
    `${import.meta.dirname}/../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json`,
    "utf8",
  ),
);
const validate = new Ajv({
  allErrors: true,
  strict: false,
  // One pattern of the schema has a bracket too many, which only the old syntax takes.
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    "uri-reference": (text: string) => URL.canParse(text, "https://base.example") && !/[\s<>"{}|\\^`]/.test(text),
    "date-time": true,
  },
}).compile(schema);

function sarif(report: typeof SAMPLE) {
  const log = JSON.parse(FORMATS.sarif(report, OPTIONS));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0];
}

describe("sarif", () => {
  it("is refused by the schema when it is wrong", () => {
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: {} } }] })).toBe(false);
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x", helpUri: 1 } } }] })).toBe(false);
  });

  it("is valid for an empty report", () => {
    const run = sarif(EMPTY);
    expect([run.results, run.invocations[0].executionSuccessful]).toEqual([[], true]);
  });

  it("is valid whatever names there are", () => {
    expect(sarif(HOSTILE_REPORT).results.length).toBe(3);
  });

  it("describes each rule under its own id", () => {
    const { driver } = sarif(SAMPLE).tool;
    expect([driver.name, driver.semanticVersion]).toEqual(["durable-guard", "1.2.3"]);
    expect(driver.rules.map(({ id }: { id: string }) => id)).toEqual(RULES.map(({ id }) => id));
    expect(driver.rules[0]).toEqual({
      id: "DUR001",
      name: "durable/role_cannot_checkpoint",
      shortDescription: { text: "The role cannot checkpoint" },
      fullDescription: { text: "Every execution fails at its first step." },
      help: {
        text: "Every execution fails at its first step.\n\nHow to fix: Allow it on the ARN followed by `:*`.",
        markdown:
          "Every execution fails at its first step.\n\n**How to fix:** Allow it on the ARN followed by `:*`.\n\n- [Durable security](https://docs.example/durable)",
      },
      helpUri: "https://docs.example/durable",
      defaultConfiguration: { enabled: true, level: "error" },
      properties: { tags: ["security", "durable"], "security-severity": "9.5" },
    });
    expect(driver.rules[2]).toMatchObject({
      defaultConfiguration: { enabled: true, level: "warning" },
      properties: { "security-severity": "2.0", related: ["cfn-lint W2531"] },
    });
    expect(driver.rules[3].defaultConfiguration).toEqual({ enabled: false, level: "note" });
  });

  it("gives results with places relative to the root, fingerprints, and what to do", () => {
    const { results } = sarif(SAMPLE);
    expect(results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([
      ["LAM016", "warning"],
      ["DUR001", "error"],
      ["LAM016", "warning"],
      ["DUR001", "warning"],
      ["WLD001", "error"],
    ]);
    expect(results[1]).toEqual({
      ruleId: "DUR001",
      ruleIndex: 0,
      level: "error",
      message: {
        // Braces are doubled: single ones begin a placeholder (SARIF 2.1.0, 3.11.5).
        text: "Role does not let Fn checkpoint (when Env = prod)\nno statement speaks of it\nand 2 more\n\nHow to fix: Allow it on the ARN followed by `:*`.\n\nTo paste:\n- Effect: Allow\n  Action:\n    - lambda:CheckpointDurableExecution\n  Resource:\n    - !Sub '${{Fn.Arn}}:*'",
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "app/orders.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 12, startColumn: 3 },
          },
          logicalLocations: [{ fullyQualifiedName: "Fn", kind: "resource" }],
        },
      ],
      partialFingerprints: { "durableGuard/v1": "DUR001-Fn", primaryLocationLineHash: "DUR001-Fn:1" },
      properties: { verdict: "deny", severity: "critical", "security-severity": "9.5", pointer: "/Resources/Fn" },
    });
  });

  it("suppresses exceptions, in the source where they are written there", () => {
    const suppressed = sarif(SAMPLE).results.filter((result: object) => "suppressions" in result);
    expect(suppressed.map((result: { suppressions: object[] }) => result.suppressions)).toEqual([
      [
        {
          kind: "inSource",
          status: "accepted",
          justification: "split comes in March",
          properties: { by: "waiver", expires: "2027-03-31", owner: "platform" },
        },
      ],
    ]);
    const [file] = SAMPLE.files;
    const exceptions = (file?.exceptions ?? []).map(({ finding }) => ({
      finding,
      by: "baseline" as const,
      reason: "it was there before",
    }));
    const known = sarif({ ...SAMPLE, files: file === undefined ? [] : [{ ...file, exceptions }] }).results.at(-1);
    expect(known.suppressions[0]).toMatchObject({ kind: "external", justification: "it was there before" });
  });

  it("notifies of what could not be judged or read, and of waivers", () => {
    const [invocation] = sarif(SAMPLE).invocations;
    const place = (uri: string, startLine: number, startColumn: number) => [
      {
        physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region: { startLine, startColumn } },
      },
    ];
    expect(invocation).toEqual({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "missed comma" },
          locations: place("broken.yaml", 1, 17),
          descriptor: { id: "DG011" },
        },
        { level: "note", message: { text: "Nested: not read" }, locations: place("app/orders.yaml", 50, 3) },
      ],
      toolConfigurationNotifications: [
        {
          level: "warning",
          message: { text: "the waiver of LAM016 expired on 2026-01-31 (until the migration)" },
          locations: place("durable-guard.yaml", 4, 5),
          descriptor: { id: "LAM016" },
        },
      ],
    });
  });

  it("counts the same cause through, so that none is lost", () => {
    const [file] = SAMPLE.files;
    const { results } = sarif({ ...SAMPLE, files: file === undefined ? [] : [file, file] });
    const hashes = results.map(
      ({ partialFingerprints }: { partialFingerprints: { primaryLocationLineHash: string } }) =>
        partialFingerprints.primaryLocationLineHash,
    );
    expect(hashes.slice(0, 2)).toEqual(["LAM016-Fn:1", "DUR001-Fn:1"]);
    expect(hashes.slice(5, 7)).toEqual(["LAM016-Fn:2", "DUR001-Fn:2"]);
  });
});
