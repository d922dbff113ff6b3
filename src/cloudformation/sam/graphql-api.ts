import { isMap, scalarText } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import { connect } from "./connector";
import type { Expansion, Generated, SamResource } from "./expansion";
import { trustPolicy } from "./role";
import { CannotExpand, type Fields, getAtt, given, isAbsent, listOf, mapOf, ref, sub, tagList } from "./values";

/**
 * Expands an AWS::Serverless::GraphQLApi as far as it grants or invokes: the API with its authorizers, data sources,
 * their roles and policies. Its schema is kept; functions, resolvers, cache and domain name are not made.
 */
export function expandGraphQLApi(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const attributes = keptAttributes(sam);
  const auth = mapOf(own["Auth"], "Auth");
  const properties: Fields = { Name: sam.id };
  if (given(own["Name"])) sources.move(own, "Name", properties);
  const passed = ["Visibility", "OwnerContact", "IntrospectionConfig", "QueryDepthLimit", "ResolverCountLimit"];
  for (const name of passed) if (given(own[name])) sources.move(own, name, properties);
  sources.move(own, "XrayEnabled", properties);
  const authorizers = authorize(auth, properties, expansion);
  const tags = { ...mapOf(own["Tags"], "Tags"), "graphqlapi:createdBy": "SAM" };
  sources.put(properties, "Tags", tagList(tags), sources.of(own, "Tags"));
  const logs = own["Logging"] === false ? [] : logging(sam, properties, expansion);
  const api = expansion.generate(sam.id, "AWS::AppSync::GraphQLApi", properties, attributes, sam.pointer);
  const schema: Fields = { ApiId: getAtt(sam.id, "ApiId") };
  sources.move(own, "SchemaInline", schema, "Definition");
  sources.move(own, "SchemaUri", schema, "DefinitionS3Location");
  const schemaId = `${sam.id}Schema`;
  return [
    api,
    expansion.generate(schemaId, "AWS::AppSync::GraphQLSchema", schema, attributes, sam.pointer),
    ...authorizers.flatMap((arn, index) => authorizerPermission(sam, arn, index + 1, expansion)),
    ...logs,
    ...dataSources(sam, "DynamoDb", expansion),
    ...dataSources(sam, "Lambda", expansion),
    ...noneDataSource(sam, expansion),
  ];
}

/** The data source of functions that read from nowhere. */
function noneDataSource(sam: SamResource, expansion: Expansion): Generated[] {
  const functions = Object.values(mapOf(sam.properties["Functions"], "Functions"));
  const wanted = functions.some(
    (written) => isMap(written) && scalarText(written["DataSource"]).toLowerCase() === "none",
  );
  if (!wanted) return [];
  const id = `${sam.id}NoneDataSource`;
  const properties = { ApiId: getAtt(sam.id, "ApiId"), Name: id, Type: "NONE" };
  return [expansion.generate(id, "AWS::AppSync::DataSource", properties, keptAttributes(sam), sam.pointer)];
}

/** Sets the ways to authenticate; gives the ARNs of the functions that authorize. */
function authorize(auth: Fields, properties: Fields, expansion: Expansion): unknown[] {
  const { sources } = expansion;
  const first = provider(auth, false, expansion);
  Object.assign(properties, first);
  const additional = listOf(auth["Additional"]).map((written) =>
    provider(mapOf(written, "Additional"), true, expansion),
  );
  if (additional.length > 0) {
    sources.put(properties, "AdditionalAuthenticationProviders", additional, sources.of(auth, "Additional"));
  }
  return [first, ...additional].flatMap((made) =>
    isMap(made["LambdaAuthorizerConfig"]) ? [made["LambdaAuthorizerConfig"]["AuthorizerUri"]] : [],
  );
}

const PROVIDERS = new Map([
  ["AWS_LAMBDA", ["LambdaAuthorizer", "LambdaAuthorizerConfig"]],
  ["OPENID_CONNECT", ["OpenIDConnect", "OpenIDConnectConfig"]],
  ["AMAZON_COGNITO_USER_POOLS", ["UserPool", "UserPoolConfig"]],
]);

function provider(written: Fields, additional: boolean, expansion: Expansion): Fields {
  const type = written["Type"];
  const made: Fields = { AuthenticationType: type };
  const [name, newName] = (typeof type === "string" ? PROVIDERS.get(type) : undefined) ?? [];
  if (name === undefined || newName === undefined) return made;
  const settings = mapOf(written[name], name);
  if (!given(settings)) throw new CannotExpand(`${name} is not given`);
  const config: Fields = {};
  const names = Object.keys(settings).filter((setting) => !(additional && setting === "DefaultAction"));
  expansion.sources.moveAll(settings, newName === "UserPoolConfig" ? names : Object.keys(settings), config);
  expansion.sources.put(made, newName, config, expansion.sources.of(written, name));
  return made;
}

