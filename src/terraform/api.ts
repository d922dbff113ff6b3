import type { Draft } from "../inventory/draft";
import type { Part } from "../inventory/part";
import type { Value } from "../inventory/types";
import type { PlannedResource } from "./changes";
import type { TerraformPart } from "./part";
import { booleanOr, field, textOr, textValue } from "./values";
import { sameThing, soleTarget, type View, type Viewed } from "./view";

/** Methods and routes of API Gateway, and the edges from their integrations to functions. */
export function addApis(view: View, draft: Draft): void {
  addRest(view, draft);
  addHttp(view, draft);
}

/** REST: aws_api_gateway_method with the aws_api_gateway_integration of the same API, resource and HTTP method. */
function addRest(view: View, draft: Draft): void {
  const integrations = new Map<string, Viewed>();
  for (const viewed of view.of("aws_api_gateway_integration")) {
    integrations.set(methodKey(viewed.part), viewed);
    const target = textValue(viewed.part.field("uri"));
    if (target === undefined || !isProxy(viewed.part.field("type").text)) continue;
    const { address, part } = viewed;
    const asynchronous = invocationType(part);
    draft.invocations.push({ address, at: part.field("uri").at, kind: "api", asynchronous, target });
  }
  const policies = restPolicies(view);
  for (const { address, at, part } of view.of("aws_api_gateway_method")) {
    const integration = integrations.get(methodKey(part));
    draft.apiRoutes.push({
      address,
      at,
      api: "REST",
      method: textOr(part.field("http_method"), ""),
      path: pathOf(part.attribute("resource_id"), view),
      authorization: textOr(part.field("authorization"), "NONE"),
      apiKey: booleanOr(part.field("api_key_required"), false),
      restrictedByPolicy: restricted(policies.get(sameThing(part.attribute("rest_api_id")) ?? "")),
      ...field("target", integration && textValue(integration.part.field("uri"))),
    });
  }
  for (const { address, at, part } of view.of("aws_api_gateway_rest_api")) {
    if (part.field("body").kind === "absent") continue;
    draft.unresolved.push({ address, at, why: "its methods are in an OpenAPI body" });
  }
}

function methodKey(part: TerraformPart): string {
  return ["rest_api_id", "resource_id", "http_method"].map((name) => sameThing(part.attribute(name)) ?? name).join(" ");
}

function isProxy(type: string): boolean {
  return type === "AWS" || type === "AWS_PROXY" || type === "";
}

/** `X-Amz-Invocation-Type: 'Event'` makes a call asynchronous (API Gateway guide, "asynchronous Lambda invocation"). */
function invocationType(part: TerraformPart): Value<boolean> {
  const header = part.field("request_parameters").field("integration.request.header.X-Amz-Invocation-Type");
  if (header.kind === "unknown") return { unknown: header.why };
  return { known: header.text === "'Event'" };
}

/** A resource's path from its parts, up to the root of the API. */
function pathOf(id: TerraformPart, view: View): Value<string> {
  const parts: string[] = [];
  let next = soleTarget(id);
  if (next === undefined) return { unknown: id.why || "the resource is outside the plan" };
  for (let depth = 0; depth < 100 && next?.type === "aws_api_gateway_resource"; depth++) {
    const part = view.part(next);
    const own = part.field("path_part");
    if (own.kind !== "text") return { unknown: own.why };
    parts.unshift(own.text);
    const parent: PlannedResource | undefined = soleTarget(part.attribute("parent_id"));
    if (parent === undefined) return { unknown: part.attribute("parent_id").why || "its parent is outside the plan" };
    next = parent;
  }
  return { known: `/${parts.join("/")}` };
}

