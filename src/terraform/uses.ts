import type { PlannedResource } from "./changes";
import { expressionOf, type Scope } from "./configuration";
import type { View } from "./view";

/**
 * Who mentions resources of a type, anywhere in a block or an output of the same module: an upper bound of what uses
 * them, without regard to keys. Gives addresses.
 */
export function uses(view: View, type: string): Map<PlannedResource, string[]> {
  const mentions = new Map<unknown, Map<string, string[]>>();
  const found = new Map<PlannedResource, string[]>();
  const used = view.of(type);
  if (used.length === 0) return found;
  const users = new Map<string, string[]>();
  for (const resource of view.resources.all) {
    if (resource.block === undefined || resource.mode !== "managed") continue;
    for (const name of mentioned(resource.block.expressions, type)) {
      if (`${resource.type}.${resource.name}` === name) continue;
      const at = `${resource.scope.address} ${name}`;
      const others = users.get(at);
      if (others) others.push(resource.address);
      else users.set(at, [resource.address]);
    }
  }
  for (const { resource } of used) {
    const name = `${resource.type}.${resource.name}`;
    const outputs = outputsOf(resource.scope, name, mentions, view);
    found.set(resource, [...(users.get(`${resource.scope.address} ${name}`) ?? []), ...outputs]);
  }
  return found;
}

function outputsOf(scope: Scope, name: string, memo: Map<unknown, Map<string, string[]>>, view: View): string[] {
  let byName = memo.get(scope.module);
  if (byName === undefined) {
    byName = new Map();
    for (const output of view.configuration.outputNames(scope)) {
      const prefix = /^(?:data\.)?[\w-]+\.[\w-]+/;
      for (const reference of view.configuration.output(scope, output)?.references ?? []) {
        const resource = prefix.exec(reference)?.[0] ?? reference;
        byName.set(resource, [...new Set([...(byName.get(resource) ?? []), output])]);
      }
    }
    memo.set(scope.module, byName);
  }
  const address = scope.address === "" ? "" : `${scope.address}.`;
  return (byName.get(name) ?? []).map((output) => `${address}output.${output}`);
}

/** Names `type.label` that stand in a block's expressions, however deep. */
function mentioned(expressions: unknown, type: string): Set<string> {
  const names = new Set<string>();
  const waiting: unknown[] = [expressions];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    else if (typeof next === "object" && next !== null) {
      for (const reference of expressionOf(next)?.references ?? []) {
        const [, name] = /^([\w-]+\.[\w-]+)/.exec(reference) ?? [];
        if (name?.startsWith(`${type}.`)) names.add(name);
      }
      for (const [key, value] of Object.entries(next))
        if (key !== "constant_value" && key !== "references") waiting.push(value);
    }
  }
  return names;
}
