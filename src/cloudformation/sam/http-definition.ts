import { isMap } from "../../inventory/part";
import {
  branchesOf,
  definitionsAt,
  INTEGRATION,
  isOpenApi3,
  methodKey,
  pathItems,
  pathsOf,
  securityOf,
} from "./definition";
import type { Sources } from "./sources";
import { CannotExpand, type Fields, given, mapOf } from "./values";

/** Security of an HTTP API's definition, as AWS::Serverless::HttpApi writes it. */

/** The path of the route that takes what no other takes. */
export const DEFAULT_PATH = "$default";

/** Whether SAM can write into a definition. */
export function isHttpDefinition(body: unknown): body is Fields {
  return isMap(body) && isMap(body["paths"]) && given(body["openapi"]) && isOpenApi3(body["openapi"]);
}

/** Fails when SAM cannot write into a definition. */
export function httpDefinition(body: unknown): Fields {
  if (isHttpDefinition(body)) return body;
  throw new CannotExpand("DefinitionBody is not an OpenAPI 3 document that can be read");
}

/** Adds a security scheme. */
export function addHttpScheme(
  body: Fields,
  name: string,
  scheme: Fields,
  sources: Sources,
  pointer: string | undefined,
): void {
  const components = { ...mapOf(body["components"], "components") };
  const schemes = { ...mapOf(components["securitySchemes"], "securitySchemes") };
  sources.put(schemes, name, scheme, pointer);
  components["securitySchemes"] = schemes;
  body["components"] = components;
}

/** What an event's `Auth` says about its route. */
export function setRouteSecurity(
  body: Fields,
  path: string,
  method: string,
  authorizer: string,
  scopes: unknown,
  sources: Sources,
  pointer: string | undefined,
): void {
  for (const definition of definitionsAt(pathsOf(body), path, method)) {
    const security = [...securityOf(definition), { [authorizer]: scopes }];
    sources.put(definition, "security", security, pointer);
  }
}

/** Puts an API's DefaultAuthorizer on the routes of a path that have no security of their own. */
export function setDefaultRouteAuthorizer(
  body: Fields,
  path: string,
  authorizer: string,
  scopes: unknown,
  sources: Sources,
  pointer: string | undefined,
): void {
  for (const item of pathItems(pathsOf(body), path)) {
    for (const [name, method] of Object.entries(item)) {
      if (["parameters", "options"].includes(methodKey(name))) continue;
      for (const definition of branchesOf(method)) {
        if (!isMap(definition) || !given(definition[INTEGRATION]) || given(definition["security"])) continue;
        sources.put(definition, "security", [{ [authorizer]: scopes }], pointer);
      }
    }
  }
}
