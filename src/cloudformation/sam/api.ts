import { isMap } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import { authorizerPermission, authorizerScheme, authorizersOf, iamScheme } from "./authorizers";
import { pathsOf } from "./definition";
import { restDomain } from "./domain";
import type { Expansion, Generated, SamResource } from "./expansion";
import { addCustomStatements, restrictPath } from "./resource-policy";
import {
  addApiKeyScheme,
  addPreflight,
  addScheme,
  finishDefinition,
  isRestDefinition,
  restDefinition,
  setDefaultApiKey,
  setDefaultAuthorizer,
} from "./rest-definition";
import { objectInS3 } from "./s3-location";
import { usagePlan } from "./usage-plan";
import { CannotExpand, type Fields, given, idSuffix, isAbsent, mapOf, ref, shortHash, tagList } from "./values";

/** Expands an AWS::Serverless::Api: REST API, deployment, stage, permissions of its authorizers. */
export function expandApi(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  if (given(own["DefinitionUri"]) && given(own["DefinitionBody"])) {
    throw new CannotExpand("both DefinitionUri and DefinitionBody are given");
  }
  const auth = mapOf(own["Auth"], "Auth");
  if (given(own["Cors"]) && isRestDefinition(own["DefinitionBody"])) {
    answerPreflight(own["DefinitionBody"], own, expansion);
  }
  if (given(auth)) secure(sam, auth, expansion);
  const properties: Fields = {};
  for (const name of PASSED) if (given(own[name])) sources.move(own, name, properties);
  sources.moveAll(own, ["BinaryMediaTypes", "MinimumCompressionSize"], properties);
  Object.assign(properties, endpoint(own));
  if (isMap(own["DefinitionBody"])) finishDefinition(own["DefinitionBody"], own["OpenApiVersion"]);
  if (given(own["DefinitionUri"])) {
    const place = objectInS3(own["DefinitionUri"], { Bucket: "Bucket", Key: "Key", Version: "Version" });
    sources.put(properties, "BodyS3Location", place ?? own["DefinitionUri"], sources.of(own, "DefinitionUri"));
  } else if (given(own["DefinitionBody"])) {
    if (!isAbsent(own["DisableExecuteApiEndpoint"]) && isRestDefinition(own["DefinitionBody"])) {
      disableEndpoint(own["DefinitionBody"], own, expansion);
    }
    sources.move(own, "DefinitionBody", properties, "Body");
  }
  const api = expansion.generate(sam.id, "AWS::ApiGateway::RestApi", properties, keptAttributes(sam), sam.pointer);
  const { deployment, stage } = deploy(sam, properties, expansion);
  return [
    api,
    deployment,
    stage,
    ...permissions(sam, auth, expansion),
    ...restDomain(sam, expansion),
    ...usagePlan(sam, auth, stage.id, expansion),
  ];
}

const PASSED = [
  "Name",
  "Description",
  "FailOnWarnings",
  "Mode",
  "ApiKeySourceType",
  "Policy",
  "SecurityPolicy",
  "EndpointAccessMode",
];

function endpoint(own: Fields): Fields {
  const written = own["EndpointConfiguration"];
  if (!given(written)) return {};
  if (!isMap(written) || !given(written["Type"])) {
    return { EndpointConfiguration: { Types: [written] }, Parameters: { endpointConfigurationTypes: written } };
  }
  const configuration: Fields = { Types: [written["Type"]] };
  const vpcEndpoints = written["VPCEndpointIds"] ?? written["VpcEndpointIds"];
  if (!isAbsent(vpcEndpoints)) configuration["VpcEndpointIds"] = vpcEndpoints;
  if ("IpAddressType" in written) configuration["IpAddressType"] = written["IpAddressType"];
  return { EndpointConfiguration: configuration, Parameters: { endpointConfigurationTypes: written["Type"] } };
}

function answerPreflight(body: Fields, own: Fields, expansion: Expansion): void {
  const pointer = expansion.sources.of(own, "Cors");
  const seen = new Set<string>();
  for (const path of Object.keys(pathsOf(body))) {
    const plain = path === "/" ? path : path.replace(/\/+$/, "");
    if (!seen.has(plain)) addPreflight(body, path, expansion.sources, pointer);
    seen.add(plain);
  }
}

const AUTH = new Set([
  "Authorizers",
  "DefaultAuthorizer",
  "InvokeRole",
  "AddDefaultAuthorizerToCorsPreflight",
  "AddApiKeyRequiredToCorsPreflight",
  "ApiKeyRequired",
  "ResourcePolicy",
  "UsagePlan",
]);

