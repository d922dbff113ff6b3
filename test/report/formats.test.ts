import { describe, expect, it, vi } from "vitest";
import { FORMATS } from "../../src/report/formats";
import { EMPTY, OPTIONS, SAMPLE } from "./sample";

/**
 * Whole outputs of the report in `sample.ts`, written by hand from it and from the formats' own documents: one violation,
 * two warnings that say the same, one undecided deny rule (a warning), one undecided warning (only counted), one exception,
 * one expired waiver (a warning), one file not judged. So 1 violation, 4 warnings, 1 undecided, 1 exception.
 */
const SUMS =
  "1 violation, 4 warnings, 1 undecided, 1 exception in 1 file (3 functions, 1 durable), 1 file not judged, 1 file judged as part of others, 1 other file left out";

describe("stdout", () => {
  it("opens violations, folds warnings, sums up", () => {
    expect(
      FORMATS.stdout(SAMPLE, OPTIONS),
    ).toBe(`app/orders.yaml:12:3 DENY DUR001 Role does not let Fn checkpoint (when Env = prod)
    no statement speaks of it
    and 2 more
    to paste:
      - Effect: Allow
        Action:
          - lambda:CheckpointDurableExecution
        Resource:
          - !Sub '\${Fn.Arn}:*'

app/orders.yaml:3:3 WARN LAM016 Deprecated runtime (2 times, -v lists them)
app/orders.yaml:30:3 UNKNOWN DUR001 Whether Third can checkpoint is not settled
app/orders.yaml:50:3 NOTE Nested: not read
durable-guard.yaml:4:5 WARN the waiver of LAM016 expired on 2026-01-31 (until the migration)
broken.yaml:1:17 DG011 missed comma
${SUMS}
`);
  });

  it("opens warnings when asked, those that say the same once with their places", () => {
    const text = FORMATS.stdout(SAMPLE, { ...OPTIONS, verbose: true });
    expect(text).toContain(`
app/orders.yaml:3:3 WARN LAM016 Runtime python3.9 is deprecated
    at 2 places:
      app/orders.yaml:3:3 Fn
      app/orders.yaml:20:3 Other
    since 2025-12-15
    Move on.

app/orders.yaml:30:3 UNKNOWN DUR001 Whether Third can checkpoint is not settled
    the role is outside the documents
    Allow it on the ARN followed by \`:*\`.
`);
    expect(text).toContain(`
app/orders.yaml:40:3 WAIVED WLD001 Action s3:* allows every action
    waived until 2027-03-31: split comes in March (platform)
app/shared.yaml is judged where others bring it in
package.json is neither template nor plan
`);
  });

  it("tells apart what differs from place to place", () => {
    const [file] = SAMPLE.files;
    const [first, , second] = file?.findings ?? [];
    if (file === undefined || first === undefined || second === undefined) throw new Error("the sample has changed");
    const other = { ...second, evidence: [{ text: "since 2026-01-01" }] };
    const report = { ...EMPTY, files: [{ ...file, findings: [first, other], exceptions: [], unresolved: [] }] };
    expect(
      FORMATS.stdout(report, { ...OPTIONS, verbose: true }),
    ).toBe(`app/orders.yaml:3:3 WARN LAM016 Runtime python3.9 is deprecated
    at 2 places:
      app/orders.yaml:3:3 Fn
        since 2025-12-15
      app/orders.yaml:20:3 Other
        since 2026-01-01
    Move on.

0 violations, 2 warnings in 1 file (3 functions, 1 durable)
`);
  });

  it("is quiet when asked: violations, what could not be judged, the sums", () => {
    const lines = FORMATS.stdout(SAMPLE, { ...OPTIONS, quiet: true }).split("\n");
    expect(lines.filter((line) => /^\S/.test(line))).toEqual([
      "app/orders.yaml:12:3 DENY DUR001 Role does not let Fn checkpoint (when Env = prod)",
      "broken.yaml:1:17 DG011 missed comma",
      SUMS,
    ]);
  });

  it("colours verdicts when asked, and is the same text", () => {
    const text = FORMATS.stdout(SAMPLE, { ...OPTIONS, colour: true });
    expect(text).toContain("app/orders.yaml:12:3 \u001b[1;31mDENY\u001b[0m DUR001 ");
    expect(text).toContain("app/orders.yaml:3:3 \u001b[33mWARN\u001b[0m LAM016 ");
    expect(text).toContain("app/orders.yaml:30:3 \u001b[35mUNKNOWN\u001b[0m DUR001 ");
    expect(text.replace(/\p{Cc}\[[0-9;]*m/gu, "")).toBe(FORMATS.stdout(SAMPLE, OPTIONS));
  });

  it("takes undecided deny rules as told", () => {
    expect(FORMATS.stdout(SAMPLE, { ...OPTIONS, unknown: "fail" })).toContain(
      "\n2 violations, 3 warnings, 1 undecided, ",
    );
    expect(FORMATS.stdout(SAMPLE, { ...OPTIONS, unknown: "ignore" })).toContain(
      "\n1 violation, 3 warnings, 2 undecided, ",
    );
  });

  it("says which construct made the resource, and where, and how much is left out by construct", () => {
    const [file] = SAMPLE.files;
    const [first] = file?.findings ?? [];
    if (file === undefined || first === undefined) throw new Error("the sample has changed");
    const made = { ...first, construct: "Stack/Orders", source: { file: "lib/orders.ts", line: 7, column: 5 } };
    const report = { ...EMPTY, files: [{ ...file, findings: [made], exceptions: [], unresolved: [], leftOut: 2 }] };
    expect(
      FORMATS.stdout(report, { ...OPTIONS, verbose: true }),
    ).toBe(`app/orders.yaml:3:3 WARN LAM016 Runtime python3.9 is deprecated
    since 2025-12-15
    construct Stack/Orders, made at lib/orders.ts:7:5
    Move on.

0 violations, 1 warning, 2 left out by construct in 1 file (3 functions, 1 durable)
`);
  });

  it("says little of what is right", () => {
    expect(FORMATS.stdout(EMPTY, OPTIONS)).toBe("0 violations in 1 file (0 functions, 0 durable)\n");
  });
});

it("tap: one plan for the run", () => {
  const about = (severity: string, address: string, evidence: string[], remediation: string, url: string) => `  ---
  {
    "severity": "${severity}",
    "address": "${address}",
    "evidence": [
${evidence.map((text) => `      "${text}"`).join(",\n")}
    ],
    "remediation": "${remediation}",
    "url": "${url}"
  }
  ...`;
  const runtime = (address: string) =>
    about("low", address, ["since 2025-12-15"], "Move on.", "https://docs.example/runtimes");
  const checkpoint = (address: string, evidence: string[]) =>
    about("critical", address, evidence, "Allow it on the ARN followed by `:*`.", "https://docs.example/durable");
  expect(FORMATS.tap(SAMPLE, OPTIONS)).toBe(`TAP version 14
1..8
ok 1 - app/orders.yaml KMS001 Half a key (1 resource)
not ok 2 - app/orders.yaml:3:3 WARN LAM016 Runtime python3.9 is deprecated # TODO
${runtime("Fn")}
not ok 3 - app/orders.yaml:12:3 DENY DUR001 Role does not let Fn checkpoint (when Env = prod)
${checkpoint("Fn", ["no statement speaks of it", "and 2 more"])}
not ok 4 - app/orders.yaml:20:3 WARN LAM016 Runtime python3.9 is deprecated # TODO
${runtime("Other")}
not ok 5 - app/orders.yaml:30:3 UNKNOWN DUR001 Whether Third can checkpoint is not settled # TODO
${checkpoint("Third", ["the role is outside the documents"])}
ok 6 - app/orders.yaml:40:3 WLD001 Action s3:* allows every action # SKIP waived until 2027-03-31: split comes in March (platform)
not ok 7 - durable-guard.yaml:4:5 the waiver of LAM016 expired on 2026-01-31 (until the migration) # TODO
not ok 8 - broken.yaml:1:17 DG011 missed comma
`);
});

it("table", () => {
  expect(FORMATS.table(SAMPLE, OPTIONS)).toBe(`\
+---------+--------+------------------------+----------+------------------------------------------------------------------+
| RESULT  | RULE   | PLACE                  | RESOURCE | MESSAGE                                                          |
+---------+--------+------------------------+----------+------------------------------------------------------------------+
| WARN    | LAM016 | app/orders.yaml:3:3    | Fn       | Runtime python3.9 is deprecated                                  |
| DENY    | DUR001 | app/orders.yaml:12:3   | Fn       | Role does not let Fn checkpoint (when Env = prod)                |
| WARN    | LAM016 | app/orders.yaml:20:3   | Other    | Runtime python3.9 is deprecated                                  |
| UNKNOWN | DUR001 | app/orders.yaml:30:3   | Third    | Whether Third can checkpoint is not settled                      |
| WAIVED  | WLD001 | app/orders.yaml:40:3   | Role     | Action s3:* allows every action                                  |
| WARN    | LAM016 | durable-guard.yaml:4:5 |          | the waiver of LAM016 expired on 2026-01-31 (until the migration) |
| ERROR   | DG011  | broken.yaml:1:17       |          | missed comma                                                     |
+---------+--------+------------------------+----------+------------------------------------------------------------------+
${SUMS}
`);
});

it("junit: files and lines, exceptions skipped", () => {
  const place = 'classname="app/orders.yaml" file="app/orders.yaml"';
  expect(FORMATS.junit(SAMPLE, OPTIONS)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="durable-guard" tests="8" failures="1" errors="1" time="0">
  <testsuite name="app/orders.yaml" tests="6" failures="1" errors="0" skipped="4" time="0">
    <testcase name="KMS001 Half a key" ${place} time="0"/>
    <testcase name="LAM016 Runtime python3.9 is deprecated" ${place} line="3" time="0">
      <skipped message="WARN: Runtime python3.9 is deprecated"/>
    </testcase>
    <testcase name="DUR001 Role does not let Fn checkpoint (when Env = prod)" ${place} line="12" time="0">
      <failure type="DUR001" message="Role does not let Fn checkpoint (when Env = prod)">app/orders.yaml:12:3
no statement speaks of it
and 2 more
Allow it on the ARN followed by \`:*\`.
to paste:
- Effect: Allow
  Action:
    - lambda:CheckpointDurableExecution
  Resource:
    - !Sub &#39;\${Fn.Arn}:*&#39;
https://docs.example/durable</failure>
    </testcase>
    <testcase name="LAM016 Runtime python3.9 is deprecated" ${place} line="20" time="0">
      <skipped message="WARN: Runtime python3.9 is deprecated"/>
    </testcase>
    <testcase name="DUR001 Whether Third can checkpoint is not settled" ${place} line="30" time="0">
      <skipped message="UNKNOWN: Whether Third can checkpoint is not settled"/>
    </testcase>
    <testcase name="WLD001 Action s3:* allows every action" ${place} line="40" time="0">
      <skipped message="waived until 2027-03-31: split comes in March (platform)"/>
    </testcase>
  </testsuite>
  <testsuite name="notices" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="LAM016 the waiver of LAM016 expired on 2026-01-31 (until the migration)" classname="durable-guard.yaml" file="durable-guard.yaml" line="4" time="0">
      <skipped message="the waiver of LAM016 expired on 2026-01-31 (until the migration)"/>
    </testcase>
  </testsuite>
  <testsuite name="broken.yaml" tests="1" failures="0" errors="1" skipped="0" time="0">
    <testcase name="DG011 missed comma" classname="broken.yaml" file="broken.yaml" line="1" time="0">
      <error type="DG011" message="missed comma"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

it("github: workflow commands", () => {
  const runtime = "Runtime python3.9 is deprecated%0Asince 2025-12-15%0AMove on.";
  expect(FORMATS.github(SAMPLE, OPTIONS)).toBe(`\
::warning file=app/orders.yaml,line=3,col=3,title=WARN LAM016::${runtime}
::error file=app/orders.yaml,line=12,col=3,title=DENY DUR001::Role does not let Fn checkpoint (when Env = prod)%0Ano statement speaks of it%0Aand 2 more%0AAllow it on the ARN followed by \`:*\`.
::warning file=app/orders.yaml,line=20,col=3,title=WARN LAM016::${runtime}
::warning file=app/orders.yaml,line=30,col=3,title=UNKNOWN DUR001::Whether Third can checkpoint is not settled%0Athe role is outside the documents%0AAllow it on the ARN followed by \`:*\`.
::warning file=durable-guard.yaml,line=4,col=5,title=LAM016::the waiver of LAM016 expired on 2026-01-31 (until the migration)
::error file=broken.yaml,line=1,col=17,title=DG011::missed comma
${SUMS}
`);
});

it("azuredevops: logging commands", () => {
  const place = (line: number) => `sourcepath=app/orders.yaml;linenumber=${line};columnnumber=3`;
  expect(FORMATS.azuredevops(SAMPLE, OPTIONS)).toBe(`\
##vso[task.logissue type=warning;${place(3)};code=LAM016;]WARN LAM016 Runtime python3.9 is deprecated. Move on.
##vso[task.logissue type=error;${place(12)};code=DUR001;]DENY DUR001 Role does not let Fn checkpoint (when Env = prod). Allow it on the ARN followed by \`:*\`.
##vso[task.logissue type=warning;${place(20)};code=LAM016;]WARN LAM016 Runtime python3.9 is deprecated. Move on.
##vso[task.logissue type=warning;${place(30)};code=DUR001;]UNKNOWN DUR001 Whether Third can checkpoint is not settled. Allow it on the ARN followed by \`:*\`.
##vso[task.logissue type=warning;sourcepath=durable-guard.yaml;linenumber=4;columnnumber=5;code=LAM016;]the waiver of LAM016 expired on 2026-01-31 (until the migration)
##vso[task.logissue type=error;sourcepath=broken.yaml;linenumber=1;columnnumber=17;code=DG011;]missed comma
${SUMS}
`);
});

it("gitlab: one issue each, with a fingerprint of its own", () => {
  const issues: { fingerprint: string }[] = JSON.parse(FORMATS.gitlab(SAMPLE, OPTIONS));
  const issue = (rule: string, text: string, severity: string, path: string, begin: number) => ({
    description: text,
    check_name: rule,
    severity,
    location: { path, lines: { begin } },
    fingerprint: expect.stringMatching(/^\S+$/),
  });
  expect(issues).toEqual([
    issue("LAM016", "Runtime python3.9 is deprecated", "minor", "app/orders.yaml", 3),
    issue("DUR001", "Role does not let Fn checkpoint (when Env = prod)", "blocker", "app/orders.yaml", 12),
    issue("LAM016", "Runtime python3.9 is deprecated", "minor", "app/orders.yaml", 20),
    issue("DUR001", "Whether Third can checkpoint is not settled", "info", "app/orders.yaml", 30),
    issue(
      "LAM016",
      "the waiver of LAM016 expired on 2026-01-31 (until the migration)",
      "minor",
      "durable-guard.yaml",
      4,
    ),
    issue("DG011", "missed comma", "blocker", "broken.yaml", 1),
  ]);
  expect(issues.slice(0, 2).map(({ fingerprint }) => fingerprint)).toEqual(["LAM016-Fn", "DUR001-Fn"]);
  const [file] = SAMPLE.files;
  const twice = { ...SAMPLE, files: file === undefined ? [] : [file, file] };
  const all: { fingerprint: string }[] = JSON.parse(FORMATS.gitlab(twice, OPTIONS));
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
});

it("markdown: a comment for a pull request", () => {
  expect(FORMATS.markdown(SAMPLE, OPTIONS)).toBe(`\
## ❌ durable-guard: 1 violation, 4 warnings, 1 undecided, 1 exception in 1 file \\(3 functions, 1 durable\\), 1 file not judged, 1 file judged as part of others, 1 other file left out

### Not judged

- broken\\.yaml\\:1\\:17 DG011 missed comma

### Violations

**DENY [DUR001](https://docs.example/durable)** Role does not let Fn checkpoint \\(when Env = prod\\) (critical)

- \`app/orders.yaml:12:3\` \`Fn\`

<details><summary>Why, and what to do</summary>

- no statement speaks of it
- and 2 more

Allow it on the ARN followed by \`:*\`\\.

\`\`\`yaml
- Effect: Allow
  Action:
    - lambda:CheckpointDurableExecution
  Resource:
    - !Sub '\${Fn.Arn}:*'
\`\`\`

</details>

### Warnings

<details><summary>WARN LAM016 Deprecated runtime (2)</summary>

**WARN [LAM016](https://docs.example/runtimes)** Runtime python3\\.9 is deprecated (low)

- \`app/orders.yaml:3:3\` \`Fn\`
- \`app/orders.yaml:20:3\` \`Other\`

<details><summary>Why, and what to do</summary>

- since 2025\\-12\\-15

Move on\\.

</details>

</details>

<details><summary>UNKNOWN DUR001 The role cannot checkpoint (1)</summary>

**UNKNOWN [DUR001](https://docs.example/durable)** Whether Third can checkpoint is not settled (critical)

- \`app/orders.yaml:30:3\` \`Third\`

<details><summary>Why, and what to do</summary>

- the role is outside the documents

Allow it on the ARN followed by \`:*\`\\.

</details>

</details>

### To look at

- \`durable-guard.yaml:4:5\` the waiver of LAM016 expired on 2026\\-01\\-31 \\(until the migration\\)

<details><summary>Exceptions (1)</summary>

- \`app/orders.yaml:40:3\` **WLD001** Action s3\\:\\* allows every action\\: waived until 2027\\-03\\-31\\: split comes in March \\(platform\\)

</details>
`);
});

it("markdown stays within what a comment may hold", () => {
  const [file] = SAMPLE.files;
  const [first] = file?.findings ?? [];
  if (file === undefined || first === undefined) throw new Error("the sample has changed");
  const many = (level: "deny" | "warn") => {
    const findings = [...Array(2000).keys()].map((index) => ({ ...first, level, message: `Runtime ${index} is old` }));
    return FORMATS.markdown({ ...SAMPLE, files: [{ ...file, findings }] }, OPTIONS);
  };
  // Of warnings ten of each rule are shown.
  expect(many("warn")).toContain("(2000)</summary>");
  expect(many("warn")).toContain("\n…and 1990 more\n\n</details>");
  const text = many("deny");
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/\n…and \d+ more: this comment has no room for them\.\n$/);
});

