import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { InputError } from "../../src/errors";
import type { FileReport, Report } from "../../src/findings/types";
import { readDocument } from "../../src/read/document";
import { noticeTitle } from "../../src/report/wording";
import { readSettings } from "../../src/settings/read";
import { settingsWaivers } from "../../src/settings/waivers";
import { baselineOf, bothBaselines, readBaseline, writeBaseline } from "../../src/waive/baseline";
import { isDay } from "../../src/waive/day";
import { type WaiveOptions, waive } from "../../src/waive/waive";
import { addressMatches } from "../../src/waive/waiver";

const TODAY = "2026-12-01";
const document = (text: string, file: string) => readDocument(new TextEncoder().encode(text), file);
const checked = (content: string, file = "t.yaml") => check([{ file, content }], { today: TODAY });

/** What counts and what does not, as `rule address`. */
function sorted({ files, notices, errors }: Report) {
  const named = ({ rule, address }: FileReport["findings"][number]) => `${rule} ${address}`;
  return {
    findings: files.flatMap(({ findings }) => findings.map(named)),
    exceptions: files.flatMap(({ exceptions }) => exceptions.map(({ finding }) => named(finding))),
    notices: notices.map(
      (notice) => `${notice.location.file}:${notice.location.line} ${noticeTitle(notice)} ${notice.kind}`,
    ),
    errors: errors.map(({ line }) => line),
  };
}

const waived = (report: Report, options: Partial<WaiveOptions> = {}) =>
  sorted(waive(report, { today: TODAY, ...options }));

const METADATA = `Metadata:
      durable-guard:
        waive:
          - rule: DUR010
            reason: limits are raised by support
            expires: 2026-12-31
            owner: platform`;
/** An execution may not take no time at all (DUR010), nor may state be kept for 99 days. */
const template = (metadata = "") => `Resources:
  Fn:
    Type: AWS::Lambda::Function
    ${metadata}
    Properties: {Role: 'arn:aws:iam::123456789012:role/r', DurableConfig: {ExecutionTimeout: 0}}
  Other:
    Type: AWS::Lambda::Function
    Properties: {Role: 'arn:aws:iam::123456789012:role/r', DurableConfig: {ExecutionTimeout: 0}}
`;
/** Without what is not looked at here. */
const limits = (report: Report): Report => ({
  ...report,
  files: report.files.map((file) => ({ ...file, findings: file.findings.filter(({ rule }) => rule === "DUR010") })),
});
const BOTH = ["DUR010 Fn", "DUR010 Other"];

describe("a waiver at a resource", () => {
  const one = { findings: ["DUR010 Other"], exceptions: ["DUR010 Fn"], notices: [], errors: [] };

  it("covers what is found there, and nothing else", () => {
    expect(waived(limits(checked(template())))).toEqual({ ...one, findings: BOTH, exceptions: [] });
    expect(waived(limits(checked(template(METADATA))))).toEqual(one);
  });

  it("is written in JSON as well", () => {
    const value = document(template(METADATA), "t.yaml").value;
    expect(waived(limits(checked(JSON.stringify(value), "t.json")))).toEqual(one);
  });

  it("covers what SAM generates from it", () => {
    // The role that SAM gives the function may do all with S3 (WLD001); the statement stands at the function.
    const sam = (metadata: string) => `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    ${metadata.replace("DUR010", "WLD001")}
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: s3://artifacts/orders.zip
      Policies: [{Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:*', Resource: 'arn:aws:s3:::orders'}]}]
`;
    const wide = (report: Report) => report.files.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect(wide(waive(checked(sam("")), { today: TODAY }))).toContain("WLD001");
    const report = waive(checked(sam(METADATA)), { today: TODAY });
    expect(wide(report)).not.toContain("WLD001");
    expect(sorted(report)).toMatchObject({ exceptions: ["WLD001 FnRole"], notices: [] });
  });

  it("says why, until when, and who answers for it", () => {
    const [file] = waive(limits(checked(template(METADATA))), { today: TODAY }).files;
    expect(file?.exceptions.map(({ finding: _, ...why }) => why)).toEqual([
      {
        by: "waiver",
        reason: "limits are raised by support",
        expires: "2026-12-31",
        owner: "platform",
        location: { file: "t.yaml", line: 7, column: 13 },
      },
    ]);
  });

  it("is named when its day is over, and when it meets nothing", () => {
    const report = limits(checked(template(METADATA)));
    expect(waived(report, { today: "2026-12-31" })).toEqual(one);
    expect(waived(report, { today: "2027-01-01" })).toEqual({
      ...one,
      findings: BOTH,
      exceptions: [],
      notices: ["t.yaml:7 DUR010 expired"],
    });
    const fixed = limits(checked(template(METADATA).replaceAll("Timeout: 0", "Timeout: 60")));
    expect(waived(fixed)).toEqual({ findings: [], exceptions: [], notices: ["t.yaml:7 DUR010 stale"], errors: [] });
  });

  it.each([
    [
      "no rule",
      METADATA.replace("rule: DUR010", "owner: us").replace(/\n +owner: platform/, ""),
      "a waiver needs rule",
    ],
    ["no reason", METADATA.replace(/ +reason.*\n/, ""), "a waiver needs reason"],
    ["no date", METADATA.replace(/ +expires.*\n/, ""), "a waiver needs expires"],
    ["a rule nobody has", METADATA.replace("DUR010", "DUR999"), "there is no rule DUR999"],
    ["a short reason", METADATA.replace(/limits.*/, "later"), "the reason of a waiver has at least 10 characters"],
    ["a day that is none", METADATA.replace("12-31", "11-31"), "expires is a day, YYYY-MM-DD"],
    ["no list", "Metadata: {durable-guard: {waive: DUR010}}", "waive must be a list of waivers"],
  ])("is refused with %s", (_, metadata, message) => {
    const { errors, findings } = waived(checked(template(metadata)));
    expect(errors).toEqual([expect.stringMatching(/^t\.yaml:\d+:\d+ DG052 /)]);
    expect(errors[0]).toContain(message);
    expect(findings).toEqual([]);
  });
});

