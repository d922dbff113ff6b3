import { isMap } from "../../inventory/part";
import { definitionsAt, isOpenApi3, methodsAt, pathItems, pathsOf, securityOf } from "./definition";
import type { Sources } from "./sources";
import { CannotExpand, type Fields, given, isAbsent, mapOf } from "./values";

/** Security of a REST API's definition, as AWS::Serverless::Api writes it. */

/** Whether SAM can write into a definition. */
export function isRestDefinition(body: unknown): body is Fields {
  if (!isMap(body) || !isMap(body["paths"])) return false;
  return given(body["swagger"]) || (given(body["openapi"]) && isOpenApi3(body["openapi"]));
}

/** Adds a scheme to `securityDefinitions`; `postprocess` moves it to where OpenAPI 3 has it. */
export function addScheme(
  body: Fields,
  name: string,
  scheme: Fields,
  sources: Sources,
  pointer: string | undefined,
): void {
  const schemes = { ...mapOf(body["securityDefinitions"], "securityDefinitions") };
  sources.put(schemes, name, scheme, pointer);
  body["securityDefinitions"] = schemes;
}

function addSchemeOnce(body: Fields, name: string, scheme: Fields, sources: Sources, pointer: string | undefined) {
  const known = mapOf(body["securityDefinitions"], "securityDefinitions");
  if (!Object.hasOwn(known, name)) addScheme(body, name, scheme, sources, pointer);
}

export function addApiKeyScheme(body: Fields, sources: Sources, pointer: string | undefined): void {
  addSchemeOnce(body, "api_key", { type: "apiKey", name: "x-api-key", in: "header" }, sources, pointer);
}

function addIamScheme(body: Fields, sources: Sources, pointer: string | undefined): void {
  const scheme = {
    "x-amazon-apigateway-authtype": "awsSigv4",
    type: "apiKey",
    name: "Authorization",
    in: "header",
  };
  addSchemeOnce(body, "AWS_IAM", scheme, sources, pointer);
}

/** What an event's `Auth` says about its method. */
export function setMethodSecurity(
  body: Fields,
  path: string,
  method: string,
  eventAuth: Fields,
  authorizers: unknown,
  sources: Sources,
  pointer: string | undefined,
): void {
  const { Authorizer: authorizer, ApiKeyRequired: apiKey, AuthorizationScopes: scopes } = eventAuth;
  for (const definition of definitionsAt(pathsOf(body), path, method)) {
    const security = [...securityOf(definition)];
    if (typeof authorizer === "string" && authorizer !== "") {
      security.push({ [authorizer]: scopesOf(authorizer, authorizers, scopes) });
      if (security[0] && "AWS_IAM" in security[0]) addIamScheme(body, sources, pointer);
    }
    if (!isAbsent(apiKey)) {
      security.push({ [given(apiKey) ? "api_key" : "api_key_false"]: [] });
      if (given(apiKey)) addApiKeyScheme(body, sources, pointer);
    }
    if (security.length > 0) sources.put(definition, "security", security, pointer);
  }
}

function scopesOf(name: string, authorizers: unknown, scopes: unknown): unknown {
  const authorizer = isMap(authorizers) ? authorizers[name] : undefined;
  if (name === "NONE" || !isMap(authorizer)) return [];
  return scopes ?? authorizer["AuthorizationScopes"] ?? [];
}

/** Puts an API's DefaultAuthorizer on the methods of a path that say nothing else; `NONE` takes it off. */
export function setDefaultAuthorizer(
  body: Fields,
  path: string,
  settings: { authorizer: string; names: ReadonlySet<string>; scopes: unknown; preflight: boolean },
  sources: Sources,
  pointer: string | undefined,
): void {
  for (const [method, definition] of methodsAt(pathsOf(body), path)) {
    if (method === "options" && !settings.preflight) continue;
    const existing = securityOf(definition);
    const isAuthorizer = (requirement: Fields) => Object.keys(requirement).some((name) => settings.names.has(name));
    const others = existing.filter((requirement) => !isAuthorizer(requirement));
    const own = existing.filter(isAuthorizer);
    const none = others.findIndex((requirement) => "NONE" in requirement);
    let security: Fields[];
    if (none !== -1) security = others.filter((_, index) => index !== none);
    else if (own.length > 0) security = [...others, ...own];
    else security = [...others, { [settings.authorizer]: settings.scopes }];
    if (security.length === 0) continue;
    if (none !== -1 || own.length > 0) definition["security"] = security;
    else sources.put(definition, "security", security, pointer);
    if (security[0] && "AWS_IAM" in security[0]) addIamScheme(body, sources, pointer);
  }
}

/** Puts an API's ApiKeyRequired on the methods of a path; a method's own `false` takes it off. */
export function setDefaultApiKey(
  body: Fields,
  path: string,
  preflight: boolean,
  sources: Sources,
  pointer: string | undefined,
): void {
  for (const [method, definition] of methodsAt(pathsOf(body), path)) {
    const existing = securityOf(definition);
    const others = existing.filter((requirement) => !("api_key" in requirement || "api_key_false" in requirement));
    const refused = existing.some((requirement) => "api_key_false" in requirement);
    const wanted = !refused && (method !== "options" || preflight);
    const security = wanted ? [...others, { api_key: [] }] : others;
    if (security.length !== existing.length || wanted) sources.put(definition, "security", security, pointer);
  }
}

/** Adds an OPTIONS method that answers preflight requests to a path without one. */
export function addPreflight(body: Fields, path: string, sources: Sources, pointer: string | undefined): void {
  for (const item of pathItems(pathsOf(body), path)) {
    if ("options" in item) continue;
    const answer = {
      summary: "CORS support",
      responses: { "200": { description: "Default response for CORS method" } },
      "x-amazon-apigateway-integration": {
        type: "mock",
        requestTemplates: { "application/json": '{\n  "statusCode" : 200\n}\n' },
        responses: { default: { statusCode: "200", responseTemplates: { "application/json": "{}\n" } } },
      },
    };
    sources.put(item, "options", answer, pointer);
  }
}

/** OpenAPI 3 has security schemes among its components. */
export function finishDefinition(body: Fields, openApiVersion: unknown): void {
  if (!isAbsent(body["swagger"]) || !isOpenApi3(openApiVersion ?? body["openapi"])) return;
  const schemes = body["securityDefinitions"];
  if (!given(schemes)) return;
  const components = mapOf(body["components"], "components");
  body["components"] = { ...components, securitySchemes: schemes };
  delete body["securityDefinitions"];
}

/** Fails when SAM cannot write into a definition. */
export function restDefinition(body: unknown): Fields {
  if (isRestDefinition(body)) return body;
  throw new CannotExpand("DefinitionBody is not an OpenAPI document that can be read");
}
