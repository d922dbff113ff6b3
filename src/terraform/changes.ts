import { scalarText, step } from "../inventory/part";
import { type Key, moduleAddress, moduleSteps, resourceAddress } from "./address";
import { type Block, type Configuration, pointerTo, type Scope } from "./configuration";
import { listOf, mapOf, type Plan } from "./plan";

/**
 * One view of each resource as it will be once the plan is applied, gathered from the five places where a plan speaks
 * of it. What is destroyed, forgotten or deposed is not here; what exists and stays is.
 */
export interface PlannedResource {
  /** As Terraform writes it, with module path and key. */
  address: string;
  /** Where its values stand: `file#/resource_changes/3/change/after`. */
  at: string;
  mode: string;
  type: string;
  name: string;
  key: Key;
  scope: Scope;
  block: Block | undefined;
  /** `create`, `update`, `replace`, `read`, `no-op`; `stays` (not touched by the plan), `unplanned` (only written). */
  action: string;
  values: Record<string, unknown>;
  /** Mirrors `values` with `true` for what is not known. */
  unknown: unknown;
  /** Mirrors `values` with `true` for what is sensitive. */
  sensitive: unknown;
  before: Record<string, unknown> | undefined;
  /** Attribute paths that force a replacement. */
  replacePaths: string[];
}

