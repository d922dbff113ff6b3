import { isMap, scalarText } from "../../inventory/part";
import type { Sources } from "./sources";
import { CannotExpand, conditional, type Fields, given, isAbsent, isNoValue, listOf, mapOf, ref } from "./values";

/** OpenAPI and Swagger documents of APIs, as far as SAM reads and writes both alike. */

export const INTEGRATION = "x-amazon-apigateway-integration";
export const ANY_METHOD = "x-amazon-apigateway-any-method";

/** A document with nothing in it. */
export function emptyDefinition(version: { swagger: string } | { openapi: string }): Fields {
  return { ...version, info: { version: "1.0", title: ref("AWS::StackName") }, paths: {} };
}

/** Whether a version, as `openapi` or OpenApiVersion has it, is OpenAPI 3. A number 3 was written `3.0`. */
export function isOpenApi3(version: unknown): boolean {
  return version === 3 || /^3\.\d(\.\d)?$/.test(scalarText(version));
}

/** The paths of a definition. */
export function pathsOf(body: Fields): Fields {
  return mapOf(body["paths"], "paths");
}

/** The key of a method in a definition. */
export function methodKey(method: string): string {
  const lower = method.toLowerCase();
  return lower === "any" ? ANY_METHOD : lower;
}

/** The value itself, or what the branches of its `Fn::If` hold. */
export function branchesOf(value: unknown): unknown[] {
  if (!isMap(value) || !("Fn::If" in value)) return [value];
  const branches = value["Fn::If"];
  if (!Array.isArray(branches)) throw new CannotExpand("Fn::If is not a list");
  return branches.slice(1).filter((branch) => !isNoValue(branch));
}

function itemsAt(paths: Fields, path: string): Fields[] {
  return branchesOf(paths[path]).map((item) => {
    if (!isMap(item)) throw new CannotExpand("a path of the API's definition is not a map");
    return item;
  });
}

/** Whether a method of a path has an integration already. */
export function hasIntegration(paths: Fields, path: string, method: string): boolean {
  if (!Object.hasOwn(paths, path)) return false;
  const key = methodKey(method);
  return itemsAt(paths, path).every((item) =>
    branchesOf(item[key]).some((definition) => isMap(definition) && given(definition[INTEGRATION])),
  );
}

/** Makes place for a method of a path. */
export function addMethod(
  paths: Fields,
  path: string,
  method: string,
  sources: Sources,
  pointer: string | undefined,
): void {
  if (isAbsent(paths[path])) sources.put(paths, path, {}, pointer);
  for (const item of itemsAt(paths, path)) {
    const key = methodKey(method);
    if (isAbsent(item[key])) sources.put(item, key, {}, pointer);
  }
}

/** Gives a method of a path its integration and, unless it has them, its responses. */
export function integrate(
  paths: Fields,
  path: string,
  method: string,
  made: { integration: Fields; others: Fields; condition: unknown },
  sources: Sources,
  pointer: string | undefined,
): void {
  addMethod(paths, path, method, sources, pointer);
  const key = methodKey(method);
  for (const item of itemsAt(paths, path)) {
    const definition = mapOf(item[key], "a method of the API's definition");
    sources.put(definition, INTEGRATION, { ...made.integration }, pointer);
    for (const [name, value] of Object.entries(made.others)) definition[name] ??= value;
    if (given(made.condition)) sources.put(item, key, conditional(made.condition, definition), pointer);
  }
}

/** The definitions of a method of a path that have an integration: one, or one for each branch of an `Fn::If`. */
export function definitionsAt(paths: Fields, path: string, method: string): Fields[] {
  return itemsAt(paths, path).flatMap((item) => integrated(item[methodKey(method)]));
}

/** Every method of a path with its definitions that have an integration. */
export function methodsAt(paths: Fields, path: string): [key: string, definition: Fields][] {
  const others = ["summary", "description", "parameters", "servers"];
  return itemsAt(paths, path).flatMap((item) =>
    Object.entries(item)
      .filter(([name]) => !others.includes(name))
      .flatMap(([name, method]) => integrated(method).map((found): [string, Fields] => [methodKey(name), found])),
  );
}

function integrated(method: unknown): Fields[] {
  return branchesOf(method).flatMap((definition) =>
    isMap(definition) && given(definition[INTEGRATION]) ? [definition] : [],
  );
}

/** Names of the methods a path has, in whatever branch. */
export function methodNames(paths: Fields, path: string): string[] {
  return itemsAt(paths, path).flatMap((item) => Object.keys(item));
}

/** The maps of a path: one, or one for each branch of an `Fn::If`. */
export function pathItems(paths: Fields, path: string): Fields[] {
  return itemsAt(paths, path);
}

/** The security requirements of a method. */
export function securityOf(definition: Fields): Fields[] {
  return listOf(definition["security"]).map((requirement) => mapOf(requirement, "security"));
}

/** A path with its parameters as wildcards. */
export function wildcardPath(path: string): string {
  return path.replace(/\{[a-zA-Z0-9._-]+\+?\}/g, "*");
}

/** A path as the source ARN of a permission has it: parameters as wildcards, no slash at its end. */
export function pathInArn(path: string): string {
  return wildcardPath(path.replace(/^(.+)\/$/, "$1"));
}

/** What API Gateway invokes for a function. */
export function invocationUri(arnInText: string, partition: string, streams = false): Fields {
  const path = streams ? "2021-11-15" : "2015-03-31";
  const action = streams ? "response-streaming-invocations" : "invocations";
  const text = `arn:${partition}:apigateway:\${AWS::Region}:lambda:path/${path}/functions/${arnInText}/${action}`;
  return { "Fn::Sub": text };
}