/** The policies of REST APIs: their own argument, or aws_api_gateway_rest_api_policy. */
function restPolicies(view: View): Map<string, Part> {
  const found = new Map<string, Part>();
  for (const { address, part } of view.of("aws_api_gateway_rest_api")) {
    const policy = part.field("policy");
    if (policy.kind === "absent" || (policy.text === "" && policy.kind === "text")) continue;
    for (const name of [address, part.field("id").text]) found.set(name, policy);
  }
  for (const { part } of view.of("aws_api_gateway_rest_api_policy")) {
    const api = sameThing(part.attribute("rest_api_id"));
    if (api !== undefined) found.set(api, part.field("policy"));
  }
  return found;
}

/** A policy restricts unless it lets anyone call without a condition and denies nothing. */
function restricted(policy: Part | undefined): Value<boolean> {
  if (policy === undefined) return { known: false };
  if (policy.kind !== "text") return { unknown: policy.why || "the policy of the API is not known" };
  let document: unknown;
  try {
    document = JSON.parse(policy.text);
  } catch {
    return { unknown: "the policy of the API is not valid JSON" };
  }
  const statements = [at(document, "Statement")].flat();
  const isOpen = statements.some(
    (one) => at(one, "Effect") === "Allow" && anyone(at(one, "Principal")) && !at(one, "Condition"),
  );
  return { known: !isOpen || statements.some((one) => at(one, "Effect") === "Deny") };
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function anyone(principal: unknown): boolean {
  return principal === "*" || [at(principal, "AWS")].flat().includes("*");
}

/** HTTP and WebSocket: aws_apigatewayv2_route, its integration through `target`, and the API's quick create. */
function addHttp(view: View, draft: Draft): void {
  const apis = new Map<string, Viewed>();
  const integrations = new Map<string, Viewed>();
  for (const viewed of view.of("aws_apigatewayv2_api")) {
    const { address, at, part } = viewed;
    for (const name of [address, part.field("id").text]) apis.set(name, viewed);
    const target = textValue(part.field("target"));
    if (target === undefined) continue;
    const none = { apiKey: { known: false }, restrictedByPolicy: { known: false }, authorization: { known: "NONE" } };
    const [method, path] = methodAndPath(textOr(part.field("route_key"), "$default"));
    draft.apiRoutes.push({ address, at, api: "HTTP", method, path, ...none, target });
    draft.invocations.push({ address, at, kind: "api", asynchronous: { known: false }, target });
  }
  for (const viewed of view.of("aws_apigatewayv2_integration")) {
    const { address, part } = viewed;
    for (const name of [address, part.field("id").text]) integrations.set(name, viewed);
    const target = textValue(part.field("integration_uri"));
    if (target === undefined || !isProxy(part.field("integration_type").text)) continue;
    const at = part.field("integration_uri").at;
    draft.invocations.push({ address, at, kind: "api", asynchronous: { known: false }, target });
  }
  for (const { address, at, part } of view.of("aws_apigatewayv2_route")) {
    const api = apis.get(sameThing(part.attribute("api_id")) ?? "");
    const integration = integrations.get((sameThing(part.attribute("target")) ?? "").replace(/^integrations\//, ""));
    const key = textOr(part.field("route_key"), "");
    const isSocket = api?.part.field("protocol_type").text === "WEBSOCKET";
    // of a WebSocket API only $connect can be authorized ("Control access to WebSocket APIs")
    if (isSocket && key.known !== "$connect") continue;
    const [method, path] = methodAndPath(key);
    draft.apiRoutes.push({
      address,
      at,
      api: isSocket ? "WebSocket" : "HTTP",
      method,
      path,
      authorization: textOr(part.field("authorization_type"), "NONE"),
      apiKey: booleanOr(part.field("api_key_required"), false),
      restrictedByPolicy: { known: false },
      ...field("target", integration && textValue(integration.part.field("integration_uri"))),
    });
  }
}

/** `POST /start`; `$default` and the routes of WebSocket APIs are all in one. */
function methodAndPath(key: Value<string>): [method: Value<string>, path: Value<string>] {
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(key.known ?? "") ?? [];
  return method === undefined || path === undefined ? [{ known: "ANY" }, key] : [{ known: method }, { known: path }];
}