describe("a waiver of the settings", () => {
  const covers = (entry: string, files = ["infra/t.yaml"]) => {
    const settings = document(
      `waivers: [{rule: DUR010, reason: limits are raised, expires: 2026-12-31${entry}}]`,
      "s.yaml",
    );
    const report = limits(
      check(
        files.map((file) => ({ file, content: template() })),
        { today: TODAY },
      ),
    );
    return waived(report, { waivers: settingsWaivers(readSettings(settings), settings, ".") });
  };

  it.each([
    ["", BOTH, []],
    [", address: Fn", ["DUR010 Fn"], []],
    [", address: 'F*'", ["DUR010 Fn"], []],
    [", address: F", [], ["s.yaml:1 DUR010 stale"]],
    [", file: infra/t.yaml", BOTH, []],
    [", file: '**/*.yaml', address: Other", ["DUR010 Other"], []],
    // Of a file that is not looked at nothing is said.
    [", file: elsewhere/t.yaml", [], []],
  ])("covers by address and file: %s", (entry, exceptions, notices) => {
    expect(covers(entry)).toMatchObject({ exceptions, notices });
  });

  it("takes everything but * in an address for itself", () => {
    expect(addressMatches("module.a[*].x", 'module.a["b"].x')).toBe(true);
    expect(addressMatches("a.c", "abc")).toBe(false);
    expect(addressMatches("(a|b)", "a")).toBe(false);
  });
});

describe("a baseline", () => {
  const two = limits(checked(template()));

  it("takes out as many as it knows", () => {
    const [first] = two.files;
    if (first === undefined) throw new Error("no file");
    const again: Report = { ...two, files: [first, first] };
    expect(waived(again, { baseline: baselineOf(two) })).toMatchObject({ findings: BOTH, exceptions: BOTH });
    expect(waived(again, { baseline: baselineOf(again) })).toMatchObject({
      findings: [],
      exceptions: [...BOTH, ...BOTH],
    });
    const both = bothBaselines(baselineOf(again), baselineOf(two));
    expect([...both.values()]).toEqual([2, 2]);
    expect(bothBaselines(new Map([["a", 1]]), new Map([["b", 3]]))).toEqual(
      new Map([
        ["a", 1],
        ["b", 3],
      ]),
    );
  });

  it("is read back as it was written, the same bytes each time", () => {
    const text = writeBaseline(two);
    expect(writeBaseline({ ...two, files: [...two.files].reverse() })).toBe(text);
    expect(readBaseline(document(text, "baseline.json"))).toEqual(baselineOf(two));
  });

  it.each([
    ["another file", "{}", "b.json DG053 this is not a baseline"],
    ["another version", '{"version": 2, "findings": []}', "b.json DG053 this is not a baseline"],
    [
      "an entry without a count",
      '{"version": 1, "findings": [\n{"fingerprint": "a"}]}',
      "b.json:2:1 DG053 an entry needs",
    ],
  ])("refuses %s", (_, text, message) => {
    const read = () => readBaseline(document(text, "b.json"));
    expect(read).toThrow(InputError);
    try {
      read();
    } catch (error) {
      expect(error instanceof InputError && error.line).toContain(message);
    }
  });
});

