import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasOpa, opa, ROOT } from "./opa";

/** Runs OPA on one Rego file; gives what it wrote when it refused, or undefined. */
function refusal(rego: string, command: (file: string, folder: string) => string[]): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "rego-"));
  const file = join(folder, "rule.rego");
  writeFileSync(file, rego);
  try {
    opa(command(file, folder));
    return undefined;
  } catch (error) {
    const { stdout, stderr } = Object(error);
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("capabilities", () => {
  const { builtins } = JSON.parse(readFileSync(join(ROOT, "policies/capabilities.json"), "utf8"));
  const names: string[] = builtins.map((builtin: { name: string }) => builtin.name);

  // Missing in WebAssembly, or not the same there: research by evaluating both.
  it.each([
    "sprintf",
    "glob.match",
    "regex.replace",
    "json.patch",
    "strings.any_prefix_match",
    "time.now_ns",
    "http.send",
    "rand.intn",
    "opa.runtime",
  ])("leave out %s", (name) => {
    expect(names).not.toContain(name);
  });

  const build = (file: string, folder: string) => [
    ...["build", "--target=wasm", "--entrypoint=p/x", "--capabilities=policies/capabilities.json"],
    ...[`--output=${join(folder, "x.tar.gz")}`, file],
  ];

  it.skipIf(!hasOpa)("make the build refuse what they leave out", () => {
    expect(refusal('package p\n\nx := sprintf("%d", [1])\n', build)).toContain("undefined function sprintf");
    expect(refusal('package p\n\nx := concat("", ["1"])\n', build)).toBeUndefined();
  });
});

describe.skipIf(!hasOpa)("the schema", () => {
  const annotated = (body: string) => `# METADATA
# scope: subpackages
# schemas:
#   - input: schema.inventory
package durable_guard

x if {
	some f in input.functions
	${body}
}
`;
  const check = (file: string) => ["check", "--strict", "--schema=policies/schemas", file];

  it.each([
    "f.durabel",
    "f.durable.executionTimeot",
    "f.role.arn.knwon",
    "some v in f.versions; v.nummer",
    "f.arn.lead[_].x",
  ])("refuses a field it does not have: %s", (body) => {
    expect(refusal(annotated(body), check)).toContain("undefined ref");
  });

  it("accepts those it has", () => {
    expect(refusal(annotated("f.durable.executionTimeout; f.arn.lead[_].literal"), check)).toBeUndefined();
  });

  it("covers the packages below durable_guard", () => {
    const folder = mkdtempSync(join(tmpdir(), "rego-"));
    const below = join(folder, "below.rego");
    writeFileSync(below, "package durable_guard.rules.kms.x\n\nx if input.funktions\n");
    expect(() => opa(["check", "--strict", "--schema=policies/schemas", "policies/main.rego", below])).toThrow(
      /undefined ref/,
    );
    rmSync(folder, { recursive: true });
  });
});
