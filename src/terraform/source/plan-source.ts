import { join } from "node:path";
import { isInside } from "../../read/nearby";
import { steps as pointerSteps } from "../../read/pointer";
import { moduleSteps, steps } from "../address";
import { listOf, mapOf } from "../plan";
import type { HclNode } from "./hcl";
import type { SourceBlock, SourceModule, SourcePlace } from "./module";
import type { TerraformSource } from "./source";

/** What a plan and its source say of one another. */
export class PlanSource {
  private readonly plan: Record<string, unknown>;
  private readonly source: TerraformSource;

  constructor(plan: unknown, source: TerraformSource) {
    this.plan = mapOf(plan);
    this.source = source;
  }

  /**
   * Where what a JSON pointer into the plan leads to is written: the nearest block or attribute that is written out. In a
   * module whose source is not at hand, its call. Undefined where no block is found.
   */
  place(pointer: string): SourcePlace | undefined {
    const target = targetOf(this.plan, pointerSteps(pointer));
    if (target === undefined) return undefined;
    const { calls, blocks } = this.find(target);
    const [block, ...others] = blocks ?? [];
    if (blocks === undefined) return calls.at(-1)?.at;
    if (block === undefined) return undefined;
    // Where another block of the name overrides the first, what is in it may be overridden too.
    return others.length > 0 ? block.at : block.locate(nearest(block, target.rest));
  }

  /** The blocks that say something of a resource: its own and the calls of the modules it is in. */
  blocksOf({ address, pointer }: { address: string; pointer: string }): SourceBlock[] {
    const targets = [targetOf(this.plan, pointerSteps(pointer)), targetAt(address)];
    return targets.flatMap((target) => {
      if (target === undefined) return [];
      const { calls, blocks } = this.find(target);
      return [...calls, ...(blocks ?? [])];
    });
  }

  /** The modules of the plan whose source is at hand; each folder once. */
  modules(): SourceModule[] {
    const found = new Map<string, SourceModule>();
    const waiting = [{ folder: this.source.folder, module: this.rootModule() }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { folder, module } = next;
      found.set(folder, this.source.module(folder));
      for (const call of Object.values(mapOf(module["module_calls"]))) {
        const inner = this.folderOf(mapOf(call), folder);
        if (inner !== undefined) waiting.push({ folder: inner, module: mapOf(mapOf(call)["module"]) });
      }
    }
    return [...found.values()];
  }

  /** Files of them that are not used. */
  unread(): SourceModule["unread"] {
    return this.modules().flatMap(({ unread }) => unread);
  }

  private rootModule(): Record<string, unknown> {
    return mapOf(mapOf(this.plan["configuration"])["root_module"]);
  }

  /** `blocks` is undefined where the source of a module is not at hand. */
  private find({ modules, name }: Target): { calls: SourceBlock[]; blocks: SourceBlock[] | undefined } {
    const calls: SourceBlock[] = [];
    let folder = this.source.folder;
    let module = this.rootModule();
    for (const label of modules) {
      calls.push(...(this.source.module(folder).blocks.get(`module ${label}`) ?? []).slice(0, 1));
      const call = mapOf(mapOf(module["module_calls"])[label]);
      const inner = this.folderOf(call, folder);
      if (inner === undefined) return { calls, blocks: undefined };
      folder = inner;
      module = mapOf(call["module"]);
    }
    return { calls, blocks: this.source.module(folder).blocks.get(name) ?? [] };
  }

  /** The folder of a local module ("Module Sources", "Local Paths"), where it may be read. */
  private folderOf(call: Record<string, unknown>, from: string): string | undefined {
    const source = call["source"];
    if (typeof source !== "string" || !/^\.\.?(?:[\\/]|$)/.test(source)) return undefined;
    const folder = join(from, source);
    if (!isInside(this.source.root, folder)) return undefined;
    const { texts, unread } = this.source.module(folder);
    return texts.size + unread.length > 0 ? folder : undefined;
  }
}

/** A block by the names of its modules and its own, and the way inside it. */
interface Target {
  modules: string[];
  name: string;
  rest: string[];
}

