import { isMap, scalarText, step } from "../../inventory/part";
import type { Template } from "../template";
import { expandApi } from "./api";
import { passedAttributes } from "./attributes";
import { expandConnector, takeOutConnectors } from "./connector";
import { isOpenApi3 } from "./definition";
import { deploymentResources } from "./deployment";
import { Expansion, type Generated, type SamResource } from "./expansion";
import { expandFunction } from "./function";
import { mergeGlobals } from "./globals";
import { expandGraphQLApi } from "./graphql-api";
import { expandHttpApi } from "./http-api";
import { writeDefinitions } from "./implicit-apis";
import { expandCapacityProvider, expandMicrovmImage, expandNetworkConnector } from "./managed-instances";
import { noteReferences, rewriteReferences } from "./references";
import { expandApplication, expandLayerVersion, expandSimpleTable } from "./small";
import { expandStateMachine } from "./state-machine";
import { propagateTags } from "./tags";
import { CannotExpand, type Fields, listOf, mapOf } from "./values";
import { expandWebFunction } from "./web-function";
import { expandWebSocketApi } from "./websocket-api";

const TRANSFORM = "AWS::Serverless-2016-10-31";

/**
 * What each type of resource is expanded by, in the order AWS's translator takes them: functions and state machines
 * write into APIs, connectors read what all others have become.
 */
const EXPANDERS: readonly [type: string, expand: (sam: SamResource, expansion: Expansion) => Generated[]][] = [
  ["AWS::Serverless::Function", expandFunction],
  ["AWS::Serverless::WebFunction", expandWebFunction],
  ["AWS::Serverless::StateMachine", expandStateMachine],
  ["AWS::Serverless::Api", expandApi],
  ["AWS::Serverless::HttpApi", expandHttpApi],
  ["AWS::Serverless::WebSocketApi", expandWebSocketApi],
  ["AWS::Serverless::SimpleTable", expandSimpleTable],
  ["AWS::Serverless::LayerVersion", expandLayerVersion],
  ["AWS::Serverless::Application", expandApplication],
  ["AWS::Serverless::CapacityProvider", expandCapacityProvider],
  ["AWS::Serverless::NetworkConnector", expandNetworkConnector],
  ["AWS::Serverless::MicrovmImage", expandMicrovmImage],
  ["AWS::Serverless::GraphQLApi", expandGraphQLApi],
  ["AWS::Serverless::Connector", expandConnector],
];

/**
 * Expands a SAM template into plain CloudFormation, as AWS's own translator does (aws-sam-translator 1.115.0), as far
 * as functions, permissions, roles, events and APIs go. `parameters` are the settled values of parameters, and of
 * pseudo parameters if they are known. Gives the template itself when it is not a SAM template. What cannot be expanded
 * stays as it is, an AWS::Serverless resource. Nothing is changed in place.
 */
export function expandSam(template: Template, parameters: Readonly<Record<string, string>>): Template {
  if (!listOf(template.body["Transform"]).includes(TRANSFORM)) return template;
  const expansion = open(template, parameters);
  if (!expansion) return template;
  attempt(() => writeDefinitions(expansion));
  applyGlobals(expansion);
  takeOutConnectors(expansion);
  for (const [type, expand] of EXPANDERS) {
    for (const [id, resource] of Object.entries(expansion.resources)) {
      if (!isMap(resource) || resource["Type"] !== type) continue;
      attempt(() => replace(id, type, resource, expand, expansion));
    }
  }
  for (const { id, resource } of deploymentResources(expansion)) expansion.resources[id] = resource;
  rewriteReferences(expansion.body, expansion);
  const { body } = expansion;
  return { file: template.file, body, origins: expansion.sources.origins(body, template) };
}

/** A copy of the template to work on, without its transform. */
function open(template: Template, parameters: Readonly<Record<string, string>>): Expansion | undefined {
  const { body: original } = template;
  if (!isMap(original["Resources"])) return undefined;
  const body: Fields = {};
  // Without a prototype, so that any logical id may be set.
  const resources: Fields = Object.create(null);
  const expansion = new Expansion(body, resources, parameters);
  for (const [name, value] of Object.entries(original)) {
    if (name === "Transform") {
      const others = listOf(value).filter((transform) => transform !== TRANSFORM);
      if (others.length > 0) body[name] = others;
    } else if (name !== "Resources") {
      body[name] = expansion.sources.copy(value, step("", name));
    }
  }
  expansion.sources.put(body, "Resources", resources, "/Resources");
  for (const [id, resource] of Object.entries(original["Resources"])) {
    expansion.written.add(id);
    resources[id] = expansion.sources.copy(resource, step("/Resources", id));
  }
  return expansion;
}

/** Leaves things as they are when they cannot be expanded. */
function attempt(expand: () => void): void {
  try {
    expand();
  } catch (error) {
    if (!(error instanceof CannotExpand)) throw error;
  }
}

function applyGlobals(expansion: Expansion): void {
  const { body, resources, sources } = expansion;
  for (const resource of Object.values(resources)) {
    if (!isMap(resource)) continue;
    const type = resource["Type"];
    if (typeof type !== "string" || !type.startsWith("AWS::Serverless::")) continue;
    attempt(() => {
      const pointer = sources.of(resource, "Properties");
      sources.put(resource, "Properties", mergeGlobals(body["Globals"], resource, type, sources), pointer);
    });
    if (type === "AWS::Serverless::Api" || type === "AWS::Serverless::HttpApi") settleAuth(resource, expansion);
  }
  delete body["Globals"];
  for (const id of expansion.managedApis) setVersion(resources[id]);
}

function settleAuth(resource: Fields, expansion: Expansion): void {
  const properties = resource["Properties"];
  if (!isMap(properties) || !isMap(properties["Auth"])) return;
  const pointer = expansion.sources.of(properties, "Auth");
  expansion.sources.put(properties, "Auth", expansion.settle(properties["Auth"]), pointer);
}

/** OpenApiVersion 3 makes the definition SAM writes an OpenAPI document. */
function setVersion(api: unknown): void {
  const properties = isMap(api) ? api["Properties"] : undefined;
  if (!isMap(properties) || !isMap(properties["DefinitionBody"])) return;
  const version = properties["OpenApiVersion"];
  if (version === undefined || !isOpenApi3(version)) return;
  properties["DefinitionBody"]["openapi"] = version === 3 ? "3.0" : scalarText(version);
  delete properties["DefinitionBody"]["swagger"];
}

function replace(
  id: string,
  type: string,
  resource: Fields,
  expand: (sam: SamResource, expansion: Expansion) => Generated[],
  expansion: Expansion,
): void {
  const { resources, sources } = expansion;
  const sam: SamResource = {
    id,
    type,
    resource,
    properties: mapOf(resource["Properties"], "Properties"),
    attributes: passedAttributes(resource),
    pointer: sources.near(resources, id) ?? step("/Resources", id),
  };
  const generated = expand(sam, expansion);
  const taken = generated.find((made) => made.id !== id && isTaken(made, expansion));
  if (taken) throw new CannotExpand(`${taken.id} is a resource of the template already`);
  propagateTags(sam, generated);
  noteReferences(id, type, generated, expansion);
  delete resources[id];
  for (const made of generated) resources[made.id] = made.resource;
}

/** Whether an author has written a resource of the same logical id. */
function isTaken(made: Generated, expansion: Expansion): boolean {
  return expansion.written.has(made.id) && expansion.resources[made.id] !== made.resource;
}
