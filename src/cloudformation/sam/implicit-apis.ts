import { isMap, scalarText } from "../../inventory/part";
import { passedAttributes } from "./attributes";
import { combineConditions } from "./combined-conditions";
import { ANY_METHOD, addMethod, emptyDefinition, methodKey, pathsOf } from "./definition";
import type { Expansion } from "./expansion";
import { DEFAULT_PATH } from "./http-definition";
import { CannotExpand, conditional, type Fields, given, isAbsent, mapOf, ref } from "./values";

/**
 * Definitions that SAM writes: those of APIs without one of their own, and those of the APIs that events without
 * `RestApiId` or `ApiId` ask for (`ServerlessRestApi`, `ServerlessHttpApi`).
 */

interface Kind {
  event: string;
  type: string;
  idProperty: string;
  implicitId: string;
  skeleton: () => Fields;
  properties: Fields;
}

const KINDS: readonly Kind[] = [
  {
    event: "Api",
    type: "AWS::Serverless::Api",
    idProperty: "RestApiId",
    implicitId: "ServerlessRestApi",
    skeleton: () => emptyDefinition({ swagger: "2.0" }),
    properties: { StageName: "Prod" },
  },
  {
    event: "HttpApi",
    type: "AWS::Serverless::HttpApi",
    idProperty: "ApiId",
    implicitId: "ServerlessHttpApi",
    skeleton: () => emptyDefinition({ openapi: "3.0.1" }),
    properties: {},
  },
];

/** Writes definitions with a place for each method that an event asks for. */
export function writeDefinitions(expansion: Expansion): void {
  for (const kind of KINDS) {
    for (const [id, resource] of Object.entries(expansion.resources)) {
      if (isMap(resource) && resource["Type"] === kind.type) writeOwnDefinition(id, resource, kind, expansion);
    }
  }
  for (const kind of KINDS) addImplicitApi(kind, expansion);
}

function writeOwnDefinition(id: string, resource: Fields, kind: Kind, expansion: Expansion): void {
  if (isAbsent(resource["Properties"])) resource["Properties"] = {};
  const properties = resource["Properties"];
  if (!isMap(properties) || given(properties["DefinitionBody"]) || given(properties["DefinitionUri"])) return;
  expansion.sources.put(properties, "DefinitionBody", kind.skeleton(), expansion.sources.of(expansion.resources, id));
  expansion.managedApis.add(id);
}

/** A method that an event asks for, with the attributes of its function or state machine. */
interface Use {
  api: string;
  path: string;
  method: string;
  attributes: Fields;
}

function addImplicitApi(kind: Kind, expansion: Expansion): void {
  const { resources, sources } = expansion;
  const { implicitId: id } = kind;
  const before = Object.hasOwn(resources, id) ? resources[id] : undefined;
  const wasManaged = expansion.managedApis.has(id);
  const implicit: Fields = { Type: kind.type, Properties: { ...kind.properties, DefinitionBody: kind.skeleton() } };
  resources[id] = implicit;
  expansion.managedApis.add(id);
  const uses = usesOf(kind, expansion);
  const own = uses.filter((use) => use.api === id);
  const [first] = own;
  if (!first) {
    if (before === undefined) delete resources[id];
    else resources[id] = before;
    if (!wasManaged) expansion.managedApis.delete(id);
  } else {
    sources.mark(implicit, first.pointer);
    inheritAttributes(implicit, own, `${id}Condition`, expansion);
  }
  for (const api of new Set(uses.map((use) => use.api))) {
    if (expansion.managedApis.has(api)) {
      setPathConditions(
        api,
        uses.filter((use) => use.api === api),
        expansion,
      );
    }
  }
}

function usesOf(kind: Kind, expansion: Expansion): (Use & { pointer: string | undefined })[] {
  const { resources, sources } = expansion;
  const uses: (Use & { pointer: string | undefined })[] = [];
  for (const resource of Object.values(resources)) {
    if (!isMap(resource)) continue;
    if (resource["Type"] !== "AWS::Serverless::Function" && resource["Type"] !== "AWS::Serverless::StateMachine")
      continue;
    const properties = resource["Properties"];
    const events = isMap(properties) ? properties["Events"] : undefined;
    if (!isMap(events)) continue;
    for (const [name, event] of Object.entries(events)) {
      if (!isMap(event) || event["Type"] !== kind.event) continue;
      const pointer = sources.of(events, name);
      shareTags(resource["Type"], properties, event["Properties"], kind, expansion);
      const use = completeEvent(event, kind, pointer, expansion);
      if (!use) continue;
      uses.push({ ...use, attributes: passedAttributes(resource), pointer });
      placeMethod(use, pointer, expansion);
    }
  }
  return uses;
}

