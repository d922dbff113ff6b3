import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { starterFiles } from "../src/init";

const ROOT = join(import.meta.dirname, "..");

describe("durable-guard init", () => {
  it.each([
    ["GitHub", [".github"], ".github/workflows/durable-guard.yml"],
    ["GitLab", [".gitlab-ci.yml"], ".gitlab/durable-guard.yml"],
    ["Azure", ["azure-pipelines.yml"], "durable-guard.azure.yml"],
    ["pre-commit", [".pre-commit-config.yaml"], ".pre-commit-durable-guard.yaml"],
  ])("finds %s", (_, present, path) => {
    const files = starterFiles((wanted) => present.includes(wanted));
    expect(files.map((file) => file.path)).toEqual(["durable-guard.yaml", path]);
    for (const { content } of files) expect(() => load(content)).not.toThrow();
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
    expect(hook.entry).toBe("durable-guard test");
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
