import { InputError } from "../errors";
import { assemble } from "../inventory/assemble";
import { type Draft, emptyDraft } from "../inventory/draft";
import { isMap, step } from "../inventory/part";
import type { Deployment, Inventory, Settings } from "../inventory/types";
import { type Graph, graphOf, guardingConditions } from "./graph";
import { CloudFormationPart } from "./part";
import { isNamed } from "./references";
import { RESOURCES } from "./resources";
import type { Declared } from "./resources/declared";
import { present } from "./resources/functions";
import { SCENARIO_LIMIT, scenariosOf } from "./scenarios";
import { Scope } from "./scope";
import { type NestedTemplates, nestedOpener, openStack } from "./stack";
import { locate, type Template } from "./template";

export interface TemplateOptions {
  settings: Settings;
  /** UTC date, `YYYY-MM-DD`. */
  today: string;
  deployment: Deployment;
  /** Values of parameters by name. */
  parameters: Readonly<Record<string, string>>;
  /** Parameters without a given value have their default and no other. */
  defaultsOnly: boolean;
  /** Templates of nested stacks. */
  nested: NestedTemplates;
}

/** The inventory of a template under one assumption about what its parameters do not settle. */
export interface ScenarioInventory {
  inventory: Inventory;
  /** Parameter or condition name to assumed value; empty when nothing is assumed. */
  when: Readonly<Record<string, string>>;
}

/**
 * Reads a CloudFormation or SAM template into inventories, one for each scenario (`scenarios.ts`). Throws InputError:
 * DG021 for a template that cannot be read as one, DG040 for a parameter value that is not allowed.
 */
export function templateInventories(file: string, value: unknown, options: TemplateOptions): ScenarioInventory[] {
  if (!isMap(value)) throw new InputError("DG021", "the template is not a mapping", file);
  const { template, parameters } = openStack({ file, value }, options.parameters, options.defaultsOnly);
  const resources = resourcesOf(template);
  const graph = graphOf(resources);
  const conditions = guardingConditions(graph, (logicalId) => typeOf(resources[logicalId]));
  const { scenarios, unbounded } = scenariosOf(template, parameters, options.deployment, conditions);
  return scenarios.map((scenario) => {
    const opener = nestedOpener(options.nested, options.deployment);
    const scope = new Scope(template, parameters, options.deployment, scenario, "", opener);
    const identities = new Set<string>();
    const draft = emptyDraft("cloudformation", options.deployment, identities);
    declareStack(scope, draft, identities);
    for (const name of unbounded) {
      draft.unresolved.push({
        address: name,
        at: locate(template, step("/Parameters", name)),
        why: `more than ${SCENARIO_LIMIT} combinations with other parameters: give it a value`,
      });
    }
    return { inventory: assemble(draft, options.settings, options.today), when: scenario.when };
  });
}

/** CDK leaves stacks without resources; what is there and is no mapping is malformed. */
function resourcesOf(template: Template): Record<string, unknown> {
  const resources = template.body["Resources"] ?? {};
  if (!isMap(resources)) throw new InputError("DG021", "Resources is not a mapping", template.file);
  return resources;
}

function typeOf(resource: unknown): string {
  return isMap(resource) && typeof resource["Type"] === "string" ? resource["Type"] : "";
}

const ORDER = new Map(Object.keys(RESOURCES).map((type, index) => [type, index]));

/** Declares every resource that exists in the scope's scenario, those of nested stacks too. */
function declareStack(scope: Scope, draft: Draft, identities: Set<string>): void {
  const resources = resourcesOf(scope.template);
  const graph = graphOf(resources);
  unreadParts(scope, draft);
  for (const { name, secret, value } of scope.parameters.values()) {
    const at = locate(scope.template, step("/Parameters", name));
    const known = present("value", value === undefined ? undefined : { known: value });
    draft.parameters.push({ address: scope.address(name), at, name, secret, ...known });
  }
  const declared = Object.entries(resources).flatMap(([logicalId, resource]) =>
    declare(logicalId, resource, scope, draft, identities),
  );
  // In the order of the tables: network ACLs before their entries.
  declared.sort((a, b) => (ORDER.get(a.type) ?? -1) - (ORDER.get(b.type) ?? -1));
  for (const one of declared) {
    if (isNamed(one.type)) identities.add(one.address);
    RESOURCES[one.type]?.(one, draft);
  }
  for (const one of draft.functions) {
    if (scope.path === "" || one.address.startsWith(scope.path))
      one.referencedBy.push(...mentioners(one.address, scope, graph));
  }
}

function declare(
  logicalId: string,
  resource: unknown,
  scope: Scope,
  draft: Draft,
  identities: Set<string>,
): Declared[] {
  const pointer = step("/Resources", logicalId);
  const place = { address: scope.address(logicalId), at: locate(scope.template, pointer) };
  const type = typeOf(resource);
  if (!isMap(resource) || type === "") {
    draft.unresolved.push({ ...place, why: "not a resource: it has no Type" });
    return [];
  }
  const condition = resource["Condition"];
  const exists = typeof condition === "string" ? scope.condition(condition) : true;
  if (exists === false) return [];
  draft.resources.push({ ...place, type });
  const properties = new CloudFormationPart(resource["Properties"], step(pointer, "Properties"), scope);
  if (properties.kind !== "map" && properties.kind !== "absent") {
    draft.unresolved.push({ ...place, why: properties.why || "Properties is not a mapping" });
  }
  if (type.startsWith("AWS::Serverless::")) {
    draft.unresolved.push({ ...place, why: `${type} cannot be expanded` });
  }
  if (type === "AWS::CloudFormation::Stack") {
    const nested = scope.nestedStack(logicalId);
    if (nested !== undefined) declareStack(nested, draft, identities);
    else draft.unresolved.push({ ...place, why: "the nested stack's template is not at hand" });
  }
  return [
    {
      ...place,
      logicalId,
      type,
      properties,
      attribute: (name) => new CloudFormationPart(resource[name], step(pointer, name), scope),
      scope,
      ...(exists === undefined ? { uncertain: `condition ${condition}` } : {}),
    },
  ];
}

/** Macros may change anything in the template; only AWS's own transforms are applied here. */
const APPLIED = ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"];

function unreadParts(scope: Scope, draft: Draft): void {
  const transform = scope.template.body["Transform"];
  const names = Array.isArray(transform) ? transform : transform === undefined ? [] : [transform];
  for (const name of names) {
    if (typeof name === "string" && APPLIED.includes(name)) continue;
    const macro = isMap(name) && typeof name["Name"] === "string" ? name["Name"] : String(name);
    draft.unresolved.push({
      address: "Transform",
      at: locate(scope.template, "/Transform"),
      why: `the transform ${macro} is applied by AWS only and may change the template`,
    });
  }
}

function mentioners(address: string, scope: Scope, graph: Graph): string[] {
  return [...graph]
    .filter(
      ([logicalId, node]) =>
        scope.address(logicalId) !== address && node.resources.has(address.slice(scope.path.length)),
    )
    .map(([logicalId]) => scope.address(logicalId));
}
