import { isMap } from "../../../inventory/part";
import {
  ANY_METHOD,
  branchesOf,
  definitionsAt,
  hasIntegration,
  INTEGRATION,
  integrate,
  invocationUri,
  pathInArn,
  pathsOf,
} from "../definition";
import type { Expansion, Generated } from "../expansion";
import { DEFAULT_PATH, isHttpDefinition, setRouteSecurity } from "../http-definition";
import type { Target } from "../target";
import { CannotExpand, conditional, type Fields, given, mapOf, sub, textOf } from "../values";
import { permission, requires, type SamEvent } from "./event";

/** HttpApi: a route of an HTTP API, and the permission for API Gateway to start the function. */
export function httpApiEvent(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  const own = event.properties;
  requires(event, "ApiId");
  const path = textOf(own["Path"], "Path");
  const method = textOf(own["Method"], "Method").toLowerCase();
  const written = own["ApiId"];
  const id = isMap(written) && "Ref" in written ? written["Ref"] : written;
  const resource = typeof id === "string" ? expansion.resources[id] : undefined;
  if (typeof id !== "string" || !isMap(resource)) {
    throw new CannotExpand(`ApiId of ${event.name} is not a resource of this template`);
  }
  const properties = mapOf(resource["Properties"], "Properties");
  // A definition that cannot be read, as one that AWS::Include brings in, is left alone.
  const body = properties["DefinitionBody"];
  const paths = isHttpDefinition(body) ? pathsOf(body) : {};
  const granted = routePermission(event, paths, path, method, runs, expansion);
  if (isHttpDefinition(body)) {
    if (expansion.managedApis.has(id) && hasIntegration(paths, path, method)) {
      throw new CannotExpand("an API route is defined twice");
    }
    addRoute(event, paths, path, method, runs, expansion);
    addRouteAuth(event, body, mapOf(properties["Auth"], "Auth"), path, method, expansion);
  }
  return granted ? [granted] : [];
}

/** None is needed when the same function takes the default route already. */
function routePermission(
  event: SamEvent,
  paths: Fields,
  path: string,
  method: string,
  runs: Target,
  expansion: Expansion,
): Generated | undefined {
  if (path !== DEFAULT_PATH && takesDefaultRoute(paths, runs)) return undefined;
  const place = path === DEFAULT_PATH ? "" : pathInArn(path);
  const verb = method === "any" || method === ANY_METHOD ? "*" : method.toUpperCase();
  const route = method === "any" && place === `/${DEFAULT_PATH}` ? place : `/${verb}${place}`;
  const text = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}${route}`;
  const limits = { SourceArn: sub(text, { __ApiId__: event.properties["ApiId"], __Stage__: "*" }) };
  return permission(event, runs, "apigateway.amazonaws.com", limits, expansion);
}

function takesDefaultRoute(paths: Fields, runs: Target): boolean {
  if (!hasIntegration(paths, DEFAULT_PATH, ANY_METHOD)) return false;
  return definitionsAt(paths, DEFAULT_PATH, ANY_METHOD).every((definition) => {
    const uri = mapOf(definition[INTEGRATION], "integration")["uri"];
    return branchesOf(uri).every((branch) => {
      const text = isMap(branch) ? branch["Fn::Sub"] : undefined;
      const found = typeof text === "string" ? /([A-Za-z0-9]+)\.Arn/.exec(text) : undefined;
      return found?.[1] === runs.id;
    });
  });
}

function addRoute(
  event: SamEvent,
  paths: Fields,
  path: string,
  method: string,
  runs: Target,
  expansion: Expansion,
): void {
  if (hasIntegration(paths, path, method)) return;
  const { PayloadFormatVersion: format, TimeoutInMillis: timeout } = event.properties;
  const condition = runs.attributes["Condition"];
  const uri = invocationUri(runs.arnInText, "${AWS::Partition}");
  const integration: Fields = {
    type: "aws_proxy",
    httpMethod: "POST",
    payloadFormatVersion: given(format) ? format : "2.0",
    uri: given(condition) ? conditional(condition, uri) : uri,
  };
  if (given(timeout)) integration["timeoutInMillis"] = timeout;
  const others: Fields = { responses: {} };
  if (path === DEFAULT_PATH && (method === "any" || method === ANY_METHOD)) others["isDefaultRoute"] = true;
  integrate(paths, path, method, { integration, others, condition }, expansion.sources, event.pointer);
}

function addRouteAuth(
  event: SamEvent,
  body: Fields,
  apiAuth: Fields,
  path: string,
  method: string,
  expansion: Expansion,
): void {
  const own = mapOf(event.properties["Auth"], "Auth");
  if (!given(own)) return;
  const written = given(own["Authorizer"]) ? own["Authorizer"] : apiAuth["DefaultAuthorizer"];
  const name = textOf(written, `Authorizer of ${event.name}`);
  const authorizer = mapOf(mapOf(apiAuth["Authorizers"], "Authorizers")[name], name);
  const iam = name === "AWS_IAM" && apiAuth["EnableIamAuthorizer"] === true;
  if (name === "NONE" ? !given(apiAuth["DefaultAuthorizer"]) : !iam && !given(authorizer)) {
    throw new CannotExpand(`${event.name} names an authorizer that the API does not have`);
  }
  const ownScopes = given(own["AuthorizationScopes"]) ? own["AuthorizationScopes"] : undefined;
  const named = name !== "NONE" && name !== "AWS_IAM";
  const scopes = named ? (ownScopes ?? authorizer["AuthorizationScopes"] ?? []) : [];
  const { sources } = expansion;
  setRouteSecurity(body, path, method, name, scopes, sources, sources.of(event.properties, "Auth"));
}
