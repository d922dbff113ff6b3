import { isMap } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import type { Expansion, Generated, SamResource } from "./expansion";
import { Role } from "./role";
import { CannotExpand, type Fields, given, isAbsent, isIntrinsic, mapOf, sub, tagList } from "./values";

/** Lambda's own compute: capacity providers, network connectors and MicroVM images, each with a role when none is given. */

export function expandCapacityProvider(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {};
  if (given(own["CapacityProviderName"])) sources.move(own, "CapacityProviderName", properties);
  const vpc: Fields = {};
  sources.moveAll(mapOf(own["VpcConfig"], "VpcConfig"), ["SubnetIds", "SecurityGroupIds"], vpc);
  if (given(vpc)) sources.put(properties, "VpcConfig", vpc, sources.of(own, "VpcConfig"));
  const operator = operatorRole(sam, "AWSLambdaManagedEC2ResourceOperator", expansion);
  properties["PermissionsConfig"] = { CapacityProviderOperatorRoleArn: operator.arn };
  sources.put(properties, "Tags", ownTags(own), sources.of(own, "Tags"));
  const requirements = instanceRequirements(mapOf(own["InstanceRequirements"], "InstanceRequirements"));
  if (given(requirements)) properties["InstanceRequirements"] = requirements;
  if (given(own["ScalingConfig"])) {
    properties["CapacityProviderScalingConfig"] = scaling(mapOf(own["ScalingConfig"], "ScalingConfig"));
  }
  if (given(own["KmsKeyArn"])) sources.move(own, "KmsKeyArn", properties);
  if (given(own["LoggingConfig"])) properties["TelemetryConfig"] = { LoggingConfig: own["LoggingConfig"] };
  const managed = mapOf(own["ManagedResourceTags"], "ManagedResourceTags");
  if ("Tags" in managed) properties["PropagateTags"] = { Mode: "Explicit", ExplicitTags: tagList(managed["Tags"]) };
  else if (given(managed)) properties["PropagateTags"] = {};
  const type = "AWS::Lambda::CapacityProvider";
  return [...operator.made, expansion.generate(sam.id, type, properties, keptAttributes(sam), sam.pointer)];
}

function instanceRequirements(written: Fields): Fields {
  const found: Fields = {};
  for (const [name, newName] of [
    ["Architectures", "Architectures"],
    ["AllowedTypes", "AllowedInstanceTypes"],
    ["ExcludedTypes", "ExcludedInstanceTypes"],
  ] as const) {
    if (!isAbsent(written[name])) found[newName] = written[name];
  }
  return found;
}

function scaling(written: Fields): Fields {
  const { MaxVCpuCount: most, AverageCPUUtilization: utilization } = written;
  const config: Fields = { ScalingMode: isAbsent(utilization) ? "Auto" : "Manual" };
  if (!isAbsent(most)) config["MaxVCpuCount"] = most;
  if (!isAbsent(utilization)) {
    const metric = "LambdaCapacityProviderAverageCPUUtilization";
    config["ScalingPolicies"] = [{ PredefinedMetricType: metric, TargetValue: utilization }];
  }
  return config;
}

export function expandNetworkConnector(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {};
  if (given(own["Name"])) sources.move(own, "Name", properties);
  const egress: Fields = {};
  const vpc = mapOf(own["VpcConfig"], "VpcConfig");
  sources.moveAll(vpc, Object.keys(vpc), egress);
  egress["AssociatedComputeResourceTypes"] = given(own["ComputeTypes"]) ? own["ComputeTypes"] : ["MicroVm"];
  properties["Configuration"] = { VpcEgressConfiguration: egress };
  const operator = operatorRole(sam, "AWSLambdaNetworkConnectorOperatorPolicy", expansion);
  properties["OperatorRole"] = operator.arn;
  sources.put(properties, "Tags", ownTags(own), sources.of(own, "Tags"));
  const type = "AWS::Lambda::NetworkConnector";
  return [...operator.made, expansion.generate(sam.id, type, properties, keptAttributes(sam), sam.pointer)];
}

