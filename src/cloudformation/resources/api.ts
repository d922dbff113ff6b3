import type { Draft } from "../../inventory/draft";
import type { Part } from "../../inventory/part";
import type { ApiRoute, Value } from "../../inventory/types";
import { booleanValue, choiceValue, textValue } from "../../inventory/values";
import type { Scope } from "../scope";
import type { Declared, ResourceTable } from "./declared";
import { present } from "./functions";
import { edge } from "./invocations";

/** API Gateway methods and routes, declared as resources or in an OpenAPI body. */
export const apiResources: ResourceTable = {
  "AWS::ApiGateway::Method": (declared, draft) => {
    const { properties } = declared;
    const integration = properties.field("Integration");
    route(declared, draft, {
      api: "REST",
      method: choiceValue(properties.field("HttpMethod")) ?? { unknown: "HttpMethod" },
      path: pathOf(properties.field("ResourceId"), declared.scope),
      authorization: choiceValue(properties.field("AuthorizationType")) ?? { known: "NONE" },
      apiKey: booleanValue(properties.field("ApiKeyRequired")) ?? { known: false },
      restrictedByPolicy: policyOf(properties.field("RestApiId"), declared),
      uri: integration.field("Uri"),
      asynchronous: isAsynchronous(integration),
    });
  },
  "AWS::ApiGateway::RestApi": (declared, draft) => {
    openApi("REST", restricts(resourcePolicyOf(declared.properties)), declared, draft);
  },
  "AWS::ApiGatewayV2::Api": (declared, draft) => {
    openApi("HTTP", { known: false }, declared, draft);
    const target = declared.properties.field("Target");
    if (target.kind === "absent") return;
    route(declared, draft, {
      api: "HTTP",
      method: { known: "ANY" },
      path: textValue(declared.properties.field("RouteKey")) ?? { known: "$default" },
      authorization: { known: "NONE" },
      apiKey: { known: false },
      restrictedByPolicy: { known: false },
      uri: target,
      asynchronous: false,
    });
  },
  "AWS::ApiGatewayV2::Route": (declared, draft) => {
    const { properties, scope } = declared;
    const key = textValue(properties.field("RouteKey")) ?? { unknown: "RouteKey" };
    const [method = "ANY", path = key.known ?? ""] = key.known?.includes(" ") ? key.known.split(" ") : ["ANY"];
    const integration = scope.resource(lastStep(properties.field("Target").text));
    const isSocket = scope.resource(properties.field("ApiId").text)?.field("ProtocolType").text === "WEBSOCKET";
    // Of a WebSocket API only $connect can be authorized ("Control access to WebSocket APIs").
    if (isSocket && key.known !== "$connect") {
      if (integration !== undefined) edge("api", false, integration.field("IntegrationUri"), declared, draft);
      return;
    }
    route(declared, draft, {
      api: isSocket ? "WebSocket" : "HTTP",
      method: { known: method },
      path: key.known === undefined ? key : { known: path },
      authorization: choiceValue(properties.field("AuthorizationType")) ?? { known: "NONE" },
      apiKey: booleanValue(properties.field("ApiKeyRequired")) ?? { known: false },
      restrictedByPolicy: { known: false },
      asynchronous: false,
      ...present("uri", integration?.field("IntegrationUri")),
    });
  },
};

interface Route extends Omit<ApiRoute, "address" | "at" | "function"> {
  uri?: Part;
  asynchronous: boolean;
}

function route(
  declared: Pick<Declared, "address" | "at">,
  draft: Draft,
  { uri, asynchronous, ...written }: Route,
): void {
  const target = uri && textValue(uri);
  const { address, at } = declared;
  draft.apiRoutes.push({ ...written, address, at, ...present("target", target) });
  if (uri !== undefined) edge("api", asynchronous, uri, declared, draft);
}

/** The parts of the path of a method's resource, as far as they are declared; else what names it. */
function pathOf(resourceId: Part, scope: Scope): Value<string> {
  const parts: string[] = [];
  let id = resourceId;
  while (!/\.RootResourceId\}$/.test(id.text)) {
    const resource = scope.resource(id.text);
    const part = resource?.field("PathPart").text ?? "";
    // A resource that were its own parent would have no end.
    if (resource === undefined || part === "" || parts.length === MOST_PARTS) {
      return textValue(resourceId) ?? { unknown: "ResourceId" };
    }
    parts.unshift(part);
    id = resource.field("ParentId");
  }
  return { known: `/${parts.join("/")}` };
}

