import { isMap } from "../inventory/part";
import { type Key, type Step, steps } from "./address";
import type { PlannedResource } from "./changes";
import { type Configuration, callKey, type Expression, expressionOf, type Scope } from "./configuration";
import { mapOf, type Plan } from "./plan";

/**
 * Follows the names in an expression to the resources they mean, across module inputs and outputs. A plan lists the
 * names of all branches and parts of an expression and never how they are put together, so what is found is a set of
 * candidates, not a value.
 */

/** An attribute of a resource that an expression mentions; no attribute when the whole resource is named. */
export interface Target {
  resource: PlannedResource;
  attribute: string | undefined;
}

export interface Followed {
  /** Mentioned resource attributes whose value is not known before apply. */
  targets: Target[];
  /** Names that lead nowhere: locals, computed keys, splats, objects outside the plan. */
  deadEnds: string[];
}

/** What is looked for. */
export interface Wanted {
  /** Types of resources that the value can name, where that is known. */
  types: readonly string[] | undefined;
  /** Known attributes too: of an expression whose own value is in no plan. */
  known: boolean;
}

interface Found extends Followed {
  wanted: Wanted;
}

/** Where an expression stands: its module instance, and the key that `each.key` or `count.index` has there. */
export interface Place {
  scope: Scope;
  key: Key;
  forEach: Expression | undefined;
}

/** Module inputs and outputs form no cycles in a valid plan; a damaged one ends here. */
const DEPTH = 50;

export class References {
  private readonly instances = new Map<string, PlannedResource[]>();
  /** Keys of the instances of a module, by the address of the module without its own key. */
  private readonly moduleKeys = new Map<string, Set<Key>>();

  private readonly configuration: Configuration;
  private readonly plan: Plan;

  constructor(resources: PlannedResource[], configuration: Configuration, plan: Plan) {
    this.configuration = configuration;
    this.plan = plan;
    for (const resource of resources) {
      const name = `${resource.scope.address} ${resource.mode}.${resource.type}.${resource.name}`;
      const others = this.instances.get(name);
      if (others) others.push(resource);
      else this.instances.set(name, [resource]);
      for (let scope: Scope | undefined = resource.scope; scope?.parent; scope = scope.parent) this.noteModule(scope);
    }
  }

  private noteModule(scope: Scope): void {
    const name = `${scope.parent?.address} ${scope.path.at(-1)?.name}`;
    const keys = this.moduleKeys.get(name) ?? new Set<Key>();
    this.moduleKeys.set(name, keys.add(callKey(scope)));
  }

  /** All that an expression mentions and that is not known before apply. */
  follow(expression: Expression, place: Place, wanted: Wanted): Followed {
    const found: Found = { targets: [], deadEnds: [], wanted };
    this.followAll(expression, place, [], found, DEPTH);
    const seen = new Set<string>();
    const targets = found.targets.filter(({ resource, attribute }) => {
      const name = `${resource.address} ${attribute}`;
      return !seen.has(name) && seen.add(name);
    });
    return { targets, deadEnds: [...new Set(found.deadEnds)] };
  }

  /**
   * Of an expression for several values (a list, or what `each.value` and `list[count.index]` go over): the thing each
   * value comes from. Undefined unless it mentions one thing for each and nothing else, as then a mention may be a
   * condition or a branch not taken.
   */
  followEvery(expression: Expression, place: Place, wanted: Wanted): Target[] | undefined {
    let at: Place | undefined = place;
    let names = everyName(expression.references).filter((name) => name !== "count.index");
    if (names.length === 1 && /^each\.value(?:\.|$)/.test(names[0] ?? ""))
      names = everyName(place.forEach?.references ?? []);
    for (let depth = DEPTH; depth > 0 && names.length === 1; depth--) {
      const input: string | undefined = /^var\.(\w+)$/.exec(names[0] ?? "")?.[1];
      if (input === undefined || at === undefined) break;
      names = everyName(expressionOf(mapOf(at.scope.call?.["expressions"])[input])?.references ?? []);
      at = placeOfCall(at.scope);
    }
    const found: Target[] = [];
    for (const name of names) {
      if (at === undefined) return undefined;
      const one = { targets: [], deadEnds: [], wanted };
      this.followAll({ isConstant: false, references: [name] }, { ...at, key: undefined }, [], one, DEPTH);
      const { targets, deadEnds }: Followed = one;
      if (deadEnds.length > 0 || targets.length > 1 || !isOfResource(name)) return undefined;
      found.push(...targets);
    }
    return found;
  }

