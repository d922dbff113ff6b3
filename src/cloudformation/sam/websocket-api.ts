import { authorizerPermission } from "./authorizers";
import { apiV2Domain } from "./domain";
import type { Expansion, Generated, SamResource } from "./expansion";
import { CannotExpand, type Fields, given, isAbsent, mapOf, ref, sub, textOf } from "./values";

/** Expands an AWS::Serverless::WebSocketApi: API, routes with integrations and permissions, authorizer, stage. */
export function expandWebSocketApi(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const routes = mapOf(own["Routes"], "Routes");
  if (!given(routes)) throw new CannotExpand("a WebSocket API has no route");
  const auth = mapOf(expansion.settle(own["Auth"]), "Auth");
  const made = Object.entries(routes).flatMap(([key, route]) =>
    expandRoute(sam, key, mapOf(route, key), auth, sources.of(routes, key), expansion),
  );
  const routeIds = made.filter(({ resource }) => resource["Type"] === ROUTE).map(({ id }) => id);
  return [
    api(sam, expansion),
    ...made,
    ...apiV2Domain(sam, "websocketapi:createdBy", expansion),
    stage(sam, routeIds, expansion),
    ...authorizer(sam, auth, expansion),
  ];
}

const ROUTE = "AWS::ApiGatewayV2::Route";

// AWS's translator does not pass Condition and the like on to anything it makes of a WebSocket API.

function api(sam: SamResource, expansion: Expansion): Generated {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = { Name: sam.id, ProtocolType: "WEBSOCKET" };
  const passed = ["ApiKeySelectionExpression", "Description", "DisableExecuteApiEndpoint", "DisableSchemaValidation"];
  sources.moveAll(own, ["Name", ...passed, "IpAddressType", "RouteSelectionExpression"], properties);
  const tags = mapOf(own["Tags"], "Tags");
  sources.put(properties, "Tags", { ...tags, "websocketapi:createdBy": "SAM" }, sources.of(own, "Tags"));
  const attributes: Fields = isAbsent(sam.resource["DependsOn"]) ? {} : { DependsOn: sam.resource["DependsOn"] };
  return expansion.generate(sam.id, "AWS::ApiGatewayV2::Api", properties, attributes, sam.pointer);
}

function expandRoute(
  sam: SamResource,
  key: string,
  route: Fields,
  auth: Fields,
  pointer: string | undefined,
  expansion: Expansion,
): Generated[] {
  const { sources } = expansion;
  if (!given(route["FunctionArn"])) throw new CannotExpand("a route has no FunctionArn");
  const plain = key.replace(/^\$(?=(?:connect|disconnect|default)$)/, "");
  if (!/^[\p{L}\p{N}]+$/u.test(plain)) throw new CannotExpand("a route key is not alphanumeric");
  const base = `${sam.id}${plain.charAt(0).toUpperCase()}${plain.slice(1).toLowerCase()}`;
  const properties: Fields = {
    ApiId: ref(sam.id),
    RouteKey: key,
    Target: { "Fn::Join": ["/", ["integrations", ref(`${base}Integration`)]] },
  };
  const passed = ["ApiKeyRequired", "ModelSelectionExpression", "OperationName", "RequestModels", "RequestParameters"];
  sources.moveAll(route, [...passed, "RouteResponseSelectionExpression"], properties);
  if (key === "$connect" && given(auth)) {
    const pointer = sources.of(sam.properties, "Auth");
    const type = textOf(auth["AuthType"], "AuthType");
    if (!["NONE", "AWS_IAM", "CUSTOM"].includes(type)) throw new CannotExpand("AuthType is not known");
    sources.put(properties, "AuthorizationType", type, pointer);
    if (type === "CUSTOM") sources.put(properties, "AuthorizerId", ref(`${sam.id}ConnectAuthorizer`), pointer);
  }
  const integration: Fields = {
    ApiId: ref(sam.id),
    IntegrationType: "AWS_PROXY",
    IntegrationUri: invocation("FunctionArn", route["FunctionArn"]),
  };
  sources.move(route, "IntegrationTimeout", integration, "TimeoutInMillis");
  const permission = {
    Action: "lambda:InvokeFunction",
    FunctionName: route["FunctionArn"],
    Principal: "apigateway.amazonaws.com",
    SourceArn: routeArn(sam, key),
  };
  const make = (suffix: string, type: string, made: Fields) =>
    expansion.generate(base + suffix, type, made, {}, pointer);
  return [
    make("Route", ROUTE, properties),
    make("Integration", "AWS::ApiGatewayV2::Integration", integration),
    make("Permission", "AWS::Lambda::Permission", permission),
  ];
}

function invocation(name: string, arn: unknown): Fields {
  const path = `lambda:path/2015-03-31/functions/\${${name}}/invocations`;
  return sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:${path}`, { [name]: arn });
}

function routeArn(sam: SamResource, key: string): Fields {
  const stage = sam.properties["StageName"] ?? "default";
  const api = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${sam.id}.ApiId}`;
  if (typeof stage === "string") return sub(`${api}/${stage}/${key}`);
  return sub(`${api}/\${__StageName__}/${key}`, { __StageName__: stage });
}

function stage(sam: SamResource, routeIds: string[], expansion: Expansion): Generated {
  const { sources } = expansion;
  const own = sam.properties;
  const name = own["StageName"] ?? "default";
  const properties: Fields = { ApiId: ref(sam.id), AutoDeploy: true, Tags: { "websocketapi:createdBy": "SAM" } };
  sources.put(properties, "StageName", name, sources.of(own, "StageName"));
  sources.moveAll(own, ["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"], properties);
  const id = `${sam.id}${name === "default" ? "Default" : typeof name === "string" ? name : ""}Stage`;
  const attributes: Fields = given(own["RouteSettings"]) ? { DependsOn: routeIds } : {};
  return expansion.generate(id, "AWS::ApiGatewayV2::Stage", properties, attributes, sam.pointer);
}

function authorizer(sam: SamResource, auth: Fields, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  if (auth["AuthType"] !== "CUSTOM") return [];
  if (!given(auth["AuthArn"])) throw new CannotExpand("AuthType CUSTOM has no AuthArn");
  const id = `${sam.id}ConnectAuthorizer`;
  const pointer = sources.of(sam.properties, "Auth");
  const properties: Fields = {
    ApiId: ref(sam.id),
    AuthorizerType: "REQUEST",
    AuthorizerUri: invocation("AuthArn", auth["AuthArn"]),
    Name: id,
  };
  sources.move(auth, "InvokeRole", properties, "AuthorizerCredentialsArn");
  sources.move(auth, "IdentitySource", properties);
  if (given(auth["Name"])) sources.move(auth, "Name", properties);
  const made = expansion.generate(id, "AWS::ApiGatewayV2::Authorizer", properties, {}, pointer);
  if (given(auth["InvokeRole"])) return [made];
  const called = { id: sam.id, attributes: {} };
  const permissionId = `${sam.id}AuthorizerPermission`;
  const partition = "${AWS::Partition}";
  return [made, authorizerPermission(permissionId, called, auth["AuthArn"], partition, expansion, pointer)];
}