/** The role under which Lambda makes instances or network interfaces: the one given, or one with AWS's policy for it. */
function operatorRole(sam: SamResource, policy: string, expansion: Expansion): { arn: unknown; made: Generated[] } {
  const own = sam.properties;
  if (given(own["OperatorRole"])) return { arn: own["OperatorRole"], made: [] };
  const role = new Role(`${sam.id}OperatorRole`, expansion);
  role.trust("lambda.amazonaws.com");
  role.attach(expansion.managedPolicy(policy), undefined);
  role.tag(roleTags(own), undefined);
  return { arn: role.arn, made: [role.generate(sam.attributes, sam.pointer)] };
}

/** Tags of the resource itself: its own, then SAM's. */
function ownTags(own: Fields): Fields[] {
  return [...tagList(own["Tags"]), { Key: "lambda:createdBy", Value: "SAM" }];
}

/** Tags of its role: SAM's; all of them when they propagate. */
function roleTags(own: Fields): Fields[] {
  const sam = { Key: "lambda:createdBy", Value: "SAM" };
  return given(own["PropagateTags"]) && given(own["Tags"]) ? [sam, ...tagList(own["Tags"])] : [sam];
}

export function expandMicrovmImage(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {
    Description: "",
    Logging: {},
    EgressNetworkConnectors: [],
    CpuConfigurations: [],
    Resources: [],
    AdditionalOsCapabilities: [],
    Hooks: {},
  };
  for (const name of Object.keys(properties)) if (given(own[name])) sources.move(own, name, properties);
  sources.moveAll(own, ["Name", "BaseImageArn", "BaseImageVersion"], properties);
  properties["CodeArtifact"] = { Uri: own["CodeUri"] };
  const variables = Object.entries(mapOf(own["EnvironmentVariables"], "EnvironmentVariables"));
  properties["EnvironmentVariables"] = variables.map(([Key, Value]) => ({ Key, Value }));
  sources.put(properties, "Tags", ownTags(own), sources.of(own, "Tags"));
  const made: Generated[] = [];
  if (given(own["BuildRoleArn"])) {
    sources.move(own, "BuildRoleArn", properties);
  } else {
    const role = new Role(`${sam.id}BuildRole`, expansion);
    role.trust("lambda.amazonaws.com");
    role.embed(buildPolicy(own["CodeUri"], expansion), sources.of(own, "CodeUri"));
    role.tag(roleTags(own), undefined);
    properties["BuildRoleArn"] = role.arn;
    made.push(withoutManagedPolicies(role.generate(sam.attributes, sam.pointer)));
  }
  const type = "AWS::Lambda::MicrovmImage";
  return [...made, expansion.generate(sam.id, type, properties, keptAttributes(sam), sam.pointer)];
}

function withoutManagedPolicies(role: Generated): Generated {
  if (isMap(role.resource["Properties"])) delete role.resource["Properties"]["ManagedPolicyArns"];
  return role;
}

function buildPolicy(codeUri: unknown, expansion: Expansion): Fields {
  const statements = [
    { Effect: "Allow", Action: ["s3:GetObject"], Resource: objectsOf(codeUri, expansion) },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: "*",
    },
  ];
  const document = { Version: "2012-10-17", Statement: statements };
  return { PolicyName: "MicrovmImageBuildPolicy", PolicyDocument: document };
}

/** The objects of the bucket that an `s3://` location names. */
function objectsOf(codeUri: unknown, expansion: Expansion): Fields {
  const settled = expansion.settle(codeUri);
  const bucket = typeof settled === "string" ? /^s3:\/\/([^/]+)/.exec(settled)?.[1] : undefined;
  if (bucket !== undefined) return sub(`arn:\${AWS::Partition}:s3:::${bucket}/*`);
  if (!isIntrinsic(codeUri)) throw new CannotExpand("CodeUri is not an s3:// location");
  const name = { "Fn::Select": [2, { "Fn::Split": ["/", codeUri] }] };
  return sub("arn:${AWS::Partition}:s3:::${Bucket}/*", { Bucket: name });
}
