import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseOutputs } from "../../src/cli/outputs";
import { Progress } from "../../src/cli/progress";
import { FORMATS } from "../../src/report/formats";

/** The command as a user runs it: `make bundle` has made it. */
const CLI = join(import.meta.dirname, "..", "..", "dist", "cli.cjs");
const FOLDER = mkdtempSync(join(tmpdir(), "outputs-"));
const NAMES = Object.keys(FORMATS);

/** A durable function whose role lets it do nothing (DUR001, deny), with a secret (LAM003, deny). */
writeFileSync(
  join(FOLDER, "orders.yaml"),
  `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders
      Runtime: nodejs24.x
      Role: !GetAtt Role.Arn
      DurableConfig: {ExecutionTimeout: 60}
      Environment:
        Variables:
          STRIPE_KEY: sk_live_FAKE4eC39HqLyjWDarjtT1zdp7dc
`,
);
writeFileSync(join(FOLDER, "broken.yaml"), "Resources: {a: [}\n");

function run(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "test", "--today", "2026-11-22", ...args], {
    cwd: FOLDER,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
const read = (name: string) => readFileSync(join(FOLDER, name), "utf8");

describe("several outputs in one run", () => {
  // One run writes them all; each test looks at one.
  const all = run([...NAMES.flatMap((name) => ["-o", `${name}=out.${name}`]), "orders.yaml", "broken.yaml"]);

  it("writes each to its file and nothing else", () => {
    expect(all).toEqual({ status: 3, stdout: "", stderr: "" });
  });

  it.each([
    ["stdout", /^orders\.yaml:13:13 DENY DUR001 /m],
    ["json", /"id": "DUR001"/],
    ["tap", /^not ok \d+ - orders\.yaml:13:13 DENY DUR001 /m],
    ["table", /^\| DENY {2,}\| DUR001 \| orders\.yaml:13:13 /m],
    [
      "junit",
      /<testcase name="DUR001 [^"]*" classname="orders\.yaml" file="orders\.yaml" line="13" time="0">\n +<failure /,
    ],
    ["github", /^::error file=orders\.yaml,line=13,col=13,title=DENY DUR001::/m],
    [
      "azuredevops",
      /^##vso\[task\.logissue type=error;sourcepath=orders\.yaml;linenumber=13;columnnumber=13;code=DUR001;\]/m,
    ],
    ["sarif", /"ruleId": "DUR001"/],
    ["gitlab", /"check_name": "DUR001"/],
    ["markdown", /^\*\*DENY \[DUR001\]\(https:/m],
    ["html", /<details class="card finding failure" id="f-[0-9a-f]{32}" data-standing="failure" data-rule="DUR001"/],
  ])("%s has the violation, the broken file, and no secret", (name, expected) => {
    const text = read(`out.${name}`);
    expect(text).toMatch(expected);
    expect(text).toContain("DG011");
    expect(text).toContain("STRIPE_KEY".replace("_", name === "markdown" ? "\\_" : "_"));
    expect(text).not.toContain("sk_live");
  });

  it("leaves no format untried", () => {
    expect(NAMES.length).toBe(11);
  });

  it("writes the same bytes again", () => {
    run([...NAMES.flatMap((name) => ["-o", `${name}=again.${name}`]), "orders.yaml", "broken.yaml"]);
    for (const name of NAMES) expect(read(`again.${name}`)).toBe(read(`out.${name}`));
  });

  it("html shows the source of the finding", () => {
    expect(read("out.html")).toContain('<span class="row marked" data-line="13">Role: !GetAtt Role.Arn</span>');
    expect(read("out.html")).toContain('data-line="17">STRIPE_KEY: •••</span>');
  });
});

describe("--output", () => {
  it("takes one for standard output beside files, from the environment too", () => {
    const { status, stdout } = run(["orders.yaml"], { DURABLE_GUARD_OUTPUT: "sarif=env.sarif,table" });
    expect([status, stdout.split("\n")[1]]).toEqual([1, expect.stringMatching(/^\| RESULT +\| RULE +\| PLACE /)]);
    expect(JSON.parse(read("env.sarif")).version).toBe("2.1.0");
    const given = run(["-o", "json", "orders.yaml"], { DURABLE_GUARD_OUTPUT: "table" });
    expect(JSON.parse(given.stdout)).toHaveLength(1);
  });

  it.each([
    ["an unknown format", ["-o", "nosuch"], /Allowed choices are stdout, json, .*html\./],
    ["an unknown format with a file", ["-o", "nosuch=a"], /Allowed choices are/],
    ["a name of every object", ["-o", "constructor"], /Allowed choices are/],
    ["no file after =", ["-o", "sarif="], /Expected a file after =/],
    ["two on standard output", ["-o", "json", "-o", "tap"], /Two reports cannot go to standard output/],
    ["two in one file", ["-o", "json=a", "-o", "tap=a"], /Two reports cannot go to a:/],
    ["a folder that is not there", ["-o", "json=nowhere/a.json"], /^nowhere\/a\.json DG054 .*ENOENT/m],
    ["quiet and verbose", ["-q", "-v"], /cannot be used with option/],
  ])("refuses %s with exit 3", (_, args, message) => {
    const { status, stderr } = run([...args, "orders.yaml"]);
    expect([status, stderr.replace(/\n\s*/g, " ")]).toEqual([3, expect.stringMatching(message)]);
  });

  it("refuses an unknown format in the environment", () => {
    expect(run(["orders.yaml"], { DURABLE_GUARD_OUTPUT: "nosuch" }).status).toBe(3);
  });

  it("reads file names with = and commas", () => {
    expect(parseOutputs("json=a=b,c.json", undefined)).toEqual([{ format: "json", file: "a=b,c.json" }]);
    expect(parseOutputs("json=a,tap", [{ format: "html", file: "h" }])).toEqual([
      { format: "html", file: "h" },
      { format: "json", file: "a" },
      { format: "tap" },
    ]);
  });
});

describe("progress", () => {
  const written = (isTTY: boolean, columns?: number) => {
    const texts: string[] = [];
    const progress = new Progress({
      isTTY,
      ...(columns === undefined ? {} : { columns }),
      write: (text) => texts.push(text),
    });
    progress.show({ file: "a\u001b[31m/b.yaml", number: 3, of: 40 });
    progress.clear();
    return texts;
  };

  it("names the file on a terminal, without its escapes, and goes away", () => {
    expect(written(true)).toEqual(["\r\u001b[Kjudging 3/40 a\\u{1b}[31m/b.yaml", "\r\u001b[K"]);
    expect(written(true, 0)).toEqual(written(true));
    expect(written(true, 15)).toEqual(["\r\u001b[Kjudging 3/40 a", "\r\u001b[K"]);
  });

  it("is silent elsewhere", () => {
    expect(written(false)).toEqual([]);
  });
});

/** `script` of util-linux gives a command a terminal. */
const SCRIPT = "/usr/bin/script";
const hasScript = existsSync(SCRIPT);
if (!hasScript) process.stdout.write("skipped: 3 tests of the command on a terminal (no /usr/bin/script)\n");

describe.skipIf(!hasScript)("on a terminal", () => {
  const onTerminal = (command: string, env: Record<string, string> = {}) => {
    const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env;
    return spawnSync(SCRIPT, ["-qec", `${process.execPath} ${CLI} test ${command}`, "/dev/null"], {
      cwd: FOLDER,
      env: { ...rest, TERM: "xterm-256color", ...env },
      encoding: "utf8",
    }).stdout;
  };

  it("colours verdicts and says what it is doing", () => {
    const shown = onTerminal("orders.yaml broken.yaml");
    expect(shown).toContain("\u001b[1;31mDENY\u001b[0m DUR001");
    expect(shown).toContain("\r\u001b[Kjudging 1/2 orders.yaml\r\u001b[Kjudging 2/2 broken.yaml\r\u001b[K");
  });

  it("leaves colours to those who want them", () => {
    expect(onTerminal("orders.yaml", { NO_COLOR: "1" })).not.toContain("\u001b[1;31m");
    expect(onTerminal("orders.yaml", { TERM: "dumb" })).not.toContain("\u001b[1;31m");
    onTerminal("-o stdout=coloured.txt orders.yaml");
    expect(read("coloured.txt")).not.toContain("\u001b");
  });

  it("is quiet when asked", () => {
    const shown = onTerminal("--quiet orders.yaml");
    expect(shown).not.toContain("judging");
    expect(shown).toContain("DUR001");
  });
});