/** A known text of a resource. */
export function known(resource: PlannedResource, attribute: string): string | undefined {
  const value = resource.values[attribute];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export interface Resources {
  all: PlannedResource[];
  /** Every managed entry of `resource_changes`, also what is destroyed or forgotten (without values). */
  changes: PlannedResource[];
  /** Managed blocks of the configuration for which the plan has no entry: scope and block name. */
  unplanned: PlannedResource[];
}

/** Gathers the resources of a plan. */
export function plannedResources(plan: Plan, configuration: Configuration): Resources {
  const gathering = new Gathering(plan, configuration);
  gathering.addChanges();
  gathering.addDeferred();
  if (plan.changes === undefined) gathering.addValues("planned_values", mapOf(plan.plannedValues), "create");
  gathering.addValues("prior_state/values", mapOf(mapOf(plan.priorState)["values"]), "stays");
  return gathering.result();
}

class Gathering {
  private readonly found = new Map<string, PlannedResource>();
  /** Addresses with an entry, among them what is destroyed; prior state must not bring those back. */
  private readonly spoken = new Set<string>();
  private readonly changes: PlannedResource[] = [];
  /** Blocks that have an entry: module path without keys, then the block. */
  private readonly planned = new Set<string>();

  private readonly plan: Plan;
  private readonly configuration: Configuration;

  constructor(plan: Plan, configuration: Configuration) {
    this.plan = plan;
    this.configuration = configuration;
  }

  addChanges(): void {
    const root = `${this.plan.file}#/resource_changes`;
    for (const [index, entry] of (this.plan.changes ?? []).entries()) this.addChange(entry, step(root, index));
  }

  addDeferred(): void {
    const root = `${this.plan.file}#/deferred_changes`;
    for (const [index, entry] of this.plan.deferred.entries()) {
      this.addChange(entry, `${step(root, index)}/resource_change`);
    }
  }

  private addChange(entry: Record<string, unknown>, at: string): void {
    const change = mapOf(entry["change"]);
    const action = actionOf(change["actions"]);
    const resource = this.resource(entry, `${at}/change/after`, scalarText(entry["module_address"]), action);
    this.planned.add(blockName(resource));
    if (typeof entry["deposed"] === "string") return;
    this.spoken.add(resource.address);
    if (resource.mode === "managed") this.changes.push(resource);
    if (change["before"] !== null && change["before"] !== undefined) resource.before = mapOf(change["before"]);
    if (action === "delete" || action === "forget") return;
    resource.values = mapOf(change["after"]);
    resource.unknown = change["after_unknown"];
    resource.sensitive = change["after_sensitive"];
    resource.replacePaths = pathsOf(change["replace_paths"]);
    this.found.set(resource.address, resource);
  }

  /** Resources under `planned_values` or `prior_state`: nested modules, no unknowns. */
  addValues(name: string, values: Record<string, unknown>, action: string): void {
    const waiting = [{ module: mapOf(values["root_module"]), at: `${this.plan.file}#/${name}/root_module` }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { module, at } = next;
      for (const [index, entry] of listOf(module["resources"]).entries()) {
        const place = `${at}/resources/${index}/values`;
        const resource = this.resource(entry, place, scalarText(module["address"]), action);
        this.planned.add(blockName(resource));
        if (this.spoken.has(resource.address) || typeof entry["deposed_key"] === "string") continue;
        resource.values = mapOf(entry["values"]);
        resource.sensitive = entry["sensitive_values"];
        this.found.set(resource.address, resource);
        this.spoken.add(resource.address);
      }
      for (const [index, child] of listOf(module["child_modules"]).entries()) {
        waiting.push({ module: child, at: `${at}/child_modules/${index}` });
      }
    }
  }

  private resource(entry: Record<string, unknown>, at: string, module: string, action: string): PlannedResource {
    const scope = this.configuration.scope(moduleSteps(module));
    const [mode, type, name] = [scalarText(entry["mode"]), scalarText(entry["type"]), scalarText(entry["name"])];
    const index = entry["index"];
    const key = typeof index === "number" || typeof index === "string" ? index : undefined;
    const address =
      typeof entry["address"] === "string" ? entry["address"] : resourceAddress(module, { mode, type, name, key });
    const block = this.configuration.block(scope, mode, type, name);
    const nothing = { values: {}, unknown: undefined, sensitive: undefined, before: undefined, replacePaths: [] };
    return { address, at, mode, type, name, key, scope, block, action, ...nothing };
  }

  result(): Resources {
    return { all: [...this.found.values()], changes: this.changes, unplanned: this.unplanned() };
  }

  /** Blocks without any entry. Where a module has no instance in the plan, one without key stands for all. */
  private unplanned(): PlannedResource[] {
    const missing: PlannedResource[] = [];
    const waiting: Scope[] = [this.configuration.root];
    for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
      for (const [name, block] of this.configuration.blocksOf(scope.module)) {
        const [mode = "", type = "", label = ""] = name.split(".");
        if (mode !== "managed" || this.planned.has(`${scope.address} ${name}`)) continue;
        const address = resourceAddress(scope.address, { mode, type, name: label, key: undefined });
        missing.push({
          ...{
            address,
            at: `${this.plan.file}#${pointerTo(scope, block)}`,
            mode,
            type,
            name: label,
            key: undefined,
            scope,
            block,
          },
          ...{ action: "unplanned", values: {}, unknown: true, sensitive: undefined, before: undefined },
          replacePaths: [],
        });
      }
      for (const [name] of this.configuration.calls(scope)) {
        waiting.push(this.configuration.scope([...scope.path, { name, key: undefined }]));
      }
    }
    return missing;
  }
}

/** The block a resource comes from, whatever the keys of it and of its modules. */
function blockName(resource: PlannedResource): string {
  const module = moduleAddress(resource.scope.path.map(({ name }) => ({ name, key: undefined })));
  return `${module} ${resource.mode}.${resource.type}.${resource.name}`;
}

/** One word for a list of actions; `create_before_destroy` and its opposite are both a replacement. */
function actionOf(actions: unknown): string {
  const all = Array.isArray(actions) ? actions.map(scalarText) : [];
  if (all.includes("create") && all.includes("delete")) return "replace";
  // ["create", "forget"]: a replacement that leaves the old object alone
  if (all.includes("create") && all.includes("forget")) return "replace";
  return all[0] ?? "no-op";
}

/** `replace_paths` as dotted attribute paths. */
function pathsOf(paths: unknown): string[] {
  return Array.isArray(paths) ? paths.filter(Array.isArray).map((path) => path.map(scalarText).join(".")) : [];
}