  private followAll(expression: Expression, place: Place, rest: string[], found: Found, depth: number): void {
    const names = mostSpecific(expression.references);
    const keyed = names.some((name) => name === "each.key" || name === "count.index");
    for (const name of names) this.followOne(name, { ...place, keyed }, rest, found, depth);
  }

  private followOne(name: string, place: Place & { keyed: boolean }, rest: string[], found: Found, depth: number) {
    const path = steps(name);
    const [first, second] = path;
    if (first === undefined || depth === 0) return void found.deadEnds.push(name);
    switch (first.name) {
      case "path":
      case "terraform":
      case "count":
        return;
      case "each":
        if (second?.name === "key") return;
        return this.followEach(name, [...attributes(path.slice(2)), ...rest], place, found, depth);
      case "var":
        return this.followInput(second?.name ?? "", [...attributes(path.slice(2)), ...rest], place, found, depth);
      case "module":
        return this.followModule(name, path, rest, place, found, depth);
      case "local":
      case "self":
        return void found.deadEnds.push(name);
      default:
        return this.followResource(name, path, rest, place, found);
    }
  }

  /** `each.value`: by key of the thing `for_each` goes over, when that is one resource or a constant. */
  private followEach(name: string, rest: string[], place: Place, found: Found, depth: number): void {
    const over = place.forEach;
    if (over?.isConstant) return;
    const names = mostSpecific(over?.references ?? []);
    const [only] = names;
    const whole = only !== undefined && names.length === 1 && /^(?:data\.)?\w+\.[\w-]+$|^module\.[\w-]+$/.test(only);
    if (!whole || only.startsWith("local.") || only.startsWith("var.")) return void found.deadEnds.push(name);
    this.followOne(only, { ...place, keyed: true }, rest, found, depth - 1);
  }

  /** `var.x`: the argument of the module call, read in the parent; a root variable is always known. */
  private followInput(input: string, rest: string[], place: Place, found: Found, depth: number): void {
    const { parent, call } = place.scope;
    if (parent === undefined || call === undefined) {
      if (found.wanted.known) found.deadEnds.push(`var.${input}`);
      return;
    }
    const written = mapOf(call["expressions"])[input];
    const expression = expressionOf(written);
    if (expression === undefined || expression.isConstant) {
      if (found.wanted.known) found.deadEnds.push(`var.${input}`);
      return;
    }
    const called = placeOfCall(place.scope);
    if (called !== undefined) this.followAll(expression, called, rest, found, depth - 1);
  }

  private followModule(
    name: string,
    path: Step[],
    rest: string[],
    place: Place & { keyed: boolean },
    found: Found,
    depth: number,
  ): void {
    const module = path[1];
    const scopes = this.moduleInstances(place, module);
    if (module === undefined || scopes.length === 0) return void found.deadEnds.push(name);
    const [wanted, ...inner] = [...attributes(path.slice(2)), ...rest];
    for (const scope of scopes) {
      if (wanted === undefined) this.followAnyOutput(name, scope, found, depth);
      else this.followOutput(name, scope, wanted, inner, found, depth);
    }
  }

  private followOutput(name: string, scope: Scope, output: string, rest: string[], found: Found, depth: number): void {
    const expression = this.configuration.output(scope, output);
    if (expression === undefined) found.deadEnds.push(name);
    else this.followAll(expression, { scope, key: undefined, forEach: undefined }, rest, found, depth - 1);
  }

  /**
   * `module.m[count.index].arn` is listed as `module.m`. Only outputs that lead to what the value can name may be meant;
   * where they lead to one thing, that is it.
   */
  private followAnyOutput(name: string, scope: Scope, found: Found, depth: number): void {
    const { types } = found.wanted;
    const all = this.configuration.outputNames(scope).map((output) => {
      const led: Found = { targets: [], deadEnds: [], wanted: found.wanted };
      this.followOutput(name, scope, output, [], led, depth);
      return led;
    });
    const fitting = all.filter(
      ({ targets, deadEnds }) =>
        deadEnds.length === 0 && targets.length > 0 && targets.every(({ resource }) => types?.includes(resource.type)),
    );
    if (fitting.length === 0) found.deadEnds.push(name);
    for (const { targets } of fitting) found.targets.push(...targets);
  }