describe("a fingerprint", () => {
  const of = (content: string, rule: string, file?: string) =>
    checked(content, file)
      .files.flatMap(({ findings }) => findings)
      .filter((finding) => finding.rule === rule)
      .map(({ fingerprint }) => fingerprint);
  const statement = (action: string, resource: string, more = "") => `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [${more}{Effect: Allow, Action: '${action}', Resource: '${resource}'}]}}]
`;
  const now = of(statement("s3:*", "arn:aws:s3:::a/*"), "WLD001");

  it("is one of the statement that is wrong, wherever it stands", () => {
    expect(now).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    const before = "{Effect: Allow, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:123456789012:q'}, ";
    const moved = statement("s3:*", "arn:aws:s3:::a/*", before).replace("Resources:", "# moved\n\nResources:");
    expect(of(moved, "WLD001", "renamed.yaml")).toEqual(now);
    // The order of keys says nothing.
    expect(
      of(
        statement("s3:*", "arn:aws:s3:::a/*").replace("Effect: Allow, Action: 's3:*'", "Action: 's3:*', Effect: Allow"),
        "WLD001",
      ),
    ).toEqual(now);
    expect(of(statement("s3:*", "arn:aws:s3:::b/*"), "WLD001")).not.toEqual(now);
    expect(
      of(statement("s3:*", "arn:aws:s3:::a/*").replaceAll("Role:\n    Type", "Second:\n    Type"), "WLD001"),
    ).not.toEqual(now);
  });

  it("does not depend on the rest of a resource in which something is missing", () => {
    const fn = (more: string) =>
      `Resources: {Fn: {Type: 'AWS::Lambda::Function', Properties: {Role: 'arn:aws:iam::123456789012:role/r', Handler: a${more}}}}`;
    expect(of(fn(""), "LAM013")).toHaveLength(1);
    expect(of(fn(", Timeout: 60"), "LAM013")).toEqual(of(fn(""), "LAM013"));
    // Another runtime that is deprecated is another thing.
    const old = of(fn(", Runtime: nodejs12.x"), "LAM016");
    expect(old).toHaveLength(1);
    expect(of(fn(", Runtime: nodejs14.x"), "LAM016")).not.toEqual(old);
  });

  it("reads policies of plans, which are JSON in a text", () => {
    const plan = (resource: string) =>
      JSON.stringify({
        format_version: "1.2",
        terraform_version: "1.9.0",
        planned_values: { root_module: {} },
        resource_changes: [
          {
            address: "aws_iam_role_policy.work",
            mode: "managed",
            type: "aws_iam_role_policy",
            name: "work",
            provider_name: "registry.terraform.io/hashicorp/aws",
            change: {
              actions: ["create"],
              before: null,
              after: {
                name: "work",
                role: "worker",
                policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: resource }] }),
              },
              after_unknown: {},
            },
          },
        ],
        configuration: {},
      });
    const a = of(plan("arn:aws:s3:::a/*"), "WLD001", "plan.json");
    expect(a).toHaveLength(1);
    expect(of(plan("arn:aws:s3:::b/*"), "WLD001", "plan.json")).not.toEqual(a);
  });

  it("holds nothing of a secret", () => {
    const secret = (value: string, name = "DB_PASSWORD") =>
      `Resources: {Fn: {Type: 'AWS::Lambda::Function', Properties: {Role: 'arn:aws:iam::123456789012:role/r', Environment: {Variables: {${name}: ${value}}}}}}`;
    const one = of(secret("hunter2hunter2"), "LAM003");
    expect(one).toHaveLength(1);
    expect(of(secret("correct-horse-1"), "LAM003")).toEqual(one);
    expect(of(secret("hunter2hunter2", "API_PASSWORD"), "LAM003")).not.toEqual(one);
  });
});

describe("a day", () => {
  it.each([
    ["2026-12-31", true],
    ["2028-02-29", true],
    ["2027-02-29", false],
    ["2027-13-01", false],
    ["27-01-01", false],
    ["2027-01-01T00:00", false],
    ["", false],
  ])("%s: %s", (text, day) => {
    expect(isDay(text)).toBe(day);
  });
});