it("json: conftest's shape", () => {
  const loc = (line: number) => ({ file: "app/orders.yaml", line, column: 3 });
  const entries = JSON.parse(FORMATS.json(SAMPLE, OPTIONS));
  const brief = (list: { msg: string; loc: object; metadata: { id: string } }[]) =>
    list.map(({ msg, loc: at, metadata }) => [metadata.id, msg, at]);
  expect(entries.map(({ filename }: { filename: string }) => filename)).toEqual([
    "app/orders.yaml",
    "durable-guard.yaml",
    "broken.yaml",
  ]);
  const [{ namespace, successes, failures, warnings, exceptions, unresolved }] = entries;
  // Of eight pairs of rule and resource that were looked at two found nothing: DUR001 of Other and KMS001 of Fn.
  expect([namespace, successes]).toEqual(["durable_guard", 2]);
  expect(brief(failures)).toEqual([["DUR001", "Role does not let Fn checkpoint", loc(12)]]);
  expect(brief(warnings)).toEqual([
    ["LAM016", "Runtime python3.9 is deprecated", loc(3)],
    ["LAM016", "Runtime python3.9 is deprecated", loc(20)],
    ["DUR001", "Whether Third can checkpoint is not settled", loc(30)],
  ]);
  expect(exceptions[0].metadata.exception).toEqual({
    by: "waiver",
    reason: "split comes in March",
    expires: "2027-03-31",
    owner: "platform",
    location: { file: "app/orders.yaml", line: 38, column: 13 },
  });
  expect(unresolved).toEqual([{ msg: "not read", loc: loc(50), metadata: { address: "Nested" } }]);
  expect(entries[2].errors).toEqual([
    { msg: "missed comma", loc: { file: "broken.yaml", line: 1, column: 17 }, metadata: { code: "DG011" } },
  ]);
});

it.each(Object.entries(FORMATS))("%s is the same on another day", (_, format) => {
  vi.useFakeTimers({ now: 0 });
  const before = format(SAMPLE, OPTIONS);
  vi.setSystemTime(new Date("2030-01-01"));
  expect(format(SAMPLE, OPTIONS)).toBe(before);
  expect(before.endsWith("\n")).toBe(true);
  vi.useRealTimers();
});
