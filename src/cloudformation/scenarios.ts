import { isMap, scalarText } from "../inventory/part";
import { isSecretName, suspect } from "../inventory/secrets";
import { hasHole, hole, plain, shown } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import type { ParameterSet } from "./parameters";
import type { Scenario } from "./scope";
import type { Template } from "./template";

/** At most so many scenarios are judged for one component; beyond, its conditions stay unknown. */
export const SCENARIO_LIMIT = 64;

/** At most so many scenarios of all components together. */
const TOTAL_LIMIT = 512;

/** One scenario with what to call it: parameter or condition name to value. */
export interface NamedScenario extends Scenario {
  when: Readonly<Record<string, string>>;
}

export interface Scenarios {
  scenarios: NamedScenario[];
  /** Parameters of which some values are not judged, because there are too many combinations. */
  unbounded: string[];
}

/** What the truth of a condition depends on: parameters by name; the condition itself where that cannot be enumerated. */
interface Choice {
  name: string;
  kind: "parameter" | "condition";
  values: string[];
  /** The values are, or seem to be, secrets: they are told apart by number only. */
  hidden: boolean;
}

/**
 * The scenarios a template is judged in: every combination of values of the parameters that conditions compare, for
 * each component on its own (parameters of other components keep their first value), so that independent conditions add
 * up instead of multiplying. Only conditions that guard something judged count.
 *
 * `components` gives for each component the conditions that guard its resources.
 */
export function scenariosOf(
  template: Template,
  parameters: ParameterSet,
  deployment: Deployment,
  components: ReadonlySet<string>[],
): Scenarios {
  const atoms = new Atoms(template, parameters, deployment);
  const perComponent = components.map((conditions) => atoms.choicesOf(conditions));
  const unsettled = tooMany(perComponent);
  const settled = perComponent.map((choices) => choices.filter(({ name }) => !unsettled.has(name)));
  const distinct = new Map<string, NamedScenario>();
  // What a component says nothing about has its first value, so that its scenarios coincide with those of others.
  const first = new Map(settled.flat().map((choice) => [choice.name, choice] as const));
  for (const choices of settled) {
    for (const chosen of combine(choices)) {
      const scenario = complete(first, chosen, unsettled);
      distinct.set(JSON.stringify(scenario.when), scenario);
    }
  }
  if (distinct.size === 0) distinct.set("", complete(first, {}, unsettled));
  return { scenarios: [...distinct.values()], unbounded: [...unsettled] };
}

/**
 * The scenarios of several stacks together: every combination of theirs. Where those are too many, the stacks take their
 * own one after the other, side by side: each is judged in all of its own, but not with all of the others'.
 */
export function combineScenarios<T>(stacks: readonly (readonly T[])[]): { rows: T[][]; unjudged: boolean } {
  const combinations = stacks.reduce((product, scenarios) => product * scenarios.length, 1);
  if (combinations <= SCENARIO_LIMIT || stacks.length === 1) {
    const rows = stacks.reduce<T[][]>((soFar, own) => soFar.flatMap((row) => own.map((one) => [...row, one])), [[]]);
    return { rows, unjudged: false };
  }
  const longest = Math.max(...stacks.map((scenarios) => scenarios.length));
  const rows = Array.from({ length: longest }, (_, index) => stacks.flatMap((own) => own[index % own.length] ?? []));
  return { rows, unjudged: true };
}

/** Names with more combinations than are judged, in one component or all together. */
function tooMany(components: Choice[][]): ReadonlySet<string> {
  const names = new Set<string>();
  let total = 0;
  for (const choices of components) {
    const combinations = choices.reduce((product, { values }) => product * values.length, 1);
    if (combinations <= SCENARIO_LIMIT && total + combinations <= TOTAL_LIMIT) total += combinations;
    else for (const { name } of choices) names.add(name);
  }
  return names;
}

function complete(
  all: ReadonlyMap<string, Choice>,
  chosen: Record<string, string>,
  unsettled: ReadonlySet<string>,
): NamedScenario {
  const parameters = new Map<string, string>();
  const conditions = new Map<string, boolean>();
  const when: Record<string, string> = {};
  for (const { name, kind, values, hidden } of all.values()) {
    const value = chosen[name] ?? values[0] ?? "";
    if (kind === "parameter") parameters.set(name, value);
    else conditions.set(name, value === "true");
    const told = hidden && value !== "" ? `hidden value ${values.indexOf(value) + 1}` : shown(value);
    when[name] = value === hole(name) ? "anything else" : told;
  }
  return { parameters, conditions, unsettled, when };
}

function combine(choices: Choice[]): Record<string, string>[] {
  return choices.reduce<Record<string, string>[]>(
    (soFar, choice) => soFar.flatMap((when) => choice.values.map((value) => ({ ...when, [choice.name]: value }))),
    [{}],
  );
}

const PSEUDO: Record<string, keyof Deployment> = {
  "AWS::Partition": "partition",
  "AWS::Region": "region",
  "AWS::AccountId": "account",
};

/** Finds what conditions come down to. */
class Atoms {
  private readonly conditions: Record<string, unknown>;
  private readonly parameters: ParameterSet;
  private readonly literals = new Map<string, Set<string>>();

  private readonly deployment: Deployment;

