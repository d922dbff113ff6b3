import type { Inventory } from "../inventory/types";
import type { Finding } from "./finding";

/**
 * Tells findings about what a plan changes: at a resource that is created, updated, replaced or destroyed, with such a
 * resource in the evidence, or at one that rests on such a resource: a function on its role and keys, a role on its
 * policies, an edge on its function. A policy that is taken away changes its role.
 */
export function touchedBy(inventories: readonly Inventory[]): (finding: Finding) => boolean {
  const touched = new Set<string>();
  for (const { address, action, about } of inventories.flatMap(({ changes = [] }) => changes)) {
    if (action !== "no-op") for (const one of [address, ...about]) touched.add(one);
  }
  for (const inventory of inventories) spread(inventory, touched);
  return ({ address, evidence }) =>
    touched.has(address) || evidence.some((fact) => fact.address !== undefined && touched.has(fact.address));
}

/** In this order: a policy reaches its role, and through it functions, but not what starts those. */
function spread(inventory: Inventory, touched: Set<string>): void {
  const rests = (address: string, on: (string | undefined)[]) => {
    if (on.some((one) => one !== undefined && touched.has(one))) touched.add(address);
  };
  const edges = [...inventory.invocations, ...inventory.resourcePolicies, ...inventory.apiRoutes];
  for (const { address, function: started } of edges) rests(address, [started]);
  const policies = new Map(inventory.policies.map(({ id, address }) => [id, address]));
  for (const { address, policies: held, boundary } of inventory.principals) {
    const attachments = boundary === undefined ? held : [...held, boundary];
    rests(
      address,
      attachments.flatMap((one) => [one.address, policies.get(one.policy)]),
    );
  }
  for (const { address, grants } of inventory.keys)
    rests(
      address,
      grants.map((grant) => grant.address),
    );
  for (const { address, role, kmsKey, sourceKmsKey, durable, serdesKeys } of inventory.functions) {
    const keys = [kmsKey, sourceKmsKey, durable?.kmsKey, ...serdesKeys].map((key) => key?.key);
    rests(address, [role.address, ...keys]);
  }
}
