import { describe, expect, it } from "vitest";
import { inventoriesOf } from "../../../src/inventories";
import { compileText } from "../../../src/inventory/pattern";
import type { Answer } from "../../../src/judge/answer";
import { ownPolicy } from "../../../src/judge/policy";
import { DEPLOYED, OPTIONS, type Resources, roleWith, templateOf } from "./asked";
import { evaluate, glob, type LiteralStatement, type Request } from "./evaluator";
import { Random } from "./random";

/**
 * Policies made at random are decided by the whole pipeline and by `evaluator.ts`. Both must agree where everything is
 * literal; where pieces are parameters, what is certain must hold whatever the parameters turn out to be.
 */
interface Case {
  policies: LiteralStatement[];
  boundary: LiteralStatement[] | undefined;
  requests: Request[];
}

const CASES = 2000;
const CASES_WITH_HOLES = 1000;
const AT_ONCE = 250;

function caseOf(random: Random): Case {
  const statements = () => Array.from({ length: 1 + random.below(3) }, () => random.statement());
  return {
    policies: statements(),
    boundary: random.below(4) === 0 ? statements() : undefined,
    requests: Array.from({ length: 4 }, () => random.request()),
  };
}

/** All questions of many cases, in one evaluation. */
function decide(cases: Case[], write: (text: string) => unknown): Answer["decision"][][] {
  const resources: Resources = {};
  cases.forEach(({ policies, boundary }, index) => {
    const written = (statements: LiteralStatement[]) =>
      statements.map(({ Effect, ...lists }) => ({
        Effect,
        ...Object.fromEntries(Object.entries(lists).map(([name, patterns]) => [name, patterns.map(write)])),
      }));
    const bounded = boundary === undefined ? {} : { PermissionsBoundary: { Ref: `Boundary${index}` } };
    const { Role } = roleWith(written(policies), { RoleName: `role-${index}`, ...bounded });
    if (Role !== undefined) resources[`Role${index}`] = Role;
    if (boundary !== undefined) {
      const Properties = { PolicyDocument: { Version: "2012-10-17", Statement: written(boundary) } };
      resources[`Boundary${index}`] = { Type: "AWS::IAM::ManagedPolicy", Properties };
    }
  });
  const Parameters = { P: { Type: "String" }, Q: { Type: "String" } };
  const [scenario] = inventoriesOf(templateOf(resources, { Parameters }), { ...OPTIONS, ...DEPLOYED });
  if (scenario === undefined) throw new Error("the template has no inventory");
  const questions = cases.flatMap(({ requests }, index) =>
    requests.map(({ action, resource }) => ({
      principal: `Role${index}`,
      action,
      resource: compileText(resource, new Set()),
    })),
  );
  const answers = ownPolicy().evaluate({ ...scenario.inventory, questions }, "durable_guard/answers") as Answer[];
  expect(answers).toHaveLength(questions.length);
  return cases.map(({ requests }, index) =>
    answers.slice(index * requests.length, (index + 1) * requests.length).map(({ decision }) => decision),
  );
}

function inBatches(cases: Case[], write: (text: string) => unknown): Answer["decision"][][] {
  const batches = Array.from({ length: Math.ceil(cases.length / AT_ONCE) }, (_, index) =>
    cases.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  return batches.flatMap((batch) => decide(batch, write));
}

const count = (all: string[], wanted: string) => all.filter((one) => one === wanted).length;

describe("policies made at random", () => {
  it("the evaluator's own glob", () => {
    expect(glob("a*c?", "abbcd")).toBe(true);
    expect(glob("a*c?", "abbc")).toBe(false);
    expect(glob("*", "")).toBe(true);
    expect(glob("?", "")).toBe(false);
  });

  it(`agree on ${CASES} literal ones`, () => {
    const random = new Random(20261122);
    const cases = Array.from({ length: CASES }, () => caseOf(random));
    const ours = inBatches(cases, (text) => text);
    const wrong = cases.flatMap(({ policies, boundary, requests }, index) =>
      requests.flatMap((request, at) => {
        const expected = evaluate(policies, boundary, request);
        const given = ours[index]?.[at];
        return given === expected ? [] : [{ given, expected, request, policies, boundary }];
      }),
    );
    expect(wrong).toEqual([]);
    // Both answers are common, or the comparison would say little.
    expect(count(ours.flat(), "allow")).toBeGreaterThan(CASES / 2);
    expect(count(ours.flat(), "deny")).toBeGreaterThan(CASES / 2);
  });

  it(`are sure of ${CASES_WITH_HOLES} with parameters only of what holds for all values`, () => {
    const random = new Random(7);
    const cases = Array.from({ length: CASES_WITH_HOLES }, () => random.withHoles(caseOf(random)));
    const ours = inBatches(cases, (text) => (text.includes("${") ? { "Fn::Sub": text } : text));
    const wrong: object[] = [];
    let needless = 0;
    cases.forEach((each, index) => {
      each.requests.forEach((request, at) => {
        const given = ours[index]?.[at];
        const possible = new Set<string>();
        for (const one of random.substitutions(each, request)) {
          possible.add(evaluate(...one));
          if (possible.size === 2) break;
        }
        const isCertain = given === "allow" || given === "deny";
        if (isCertain && (possible.size > 1 || !possible.has(given))) wrong.push({ given, request, ...each });
        if (given === "unknown" && possible.size === 1) needless += 1;
      });
    });
    expect(wrong).toEqual([]);
    const unknown = count(ours.flat(), "unknown");
    const all = ours.flat().length;
    process.stdout.write(
      `of ${all} questions with parameters ${unknown} unknown, ${needless} of them with one answer for all values tried\n`,
    );
    expect(unknown).toBeLessThan(all / 2);
    expect(unknown).toBeGreaterThan(all / 20);
  });
});
