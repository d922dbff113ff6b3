import { isMap } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import { authorizerPermission, authorizersOf, authorizerUri, iamScheme } from "./authorizers";
import { pathsOf } from "./definition";
import { apiV2Domain } from "./domain";
import type { Expansion, Generated, SamResource } from "./expansion";
import {
  addHttpScheme,
  DEFAULT_PATH,
  httpDefinition,
  isHttpDefinition,
  setDefaultRouteAuthorizer,
} from "./http-definition";
import { objectInS3 } from "./s3-location";
import { CannotExpand, type Fields, given, idSuffix, isAbsent, isNoValue, listOf, mapOf, ref } from "./values";

/** Expands an AWS::Serverless::HttpApi: HTTP API, stage, permissions of its authorizers. */
export function expandHttpApi(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  if (given(own["DefinitionUri"]) === given(own["DefinitionBody"])) {
    throw new CannotExpand("not exactly one of DefinitionUri and DefinitionBody is given");
  }
  const auth = mapOf(own["Auth"], "Auth");
  if (given(auth)) secure(own, auth, expansion);
  const properties: Fields = {};
  if (given(own["FailOnWarnings"])) sources.move(own, "FailOnWarnings", properties);
  if (given(own["DefinitionUri"])) {
    const place = objectInS3(own["DefinitionUri"], { Bucket: "Bucket", Key: "Key", Version: "Version" });
    sources.put(properties, "BodyS3Location", place ?? own["DefinitionUri"], sources.of(own, "DefinitionUri"));
  } else {
    if (!isAbsent(own["DisableExecuteApiEndpoint"]) && isHttpDefinition(own["DefinitionBody"])) {
      disableEndpoint(own["DefinitionBody"], own, expansion);
    }
    if (given(own["FailOnWarnings"])) renameDefaultPath(own);
    sources.move(own, "DefinitionBody", properties, "Body");
  }
  const api = expansion.generate(sam.id, "AWS::ApiGatewayV2::Api", properties, keptAttributes(sam), sam.pointer);
  const domain = apiV2Domain(sam, "httpapi:createdBy", expansion);
  return [api, ...permissions(sam, auth, expansion), ...domain, stage(sam, expansion)];
}

function secure(own: Fields, auth: Fields, expansion: Expansion): void {
  const { sources } = expansion;
  const body = httpDefinition(own["DefinitionBody"]);
  const known = ["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"];
  if (Object.keys(auth).some((name) => !known.includes(name))) {
    throw new CannotExpand("Auth has a setting that is not known");
  }
  const iam = auth["EnableIamAuthorizer"] === true;
  if (iam) addHttpScheme(body, "AWS_IAM", iamScheme(), sources, sources.of(auth, "EnableIamAuthorizer"));
  const authorizers = authorizersOf(auth);
  const from = mapOf(auth["Authorizers"], "Auth.Authorizers");
  for (const [name, authorizer] of authorizers) {
    addHttpScheme(body, name, authorizerScheme(authorizer, expansion), sources, sources.of(from, name));
  }
  const byDefault = auth["DefaultAuthorizer"];
  if (!given(byDefault) || isNoValue(byDefault)) return;
  const named = authorizers.find(([name]) => name === byDefault)?.[1];
  if (typeof byDefault !== "string" || !(named || (iam && byDefault === "AWS_IAM"))) {
    throw new CannotExpand("DefaultAuthorizer is not one of the Authorizers");
  }
  const scopes = named?.["AuthorizationScopes"] ?? [];
  const pointer = sources.of(auth, "DefaultAuthorizer");
  for (const path of Object.keys(pathsOf(body))) {
    setDefaultRouteAuthorizer(body, path, byDefault, scopes, sources, pointer);
  }
}