function authorizerPermission(sam: SamResource, arn: unknown, number: number, expansion: Expansion): Generated[] {
  return connect(
    {
      id: `${sam.id}ToLambdaAuthConnector${number}`,
      suffix: "",
      source: { Type: "AWS::AppSync::GraphQLApi", Arn: ref(sam.id), ResourceId: getAtt(sam.id, "ApiId") },
      destination: { Type: "AWS::Lambda::Function", Arn: arn },
      permissions: ["Write"],
      attributes: {},
      pointer: expansion.sources.of(sam.properties, "Auth"),
    },
    expansion,
  );
}

/** Logging is on unless it is switched off, with a role when none is given. */
function logging(sam: SamResource, properties: Fields, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const written = isMap(sam.properties["Logging"]) ? sam.properties["Logging"] : {};
  const config: Fields = { FieldLogLevel: "ALL" };
  for (const name of ["ExcludeVerboseContent", "FieldLogLevel", "CloudWatchLogsRoleArn"]) {
    if (given(written[name])) sources.move(written, name, config);
  }
  const pointer = sources.of(sam.properties, "Logging");
  sources.put(properties, "LogConfig", config, pointer);
  if (given(config["CloudWatchLogsRoleArn"])) return [];
  const id = `${sam.id}CloudWatchRole`;
  config["CloudWatchLogsRoleArn"] = getAtt(id, "Arn");
  const policy = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs";
  const role = { AssumeRolePolicyDocument: trustPolicy("appsync.amazonaws.com"), ManagedPolicyArns: [sub(policy)] };
  return [expansion.generate(id, "AWS::IAM::Role", role, keptAttributes(sam), pointer ?? sam.pointer)];
}

function dataSources(sam: SamResource, kind: "DynamoDb" | "Lambda", expansion: Expansion): Generated[] {
  const all = mapOf(mapOf(sam.properties["DataSources"], "DataSources")[kind], kind);
  return Object.entries(all).flatMap(([name, written]) =>
    dataSource(sam, kind, name, mapOf(written, name), expansion.sources.of(all, name), expansion),
  );
}

/** A data source and, unless it names one, its role with what it may do. */
function dataSource(
  sam: SamResource,
  kind: "DynamoDb" | "Lambda",
  name: string,
  written: Fields,
  pointer: string | undefined,
  expansion: Expansion,
): Generated[] {
  const { sources } = expansion;
  const lambda = kind === "Lambda";
  const id = `${sam.id}${name}${lambda ? "Lambda" : "DynamoDB"}DataSource`;
  const roleId = `${id}Role`;
  const properties: Fields = {
    Name: name,
    Type: lambda ? "AWS_LAMBDA" : "AMAZON_DYNAMODB",
    ApiId: getAtt(sam.id, "ApiId"),
    ServiceRoleArn: getAtt(roleId, "Arn"),
  };
  for (const passed of ["Name", "ServiceRoleArn"])
    if (given(written[passed])) sources.move(written, passed, properties);
  sources.move(written, "Description", properties);
  const config: Fields = {};
  if (lambda) sources.move(written, "FunctionArn", config, "LambdaFunctionArn");
  else describeTable(written, config, expansion);
  properties[lambda ? "LambdaConfig" : "DynamoDBConfig"] = config;
  const attributes = keptAttributes(sam);
  const source = expansion.generate(id, "AWS::AppSync::DataSource", properties, attributes, pointer);
  if (given(written["ServiceRoleArn"])) return [source];
  const role = { AssumeRolePolicyDocument: trustPolicy("appsync.amazonaws.com") };
  const connection = {
    id: `${id}${lambda ? "ToLambdaConnector" : "ToTableConnector"}`,
    suffix: "",
    source: { Type: "AWS::AppSync::DataSource", Arn: getAtt(id, "DataSourceArn"), RoleName: ref(roleId) },
    destination: lambda
      ? { Type: "AWS::Lambda::Function", Arn: written["FunctionArn"] }
      : { Type: "AWS::DynamoDB::Table", Arn: tableArn(written) },
    permissions: lambda || !given(written["Permissions"]) ? permissionsOf(lambda) : listOf(written["Permissions"]),
    attributes: {},
    pointer,
  };
  return [
    source,
    expansion.generate(roleId, "AWS::IAM::Role", role, attributes, pointer),
    ...connect(connection, expansion),
  ];
}

function permissionsOf(lambda: boolean): string[] {
  return lambda ? ["Write"] : ["Read", "Write"];
}

function describeTable(written: Fields, config: Fields, expansion: Expansion): void {
  const { sources } = expansion;
  config["AwsRegion"] = given(written["Region"]) ? written["Region"] : ref("AWS::Region");
  sources.move(written, "TableName", config);
  for (const name of ["UseCallerCredentials", "Versioned"]) {
    if (given(written[name])) sources.move(written, name, config);
  }
  sources.move(written, "DeltaSync", config, "DeltaSyncConfig");
}

function tableArn(written: Fields): unknown {
  if (given(written["TableArn"])) return written["TableArn"];
  if (isAbsent(written["TableName"])) throw new CannotExpand("a DynamoDB data source names no table");
  return sub("arn:${AWS::Partition}:dynamodb:${__Region__}:${AWS::AccountId}:table/${__TableName__}", {
    __TableName__: written["TableName"],
    __Region__: given(written["Region"]) ? written["Region"] : ref("AWS::Region"),
  });
}