const MOST_PARTS = 100;

/** `X-Amz-Invocation-Type: 'Event'` makes a REST integration asynchronous. */
function isAsynchronous(integration: Part): boolean {
  const parameters = integration.field("RequestParameters");
  const openApi = integration.field("requestParameters");
  const header = "integration.request.header.X-Amz-Invocation-Type";
  return [parameters, openApi].some((written) => written.field(header).text.includes("Event"));
}

/** A resource policy that has a Deny or no everyone in its Allow restricts who may call. */
function restricts(policy: Part): Value<boolean> {
  if (policy.kind === "absent") return { known: false };
  if (policy.kind !== "map") return { unknown: policy.why || "the API's policy is not a map" };
  const statements = policy.field("Statement");
  const list = statements.kind === "map" ? [statements] : statements.items();
  const open = list.some((one) => {
    const principal = one.field("Principal");
    const everyone = principal.text === "*" || principal.field("AWS").text === "*";
    return one.field("Effect").text === "Allow" && everyone && one.field("Condition").kind === "absent";
  });
  return { known: !open || list.some((one) => one.field("Effect").text === "Deny") };
}

function policyOf(api: Part, declared: Declared): Value<boolean> {
  const found = declared.scope.resource(api.text);
  return found === undefined ? { known: false } : restricts(resourcePolicyOf(found));
}

/** A property of its own, or a part of the OpenAPI body, which is how SAM writes it. */
function resourcePolicyOf(api: Part): Part {
  const policy = api.field("Policy");
  return policy.kind === "absent" ? api.field("Body").field("x-amazon-apigateway-policy") : policy;
}

const lastStep = (text: string) => text.slice(text.lastIndexOf("/") + 1);

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"];

/** Methods of an OpenAPI body, with the security of the method or of the whole document. */
function openApi(api: "REST" | "HTTP", restrictedByPolicy: Value<boolean>, declared: Declared, draft: Draft): void {
  const body = declared.properties.field("Body");
  const everywhere = body.field("security");
  for (const [path, methods] of body.field("paths").fields()) {
    for (const [name, method] of methods.fields()) {
      if (!METHODS.includes(name.toLowerCase())) continue;
      const integration = method.field("x-amazon-apigateway-integration");
      route({ address: declared.address, at: method.at }, draft, {
        api,
        method: { known: name === "x-amazon-apigateway-any-method" ? "ANY" : name.toUpperCase() },
        path: { known: path },
        authorization: authorizationOf(method, everywhere, body),
        apiKey: { known: namesApiKey(method.field("security"), body) },
        restrictedByPolicy,
        asynchronous: isAsynchronous(integration),
        ...present("uri", integration.kind === "absent" ? undefined : integration.field("uri")),
      });
    }
  }
}

function authorizationOf(method: Part, everywhere: Part, body: Part): Value<string> {
  const own = method.field("security");
  const security = own.kind === "absent" ? everywhere : own;
  const auth = method.field("x-amazon-apigateway-auth").field("type");
  if (auth.kind === "text" && auth.text.toUpperCase() !== "NONE") return { known: auth.text.toUpperCase() };
  if (security.kind === "unknown") return { unknown: security.why };
  const schemes = security.items().flatMap((item) => item.fields().map(([name]) => name));
  const authorizers = schemes.filter((name) => name !== "NONE" && !isApiKey(name, body));
  return { known: authorizers.length > 0 ? "CUSTOM" : "NONE" };
}

/** An API key scheme without an authorizer identifies usage plans; it authorizes nobody. */
function isApiKey(name: string, body: Part): boolean {
  const schemes = [body.field("securityDefinitions"), body.field("components").field("securitySchemes")];
  return schemes.some((all) => {
    const scheme = all.field(name);
    const plain = scheme.field("x-amazon-apigateway-authtype").kind === "absent";
    return (
      scheme.field("type").text === "apiKey" &&
      plain &&
      scheme.field("x-amazon-apigateway-authorizer").kind === "absent"
    );
  });
}

function namesApiKey(security: Part, body: Part): boolean {
  return security.items().some((item) => item.fields().some(([name]) => isApiKey(name, body)));
}
