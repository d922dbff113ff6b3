import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { hasOpa, opa, ROOT } from "../scripts/opa";

const SOURCE = "policies/lib/iam/iam.rego";
const PARTS = ["names_action", "names_resource"];
const lines = readFileSync(resolve(ROOT, SOURCE), "utf8").split("\n");

/** The parts of an Allow of these actions that are read to say whether it, having an effect, speaks of a request. */
function read(effect: string, actions: readonly string[]): string[] {
  const action = (name: string) => ({ sure: `^${name}$`, lead: [{ literal: name }] });
  const statement = {
    effect: { known: "Allow" },
    actions: actions.map(action),
    notActions: [],
    resources: [],
    notResources: [],
    conditions: [],
  };
  const query = `data.durable_guard.lib.iam.applies(input, "${effect}", {"action": "s3:getobject", "resource": {}, "context": {}})`;
  const options = ["--data=policies/lib", "--ignore=*_test.rego", "--coverage", "--format=json", "--stdin-input"];
  const { coverage } = JSON.parse(opa(["eval", ...options, query], JSON.stringify(statement)));
  const covered: { start: { row: number }; end: { row: number } }[] = coverage.files[SOURCE].covered;
  return PARTS.filter((part) => {
    const row = lines.findIndex((line) => line.startsWith(`${part}(`)) + 1;
    return covered.some(({ start, end }) => start.row <= row && row <= end.row);
  });
}

// Every statement of every policy is asked about every action. What is built for that stays in memory until all is judged.
it.skipIf(!hasOpa)("a statement of another effect or on other actions is read no further", () => {
  expect(read("Allow", ["s3:getobject"])).toEqual(["names_action", "names_resource"]);
  expect(read("Allow", ["s3:putobject"])).toEqual(["names_action"]);
  expect(read("Deny", ["s3:getobject"])).toEqual([]);
});
