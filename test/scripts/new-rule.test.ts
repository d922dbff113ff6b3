import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nextId, ruleFiles } from "../../scripts/rego/scaffold";
import { check } from "../../src/check";
import { hasOpa, OPA, opa, ROOT } from "./opa";

describe("the id of a new rule", () => {
  it("is the one after the highest, which may be a former one", () => {
    expect(nextId("KMS", [])).toBe("KMS001");
    expect(nextId("KMS", ["#   id: KMS002\n#   aliases: [KMS009]\n", "#   id: WLD099\n"])).toBe("KMS010");
  });
});

describe("the files of a new rule", () => {
  const folder = mkdtempSync(join(tmpdir(), "rule-"));
  const files = ruleFiles("kms", "key_of_nobody", "KMS099");
  for (const { path, text } of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  afterAll(() => rmSync(folder, { recursive: true }));

  it("have the names that everything finds them by", () => {
    expect(files.map(({ path }) => path)).toEqual([
      "policies/rules/kms/key_of_nobody/key_of_nobody.rego",
      "policies/rules/kms/key_of_nobody/key_of_nobody_test.rego",
      "templates/kms/key_of_nobody/good.yaml",
      "templates/kms/key_of_nobody/bad.yaml",
      "templates/kms/key_of_nobody/expect.json",
    ]);
  });

  it.skipIf(!hasOpa)("are a rule that fails nothing but the test that says it is still to be written", () => {
    const rules = join(folder, "policies", "rules");
    expect(opa(["fmt", "--fail", "--list", rules])).toBe("");
    opa(["check", "--strict", "--schema", "policies/schemas", "policies/lib", rules]);
    const results: { name: string; fail?: boolean }[] = JSON.parse(tested(["policies/lib", rules]));
    const own = results.filter(({ name }) => /^test_(todo|right|wrong|unknown)/.test(name));
    expect(own.map(({ name, fail }) => [name, fail ?? false])).toEqual(
      expect.arrayContaining([
        ["test_todo_write_the_rule_then_take_this_away", true],
        ["test_wrong", false],
      ]),
    );
    expect(results.filter(({ fail }) => fail)).toHaveLength(1);
  });

  it("hold templates that break no other rule", () => {
    const twins = ["good", "bad"].map((twin) => join(folder, "templates/kms/key_of_nobody", `${twin}.yaml`));
    const { files: judged, errors } = check(twins, { today: "2026-11-22" });
    expect(errors).toEqual([]);
    expect(judged.flatMap(({ findings }) => findings).filter(({ level }) => level === "deny")).toEqual([]);
  });
});

/** `opa test`, which exits 2 when a test fails, as one does here. */
function tested(paths: string[]): string {
  try {
    return execFileSync(OPA, ["test", "--format", "json", ...paths], { cwd: ROOT, encoding: "utf8" });
  } catch (error) {
    return String(Object(error).stdout);
  }
}
