import { isMap, scalarText } from "../inventory/part";
import { type Key, moduleAddress, type Step } from "./address";
import { listOf, mapOf, type Plan } from "./plan";

/**
 * The `configuration` section of a plan: the author's blocks, one for each module source, with expressions reduced to
 * constants and the names they refer to. Locals and dynamic blocks are not in it.
 */

/** An expression as the plan shows it: `constant_value`, `references`, or nothing (a call without references). */
export interface Expression {
  constant?: unknown;
  isConstant: boolean;
  references: string[];
}

/** Reads one expression; undefined when the value is not one (absent, or a nested block). */
export function expressionOf(value: unknown): Expression | undefined {
  if (!isMap(value)) return undefined;
  const references = value["references"];
  return {
    isConstant: "constant_value" in value,
    constant: value["constant_value"],
    references: Array.isArray(references) ? references.filter((name) => typeof name === "string") : [],
  };
}

/** One instance of a module: its path with keys, and the configuration it shares with its other instances. */
export interface Scope {
  path: readonly Step[];
  /** The path written as an address; empty for the root module. */
  address: string;
  module: Record<string, unknown>;
  parent?: Scope;
  /** The module call in the parent that makes this instance. */
  call?: Record<string, unknown>;
}

/** A resource block of the configuration. */
export interface Block {
  /** Its place among the module's resources. */
  index: number;
  expressions: Record<string, unknown>;
  count: Expression | undefined;
  forEach: Expression | undefined;
  providerKey: string;
}

/** Finds blocks, inputs and outputs in the configuration; module instances are made as they are asked for. */
export class Configuration {
  readonly root: Scope;
  readonly providers: Record<string, unknown>;
  private readonly scopes = new Map<string, Scope>();
  private readonly blocks = new WeakMap<Record<string, unknown>, Map<string, Block>>();

  constructor(plan: Plan) {
    this.root = { path: [], address: "", module: mapOf(plan.configuration["root_module"]) };
    this.providers = mapOf(plan.configuration["provider_config"]);
    this.scopes.set("", this.root);
  }

  /** The scope of a module instance; one with an empty configuration when the plan does not show its module. */
  scope(path: readonly Step[]): Scope {
    const address = moduleAddress(path);
    const known = this.scopes.get(address);
    if (known !== undefined) return known;
    const parent = this.scope(path.slice(0, -1));
    const call = mapOf(mapOf(parent.module["module_calls"])[path.at(-1)?.name ?? ""]);
    const made = { path, address, module: mapOf(call["module"]), parent, call };
    this.scopes.set(address, made);
    return made;
  }

  /** The block of a resource, or undefined when the configuration has none (removed, or not shown). */
  block(scope: Scope, mode: string, type: string, name: string): Block | undefined {
    return this.blocksOf(scope.module).get(`${mode}.${type}.${name}`);
  }

  /** All blocks of a module, as `mode.type.name`. */
  blocksOf(module: Record<string, unknown>): ReadonlyMap<string, Block> {
    const known = this.blocks.get(module);
    if (known !== undefined) return known;
    const made = new Map(
      listOf(module["resources"]).map((block, index) => [
        [block["mode"], block["type"], block["name"]].map(scalarText).join("."),
        {
          index,
          expressions: mapOf(block["expressions"]),
          count: expressionOf(block["count_expression"]),
          forEach: expressionOf(block["for_each_expression"]),
          providerKey: scalarText(block["provider_config_key"]),
        },
      ]),
    );
    this.blocks.set(module, made);
    return made;
  }

  /** The module calls inside a scope, by name. */
  calls(scope: Scope): [name: string, call: Record<string, unknown>][] {
    return Object.entries(mapOf(scope.module["module_calls"])).map(([name, call]) => [name, mapOf(call)]);
  }

  /** An output's expression. */
  output(scope: Scope, name: string): Expression | undefined {
    return expressionOf(mapOf(mapOf(scope.module["outputs"])[name])["expression"]);
  }

  /** Names of a module's outputs. */
  outputNames(scope: Scope): string[] {
    return Object.keys(mapOf(scope.module["outputs"]));
  }
}

/** JSON pointer to the expressions of a block. */
export function pointerTo(scope: Scope, block: Block): string {
  const modules = scope.path.map(({ name }) => `/module_calls/${name}/module`).join("");
  return `/configuration/root_module${modules}/resources/${block.index}/expressions`;
}

/** The key under which `each` and `count` stand in a module call's own expressions. */
export function callKey(scope: Scope): Key {
  return scope.path.at(-1)?.key;
}