/** The security scheme of an authorizer: JWT when it has a JwtConfiguration, else a Lambda function. */
function authorizerScheme(authorizer: Fields, expansion: Expansion): Fields {
  if (given(authorizer["JwtConfiguration"])) {
    const written = Object.entries(mapOf(authorizer["JwtConfiguration"], "JwtConfiguration"));
    const jwtConfiguration = Object.fromEntries(written.map(([name, value]) => [name.toLowerCase(), value]));
    const identitySource = authorizer["IdentitySource"];
    return { type: "oauth2", "x-amazon-apigateway-authorizer": { jwtConfiguration, identitySource, type: "jwt" } };
  }
  if (!given(authorizer["FunctionArn"])) throw new CannotExpand("a Lambda authorizer has no FunctionArn");
  const calls: Fields = { type: "request", authorizerUri: authorizerUri(authorizer["FunctionArn"], expansion) };
  const role = authorizer["FunctionInvokeRole"];
  if (given(role) && role !== "NONE") calls["authorizerCredentials"] = role;
  const identity = mapOf(authorizer["Identity"], "Identity");
  if (given(identity)) {
    if (!isAbsent(identity["ReauthorizeEvery"])) calls["authorizerResultTtlInSeconds"] = identity["ReauthorizeEvery"];
    calls["identitySource"] = identitySources(identity);
  }
  calls["authorizerPayloadFormatVersion"] = authorizer["AuthorizerPayloadFormatVersion"];
  if (given(authorizer["EnableSimpleResponses"])) calls["enableSimpleResponses"] = authorizer["EnableSimpleResponses"];
  return { type: "apiKey", name: "Unused", in: "header", "x-amazon-apigateway-authorizer": calls };
}

function identitySources(identity: Fields): string[] {
  const places = [
    ["Headers", "$request.header."],
    ["QueryStrings", "$request.querystring."],
    ["StageVariables", "$stageVariables."],
    ["Context", "$context."],
  ] as const;
  return places.flatMap(([name, prefix]) => listOf(identity[name]).map((value) => `${prefix}${value}`));
}

/** Unlike a REST API's, an HTTP API's authorizer gets a permission only when it asks for one. */
function permissions(sam: SamResource, auth: Fields, expansion: Expansion): Generated[] {
  const from = mapOf(auth["Authorizers"], "Auth.Authorizers");
  return authorizersOf(auth).flatMap(([name, authorizer]) => {
    const arn = authorizer["FunctionArn"];
    if (!given(arn) || !given(authorizer["EnableFunctionDefaultPermissions"])) return [];
    const pointer = expansion.sources.of(from, name);
    const id = `${sam.id}${name}AuthorizerPermission`;
    return [authorizerPermission(id, sam, arn, "${AWS::Partition}", expansion, pointer)];
  });
}

function disableEndpoint(body: Fields, own: Fields, expansion: Expansion): void {
  const name = "x-amazon-apigateway-endpoint-configuration";
  const servers = listOf(body["servers"] ?? [{}]).map((server) => mapOf(server, "servers"));
  for (const server of servers) {
    const setting = { disableExecuteApiEndpoint: own["DisableExecuteApiEndpoint"] };
    const pointer = expansion.sources.of(own, "DisableExecuteApiEndpoint");
    expansion.sources.put(server, name, { ...mapOf(server[name], name), ...setting }, pointer);
  }
  body["servers"] = servers;
}

/** With FailOnWarnings API Gateway only takes paths that start with a slash. */
function renameDefaultPath(own: Fields): void {
  const body = own["DefinitionBody"];
  if (!isMap(body) || !isMap(body["paths"]) || !(DEFAULT_PATH in body["paths"])) return;
  body["paths"][`/${DEFAULT_PATH}`] = body["paths"][DEFAULT_PATH];
  delete body["paths"][DEFAULT_PATH];
}

function stage(sam: SamResource, expansion: Expansion): Generated {
  const { sources } = expansion;
  const own = sam.properties;
  const name = given(own["StageName"]) ? own["StageName"] : "$default";
  const suffix = typeof name === "string" ? idSuffix(name) : "";
  const place = name === "$default" ? "ApiGatewayDefaultStage" : suffix === name ? `${suffix}Stage` : `Stage${suffix}`;
  const properties: Fields = { ApiId: ref(sam.id), AutoDeploy: true };
  sources.put(properties, "StageName", name, sources.of(own, "StageName"));
  sources.moveAll(own, ["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"], properties);
  const ownTags = mapOf(own["Tags"], "Tags");
  const writable = isHttpDefinition(own["DefinitionBody"]);
  const tags = writable ? { ...ownTags, "httpapi:createdBy": "SAM" } : ownTags;
  if (given(tags)) sources.put(properties, "Tags", tags, sources.of(own, "Tags"));
  const type = "AWS::ApiGatewayV2::Stage";
  return expansion.generate(`${sam.id}${place}`, type, properties, sam.attributes, sam.pointer);
}
