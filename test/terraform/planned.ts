import { readFileSync } from "node:fs";
import path from "node:path";
import type { Inventory, LambdaFunction, Policy, Principal } from "../../src/inventory/types";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";
import { type PlanOptions, planInventory } from "../../src/terraform";

const plans = path.join(import.meta.dirname, "plans");

export const OPTIONS: PlanOptions = { today: "2026-11-22", settings: DEFAULT_SETTINGS };

/** The inventory of one of the plans beside this file; `main.tf` and `expect.md` there say what it is about. */
export function planned(folder: string, file = "plan.json"): Inventory {
  return inventoryOf(readPlanFile(path.join(plans, folder, file)));
}

export function readPlanFile(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

export function inventoryOf(value: unknown, options: Partial<PlanOptions> = {}): Inventory {
  return planInventory({ file: "plan.json", value }, { ...OPTIONS, ...options });
}

/** A resource to be created: what is known of it, what is not, and the expressions behind both. */
export interface Created {
  address: string;
  after?: Record<string, unknown>;
  unknown?: unknown;
  written?: Record<string, unknown>;
  module?: string;
  key?: string | number;
  count?: unknown;
  forEach?: unknown;
  actions?: string[];
}

/** A plan that creates resources of the root module, or of the modules whose configuration is given. */
export function planOf(resources: Created[], more: Record<string, unknown> = {}, rootModule: object = {}): unknown {
  const names = (address: string) => {
    const own = address.replace(/^(?:module\.\w+(?:\[[^\]]*\])?\.)*/, "").replace(/\[.*$/, "");
    const data = own.startsWith("data.");
    const [type = "", name = ""] = own.replace(/^data\./, "").split(".");
    return { mode: data ? "data" : "managed", type, name };
  };
  const blocks = resources.map(({ address, written, count, forEach }) => ({
    ...names(address),
    provider_config_key: "aws",
    expressions: written ?? {},
    ...(count === undefined ? {} : { count_expression: count }),
    ...(forEach === undefined ? {} : { for_each_expression: forEach }),
  }));
  const unique = [...new Map(blocks.map((block) => [`${block.mode}.${block.type}.${block.name}`, block])).values()];
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    resource_changes: resources.map(({ address, after, unknown, module, key, actions }) => ({
      address,
      ...names(address),
      ...(module === undefined ? {} : { module_address: module }),
      ...(key === undefined ? {} : { index: key }),
      change: { actions: actions ?? ["create"], before: null, after: after ?? {}, after_unknown: unknown ?? {} },
    })),
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "us-east-1" } } } },
      root_module: { resources: unique, ...rootModule },
    },
    ...more,
  };
}

export const refers = (...references: string[]) => ({ references });

export function functionAt({ functions }: Inventory, address: string): LambdaFunction {
  return found(
    functions.find((one) => one.address === address),
    address,
  );
}

export function principalAt({ principals }: Inventory, address: string): Principal {
  return found(
    principals.find((one) => one.address === address),
    address,
  );
}

export function policyAt({ policies }: Inventory, address: string): Policy {
  return found(
    policies.find((one) => one.address === address),
    address,
  );
}

function found<T>(one: T | undefined, address: string): T {
  if (one === undefined) throw new Error(`nothing at ${address}`);
  return one;
}

/** Statements as IAM writes them, as far as texts go. */
export function written(policy: Pick<Policy, "statements">): unknown[] {
  return policy.statements.map(({ effect, actions, notActions, resources, notResources, principals, conditions }) => ({
    effect: effect.known ?? `unknown: ${effect.unknown}`,
    ...(actions.length > 0 && { actions: actions.map(({ text }) => text) }),
    ...(notActions.length > 0 && { notActions: notActions.map(({ text }) => text) }),
    ...(resources.length > 0 && { resources: resources.map(({ text }) => text) }),
    ...(notResources.length > 0 && { notResources: notResources.map(({ text }) => text) }),
    ...(principals.length > 0 && { principals: principals.map(({ type, id }) => `${type} ${id.text}`) }),
    ...(conditions.length > 0 && {
      conditions: conditions.map(({ operator, key, values }) => [operator, key, values.map(({ text }) => text)]),
    }),
  }));
}
