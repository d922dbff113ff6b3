import { scalarText } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import type { Expansion, Generated, SamResource } from "./expansion";
import { Role } from "./role";
import { objectInS3 } from "./s3-location";
import { type Fields, getAtt, given, isAbsent, isIntrinsic, mapOf, tagList } from "./values";

/** Expands an AWS::Serverless::WebFunction: function, revision, endpoint, and a role when none is given. */
export function expandWebFunction(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const made: Generated[] = [];
  const tags = [{ Key: "lambda:createdBy", Value: "SAM" }, ...tagList(own["Tags"])];
  const role = new Role(`${sam.id}Role`, expansion);
  if (isAbsent(own["ExecutionRoleArn"])) {
    role.trust("lambda.amazonaws.com");
    role.attach(expansion.managedPolicy("service-role/AWSLambdaBasicExecutionRole"), undefined);
    role.tag(tags, sources.of(own, "Tags"));
    made.push(role.generate(sam.attributes, sam.pointer));
  }
  const named: Fields = { FunctionName: given(own["FunctionName"]) ? own["FunctionName"] : nameFor(sam.id) };
  const properties: Fields = { ...named, Tags: tags };
  const revision: Fields = { ...named, BuildConfig: build(own), ServiceConfig: service(own, role.arn) };
  sources.move(own, "RevisionDescription", revision, "Description");
  sources.move(own, "KmsKeyArn", revision);
  const revisionId = `${sam.id}Revision`;
  const endpoint: Fields = { ...named, ...endpointOf(own, revisionId) };
  sources.move(own, "AuthType", endpoint);
  sources.move(own, "EndpointDescription", endpoint, "Description");
  sources.moveAll(own, ["ScalingConfig", "ThrottleConfig"], endpoint);
  const after = (...ids: string[]) => ({ DependsOn: ids, ...sam.attributes });
  const type = "AWS::Lambda::WebFunction";
  return [
    ...made,
    expansion.generate(sam.id, type, properties, keptAttributes(sam), sam.pointer),
    expansion.generate(revisionId, `${type}Revision`, revision, after(sam.id), sam.pointer),
    expansion.generate(`${sam.id}Endpoint`, `${type}Endpoint`, endpoint, after(sam.id, revisionId), sam.pointer),
  ];
}

/** A name of at most 64 characters that is the stack's own. */
function nameFor(id: string): Fields {
  const stack = { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] };
  const suffix = { "Fn::Select": [0, { "Fn::Split": ["-", stack] }] };
  return { "Fn::Sub": [`${id.slice(0, 55)}-\${StackIdSuffix}`, { StackIdSuffix: suffix }] };
}

function build(own: Fields): Fields {
  const object = objectInS3(own["CodeUri"], { Bucket: "Bucket", Key: "Key", Version: "VersionId" });
  return { CodeConfig: { S3Object: object ?? {} }, RuntimeConfig: { Runtime: own["Runtime"] } };
}

function service(own: Fields, madeRole: unknown): Fields {
  const config: Fields = { ExecutionRoleArn: own["ExecutionRoleArn"] ?? madeRole };
  const variables = environment(own);
  if (given(variables)) config["EnvironmentVariables"] = variables;
  if (given(own["LoggingConfig"])) config["TelemetryConfig"] = { LoggingConfig: own["LoggingConfig"] };
  for (const name of ["MaxConcurrencyPerEnvironment", "EgressNetworkConnectorArn"]) {
    if (!isAbsent(own[name])) config[name] = own[name];
  }
  config["TimeoutSeconds"] = given(own["Timeout"]) ? own["Timeout"] : 30;
  return config;
}

/** Environment variables as texts; the entry point is one of them. */
function environment(own: Fields): unknown {
  const written = own["EnvironmentVariables"];
  if (isIntrinsic(written)) return written;
  const variables = Object.entries(mapOf(written, "EnvironmentVariables"));
  const texts = variables.map(([name, value]) => [name, typeof value === "object" ? value : scalarText(value)]);
  const entry = given(own["EntryPoint"]) ? { AWS_LAMBDA_NODEJS_ENTRYPOINT: own["EntryPoint"] } : {};
  return { ...Object.fromEntries(texts), ...entry };
}

function endpointOf(own: Fields, revisionId: string): Fields {
  const weights = Object.entries(mapOf(own["RevisionWeights"], "RevisionWeights"));
  const latest = [{ RevisionId: getAtt(revisionId, "RevisionId"), Weight: 100 }];
  const regions = own["ReplicaRegions"];
  return {
    EndpointName: given(own["EndpointName"]) ? own["EndpointName"] : "prod",
    EndpointType: given(own["EndpointType"]) ? own["EndpointType"] : "HomeRegion",
    RevisionWeights: weights.length > 0 ? weights.map(([RevisionId, Weight]) => ({ RevisionId, Weight })) : latest,
    ...(isAbsent(regions) ? {} : { Regions: regions }),
  };
}