/** The block that a pointer into the plan leads to. */
function targetOf(plan: Record<string, unknown>, pointer: string[]): Target | undefined {
  const [section = "", second = "", ...rest] = pointer;
  switch (section) {
    case "resource_changes":
      return ofEntry(entryOf(plan[section], second), rest, ["change", "after"]);
    case "deferred_changes":
      return ofEntry(mapOf(entryOf(plan[section], second)?.["resource_change"]), rest.slice(1), ["change", "after"]);
    case "planned_values":
      return ofValues(mapOf(mapOf(plan[section])["root_module"]), rest);
    case "prior_state":
      return ofValues(mapOf(mapOf(mapOf(plan[section])["values"])["root_module"]), rest.slice(1));
    case "configuration":
      return ofConfiguration(mapOf(mapOf(plan[section])["root_module"]), rest);
    case "variables":
      return { modules: [], name: `variable ${second}`, rest: [] };
    default:
      return undefined;
  }
}

/** Lists as the inventory counts them (`listOf`), kept: they are long, and each finding asks. */
const lists = new WeakMap<object, Record<string, unknown>[]>();

function entryOf(list: unknown, index: string | undefined): Record<string, unknown> | undefined {
  if (!Array.isArray(list)) return undefined;
  const entries = lists.get(list) ?? listOf(list);
  lists.set(list, entries);
  return entries[Number(index)];
}

function ofEntry(entry: Record<string, unknown> | undefined, rest: string[], before: string[]): Target | undefined {
  if (entry === undefined) return undefined;
  const modules = moduleSteps(String(entry["module_address"] ?? "")).map(({ name }) => name);
  const isInside = before.every((name, index) => rest[index] === name);
  return { modules, name: nameOf(entry), rest: isInside ? rest.slice(before.length) : [] };
}

function ofValues(root: Record<string, unknown>, rest: string[]): Target | undefined {
  let module = root;
  let left = rest;
  while (left[0] === "child_modules") {
    module = mapOf(entryOf(module["child_modules"], left[1]));
    left = left.slice(2);
  }
  const entry = left[0] === "resources" ? entryOf(module["resources"], left[1]) : undefined;
  return ofEntry(entry && { ...entry, module_address: module["address"] }, left.slice(2), ["values"]);
}

function ofConfiguration(root: Record<string, unknown>, rest: string[]): Target | undefined {
  const modules: string[] = [];
  let module = root;
  let left = rest;
  while (left[0] === "module_calls") {
    const [, name = ""] = left;
    modules.push(name);
    module = mapOf(mapOf(mapOf(module["module_calls"])[name])["module"]);
    left = left.slice(3);
  }
  const entry = left[0] === "resources" ? entryOf(module["resources"], left[1]) : undefined;
  const target = ofEntry(entry, left.slice(2), ["expressions"]);
  return target && { ...target, modules };
}

function nameOf(entry: Record<string, unknown>): string {
  return `${entry["mode"] === "data" ? "data" : "resource"} ${entry["type"]} ${entry["name"]}`;
}

/** The block of an address: `module.a["k"].aws_iam_role.this[0]`, `data.…`, `var.x`. */
function targetAt(address: string): Target | undefined {
  const names = steps(address).map(({ name }) => name);
  const modules: string[] = [];
  while (names[0] === "module" && names.length > 2) modules.push(...names.splice(0, 2).slice(1));
  const [first, second, third] = names;
  if (first === "var") return { modules, name: `variable ${second}`, rest: [] };
  if (first === "data") return { modules, name: `data ${second} ${third}`, rest: [] };
  return second === undefined ? undefined : { modules, name: `resource ${first} ${second}`, rest: [] };
}

/** Blocks that Terraform keeps in the order in which they are written; others may be sets. */
const ORDERED: ReadonlySet<string> = new Set(["data aws_iam_policy_document statement"]);

/** Follows attributes, blocks and items as far as the text has them for certain. */
function nearest(block: SourceBlock, rest: readonly string[]): HclNode {
  let at = block.body;
  for (let index = 0; index < rest.length; index++) {
    const name = rest[index] ?? "";
    if (at.items !== undefined) {
      const item = at.items[Number(name)];
      if (item === undefined) break;
      at = item;
      continue;
    }
    const found = at.members.get(name) ?? [];
    const [first, ...others] = found;
    const position = /^[0-9]+$/.test(rest[index + 1] ?? "") ? Number(rest[index + 1]) : undefined;
    if (first === undefined) break;
    if (others.length === 0) {
      at = first;
      if (first.dynamic) break;
      if (position === undefined || first.items !== undefined) continue;
      if (position > 0) break;
      index++;
    } else {
      const isOrdered = ORDERED.has(`${block.name.split(" ").slice(0, 2).join(" ")} ${name}`);
      const item = position === undefined ? undefined : found[position];
      if (!isOrdered || item === undefined || found.some(({ dynamic }) => dynamic)) break;
      at = item;
      index++;
    }
  }
  return at;
}
