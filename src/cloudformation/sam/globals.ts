import { isMap } from "../../inventory/part";
import type { Sources } from "./sources";
import { CannotExpand, type Fields, given, isIntrinsic, mapOf } from "./values";

/**
 * Globals of a SAM template: maps are merged key by key, lists are joined with the global items first, anything else -
 * an intrinsic function too - is taken from the resource when it has it ("Globals section of the AWS SAM template",
 * Overridable properties).
 */

/** Lists and maps that do not merge. `replace`: the resource's own stands alone; `prune`: only keys it names too. */
const EXCEPTIONS: Readonly<Record<string, "replace" | "prune">> = {
  "Function.Architectures": "replace",
  "CapacityProvider.InstanceRequirements.Architectures": "replace",
  "CapacityProvider.ManagedResourceTags": "prune",
};

/** Merges the section of Globals for a resource's type into its properties; gives new properties. */
export function mergeGlobals(globals: unknown, resource: Fields, type: string, sources: Sources): Fields {
  const own = mapOf(resource["Properties"], "Properties");
  const section = type.replace("AWS::Serverless::", "");
  const whole = isMap(globals) ? globals[section] : undefined;
  if (!isMap(whole)) return own;
  const ignored = resource["IgnoreGlobals"];
  if (ignored === "*") return own;
  if (given(ignored) && !Array.isArray(ignored)) throw new CannotExpand("IgnoreGlobals is neither * nor a list");
  const names = Object.keys(whole).filter((name) => !(Array.isArray(ignored) && ignored.includes(name)));
  const kept: Fields = {};
  sources.moveAll(whole, names, kept);
  return mergeMaps(kept, own, section, sources);
}

function mergeMaps(global: Fields, own: Fields, path: string, sources: Sources): Fields {
  const merged: Fields = {};
  for (const name of Object.keys(global)) sources.put(merged, name, global[name], sources.of(global, name));
  for (const name of Object.keys(own)) {
    const value = Object.hasOwn(global, name) ? merge(global[name], own[name], `${path}.${name}`, sources) : own[name];
    sources.put(merged, name, value, sources.of(own, name) ?? sources.of(global, name));
  }
  return merged;
}

function merge(global: unknown, own: unknown, path: string, sources: Sources): unknown {
  const exception = EXCEPTIONS[path];
  if (exception === "replace") return own;
  if (Array.isArray(global) && Array.isArray(own)) return joinLists(global, own, sources);
  if (!isPlainMap(global) || !isPlainMap(own)) return own;
  if (exception !== "prune" || !given(own)) return mergeMaps(global, own, path, sources);
  const shared: Fields = {};
  sources.moveAll(
    global,
    Object.keys(global).filter((name) => Object.hasOwn(own, name)),
    shared,
  );
  return mergeMaps(shared, own, path, sources);
}

function isPlainMap(value: unknown): value is Fields {
  return isMap(value) && !isIntrinsic(value);
}

function joinLists(global: unknown[], own: unknown[], sources: Sources): unknown[] {
  const joined: unknown[] = [];
  for (const list of [global, own]) {
    for (const [index, item] of list.entries()) sources.put(joined, joined.length, item, sources.of(list, index));
  }
  return joined;
}
