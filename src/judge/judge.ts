import { InputError } from "../errors";
import { split } from "../inventory/components";
import type { Inventory } from "../inventory/types";
import { catalogue, type Level, type RuleEntry } from "./catalogue";
import { describe, type Finding, identity, inOrder } from "./finding";
import { ownPolicy } from "./policy";
import { type RuleResults, readResults } from "./results";
import { subsume } from "./subsume";
import { type Values, when } from "./when";

/** One reading of a root template: the inventory under these parameter values. Without conditions there is one, `{}`. */
export interface Scenario {
  inventory: Inventory;
  when: Values;
}

export interface Judgement {
  /** Sorted by place, then rule. */
  findings: Finding[];
  /** For each rule that is not off, by id: addresses of the resources it applies to, sorted. */
  examined: Map<string, string[]>;
}

export interface JudgeOptions {
  /** Levels set by the user, by rule id. A rule that is `off` finds nothing and hides nothing. */
  levels?: Readonly<Record<string, Level>>;
}

/**
 * Judges all scenarios of one root template, or the one of a plan. A finding that is there in every scenario in which its
 * resource is there stands alone; any other says under which parameter values (`when`).
 *
 * Throws InputError DG090 when the policy cannot be evaluated.
 */
export function judge(scenarios: readonly Scenario[], options: JudgeOptions = {}): Judgement {
  const rules = catalogue().map((rule) => ({ ...rule, level: options.levels?.[rule.id] ?? rule.level }));
  const examined = new Map<string, Set<string>>();
  const found = new Map<string, { finding: Finding; scenarios: Values[] }>();
  for (const scenario of scenarios) {
    for (const finding of judgeOne(scenario.inventory, rules, examined)) {
      const seen = found.get(identity(finding)) ?? { finding, scenarios: [] };
      if (!seen.scenarios.includes(scenario.when)) seen.scenarios.push(scenario.when);
      found.set(identity(finding), seen);
    }
  }
  ownPolicy().release();
  const present = new Presence(scenarios);
  const findings = [...found.values()].map(({ finding, scenarios: where }) => {
    const text = when(where, present.of(finding.address));
    return text === undefined ? finding : { ...finding, when: text };
  });
  return {
    findings: findings.sort(inOrder),
    examined: new Map([...examined].map(([rule, addresses]) => [rule, [...addresses].sort()])),
  };
}

/** Evaluates all rules on one inventory; nothing is joined or left out. What a plan changes no rule asks. */
export function evaluate({ changes: _, ...judged }: Inventory): RuleResults {
  return readResults(ownPolicy().evaluate(judged, "durable_guard/results"));
}

function judgeOne(inventory: Inventory, rules: readonly RuleEntry[], examined: Map<string, Set<string>>): Finding[] {
  const findings: Finding[] = [];
  for (const batch of split(inventory, BATCH)) {
    const results = evaluate(batch);
    for (const rule of rules) {
      const result = results.get(`${rule.family}/${rule.name}`);
      if (result === undefined) throw lost(rule);
      if (rule.level === "off") continue;
      const addresses = examined.get(rule.id) ?? new Set();
      for (const address of result.examined) addresses.add(address);
      examined.set(rule.id, addresses);
      for (const raw of result.finding) findings.push(describe(raw, rule, rule.level));
    }
  }
  return subsume(findings, rules);
}

/** Functions evaluated at once: memory is bounded by it. */
const BATCH = 250;

/** In which scenarios a resource is there. A resource that none declares (an address of our own) is in all of them. */
class Presence {
  private readonly all: Values[];
  private readonly declared: { when: Values; addresses: Set<string> }[];

  constructor(scenarios: readonly Scenario[]) {
    this.all = scenarios.map((scenario) => scenario.when);
    // With one scenario there is nothing to tell apart.
    this.declared =
      scenarios.length < 2 ? [] : scenarios.map(({ inventory, when }) => ({ when, addresses: addressesOf(inventory) }));
  }

  of(address: string): Values[] {
    const where = this.declared.filter(({ addresses }) => addresses.has(address)).map((each) => each.when);
    return where.length === 0 ? this.all : where;
  }
}

function addressesOf(inventory: Inventory): Set<string> {
  const lists: unknown[] = Object.values(inventory);
  const things: unknown[] = lists.filter((list) => Array.isArray(list)).flat();
  const addresses = new Set<string>();
  for (const thing of things) {
    if (typeof thing === "object" && thing !== null && "address" in thing) addresses.add(String(thing.address));
  }
  return addresses;
}

function lost(rule: RuleEntry): InputError {
  const text = `The policy failed to evaluate: ${rule.id} gives no result; policy and catalogue are not of one build`;
  return new InputError("DG090", text, "policy.wasm");
}
