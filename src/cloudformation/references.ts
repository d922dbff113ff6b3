import { functionArn, generatedName, keyArn, logGroupArn, policyArn, principalArn } from "../inventory/canonical";
import { isMap, step } from "../inventory/part";
import { hole } from "../inventory/text";
import { CloudFormationPart } from "./part";
import type { Scope } from "./scope";

/**
 * The canonical text of `Ref` and `Fn::GetAtt` on a declared resource, by type ("Return values" of each resource's page
 * in the CloudFormation template reference). What is not listed is a hole, the same one for every mention.
 */
export function referenceText(logicalId: string, attribute: string | undefined, scope: Scope): string {
  const asked = JSON.stringify([logicalId, attribute]);
  const known = scope.references.get(asked);
  if (known !== undefined) return known;
  const text = written(logicalId, attribute, scope) ?? mention(logicalId, attribute, scope);
  scope.references.set(asked, text);
  return text;
}

/** Names and ARNs of AWS have at most 2048 characters; holes in them are longer than what they stand for. */
const LONGEST = 16 * 1024;
/** Names that are made of names beyond this are not followed. */
const DEPTH = 32;

function written(logicalId: string, attribute: string | undefined, scope: Scope): string | undefined {
  const resource = resourceOf(logicalId, scope);
  // A name that is made of itself would never end.
  if (resource === undefined || scope.referring.has(logicalId) || scope.referring.size > DEPTH) return undefined;
  const reference = Object.hasOwn(REFERENCES, resource.type) ? REFERENCES[resource.type] : undefined;
  scope.referring.add(logicalId);
  const text = reference?.(resource, attribute);
  scope.referring.delete(logicalId);
  return text !== undefined && text.length > LONGEST ? undefined : text;
}

interface Referred {
  type: string;
  address: string;
  scope: Scope;
  /** Text of a property; undefined when it is not given. */
  property(name: string): string | undefined;
}

type Reference = (resource: Referred, attribute: string | undefined) => string | undefined;

/** A literal name, or the hole of the name CloudFormation generates. */
export function nameOf(resource: Referred, property: string): string {
  return resource.property(property) ?? generatedName(resource.address);
}

const named =
  (property: string, arn: (resource: Referred, name: string) => string): Reference =>
  (resource, attribute) => {
    const name = nameOf(resource, property);
    if (attribute === undefined) return name;
    return attribute === "Arn" ? arn(resource, name) : undefined;
  };

const qualified =
  (property: string, qualifier: (resource: Referred) => string): Reference =>
  (resource, attribute) => {
    const target = resource.property(property);
    const arn = target && functionArnOf(target, resource.scope);
    if (arn === undefined) return undefined;
    if (attribute === undefined || attribute.endsWith("Arn")) return `${arn}:${qualifier(resource)}`;
    return attribute === "Version" ? qualifier(resource) : undefined;
  };

const ownArn = (service: string, resourcePart: (name: string) => string, property: string): Reference =>
  named(property, ({ scope: { deployment } }, name) => {
    return `arn:${deployment.partition}:${service}:${deployment.region}:${deployment.account}:${resourcePart(name)}`;
  });

