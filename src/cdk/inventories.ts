import { type ScenarioInventory, stackInventories, type TemplateOptions } from "../cloudformation";
import type { NestedTemplates } from "../cloudformation/stack";
import { isMap } from "../inventory/part";
import type { Assembly, AssemblyStack } from "./assembly";

/**
 * The inventories of an app: those of each assembly apart, and in it those of each account and Region apart, because
 * what a name means is settled there. Stacks that go to one place share an inventory, so that what one of them exports
 * is known to the others.
 *
 * Addresses begin with the name of the stack where there are several in the app.
 */
export function assemblyInventories(assemblies: readonly Assembly[], options: TemplateOptions): ScenarioInventory[][] {
  const all = assemblies.flatMap(({ stacks }) => stacks);
  const names = all.map(({ name }) => name);
  const prefix = ({ name, id }: AssemblyStack) => {
    if (all.length < 2) return "";
    return names.indexOf(name) === names.lastIndexOf(name) ? `${name}/` : `${id}/`;
  };
  return assemblies.flatMap((assembly) =>
    groupsOf(assembly.stacks).map((stacks) => {
      const { account, region } = stacks[0] ?? {};
      return stackInventories(
        stacks.map(({ name, template, parameters, ...stack }) => ({
          file: template.file,
          value: template.value,
          path: prefix({ name, template, parameters, ...stack }),
          name,
          parameters,
        })),
        {
          ...options,
          deployment: {
            ...options.deployment,
            ...(account === undefined ? {} : { account }),
            ...(region === undefined ? {} : { region }),
          },
          nested: nestedIn(assembly, options.nested),
        },
      );
    }),
  );
}

/** A nested stack's template is an asset: its URL ends in a hash that the assembly knows the file by. */
function nestedIn({ assets, manifest }: Assembly, nested: NestedTemplates): NestedTemplates {
  return (location, from) => {
    const hash = /([0-9a-f]{64})\.json$/.exec(location)?.[1];
    const file = hash === undefined ? undefined : assets.get(hash);
    return file === undefined ? nested(location, from) : nested(file, manifest.file);
  };
}

/** Stacks that are judged together. */
function groupsOf(stacks: readonly AssemblyStack[]): AssemblyStack[][] {
  const places = new Map<string, AssemblyStack[]>();
  for (const stack of stacks) {
    const place = `${stack.account} ${stack.region}`;
    places.set(place, [...(places.get(place) ?? []), stack]);
  }
  return [...places.values()].flatMap(apartWhereNamesMeet);
}

/**
 * One name cannot be given twice in one place. Stacks that do so are copies for several places that the app does not
 * name (`orders-dev` and `orders-prod` of one class): then only stacks that depend on each other are judged together.
 */
function apartWhereNamesMeet(stacks: AssemblyStack[]): AssemblyStack[][] {
  const connected = connectedStacks(stacks);
  const seen = new Set<string>();
  for (const group of connected) {
    const names = new Set(group.flatMap(givenNames));
    if ([...names].some((name) => seen.has(name))) return connected;
    for (const name of names) seen.add(name);
  }
  return [stacks];
}

function connectedStacks(stacks: readonly AssemblyStack[]): AssemblyStack[][] {
  const groupOf = new Map(stacks.map((stack) => [stack.id, [stack]]));
  for (const { id, dependencies } of stacks) {
    for (const dependency of dependencies) {
      const [mine, theirs] = [groupOf.get(id), groupOf.get(dependency)];
      if (mine === undefined || theirs === undefined || mine === theirs) continue;
      mine.push(...theirs);
      for (const stack of theirs) groupOf.set(stack.id, mine);
    }
  }
  return [...new Set(groupOf.values())];
}

/** Properties by which others find a resource without a reference to it. */
const NAMES: Readonly<Record<string, string>> = {
  "AWS::Lambda::Function": "FunctionName",
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::KMS::Alias": "AliasName",
  "AWS::Logs::LogGroup": "LogGroupName",
};

function givenNames({ template: { value } }: AssemblyStack): string[] {
  const resources = isMap(value) && isMap(value["Resources"]) ? Object.values(value["Resources"]) : [];
  return resources.flatMap((resource) => {
    if (!isMap(resource) || typeof resource["Type"] !== "string" || !isMap(resource["Properties"])) return [];
    const property = Object.hasOwn(NAMES, resource["Type"]) ? NAMES[resource["Type"]] : undefined;
    const name = property === undefined ? undefined : resource["Properties"][property];
    return typeof name === "string" ? [`${resource["Type"]} ${name}`] : [];
  });
}
