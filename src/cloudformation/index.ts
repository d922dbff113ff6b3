import { InputError } from "../errors";
import { assemble } from "../inventory/assemble";
import { type Draft, emptyDraft } from "../inventory/draft";
import { isMap, scalarText, step } from "../inventory/part";
import { plain } from "../inventory/text";
import type { Deployment, Inventory, Settings } from "../inventory/types";
import { Exports } from "./exports";
import { type Graph, graphOf, guardingConditions, outputConditions } from "./graph";
import { NestedComparisons } from "./nested-comparisons";
import { CloudFormationPart } from "./part";
import { isNamed } from "./references";
import { RESOURCES } from "./resources";
import type { Declared } from "./resources/declared";
import { present } from "./resources/functions";
import { combineScenarios, type NamedScenario, SCENARIO_LIMIT, scenariosOf } from "./scenarios";
import { Scope } from "./scope";
import { type NestedTemplates, nestedOpener, openStack, type Stack, type TemplateSource } from "./stack";
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

/** A template that is deployed as a stack of its own, and what is known of it beside the deployment all share. */
export interface RootStack extends TemplateSource {
  /** Prefix of its addresses, `Name/`; empty where there is no other stack. */
  path: string;
  /** The name it is deployed under, where that is settled. */
  name?: string;
  /** Values of its parameters, beside those of the options, which come first. */
  parameters?: Readonly<Record<string, string>>;
}

/**
 * Reads a CloudFormation or SAM template into inventories, one for each scenario (`scenarios.ts`). Throws InputError:
 * DG021 for a template that cannot be read as one, DG040 for a parameter value that is not allowed.
 */
export function templateInventories(file: string, value: unknown, options: TemplateOptions): ScenarioInventory[] {
  return stackInventories([{ file, value, path: "" }], options);
}

/**
 * Reads the stacks of one deployment into one inventory, as `templateInventories` does: what one exports is known where
 * another imports it.
 */
export function stackInventories(stacks: readonly RootStack[], options: TemplateOptions): ScenarioInventory[] {
  const opened = stacks.map((stack) => openRoot(stack, options));
  const { rows, unjudged } = combineScenarios(
    opened.map(({ stack, scenarios }) =>
      scenarios.map((scenario) => ({ scenario, when: named(scenario, stack.path) })),
    ),
  );
  return rows.map((chosen) => {
    const identities = new Set<string>();
    const draft = emptyDraft("cloudformation", options.deployment, identities);
    const exports = new Exports();
    const scopes = opened.flatMap(({ stack, template, parameters }, index) => {
      const scenario = chosen[index]?.scenario;
      if (scenario === undefined) return [];
      const opener = nestedOpener(options.nested, options.deployment);
      const known = { stackName: stack.name, exports };
      return new Scope(template, parameters, options.deployment, scenario, stack.path, opener, known);
    });
    for (const scope of scopes) exports.add(scope);
    for (const scope of scopes) declareStack(scope, draft, identities);
    for (const { stack, template, unbounded } of opened) {
      for (const name of unbounded) {
        draft.unresolved.push({
          address: stack.path + name,
          at: locate(template, step("/Parameters", name)),
          why: `more than ${SCENARIO_LIMIT} combinations with other parameters: give it a value`,
        });
      }
      if (unjudged) draft.unresolved.push({ address: stack.path, at: `${template.file}#`, why: UNJUDGED });
    }
    const when = Object.assign({}, ...chosen.map((one) => one.when));
    return { inventory: assemble(draft, options.settings, options.today), when };
  });
}

const UNJUDGED = `more than ${SCENARIO_LIMIT} combinations with the parameters of other stacks: give them values`;

interface OpenedRoot extends Stack {
  stack: RootStack;
  scenarios: NamedScenario[];
  unbounded: string[];
}

function openRoot(stack: RootStack, options: TemplateOptions): OpenedRoot {
  const { file, value } = stack;
  if (!isMap(value)) throw new InputError("DG021", "the template is not a mapping", file);
  const values = Object.entries({ ...stack.parameters, ...options.parameters });
  const given = Object.fromEntries(values.map(([name, text]) => [name, plain(text)]));
  const { template, parameters } = openStack({ ...stack, value }, given, options.defaultsOnly);
  const resources = resourcesOf(template);
  const conditions = guardingConditions(graphOf(resources), (logicalId) => typeOf(resources[logicalId]));
  // Where there is no other stack, nobody judged takes anything from its outputs.
  if (stack.path !== "") conditions.push(...outputConditions(template.body["Outputs"]));
  const nested = new NestedComparisons(options.nested, options.deployment).of({ template, parameters });
  return { stack, template, parameters, ...scenariosOf(template, parameters, options.deployment, conditions, nested) };
}

/** What a scenario assumes, by names that no other stack has. */
function named({ when }: NamedScenario, path: string): Record<string, string> {
  return Object.fromEntries(Object.entries(when).map(([name, value]) => [`${path}${name}`, value]));
}

/** CDK leaves stacks without resources; what is there and is no mapping is malformed. */
function resourcesOf(template: Template): Record<string, unknown> {
  const resources = template.body["Resources"] ?? {};
  if (!isMap(resources))
    throw new InputError("DG021", "Resources is not a mapping", template.file, undefined, "/Resources");
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
    if (Object.hasOwn(RESOURCES, one.type)) RESOURCES[one.type]?.(one, draft);
  }
  const mentioners = mentionersOf(scope, graph);
  for (const one of draft.functions) one.referencedBy.push(...mentioners(one.address));
  const types = new Map(declared.map(({ address, type }) => [address, type]));
  for (const one of draft.securityGroups) {
    if (!types.has(one.address)) continue;
    one.others.push(...mentioners(one.address).filter((address) => !NOT_INSIDE.test(types.get(address) ?? "")));
  }
}

/** What mentions a security group without being in it; and functions, which are told apart. */
const NOT_INSIDE =
  /^$|^AWS::(?:Lambda|Serverless)::|^AWS::EC2::(?:SecurityGroup|VPCEndpoint)|^Custom::|^AWS::SSM::Parameter$/;

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
  const exists = condition === undefined ? true : scope.condition(scalarText(condition));
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
    const macro = scalarText(isMap(name) ? name["Name"] : name) || "without a name";
    draft.unresolved.push({
      address: "Transform",
      at: locate(scope.template, "/Transform"),
      why: `the transform ${macro} is applied by AWS only and may change the template`,
    });
  }
}

/** Gives the addresses of what mentions a resource of the stack, itself not counted. */
function mentionersOf(scope: Scope, graph: Graph): (address: string) => string[] {
  const byLogicalId = new Map<string, string[]>();
  for (const [logicalId, { resources }] of graph) {
    for (const mentioned of resources) {
      const known = byLogicalId.get(mentioned);
      if (known === undefined) byLogicalId.set(mentioned, [logicalId]);
      else known.push(logicalId);
    }
  }
  return (address) => {
    const logicalId = address.startsWith(scope.path) ? address.slice(scope.path.length) : undefined;
    const others = logicalId === undefined ? [] : (byLogicalId.get(logicalId) ?? []);
    return others.filter((other) => other !== logicalId).map((other) => scope.address(other));
  };
}