  constructor(template: Template, parameters: ParameterSet, deployment: Deployment) {
    this.deployment = deployment;
    const section = template.body["Conditions"];
    this.conditions = isMap(section) ? section : {};
    this.parameters = parameters;
    for (const condition of Object.values(this.conditions)) this.collect(condition);
  }

  choicesOf(names: ReadonlySet<string>): Choice[] {
    const choices = new Map<string, Choice>();
    for (const name of names) this.visit(name, choices, new Set());
    return [...choices.values()].filter(({ values }) => values.length > 1);
  }

  private visit(name: string, choices: Map<string, Choice>, seen: Set<string>): void {
    if (seen.has(name) || !Object.hasOwn(this.conditions, name)) return;
    seen.add(name);
    const found = { parameters: new Set<string>(), conditions: new Set<string>(), other: false };
    mentions(this.conditions[name], found);
    for (const inner of found.conditions) this.visit(inner, choices, seen);
    for (const parameter of found.parameters) {
      const values = this.valuesOf(parameter);
      choices.set(parameter, { name: parameter, kind: "parameter", values, hidden: this.isSecret(parameter, values) });
    }
    if (found.other) choices.set(name, { name, kind: "condition", values: ["true", "false"], hidden: false });
  }

  /**
   * A given value alone; else the allowed values; else the default and each literal that a condition compares it with, and
   * anything else where that is the default again: a condition on it would have one outcome only.
   */
  private valuesOf(name: string): string[] {
    const own = this.ownValues(name);
    if (this.settledValue(name) !== undefined || (this.parameters.get(name)?.allowed.length ?? 0) > 0) return own;
    const literals = this.literals.get(name) ?? new Set();
    const values = new Set([...(own.length === 0 ? [hole(name)] : own), ...literals]);
    if (values.size === literals.size && values.size === 1) values.add(hole(name));
    return [...values];
  }

  /** What a parameter may be by itself: the value given, those allowed, or the default; nothing is known of another. */
  private ownValues(name: string): string[] {
    const settled = this.settledValue(name);
    if (settled !== undefined) return [settled];
    const { allowed = [], value } = this.parameters.get(name) ?? {};
    if (allowed.length > 0) return [...new Set(allowed)];
    return value === undefined ? [] : [value];
  }

  /** The value of a parameter that is given, or of a pseudo parameter that is known. */
  private settledValue(name: string): string | undefined {
    const declared = this.parameters.get(name);
    if (declared?.given) return declared.value;
    const pseudo = PSEUDO[name] && this.deployment[PSEUDO[name]];
    return pseudo === undefined || hasHole(pseudo) ? undefined : pseudo;
  }

  private isSecret(name: string, values: string[]): boolean {
    const looksSecret = (known: string) => suspect(name, { known }, "literal") !== undefined;
    return this.parameters.get(name)?.secret === true || isSecretName(name) || values.some(looksSecret);
  }

  /** Notes the literals that parameters are compared with. */
  private collect(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.collect(item);
    if (!isMap(value)) return;
    const sides = value["Fn::Equals"];
    if (Array.isArray(sides) && sides.length === 2) {
      const [left, right] = sides.map(soleReference);
      if (left !== undefined && right !== undefined) this.relate(left, right);
      for (const [side, other] of [sides, [...sides].reverse()]) {
        const parameter = soleReference(side);
        if (parameter !== undefined && typeof other !== "object") this.note(parameter, plain(scalarText(other)));
      }
    }
    for (const inside of Object.values(value)) this.collect(inside);
  }

  /** Two parameters that are compared: one takes the values of the other, and anything else. */
  private relate(left: string, right: string): void {
    const open = [left, right].filter((name) => this.settledValue(name) === undefined);
    const one = open.find((name) => Object.hasOwn(PSEUDO, name)) ?? open[0];
    if (one === undefined) return;
    const values = this.ownValues(one === left ? right : left);
    for (const value of values.length === 0 ? [] : [...values, hole(one)]) this.note(one, value);
  }

  private note(parameter: string, literal: string): void {
    const literals = this.literals.get(parameter) ?? new Set();
    this.literals.set(parameter, literals.add(literal));
  }
}

function soleReference(value: unknown): string | undefined {
  return isMap(value) && Object.keys(value).length === 1 && typeof value["Ref"] === "string" ? value["Ref"] : undefined;
}

interface Mentions {
  parameters: Set<string>;
  conditions: Set<string>;
  /** Something that cannot be enumerated by the value of a parameter: an import, a mapping, text made of several. */
  other: boolean;
}

function mentions(condition: unknown, found: Mentions): void {
  if (!isMap(condition)) return;
  for (const [name, argument] of Object.entries(condition)) {
    if (name === "Condition" && typeof argument === "string") found.conditions.add(argument);
    else if (name === "Fn::Equals" && Array.isArray(argument)) equality(argument, found);
    else if (Array.isArray(argument)) for (const item of argument) mentions(item, found);
    else found.other = true;
  }
}

function equality(sides: unknown[], found: Mentions): void {
  const references = sides.map(soleReference);
  const literal = sides.map((side) => !isMap(side) && !Array.isArray(side));
  for (const reference of references) if (reference !== undefined) found.parameters.add(reference);
  if (!sides.every((_, index) => references[index] !== undefined || literal[index])) found.other = true;
}