  private moduleInstances(place: Place & { keyed: boolean }, module: Step | undefined): Scope[] {
    if (module === undefined) return [];
    const keys = [...(this.moduleKeys.get(`${place.scope.address} ${module.name}`) ?? [])];
    return choose(keys, (key) => key, module.key, place).map((key) =>
      this.configuration.scope([...place.scope.path, { name: module.name, key }]),
    );
  }

  private followResource(
    name: string,
    path: Step[],
    rest: string[],
    place: Place & { keyed: boolean },
    found: Found,
  ): void {
    const [mode, offset] = path[0]?.name === "data" ? ["data", 1] : ["managed", 0];
    const [type, label, ...inner] = path.slice(offset);
    if (type === undefined || label === undefined) return void found.deadEnds.push(name);
    const all = this.instances.get(`${place.scope.address} ${mode}.${type.name}.${label.name}`) ?? [];
    // of a resource with count 0, or outside a partial plan, nothing can come
    if (all.length === 0) this.followMissing(name, mode, type.name, label.name, place, found);
    const attribute = attributes(inner)[0] ?? rest.at(-1);
    for (const resource of choose(all, ({ key }) => key, label.key, place)) {
      if (found.wanted.known || !isKnown(resource, attribute)) found.targets.push({ resource, attribute });
    }
  }

  /** A block that is written and has no instance: `count = 0`, unless the plan is a partial one. */
  private followMissing(name: string, mode: string, type: string, label: string, place: Place, found: Found): void {
    const block = this.configuration.block(place.scope, mode, type, label);
    if (block?.count === undefined && block?.forEach === undefined) found.deadEnds.push(name);
    else if (this.plan.errored || this.plan.complete === false) found.deadEnds.push(name);
  }
}

/** Where the arguments of a module's call stand. */
function placeOfCall(scope: Scope): Place | undefined {
  const { parent, call } = scope;
  return parent && { scope: parent, key: callKey(scope), forEach: expressionOf(call?.["for_each_expression"]) };
}

/** Names of a resource or of a module's output, not of a variable or a local. */
function isOfResource(name: string): boolean {
  return !/^(?:var|local|each|count|path|terraform|self)\./.test(name);
}

/** Each mention once, without the beginnings that a plan lists behind it; what is mentioned twice is there twice. */
function everyName(references: string[]): string[] {
  const kept: string[] = [];
  for (const name of references) {
    const last = kept.at(-1);
    const isBeginning = last?.startsWith(name) && /^[.[]/.test(last.slice(name.length));
    if (!isBeginning) kept.push(name);
  }
  return kept;
}

/** Instances a name means: the one of its key, else the one of the key in force where it is written, else all. */
function choose<T>(all: T[], keyOf: (one: T) => Key, key: Key, place: { keyed: boolean; key: Key }): T[] {
  if (key !== undefined) return all.filter((one) => keyOf(one) === key);
  if (!place.keyed || place.key === undefined) return all;
  const same = all.filter((one) => keyOf(one) === place.key);
  return same.length > 0 ? same : all;
}

/** Drops names that are only the beginning of the one before: a plan lists `a.b.c`, then `a.b`. */
function mostSpecific(references: string[]): string[] {
  const kept: string[] = [];
  for (const name of references) {
    const longer = kept.some((other) => other.startsWith(name) && /^[.[]/.test(other.slice(name.length)));
    if (!longer && !kept.includes(name)) kept.push(name);
  }
  return kept;
}

function attributes(path: Step[]): string[] {
  return path.map((step) => step.name);
}

/** A known attribute cannot be why a value is unknown. */
function isKnown(resource: PlannedResource, attribute: string | undefined): boolean {
  if (attribute === undefined) return false;
  if (resource.unknown === true) return false;
  if (isMap(resource.unknown) && hasUnknown(resource.unknown[attribute])) return false;
  return attribute in resource.values;
}

function hasUnknown(mask: unknown): boolean {
  if (mask === true) return true;
  if (Array.isArray(mask)) return mask.some(hasUnknown);
  return isMap(mask) && Object.values(mask).some(hasUnknown);
}
