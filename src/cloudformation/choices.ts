import { isMap, scalarText } from "../inventory/part";
import { isSecretName, suspect } from "../inventory/secrets";
import { hasHole, hole, plain } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import type { ParameterSet } from "./parameters";
import type { Template } from "./template";

/** What the truth of a condition depends on: parameters by name; the condition itself where that cannot be enumerated. */
export interface Choice {
  name: string;
  kind: "parameter" | "condition";
  values: string[];
  /** The values are, or seem to be, secrets: they are told apart by number only. */
  hidden: boolean;
}

/** A parameter and the values it is compared with. */
export interface Compared {
  parameter: string;
  values: string[];
}

/** What the conditions of a nested template compare its parameters with, by component. */
export function comparedParameters(
  template: Template,
  parameters: ParameterSet,
  deployment: Deployment,
  components: ReadonlySet<string>[],
  nested: readonly Compared[][],
): Compared[][] {
  const atoms = new Atoms(template, parameters, deployment);
  return atoms
    .components(components, nested)
    .map((choices) =>
      choices
        .filter(({ kind }) => kind === "parameter")
        .map(({ name }) => ({ parameter: name, values: atoms.comparedWith(name).filter((value) => !hasHole(value)) })),
    );
}

const PSEUDO: Record<string, keyof Deployment> = {
  "AWS::Partition": "partition",
  "AWS::Region": "region",
  "AWS::AccountId": "account",
};

/** Finds what conditions come down to. */
export class Atoms {
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

  /** What each component depends on, by the conditions that guard it or by what nested stacks compare. */
  components(conditions: readonly ReadonlySet<string>[], nested: readonly Compared[][]): Choice[][] {
    for (const { parameter, values } of nested.flat()) for (const value of values) this.note(parameter, value);
    const passed = nested.map((compared) => [...new Set(compared.map(({ parameter }) => parameter))]);
    return [
      ...conditions.map((names) => this.choicesOf(names)),
      ...passed.map((names) => names.map((name) => this.choice(name)).filter(({ values }) => values.length > 1)),
    ];
  }

  private choice(name: string): Choice {
    const values = this.valuesOf(name);
    return { name, kind: "parameter", values, hidden: this.isSecret(name, values) };
  }

  private choicesOf(names: ReadonlySet<string>): Choice[] {
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
    for (const parameter of found.parameters) choices.set(parameter, this.choice(parameter));
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

  /** The values that matter of a parameter, whatever its own default is. */
  comparedWith(name: string): string[] {
    const { allowed = [] } = this.parameters.get(name) ?? {};
    return allowed.length > 0 ? allowed : [...(this.literals.get(name) ?? [])];
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