/** With PropagateTags the implicit API has the tags of the functions behind it. */
function shareTags(type: unknown, properties: unknown, event: unknown, kind: Kind, expansion: Expansion): void {
  if (!isMap(properties) || (isMap(event) && kind.idProperty in event)) return;
  const { Globals: globals } = expansion.body;
  const section = isMap(globals) ? globals[scalarText(type).replace("AWS::Serverless::", "")] : undefined;
  const common = isMap(section) ? section : {};
  const propagate = given(properties["PropagateTags"]) || given(common["PropagateTags"]);
  const tags = given(properties["Tags"]) ? properties["Tags"] : common["Tags"];
  const api = expansion.resources[kind.implicitId];
  if (!propagate || !isMap(tags) || !isMap(api) || !isMap(api["Properties"])) return;
  api["Properties"]["Tags"] = { ...mapOf(api["Properties"]["Tags"], "Tags"), ...tags };
  api["Properties"]["PropagateTags"] = true;
}

/** Fills in what an event leaves out: the implicit API, and the default route of an HTTP API. */
function completeEvent(event: Fields, kind: Kind, pointer: string | undefined, expansion: Expansion) {
  const { sources } = expansion;
  if (kind.event === "HttpApi" && isAbsent(event["Properties"])) event["Properties"] = {};
  const properties = event["Properties"];
  if (!isMap(properties)) return undefined;
  if (isAbsent(properties[kind.idProperty])) sources.put(properties, kind.idProperty, ref(kind.implicitId), pointer);
  if (kind.event === "HttpApi" && !given(properties["Path"]) && !given(properties["Method"])) {
    sources.put(properties, "Path", DEFAULT_PATH, pointer);
    sources.put(properties, "Method", ANY_METHOD, pointer);
  }
  const { [kind.idProperty]: written, Path: path, Method: method } = properties;
  const api = isMap(written) && "Ref" in written ? written["Ref"] : written;
  if (typeof api !== "string" || typeof path !== "string" || typeof method !== "string") return undefined;
  return { api, path, method };
}

function placeMethod(use: Omit<Use, "attributes">, pointer: string | undefined, expansion: Expansion): void {
  const api = expansion.resources[use.api];
  const properties = isMap(api) ? api["Properties"] : undefined;
  const body = isMap(properties) ? properties["DefinitionBody"] : undefined;
  if (!expansion.managedApis.has(use.api) || !isMap(body)) return;
  addMethod(pathsOf(body), use.path, methodKey(use.method), expansion.sources, pointer);
}

/** The implicit API exists when one of its functions does, and is kept when one of them is. */
function inheritAttributes(api: Fields, uses: Use[], conditionName: string, expansion: Expansion): void {
  const condition = commonCondition(uses, conditionName, expansion);
  if (condition !== undefined) api["Condition"] = condition;
  for (const [name, strongest] of [
    ["DeletionPolicy", ["Retain", "Delete"]],
    ["UpdateReplacePolicy", ["Retain", "Snapshot", "Delete"]],
  ] as const) {
    const policy = strongest.find((value) => uses.some((use) => use.attributes[name] === value));
    if (policy !== undefined) api[name] = policy;
  }
}

/** The condition under which one of several uses is there; undefined when one always is. */
function commonCondition(uses: Use[], name: string, expansion: Expansion): string | undefined {
  const byMethod = new Map(uses.map((use) => [`${use.path} ${use.method}`, use.attributes["Condition"]]));
  const conditions = [...new Set(byMethod.values())];
  const texts = conditions.filter((condition) => typeof condition === "string");
  const [only] = texts;
  if (texts.length < conditions.length || only === undefined) return undefined;
  if (texts.length === 1) return only;
  Object.assign(expansion.conditions, combineConditions(texts.sort(), name));
  return name;
}

function setPathConditions(api: string, uses: Use[], expansion: Expansion): void {
  const resource = mapOf(expansion.resources[api], api);
  const body = mapOf(resource["Properties"], "Properties")["DefinitionBody"];
  if (!isMap(body)) throw new CannotExpand("DefinitionBody is not a map");
  const paths = pathsOf(body);
  for (const path of Object.keys(paths)) {
    const suffix = path.replaceAll("/", "SLASH").replaceAll("{", "OB").replaceAll("}", "CB");
    const here = uses.filter((use) => use.path === path);
    const condition = commonCondition(here, `${api}${suffix}PathCondition`, expansion);
    if (condition === undefined) continue;
    expansion.sources.put(paths, path, conditional(condition, paths[path]), expansion.sources.near(paths, path));
  }
}