/** Writes an API's `Auth` into its definition: schemes, defaults of its methods, resource policy. */
function secure(sam: SamResource, auth: Fields, expansion: Expansion): void {
  const { sources } = expansion;
  const body = restDefinition(sam.properties["DefinitionBody"]);
  if (Object.keys(auth).some((name) => !AUTH.has(name))) throw new CannotExpand("Auth has a setting that is not known");
  const authorizers = authorizersOf(auth);
  const byDefault = auth["DefaultAuthorizer"];
  const schemesFrom = mapOf(auth["Authorizers"], "Auth.Authorizers");
  const defaultPointer = sources.of(auth, "DefaultAuthorizer");
  if (byDefault === "AWS_IAM") addScheme(body, "AWS_IAM", iamScheme(), sources, defaultPointer);
  for (const [name, authorizer] of authorizers) {
    addScheme(body, name, authorizerScheme(authorizer, expansion), sources, sources.of(schemesFrom, name));
  }
  const paths = Object.keys(pathsOf(body));
  if (given(byDefault)) {
    const named = authorizers.find(([name]) => name === byDefault)?.[1];
    if (typeof byDefault !== "string" || (byDefault !== "AWS_IAM" && !given(named))) {
      throw new CannotExpand("DefaultAuthorizer is not one of the Authorizers");
    }
    const settings = {
      authorizer: byDefault,
      names: new Set(["AWS_IAM", ...authorizers.map(([name]) => name)]),
      scopes: named?.["AuthorizationScopes"] ?? [],
      preflight: given(auth["AddDefaultAuthorizerToCorsPreflight"] ?? true),
    };
    for (const path of paths) setDefaultAuthorizer(body, path, settings, sources, defaultPointer);
  }
  if (given(auth["ApiKeyRequired"])) {
    const pointer = sources.of(auth, "ApiKeyRequired");
    addApiKeyScheme(body, sources, pointer);
    const preflight = given(auth["AddApiKeyRequiredToCorsPreflight"] ?? true);
    for (const path of paths) setDefaultApiKey(body, path, preflight, sources, pointer);
  }
  const policy = mapOf(auth["ResourcePolicy"], "ResourcePolicy");
  if (!given(policy)) return;
  const pointer = sources.of(auth, "ResourcePolicy");
  for (const path of paths) restrictPath(body, policy, path, sam.properties["StageName"], sources, pointer);
  addCustomStatements(body, policy, sources, pointer);
}

function disableEndpoint(body: Fields, own: Fields, expansion: Expansion): void {
  const setting = { disableExecuteApiEndpoint: own["DisableExecuteApiEndpoint"] };
  const holders: Fields[] = [body];
  if (isAbsent(body["swagger"]) && given(body["openapi"])) {
    const servers = Array.isArray(body["servers"]) ? body["servers"] : [{}];
    body["servers"] = servers;
    holders.splice(0, 1, ...servers.filter(isMap));
  }
  const name = "x-amazon-apigateway-endpoint-configuration";
  const pointer = expansion.sources.of(own, "DisableExecuteApiEndpoint");
  for (const holder of holders) {
    expansion.sources.put(holder, name, { ...mapOf(holder[name], name), ...setting }, pointer);
  }
}

/** A deployment, whose id changes with the definition, and the stage it goes to. */
function deploy(sam: SamResource, api: Fields, expansion: Expansion): { deployment: Generated; stage: Generated } {
  const { sources } = expansion;
  const own = sam.properties;
  const definition = api["Body"] ?? api["BodyS3Location"];
  const deploymentId = `${sam.id}Deployment${shortHash(definition)}`;
  const deployment: Fields = { RestApiId: ref(sam.id) };
  if (!given(own["OpenApiVersion"])) deployment["StageName"] = "Stage";
  const stageName = own["StageName"];
  const suffix = typeof stageName === "string" ? idSuffix(stageName) : "";
  const stageId = suffix === stageName ? `${sam.id}${suffix}Stage` : `${sam.id}Stage${suffix}`;
  const stage: Fields = { RestApiId: ref(sam.id), DeploymentId: ref(deploymentId) };
  const passed = ["StageName", "CacheClusterEnabled", "CacheClusterSize", "Variables", "MethodSettings"];
  sources.moveAll(own, [...passed, "AccessLogSetting", "CanarySetting", "TracingEnabled"], stage);
  if (!isAbsent(own["Tags"])) sources.put(stage, "Tags", tagList(own["Tags"]), sources.of(own, "Tags"));
  const { attributes, pointer } = sam;
  return {
    deployment: expansion.generate(deploymentId, "AWS::ApiGateway::Deployment", deployment, attributes, pointer),
    stage: expansion.generate(stageId, "AWS::ApiGateway::Stage", stage, attributes, pointer),
  };
}

function permissions(sam: SamResource, auth: Fields, expansion: Expansion): Generated[] {
  const from = mapOf(auth["Authorizers"], "Auth.Authorizers");
  return authorizersOf(auth).flatMap(([name, authorizer]) => {
    const arn = authorizer["FunctionArn"];
    if (!given(arn) || given(authorizer["DisableFunctionDefaultPermissions"])) return [];
    const pointer = expansion.sources.of(from, name);
    const id = `${sam.id}${name}AuthorizerPermission`;
    return [authorizerPermission(id, sam, arn, expansion.partition, expansion, pointer)];
  });
}
