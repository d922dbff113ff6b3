import { isMap } from "../../../inventory/part";
import {
  emptyDefinition,
  hasIntegration,
  INTEGRATION,
  integrate,
  invocationUri,
  methodKey,
  pathInArn,
  pathsOf,
} from "../definition";
import type { Expansion, Generated } from "../expansion";
import { addCustomStatements, restrictPath } from "../resource-policy";
import { isRestDefinition, setMethodSecurity } from "../rest-definition";
import type { Target } from "../target";
import { CannotExpand, type Fields, given, isAbsent, mapOf, sub, textOf } from "../values";
import { permission, permissionId, requires, type SamEvent } from "./event";

/** The API of an event, when it is one of the template. */
export interface LinkedApi {
  id: string;
  properties: Fields;
  /** The stage as it stands in ids and resource policies. */
  stage: string;
}

/** The REST API that an event names by `RestApiId`. */
export function linkedApi(event: SamEvent, expansion: Expansion): LinkedApi | undefined {
  const written = event.properties["RestApiId"];
  const id = isMap(written) && "Ref" in written ? written["Ref"] : written;
  if (typeof id !== "string") return undefined;
  const resource = expansion.resources[id];
  if (!isMap(resource)) throw new CannotExpand(`RestApiId of ${event.name} is not a resource of this template`);
  const properties = mapOf(resource["Properties"], "Properties");
  const stage = properties["StageName"];
  return { id, properties, stage: typeof stage === "string" ? textOf(stage, "StageName") : "Stage" };
}

