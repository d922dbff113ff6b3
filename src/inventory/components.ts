import { pieces } from "./text";
import type { Inventory, LambdaFunction, Pattern, Resource } from "./types";
import { matches } from "./wildcards";

/**
 * Splits an inventory into parts that no rule needs to see together, each with at most `limit` functions where its
 * components allow it: a component, what the joins connect, is never cut. Cost stays linear and memory bounded.
 *
 * Trails, settings and everything else that speaks of all functions is in every part; what belongs to no function is in
 * the first.
 */
export function split(inventory: Inventory, limit: number): Inventory[] {
  if (inventory.functions.length <= limit) return [inventory];
  const groups = connect(inventory);
  const batches: Set<string>[] = [new Set()];
  let functions = 0;
  for (const component of componentsOf(inventory, groups)) {
    if (functions > 0 && functions + component.functions > limit) {
      batches.push(new Set());
      functions = 0;
    }
    batches.at(-1)?.add(component.root);
    functions += component.functions;
  }
  return batches.map((roots, index) => part(inventory, (name) => roots.has(groups.root(name)), index === 0));
}

/** Disjoint sets of names (union by link to the root, paths halved). */
class Groups {
  private readonly parents = new Map<string, string>();

  root(name: string): string {
    let at = name;
    for (;;) {
      const parent = this.parents.get(at) ?? at;
      if (parent === at) return at;
      const above = this.parents.get(parent) ?? parent;
      this.parents.set(at, above);
      at = above;
    }
  }

  join(a: string, b: string): void {
    const [left, right] = [this.root(a), this.root(b)];
    if (left !== right) this.parents.set(left, right);
  }
}

function connect(inventory: Inventory): Groups {
  const groups = new Groups();
  const join = (a: string, others: (string | undefined)[]) => {
    for (const other of others) if (other !== undefined) groups.join(a, other);
  };
  for (const one of inventory.functions) {
    const keys = [one.kmsKey, one.sourceKmsKey, one.durable?.kmsKey, ...one.serdesKeys].map((key) => key?.key);
    join(one.address, [one.role.address, ...keys]);
    join(one.address, [...(one.vpc?.subnetAddresses ?? []), ...(one.vpc?.securityGroupAddresses ?? [])]);
  }
  const names = new NameIndex(inventory.functions);
  for (const principal of inventory.principals) {
    for (const { policy } of principal.policies) if (!isAws(policy)) groups.join(principal.address, policyName(policy));
    if (principal.boundary !== undefined) groups.join(principal.address, policyName(principal.boundary.policy));
  }
  for (const policy of inventory.policies) {
    const patterns = policy.kind === "aws" ? [] : policy.statements.flatMap(({ resources }) => resources);
    for (const pattern of patterns) join(policyName(policy.id), names.named(pattern));
  }
  for (const policy of inventory.resourcePolicies) join(policy.address, [policy.function]);
  for (const edge of inventory.invocations) join(edge.address, [edge.function]);
  for (const route of inventory.apiRoutes) join(route.address, [route.function]);
  for (const group of inventory.logGroups) join(group.address, group.functions);
  for (const subnet of inventory.subnets) join(subnet.address, subnet.networkAcls);
  return groups;
}

const isAws = (policy: string) => policy.startsWith("arn:aws:iam::aws:policy/");
/** Policies and resources have names of their own kind. */
const policyName = (id: string) => `policy ${id}`;

/** Functions that a pattern names, literally or by a pattern of names. */
class NameIndex {
  private readonly byName: Map<string, string>;
  /** In the order of code units, so that names with one beginning stand together. */
  private readonly names: string[];

  constructor(functions: LambdaFunction[]) {
    this.byName = new Map(functions.map(({ name, address }) => [name, address]));
    this.names = [...this.byName.keys()].sort();
  }

  named(pattern: Pattern): (string | undefined)[] {
    const start = pattern.text.indexOf(":function:");
    if (start === -1) return [];
    const name = nameIn(pattern.text.slice(start + ":function:".length));
    const wildcard = name.search(/[*?]/);
    if (wildcard === -1) return [this.byName.get(name)];
    // A pattern for every function says nothing about any one of them.
    if (name === "*") return [];
    return this.beginning(name.slice(0, wildcard))
      .filter((one) => matches(name, one))
      .map((one) => this.byName.get(one));
  }

  private beginning(prefix: string): string[] {
    let [from, to] = [0, this.names.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.names[middle] ?? "") < prefix) from = middle + 1;
      else to = middle;
    }
    let end = from;
    while (this.names[end]?.startsWith(prefix)) end++;
    return this.names.slice(from, end);
  }
}

/** A name ends at the first colon outside holes. */
function nameIn(text: string): string {
  let name = "";
  for (const piece of pieces(text)) {
    const colon = piece.hole ? -1 : piece.text.search(/[:/]/);
    if (colon !== -1) return name + piece.text.slice(0, colon);
    name += piece.text;
  }
  return name;
}

function componentsOf(inventory: Inventory, groups: Groups): { root: string; functions: number }[] {
  const counts = new Map<string, number>();
  for (const { address } of inventory.functions) {
    const root = groups.root(address);
    counts.set(root, (counts.get(root) ?? 0) + 1);
  }
  return [...counts].map(([root, functions]) => ({ root, functions }));
}

function part(inventory: Inventory, holds: (name: string) => boolean, first: boolean): Inventory {
  const functions = inventory.functions.filter(({ address }) => holds(address));
  const withFunctions = new Set(inventory.functions.map(({ address }) => address));
  const mine = <T extends { address: string }>(things: T[], owners: (thing: T) => (string | undefined)[]) =>
    things.filter(
      (thing) => holds(thing.address) || (first && !owners(thing).some((owner) => withFunctions.has(owner ?? ""))),
    );
  const principals = mine(inventory.principals, (principal) => principal.functions);
  const held = new Set(
    principals.flatMap(({ policies, boundary }) => [...policies.map(({ policy }) => policy), boundary?.policy]),
  );
  const divided = {
    ...inventory,
    functions,
    principals,
    policies: inventory.policies.filter((policy) => held.has(policy.id) || (first && policy.heldBy.length === 0)),
    resourcePolicies: mine(inventory.resourcePolicies, (policy) => [policy.function]),
    keys: mine(inventory.keys, (key) => key.usedBy),
    invocations: mine(inventory.invocations, (edge) => [edge.function]),
    logGroups: mine(inventory.logGroups, (group) => group.functions),
    apiRoutes: mine(inventory.apiRoutes, (route) => [route.function]),
    securityGroups: mine(inventory.securityGroups, (group) => group.functions),
    subnets: mine(inventory.subnets, (subnet) => subnet.functions),
    resources: [],
  };
  return first ? { ...divided, resources: inventory.resources } : withMentioned(divided, inventory.resources);
}

/** Of all resources, those that the part mentions: there may be many more than belong to it. */
function withMentioned(divided: Inventory, resources: Resource[]): Inventory {
  const mentioned = new Set(divided.functions.flatMap(({ referencedBy }) => referencedBy));
  for (const [, name = ""] of JSON.stringify(divided).matchAll(/\$\{((?:[^{}"\\]|\\.)*)\}/g)) {
    const hole: string = JSON.parse(`"${name}"`);
    mentioned.add(hole).add(hole.slice(0, hole.indexOf(".")));
  }
  return { ...divided, resources: resources.filter(({ address }) => mentioned.has(address)) };
}
