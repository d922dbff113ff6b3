import { expect, it } from "vitest";
import { inventoriesOf } from "../../src/inventories";
import { split } from "../../src/inventory/components";
import type { Inventory } from "../../src/inventory/types";
import { evaluate, judge } from "../../src/judge/judge";
import { readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";
import { inventories } from "./inventories";

const { named, unreadable, absent } = inventories();
const aside = `${unreadable} files unreadable, absent: ${absent.join(", ") || "no folder"}`;

/** Everything that is found and examined, once. */
function said(parts: readonly Inventory[]): string[] {
  const all = parts.flatMap((part) =>
    [...evaluate(part)].flatMap(([rule, { finding, examined }]) => [
      ...finding.map((each) => `${rule} ${JSON.stringify(each)}`),
      ...examined.map((address) => `${rule} examined ${address}`),
    ]),
  );
  return [...new Set(all)].sort();
}

// What a rule says must not depend on what else is judged at the same time.
it(`one component at a time gives what all at once give (${named.length} inventories, ${aside})`, () => {
  let divided = 0;
  for (const { name, inventory } of named) {
    const parts = split(inventory, 1);
    if (parts.length === 1) continue;
    divided += 1;
    expect(said(parts), name).toEqual(said([inventory]));
  }
  // Most of what has several components is in the folders that a clone lacks.
  expect(divided).toBeGreaterThan(absent.length === 0 ? 30 : 10);
}, 300_000);

// A component cannot be divided. What a rule builds for each pair of its statements stays in memory: with 300 grants under
// one role that would be more than there is, if each were compared with all others before it is known to matter.
it("a role of many functions with many grants fits into memory", () => {
  const count = 300;
  const names = Array.from({ length: count }, (_, number) => `fn${number}`);
  const arn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}:*`;
  const statement = (name: string) => ({
    Effect: "Allow",
    Action: ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
    Resource: arn(name),
  });
  const resources = Object.fromEntries([
    ["Role", { Type: "AWS::IAM::Role", Properties: { RoleName: "shared", AssumeRolePolicyDocument: {} } }],
    ...names.flatMap((name) => [
      [
        `Policy${name}`,
        {
          Type: "AWS::IAM::ManagedPolicy",
          Properties: { Roles: [{ Ref: "Role" }], PolicyDocument: { Statement: [statement(name)] } },
        },
      ],
      [
        name,
        {
          Type: "AWS::Lambda::Function",
          Properties: {
            FunctionName: name,
            Role: { "Fn::GetAtt": ["Role", "Arn"] },
            DurableConfig: { ExecutionTimeout: 60 },
          },
        },
      ],
    ]),
  ]);
  const document = readDocument(new TextEncoder().encode(JSON.stringify({ Resources: resources })), "t.json");
  const scenarios = inventoriesOf(document, {
    today: "2026-11-22",
    settings: DEFAULT_SETTINGS,
    region: "eu-west-1",
    account: "111122223333",
  });
  const { findings, examined } = judge(scenarios);
  expect(examined.get("DUR001")).toEqual([...names].sort());
  expect(findings.filter(({ rule }) => rule === "DUR001" || rule === "DUR002")).toEqual([]);
});
