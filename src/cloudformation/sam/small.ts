import { isMap } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import type { Expansion, Generated, SamResource } from "./expansion";
import { objectInS3 } from "./s3-location";
import { CannotExpand, type Fields, given, isAbsent, mapOf, shortHash, tagList, textOf } from "./values";

/** Expands an AWS::Serverless::SimpleTable: a DynamoDB table with one key. */
export function expandSimpleTable(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {};
  const key = mapOf(own["PrimaryKey"], "PrimaryKey");
  const types = new Map([
    ["String", "S"],
    ["Number", "N"],
    ["Binary", "B"],
  ]);
  const name = given(key) ? key["Name"] : "id";
  const type = given(key) ? types.get(textOf(key["Type"], "PrimaryKey.Type")) : "S";
  if (isAbsent(name) || type === undefined) throw new CannotExpand("PrimaryKey is not known");
  const pointer = sources.of(own, "PrimaryKey");
  sources.put(properties, "AttributeDefinitions", [{ AttributeName: name, AttributeType: type }], pointer);
  sources.put(properties, "KeySchema", [{ AttributeName: name, KeyType: "HASH" }], pointer);
  if (!given(own["ProvisionedThroughput"])) properties["BillingMode"] = "PAY_PER_REQUEST";
  for (const name of ["ProvisionedThroughput", "PointInTimeRecoverySpecification", "SSESpecification", "TableName"]) {
    if (given(own[name])) sources.move(own, name, properties);
  }
  if (given(own["Tags"])) sources.put(properties, "Tags", tagList(own["Tags"]), sources.of(own, "Tags"));
  return [expansion.generate(sam.id, "AWS::DynamoDB::Table", properties, keptAttributes(sam), sam.pointer)];
}

/** Expands an AWS::Serverless::LayerVersion; its logical id changes with its contents, the old version is retained. */
export function expandLayerVersion(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {};
  const names = { Bucket: "S3Bucket", Key: "S3Key", Version: "S3ObjectVersion", StorageMode: "S3ObjectStorageMode" };
  sources.put(properties, "Content", objectInS3(own["ContentUri"], names) ?? {}, sources.of(own, "ContentUri"));
  if (!given(own["LayerName"])) properties["LayerName"] = sam.id;
  else sources.move(own, "LayerName", properties);
  const passed = ["Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo"];
  sources.moveAll(own, passed, properties);
  const policy = expansion.settle(own["RetentionPolicy"]);
  const policies = new Map([
    ["retain", "Retain"],
    ["delete", "Delete"],
  ]);
  const retention = isAbsent(policy) ? undefined : policies.get(textOf(policy, "RetentionPolicy").toLowerCase());
  if (!isAbsent(policy) && retention === undefined) throw new CannotExpand("RetentionPolicy is not known");
  const attributes: Fields = { DeletionPolicy: "Retain", ...sam.attributes };
  if (retention !== undefined) attributes["DeletionPolicy"] = retention;
  const id = `${sam.id}${shortHash({ [sam.id]: hashedLayer(sam, expansion) })}`;
  expansion.renamed.set(sam.id, id);
  if (!isAbsent(sam.resource["DependsOn"])) attributes["DependsOn"] = sam.resource["DependsOn"];
  return [expansion.generate(id, "AWS::Lambda::LayerVersion", properties, attributes, sam.pointer)];
}

/** What a layer's logical id changes with: the resource without the attributes that say what to do with the old one. */
function hashedLayer(sam: SamResource, expansion: Expansion): Fields {
  const kept = keptAttributes(sam);
  for (const name of ["DeletionPolicy", "UpdateReplacePolicy", "Metadata"]) delete kept[name];
  const properties: Fields = {};
  const settled = ["LayerName", "LicenseInfo", "Description", "RetentionPolicy"];
  for (const [name, value] of Object.entries(sam.properties)) {
    if (!isAbsent(value)) properties[name] = settled.includes(name) ? expansion.settle(value) : value;
  }
  return { Type: sam.type, ...kept, Properties: properties };
}

/** Expands an AWS::Serverless::Application: a nested stack, or one from the Serverless Application Repository. */
export function expandApplication(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {};
  const { Location: location } = own;
  const tags: Fields[] = [{ Key: "lambda:createdBy", Value: "SAM" }];
  if (isMap(location)) {
    const { ApplicationId: id, SemanticVersion: version } = location;
    if (!isAbsent(id)) tags.push({ Key: "serverlessrepo:applicationId", Value: expansion.settleWithMappings(id) });
    if (!isAbsent(version)) {
      tags.push({ Key: "serverlessrepo:semanticVersion", Value: expansion.settleWithMappings(version) });
    }
  } else {
    sources.move(own, "Location", properties, "TemplateURL");
  }
  sources.moveAll(own, ["Parameters", "NotificationARNs", "TimeoutInMinutes"], properties);
  sources.put(properties, "Tags", [...tags, ...tagList(own["Tags"])], sources.of(own, "Tags"));
  const attributes: Fields = { ...sam.attributes };
  if (!isAbsent(sam.resource["DependsOn"])) attributes["DependsOn"] = sam.resource["DependsOn"];
  return [expansion.generate(sam.id, "AWS::CloudFormation::Stack", properties, attributes, sam.pointer)];
}