const REFERENCES: Record<string, Reference> = {
  "AWS::Lambda::Function": named("FunctionName", ({ scope }, name) => functionArn(scope.deployment, name)),
  "AWS::Serverless::Function": named("FunctionName", ({ scope }, name) => functionArn(scope.deployment, name)),
  "AWS::Lambda::Alias": (resource, attribute) =>
    qualified("FunctionName", () => resource.property("Name") ?? generatedName(resource.address))(resource, attribute),
  "AWS::Lambda::Version": qualified("FunctionName", ({ address }) => hole(`${address}.Version`)),
  "AWS::IAM::Role": named("RoleName", (resource, name) =>
    principalArn(resource.scope.deployment, "role", resource.property("Path") ?? "/", name),
  ),
  "AWS::IAM::User": named("UserName", (resource, name) =>
    principalArn(resource.scope.deployment, "user", resource.property("Path") ?? "/", name),
  ),
  "AWS::IAM::Group": named("GroupName", (resource, name) =>
    principalArn(resource.scope.deployment, "group", resource.property("Path") ?? "/", name),
  ),
  "AWS::IAM::ManagedPolicy": (resource, attribute) =>
    attribute === undefined || attribute === "PolicyArn" || attribute === "Arn"
      ? policyArn(resource.scope.deployment, resource.property("Path") ?? "/", nameOf(resource, "ManagedPolicyName"))
      : undefined,
  "AWS::KMS::Key": keyReference,
  "AWS::KMS::ReplicaKey": keyReference,
  "AWS::KMS::Alias": (resource, attribute) => (attribute === undefined ? resource.property("AliasName") : undefined),
  "AWS::EC2::SecurityGroup": (resource, attribute) =>
    attribute === undefined || attribute === "GroupId" ? generatedName(resource.address) : undefined,
  "AWS::EC2::Subnet": (resource, attribute) =>
    attribute === undefined || attribute === "SubnetId" ? generatedName(resource.address) : undefined,
  "AWS::EC2::NetworkAcl": (resource, attribute) =>
    attribute === undefined || attribute === "Id" ? generatedName(resource.address) : undefined,
  "AWS::Logs::LogGroup": named("LogGroupName", ({ scope }, name) => `${logGroupArn(scope.deployment, name)}:*`),
  "AWS::SQS::Queue": (resource, attribute) =>
    attribute === "Arn" || attribute === "QueueName"
      ? ownArn("sqs", (name) => name, "QueueName")(resource, attribute === "Arn" ? attribute : undefined)
      : undefined,
  "AWS::SNS::Topic": (resource, attribute) =>
    attribute === "TopicName"
      ? nameOf(resource, "TopicName")
      : ownArn("sns", (name) => name, "TopicName")(resource, "Arn"),
  "AWS::DynamoDB::Table": ownArn("dynamodb", (name) => `table/${name}`, "TableName"),
  "AWS::S3::Bucket": named("BucketName", ({ scope }, name) => `arn:${scope.deployment.partition}:s3:::${name}`),
  "AWS::Events::Rule": ownArn("events", (name) => `rule/${name}`, "Name"),
  "AWS::StepFunctions::StateMachine": (resource, attribute) =>
    attribute === "Name"
      ? nameOf(resource, "StateMachineName")
      : ownArn("states", (name) => `stateMachine:${name}`, "StateMachineName")(resource, "Arn"),
};

function keyReference(resource: Referred, attribute: string | undefined): string | undefined {
  const id = generatedName(resource.address);
  if (attribute === undefined || attribute === "KeyId") return id;
  return attribute === "Arn" ? keyArn(resource.scope.deployment, id) : undefined;
}

/** The ARN of the function a name or ARN means. */
function functionArnOf(target: string, scope: Scope): string {
  return target.startsWith("arn:") ? target : functionArn(scope.deployment, target);
}

/** Types whose generated names are identities: what `Ref` of them gives differs from resource to resource. */
export function isNamed(type: string): boolean {
  return Object.hasOwn(REFERENCES, type);
}

/** The hole of a mention that is nothing but a mention. */
function mention(logicalId: string, attribute: string | undefined, scope: Scope): string {
  const address = scope.address(logicalId);
  return hole(attribute === undefined ? address : `${address}.${attribute}`);
}

function resourceOf(logicalId: string, scope: Scope): Referred | undefined {
  const resources = scope.template.body["Resources"];
  const resource = isMap(resources) && Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
  if (!isMap(resource) || typeof resource["Type"] !== "string") return undefined;
  return {
    type: resource["Type"],
    address: scope.address(logicalId),
    scope,
    property(name) {
      const pointer = step(step(step("/Resources", logicalId), "Properties"), name);
      const properties = resource["Properties"];
      if (!isMap(properties) || !Object.hasOwn(properties, name)) return undefined;
      const part = new CloudFormationPart(properties[name], pointer, scope);
      if (part.kind === "text") return part.text;
      return part.kind === "unknown" ? hole(part.why) : undefined;
    },
  };
}
