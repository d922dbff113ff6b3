/**
 * Terraform addresses and references: `module.a["k"].aws_iam_role.r[0].arn` and the like. Keys stand in quotes with
 * escapes and may hold dots, brackets and quotes, so an address is never split on ".".
 */

/** The key of an instance: a number for count, a string for for_each, undefined for neither. */
export type Key = string | number | undefined;

/** A name with the index that follows it, e.g. `many["x"]`. A `[*]` or `[each.key]` gives no key. */
export interface Step {
  name: string;
  key: Key;
}

/** Splits an address or reference into its steps; what cannot be read ends it. */
export function steps(address: string): Step[] {
  const found: Step[] = [];
  const token = /\.?([^.[\]"]+)|\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/gy;
  for (const match of address.matchAll(token)) {
    const [, name, index] = match;
    const last = found.at(-1);
    if (name !== undefined) found.push({ name, key: undefined });
    else if (index !== undefined && last !== undefined && last.key === undefined) last.key = keyOf(index);
    // a second index in a row goes into a value (`x.list[0][1]`)
    else if (index !== undefined) found.push({ name: String(keyOf(index) ?? "*"), key: undefined });
  }
  return found;
}

function keyOf(index: string): Key {
  if (/^[0-9]+$/.test(index)) return Number(index);
  if (!index.startsWith('"')) return undefined;
  try {
    return String(JSON.parse(index));
  } catch {
    return index.slice(1, -1).replace(/\\(.)/g, "$1");
  }
}

/** Steps of a module's address, `module.a["k"].module.b`: one for each module. The root module has none. */
export function moduleSteps(address: string): Step[] {
  return steps(address).filter((_, index) => index % 2 === 1);
}

/** Writes a module instance's address; the root module's is empty. */
export function moduleAddress(path: readonly Step[]): string {
  return path.map((step) => `module.${step.name}${bracket(step.key)}`).join(".");
}

/** Writes the address of a resource instance. */
export function resourceAddress(
  module: string,
  resource: { mode: string; type: string; name: string; key: Key },
): string {
  const own = `${resource.mode === "data" ? "data." : ""}${resource.type}.${resource.name}${bracket(resource.key)}`;
  return module === "" ? own : `${module}.${own}`;
}

function bracket(key: Key): string {
  return key === undefined ? "" : `[${JSON.stringify(key)}]`;
}