/** Api: a method of a REST API, and the permission for API Gateway to start the function. */
export function apiEvent(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  const own = event.properties;
  requires(event, "RestApiId");
  const path = textOf(own["Path"], "Path");
  const method = textOf(own["Method"], "Method").toLowerCase();
  const api = linkedApi(event, expansion);
  const resource = `\${__ApiId__}/\${__Stage__}/${method === "any" ? "*" : method.toUpperCase()}${pathInArn(path)}`;
  const text = `arn:${expansion.partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
  const limits = { SourceArn: sub(text, { __ApiId__: own["RestApiId"], __Stage__: "*" }) };
  const id = permissionId(event, api?.stage ?? "AllStages");
  const granted = permission(event, runs, "apigateway.amazonaws.com", limits, expansion, id);
  if (api && isMap(api.properties["DefinitionBody"])) addToApi(event, api, path, method, runs, expansion);
  return [granted];
}

function addToApi(
  event: SamEvent,
  api: LinkedApi,
  path: string,
  method: string,
  runs: Target,
  expansion: Expansion,
): void {
  const body = mapOf(api.properties["DefinitionBody"], "DefinitionBody");
  const merges = given(api.properties["MergeDefinitions"]);
  const eventAuth = mapOf(event.properties["Auth"], "Auth");
  if (merges || expansion.managedApis.has(api.id)) {
    const written = merges ? emptyDefinition({ swagger: "2.0" }) : body;
    if (!isRestDefinition(written)) throw new CannotExpand("the API's definition cannot be read");
    addIntegration(event, api, written, path, method, runs, expansion);
    addEventAuth(event, api, written, path, method, expansion);
    if (merges) mergeMethod(body, written, path, method, expansion);
  }
  if (given(eventAuth["OverrideApiAuth"]) && isRestDefinition(body)) {
    addEventAuth(event, api, body, path, method, expansion);
  }
}

function addIntegration(
  event: SamEvent,
  api: LinkedApi,
  body: Fields,
  path: string,
  method: string,
  runs: Target,
  expansion: Expansion,
): void {
  const paths = pathsOf(body);
  if (hasIntegration(paths, path, method)) throw new CannotExpand("an API method is defined twice");
  const streams = event.properties["ResponseTransferMode"] === "RESPONSE_STREAM";
  const condition = runs.attributes["Condition"];
  const uri = invocationUri(runs.arnInText, expansion.partition, streams);
  const integration: Fields = {
    type: "aws_proxy",
    httpMethod: "POST",
    uri: given(condition) ? { "Fn::If": [condition, uri, { Ref: "AWS::NoValue" }] } : uri,
  };
  if (streams) integration["responseTransferMode"] = "STREAM";
  const credentials = callerCredentials(event, api, expansion);
  if (credentials !== undefined) integration["credentials"] = credentials;
  if (given(event.properties["TimeoutInMillis"])) integration["timeoutInMillis"] = event.properties["TimeoutInMillis"];
  const made = { integration, others: { responses: {} }, condition };
  integrate(paths, path, method, made, expansion.sources, event.pointer);
}

/** With IAM authorization the function is started with the caller's credentials, unless a role or NONE is given. */
function callerCredentials(event: SamEvent, api: LinkedApi, expansion: Expansion): unknown {
  const eventAuth = mapOf(event.properties["Auth"], "Auth");
  const apiAuth = mapOf(api.properties["Auth"], "Auth");
  const byDefault = apiAuth["DefaultAuthorizer"] === "AWS_IAM" && !given(eventAuth);
  if (eventAuth["Authorizer"] !== "AWS_IAM" && !byDefault) return undefined;
  const role = (auth: Fields) => ("InvokeRole" in auth && !given(auth["InvokeRole"]) ? "NONE" : auth["InvokeRole"]);
  const chosen = role(eventAuth) ?? role(apiAuth);
  if (chosen === "NONE") return undefined;
  if (isAbsent(chosen) || chosen === "CALLER_CREDENTIALS") return `arn:${expansion.partition}:iam::*:user/*`;
  return chosen;
}

/** What an event's `Auth` adds to its method: authorizer, API key, resource policy. */
export function addEventAuth(
  event: SamEvent,
  api: LinkedApi,
  body: Fields,
  path: string,
  method: string,
  expansion: Expansion,
): void {
  const { sources } = expansion;
  const eventAuth = mapOf(event.properties["Auth"], "Auth");
  if (!given(eventAuth)) return;
  const pointer = sources.of(event.properties, "Auth");
  const apiAuth = mapOf(api.properties["Auth"], "Auth");
  const { Authorizer: authorizer, ApiKeyRequired: apiKey } = eventAuth;
  if (given(authorizer) && authorizer !== "AWS_IAM") {
    const known = authorizer === "NONE" ? apiAuth["DefaultAuthorizer"] : authorizerOf(apiAuth, authorizer);
    if (!given(known)) throw new CannotExpand(`${event.name} names an authorizer that the API does not have`);
  }
  if (given(authorizer) || !isAbsent(apiKey)) {
    setMethodSecurity(body, path, method, eventAuth, apiAuth["Authorizers"], sources, pointer);
  }
  const policy = mapOf(eventAuth["ResourcePolicy"], "ResourcePolicy");
  if (!given(policy)) return;
  restrictPath(body, policy, path, api.stage, sources, pointer);
  addCustomStatements(body, policy, sources, pointer);
}

function authorizerOf(apiAuth: Fields, name: unknown): unknown {
  return typeof name === "string" ? mapOf(apiAuth["Authorizers"], "Authorizers")[name] : undefined;
}

/** MergeDefinitions: the method as made goes over the one that is written. */
function mergeMethod(body: Fields, made: Fields, path: string, method: string, expansion: Expansion): void {
  const { sources } = expansion;
  const generated = mapOf(mapOf(pathsOf(made)[path], "path")[methodKey(method)], "method");
  // As in AWS's translator, a definition without paths gets none.
  const paths = pathsOf(body);
  const item = mapOf(paths[path], "path");
  const written = mapOf(item[method], "method");
  const merged: Fields = {};
  sources.moveAll(written, Object.keys(written), merged);
  for (const name of Object.keys(generated)) {
    sources.put(merged, name, generated[name], sources.of(generated, name) ?? sources.of(made, INTEGRATION));
  }
  item[method] = merged;
  paths[path] = item;
}
