import { isMap, scalarText } from "../inventory/part";
import { RESOURCES } from "./resources";

/** What one resource mentions. */
interface ResourceNode {
  /** Logical ids, by Ref, GetAtt and Sub. */
  resources: Set<string>;
  conditions: Set<string>;
}

/** What each resource of a template mentions, by logical id. */
export type Graph = ReadonlyMap<string, ResourceNode>;

/** Walks every resource once for the names it mentions. */
export function graphOf(resources: Readonly<Record<string, unknown>>): Graph {
  const graph = new Map<string, ResourceNode>();
  for (const [logicalId, resource] of Object.entries(resources)) {
    const node: ResourceNode = { resources: new Set(), conditions: new Set() };
    if (isMap(resource)) {
      if (typeof resource["Condition"] === "string") node.conditions.add(resource["Condition"]);
      walk(resource["Properties"], node);
    }
    graph.set(logicalId, node);
  }
  return graph;
}

function walk(value: unknown, node: ResourceNode): void {
  if (Array.isArray(value)) for (const item of value) walk(item, node);
  if (!isMap(value)) return;
  for (const [name, argument] of Object.entries(value)) {
    if (name === "Ref" && typeof argument === "string") node.resources.add(argument);
    if (name === "Fn::GetAtt")
      node.resources.add(scalarText(Array.isArray(argument) ? argument[0] : argument).split(".")[0] ?? "");
    if (name === "Fn::Sub") for (const id of substituted(argument)) node.resources.add(id);
    if (name === "Fn::If" && Array.isArray(argument)) node.conditions.add(scalarText(argument[0]));
    walk(argument, node);
  }
}

function substituted(argument: unknown): string[] {
  const written = Array.isArray(argument) ? argument[0] : argument;
  if (typeof written !== "string") return [];
  return [...written.matchAll(/\$\{([^!{}.]+)[^{}]*\}/g)].map((match) => match[1]?.trim() ?? "");
}

/**
 * The conditions that guard each component: resources that the inventory reads and that mention each other. Conditions
 * of resources that nothing reads count nowhere.
 */
export function guardingConditions(graph: Graph, typeOf: (logicalId: string) => string): Set<string>[] {
  const component = new Map<string, Set<string>>();
  const read = [...graph.keys()].filter((logicalId) => Object.hasOwn(RESOURCES, typeOf(logicalId)));
  for (const logicalId of read) component.set(logicalId, new Set([logicalId]));
  for (const logicalId of read) {
    for (const mentioned of graph.get(logicalId)?.resources ?? []) {
      const [mine, theirs] = [component.get(logicalId), component.get(mentioned)];
      if (mine === undefined || theirs === undefined || mine === theirs) continue;
      for (const member of theirs) component.set(member, mine.add(member));
    }
  }
  return [...new Set(component.values())].map(
    (members) => new Set([...members].flatMap((member) => [...(graph.get(member)?.conditions ?? [])])),
  );
}

/** The conditions of each output: what other stacks take from it is judged there. */
export function outputConditions(outputs: unknown): Set<string>[] {
  return (isMap(outputs) ? Object.values(outputs) : []).filter(isMap).map((output) => {
    const node: ResourceNode = { resources: new Set(), conditions: new Set() };
    if (typeof output["Condition"] === "string") node.conditions.add(output["Condition"]);
    walk(output["Value"], node);
    return node.conditions;
  });
}
