import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "../../scripts/rego/tree";
import { checkModule, type Schema } from "../../scripts/rego/wrapped";
import { hasOpa, OPA, ROOT } from "./opa";

const schema: Schema = JSON.parse(readFileSync(join(ROOT, "policies/schemas/inventory.json"), "utf8"));

/** The complaints about a rule body (or whole rules) as `line: text`; the body begins on line 6. */
function complaints(body: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "wrapped-"));
  const file = join(folder, "rule.rego");
  writeFileSync(
    file,
    `package p\n\nimport data.durable_guard.lib.value\n\nfound contains f.address if {\n${body}\n}\n`,
  );
  const found = checkModule("rule.rego", parse(OPA, file), schema);
  rmSync(folder, { recursive: true });
  return found.map(({ line, text }) => `${line}: ${text}`);
}

const inFunctions = (line: string) => `some f in input.functions\n${line}`;

describe.skipIf(!hasOpa)("a value that may be unknown", () => {
  // Each of these is true for {"unknown": why}, in OPA and in WebAssembly, and passes `opa check --strict --schema`.
  it.each([
    ["greater", "f.timeout > 900", "7: `f.timeout` may be unknown and stands in `gt`; ask lib/value"],
    ["different", 'f.packageType != "Zip"', "7: `f.packageType` may be unknown and stands in `neq`; ask lib/value"],
    [
      "not begins",
      'not startswith(f.description, "arn:")',
      "7: `f.description` may be unknown and stands in `startswith`; ask lib/value",
    ],
    [
      "not equal",
      'not f.packageType == "Zip"',
      "7: `f.packageType` may be unknown and stands in `equal`; ask lib/value",
    ],
    ["counted", "count(f.deadLetter) == 1", "7: `f.deadLetter` may be unknown and stands in `count`; ask lib/value"],
    ["its truth", "f.tracing", "7: `f.tracing` may be unknown and stands asked for its truth; ask lib/value"],
    ["not", "not f.tracing", "7: `f.tracing` may be unknown and stands below `not`; ask lib/value"],
    ["unified", 'f.packageType = "Zip"', "7: `f.packageType` may be unknown and stands in `eq`; ask lib/value"],
    [
      "member",
      'f.packageType in {"Zip"}',
      "7: `f.packageType` may be unknown and stands in `internal.member_2`; ask lib/value",
    ],
    [
      "written out",
      'message := $"{f.packageType}"',
      "7: `f.packageType` may be unknown and stands asked for its truth; ask lib/value",
    ],
    ["opened", 'f.packageType.known == "Zip"', "7: `.known` is opened; only lib/value does that"],
    ["opened by bracket", 'f.packageType["unknown"]', "7: `.unknown` is opened; only lib/value does that"],
  ])("is refused: %s", (_name, line, complaint) => {
    expect(complaints(inFunctions(line))).toEqual([complaint]);
  });

  it.each([
    ["below another field", inFunctions("f.durable.executionTimeout > 900"), "7: `f.durable.executionTimeout`"],
    ["by index", "f := input.functions[_]\nf.timeout > 900", "7: `f.timeout`"],
    ["through a variable", inFunctions("t := f.timeout\nt > 900"), "8: `t`"],
    ["in every", inFunctions("every v in f.aliases { v.version == 1 }"), "7: `v.version`"],
    ["in a comprehension", inFunctions("count([a | some a in f.aliases; a.version == 1]) > 0"), "7: `a.version`"],
    ["in a list", inFunctions('some subnet in f.vpc.subnets\nsubnet == "x"'), "8: `subnet`"],
    [
      "from a rule of the file",
      "some f in listed\nf.timeout > 9\n}\nlisted := [g | some g in input.functions]\nx if {\ntrue",
      "7: `f.timeout`",
    ],
    [
      "from a set",
      "some f in listed\nf.timeout > 9\n}\nlisted contains g if {\nsome g in input.functions",
      "7: `f.timeout`",
    ],
    ["of a function's argument", "true\n}\nslow(f) if {\nf.executionTimeout > 9", "9: `f.executionTimeout`"],
    [
      "in a head",
      "some f in input.functions\n}\nslow := [count(f.timeout) | some f in input.functions]\nx if {\ntrue",
      "8: `f.timeout`",
    ],
    [
      "in an else",
      "true\n}\nslow(x) := 1 if {\nx == 1\n} else := 2 if {\nx.executionTimeout > 9",
      "11: `x.executionTimeout`",
    ],
    ["of value.optional", inFunctions('value.optional(f, "timeout") > 9'), '7: `value.optional(f, "timeout")`'],
  ])("is seen %s", (_name, body, beginning) => {
    const found = complaints(body);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${beginning.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
  });

  it("is not to be taken out below `not`", () => {
    expect(complaints(inFunctions('not value.known(f.packageType) == "Zip"'))).toEqual([
      "7: `not` over value.known is true for an unknown value; ask lib/value and say which answer",
    ]);
  });

  it.each([
    ["a misspelt field", 'value.is_absent(value.optional(f, "timeot"))', '7: the inventory has no field "timeot" here'],
    ["a raw field", 'value.is_absent(value.optional(f, "name"))', '7: "name" is not a wrapped value here'],
    [
      "a computed name",
      "value.is_absent(value.optional(f, f.name))",
      "7: the field's name is written out in value.optional",
    ],
    ["object.get of no field", 'object.get(f, "timeot", 3) == 3', '7: the inventory has no field "timeot" here'],
  ])("is not asked of %s", (_name, line, complaint) => {
    expect(complaints(inFunctions(line))).toEqual([complaint]);
  });

  it("is not asked of a field nothing has, where the type cannot be told", () => {
    expect(complaints('true\n}\nx(f) := value.optional(f, "timeot") if {\ntrue')).toEqual([
      '8: the inventory has no wrapped value "timeot"',
    ]);
  });

  it.each([
    ["asked by lib/value", 'value.equals(f.packageType, "Zip") == value.yes'],
    ["handed on to a function of the policy", "data.durable_guard.lib.value.above(f.timeout, 3) == 2"],
    ["assigned, put into objects and lists", 'row := {"timeout": f.timeout, "all": [f.packageType]}\ncount(row) == 2'],
    ["of the same name as a raw field", 'f.name == "x"\nnot f.managedInstances'],
    ["taken out for a lookup", 'x := {"Zip": 1}[value.known(f.packageType)]\nx > 0'],
  ])("is accepted: %s", (_name, lines) => {
    expect(complaints(inFunctions(lines))).toEqual([]);
  });
});
