import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { starterFiles } from "../src/init";
import { readDocument } from "../src/read/document";
import { readSettings } from "../src/settings/read";

const ROOT = join(import.meta.dirname, "..");

/** A file that YAML reads as a mapping or list, as its paths lead. */
const yaml = (text: string): Record<string, never> => Object(load(text));

describe("durable-guard init", () => {
  const systems: [name: string, sign: string, path: string][] = [
    ["GitHub", ".github", ".github/workflows/durable-guard.yml"],
    ["GitLab", ".gitlab-ci.yml", ".gitlab/durable-guard.yml"],
    ["Azure", "azure-pipelines.yml", "durable-guard.azure.yml"],
    ["pre-commit", ".pre-commit-config.yaml", ".pre-commit-durable-guard.yaml"],
  ];
  const written = (sign: string) => starterFiles((wanted) => wanted === sign);

  it.each(systems)("finds %s", (_, sign, path) => {
    expect(written(sign).map((file) => file.path)).toEqual(["durable-guard.yaml", path]);
  });

  it("finds several, and none", () => {
    expect(starterFiles((wanted) => wanted === ".github" || wanted === ".gitlab-ci.yml")).toHaveLength(3);
    expect(written("Makefile").map(({ path }) => path)).toEqual(["durable-guard.yaml"]);
  });

  it("writes steps as each system has them", () => {
    const [github, gitlab, azure, hook] = systems.map(([, sign]) => yaml(written(sign)[1]?.content ?? ""));
    // docs.github.com, "Workflow syntax"
    expect(github).toMatchObject({
      on: ["pull_request"],
      permissions: { contents: "read" },
      jobs: { "durable-guard": { "runs-on": "ubuntu-latest", steps: expect.any(Array) } },
    });
    // docs.gitlab.com, "artifacts:reports:codequality"
    expect(gitlab).toMatchObject({
      "durable-guard": { artifacts: { when: "always", reports: { codequality: "gl-code-quality-report.json" } } },
    });
    // learn.microsoft.com, "Template usage": a template of steps has steps
    expect(azure).toMatchObject({
      steps: [{ task: "NodeTool@0" }, { script: "npm ci" }, { displayName: "durable-guard" }],
    });
    // pre-commit.com, "Repository local hooks": an entry of `repos`
    expect(Object.values(hook ?? {})).toMatchObject([
      { repo: "local", hooks: [{ id: "durable-guard", language: "system", pass_filenames: false }] },
    ]);
  });

  it.each(systems)("the command of %s runs", (_, sign) => {
    const folder = mkdtempSync(join(tmpdir(), "init-"));
    // As `npm install --save-dev` leaves it.
    mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
    symlinkSync(ROOT, join(folder, "node_modules", "durable-guard"));
    symlinkSync("../durable-guard/dist/cli.cjs", join(folder, "node_modules", ".bin", "durable-guard"));
    writeFileSync(join(folder, "package.json"), "{}\n");
    writeFileSync(
      join(folder, "t.yaml"),
      "Resources: {Fn: {Type: 'AWS::Lambda::Function', Properties: {Runtime: nodejs12.x}}}\n",
    );
    const command = /npx .*/.exec(written(sign)[1]?.content ?? "")?.[0] ?? "";
    const { status, stdout } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
    // Node.js 12 is deprecated (LAM016).
    expect([status, stdout]).toEqual([1, expect.stringContaining("LAM016")]);
  });

  it("runs nothing that is not installed", () => {
    const folder = mkdtempSync(join(tmpdir(), "init-"));
    const { status, stderr } = spawnSync("sh", ["-c", "npx --no durable-guard test ."], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining("durable-guard")]);
  });

  it("its settings are right, also what stands in comments", () => {
    const [settings] = written("Makefile");
    const content = settings?.content ?? "";
    const read = (text: string) => readSettings(readDocument(new TextEncoder().encode(text), "durable-guard.yaml"));
    expect(read(content)).toEqual({ unknown: "warn" });
    // The lines between a bare # and an empty line.
    const examples = /^#\n((?:# .*\n)+)/m.exec(content)?.[1]?.replace(/^# /gm, "") ?? "";
    expect(Object.keys(read(examples))).toEqual(["rules", "accounts", "waivers"]);
  });

  it("says when it finds no CI system to write a step for", () => {
    const folder = mkdtempSync(join(tmpdir(), "init-"));
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "dist", "cli.cjs"), "init"], {
      cwd: folder,
      encoding: "utf8",
    });
    const signs = ".github, .gitlab-ci.yml, azure-pipelines.yml, .pre-commit-config.yaml";
    const none = `no step for a CI system: there is none of ${signs} here\n`;
    expect([status, stdout]).toEqual([0, `wrote durable-guard.yaml\n${none}`]);
  });

  it("writes nothing over what is there", () => {
    const folder = mkdtempSync(join(tmpdir(), "init-"));
    mkdirSync(join(folder, ".github"));
    writeFileSync(join(folder, "durable-guard.yaml"), "rules: {}\n");
    const run = () =>
      spawnSync(process.execPath, [join(ROOT, "dist", "cli.cjs"), "init"], { cwd: folder, encoding: "utf8" }).stdout;
    expect(run()).toBe("wrote .github/workflows/durable-guard.yml\n");
    expect(run()).toBe("everything is there already\n");
    expect(readFileSync(join(folder, "durable-guard.yaml"), "utf8")).toBe("rules: {}\n");
  });
});

describe("what the repository offers to CI systems", () => {
  it("the GitHub Action runs its steps", () => {
    const action = Object(load(readFileSync(join(ROOT, "action.yml"), "utf8")));
    const [build, run] = action.runs.steps;
    expect(build.run).toBe('make --no-print-directory -C "$GITHUB_ACTION_PATH" bundle');
    const folder = mkdtempSync(join(tmpdir(), "action-"));
    writeFileSync(join(folder, "t.yaml"), "Resources: {}\n");
    const { status, stdout } = spawnSync("bash", ["-c", run.run], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        GITHUB_ACTION_PATH: ROOT,
        PATHS: "t.yaml",
        ARGUMENTS: "--fail-on-warn",
        SARIF: "out.sarif",
      },
    });
    expect([status, stdout.includes("::error")]).toEqual([0, false]);
    expect(existsSync(join(folder, "out.sarif"))).toBe(true);
  });

  it("the pre-commit hook calls a command that is there", () => {
    const [hook] = [load(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8"))].flat().map(Object);
    expect([hook.entry, hook.args, hook.pass_filenames]).toEqual(["durable-guard test", ["."], false]);
    expect(new RegExp(hook.files).test("infra/template.yaml")).toBe(true);
  });

  it("the image holds what make bundle makes and starts the command", () => {
    const text = readFileSync(join(ROOT, "Dockerfile"), "utf8");
    expect(text).toContain("RUN make bundle");
    expect(text).toContain("COPY --from=build /src/dist /opt/durable-guard");
    const entry: string[] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(text)?.[1] ?? "[]");
    expect(existsSync(join(ROOT, "dist", (entry[1] ?? "").replace("/opt/durable-guard/", "")))).toBe(true);
  });
});
