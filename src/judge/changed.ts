import type { Inventory } from "../inventory/types";
import type { Finding } from "./finding";

/**
 * Tells findings about what a plan changes: at a resource that is created, updated, replaced or destroyed, with such a
 * resource in the evidence, or that rest on one: what a function's role lets it do on the role and its policies, what is
 * wrong with a key on the key too, an edge on its function. A policy that is taken away changes its role.
 */
export function touchedBy(inventories: readonly Inventory[]): (finding: Finding) => boolean {
  const touched = new Set<string>();
  for (const { address, action, about } of inventories.flatMap(({ changes = [] }) => changes)) {
    if (action !== "no-op") for (const one of [address, ...about]) touched.add(one);
  }
  for (const inventory of inventories) spread(inventory, touched);
  const mentions = new Map(inventories.flatMap(mentionsOf));
  return ({ address, at, evidence }) =>
    [address, ...evidence.map((fact) => fact.address), ...(mentions.get(at) ?? [])].some(
      (one) => one !== undefined && touched.has(one),
    );
}

/** A policy reaches its role, a grant its key, a function what starts it. */
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
  for (const { address, grants } of inventory.keys) {
    rests(
      address,
      grants.map((grant) => grant.address),
    );
  }
}

/** Where functions mention their role and keys, which is where rules on them find things: what a finding there rests on. */
function mentionsOf({ functions }: Inventory): [at: string, on: (string | undefined)[]][] {
  return functions.flatMap(({ role, kmsKey, sourceKmsKey, durable, serdesKeys }) => {
    const keys = [kmsKey, sourceKmsKey, durable?.kmsKey, ...serdesKeys].filter((key) => key !== undefined);
    return [
      ...keys.map(({ at, key }): [string, (string | undefined)[]] => [at, [key, role.address]]),
      [role.at, [role.address]],
    ];
  });
}
