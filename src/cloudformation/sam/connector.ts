import profiles from "../../../policies/data/sam-connector-profiles.json";
import { isMap } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import { type ConnectedResource, connectedResource, fill } from "./connected-resource";
import type { Expansion, Generated, SamResource } from "./expansion";
import { CannotExpand, type Fields, isAbsent, listOf, mapOf, referredId } from "./values";

/** What AWS::Serverless::Connector grants: a table of source and destination types, in AWS's translator as well. */

interface Profile {
  type: string;
  properties: {
    /** The policy goes to the source's role (or is the source's own), else to the destination's. */
    SourcePolicy: boolean;
    DependedBy?: string;
    AccessCategories: Record<string, unknown>;
    ValidAccessCategories?: string[][];
  };
}

const PROFILES = new Map<string, Profile>(Object.entries(profiles.profiles));

/** Makes resources of the connectors that are written inside their sources. */
export function takeOutConnectors(expansion: Expansion): void {
  const { resources, sources } = expansion;
  for (const [id, resource] of Object.entries(resources)) {
    if (!isMap(resource) || !isMap(resource["Connectors"])) continue;
    const connectors = resource["Connectors"];
    for (const [name, written] of Object.entries(connectors)) {
      const properties = isMap(written) ? written["Properties"] : undefined;
      if (!isMap(written) || !isMap(properties)) continue;
      const connector: Fields = { Type: "AWS::Serverless::Connector" };
      sources.moveAll(written, Object.keys(written), connector);
      const own: Fields = {};
      const names = Object.keys(properties).filter((property) => property !== "SourceReference");
      sources.moveAll(properties, names, own);
      own["Source"] = { Id: id, ...(isMap(properties["SourceReference"]) ? properties["SourceReference"] : {}) };
      sources.put(connector, "Properties", own, sources.of(written, "Properties"));
      sources.put(resources, id + name, connector, sources.of(connectors, name));
    }
    delete resource["Connectors"];
  }
}

/** Expands an AWS::Serverless::Connector: policies and permissions between a source and its destinations. */
export function expandConnector(sam: SamResource, expansion: Expansion): Generated[] {
  const { Source: source, Destination: destination, Permissions: permissions } = sam.properties;
  const attributes = keptAttributes(sam);
  const made = listOf(destination).flatMap((written, index) =>
    connect(
      {
        id: sam.id,
        suffix: Array.isArray(destination) ? `Destination${index}` : "",
        source: mapOf(source, "Source"),
        destination: mapOf(written, "Destination"),
        permissions: listOf(permissions),
        attributes,
        pointer: sam.pointer,
      },
      expansion,
    ),
  );
  if (made.length === 0) throw new CannotExpand("Destination is an empty list");
  expansion.replaced.set(
    sam.id,
    made.map(({ id }) => id),
  );
  return made;
}

/** One connection. */
export interface Connection {
  id: string;
  suffix: string;
  source: Fields;
  destination: Fields;
  permissions: readonly unknown[];
  attributes: Fields;
  pointer: string | undefined;
}

/** The policies and permissions of one connection. */
export function connect(connection: Connection, expansion: Expansion): Generated[] {
  const source = connectedResource(connection.source, connection.destination, expansion);
  const destination = connectedResource(connection.destination, connection.source, expansion);
  const profile = PROFILES.get(`${source.type} ${destination.type}`);
  if (!profile) throw new CannotExpand(`no connector leads from ${source.type} to ${destination.type}`);
  const { properties } = profile;
  const wanted = [...new Set(connection.permissions)].sort();
  const known = wanted.every((name) => typeof name === "string" && Object.hasOwn(properties.AccessCategories, name));
  const combined =
    properties.ValidAccessCategories?.some((names) => [...names].sort().join() === wanted.join()) ?? true;
  if (wanted.length === 0 || !known || !combined) throw new CannotExpand("Permissions are not possible here");
  const access = Object.entries(properties.AccessCategories)
    .filter(([name]) => wanted.includes(name))
    .map(([name, category]): [string, Fields] => [name, mapOf(fill(category, source, destination), name)]);
  const holder = properties.SourcePolicy ? source : destination;
  if (profile.type === "AWS_LAMBDA_PERMISSION") {
    return access.map(([name, category]) => lambdaPermission(connection, name, category, holder, expansion));
  }
  const statements = access.flatMap(([, category]) => listOf(category["Statement"]));
  const document = { Version: "2012-10-17", Statement: statements };
  const made = policyResource(profile.type, connection, document, holder, expansion);
  const { DependedBy: dependedBy } = properties;
  if (profile.type === "AWS_IAM_ROLE_MANAGED_POLICY" && dependedBy !== undefined) {
    dependOn(made.id, dependedBy, source, destination, expansion);
  }
  return [made];
}

function policyResource(
  type: string,
  connection: Connection,
  document: Fields,
  holder: ConnectedResource,
  expansion: Expansion,
): Generated {
  const make = (name: string, madeType: string, place: string, value: unknown) => {
    if (isAbsent(value)) throw new CannotExpand("a connected resource lacks what the connector needs");
    const properties = { PolicyDocument: document, [place]: [value] };
    const id = `${connection.id}${name}${connection.suffix}`;
    return expansion.generate(id, madeType, properties, connection.attributes, connection.pointer);
  };
  switch (type) {
    case "AWS_IAM_ROLE_MANAGED_POLICY":
      return make("Policy", "AWS::IAM::ManagedPolicy", "Roles", holder.roleName);
    case "AWS_SQS_QUEUE_POLICY":
      return make("QueuePolicy", "AWS::SQS::QueuePolicy", "Queues", holder.queueUrl);
    case "AWS_SNS_TOPIC_POLICY":
      return make("TopicPolicy", "AWS::SNS::TopicPolicy", "Topics", holder.arn);
    default:
      throw new CannotExpand("the connector grants in a way that is not known");
  }
}

function lambdaPermission(
  connection: Connection,
  name: string,
  category: Fields,
  holder: ConnectedResource,
  expansion: Expansion,
): Generated {
  if (isAbsent(holder.arn)) throw new CannotExpand("a connected function has no ARN");
  const properties: Fields = { ...category, FunctionName: holder.arn };
  const id = `${connection.id}${name}LambdaPermission${connection.suffix}`;
  const type = "AWS::Lambda::Permission";
  return expansion.generate(id, type, properties, connection.attributes, connection.pointer);
}

/** What needs the policy waits for it: the source, or the one event source mapping between the two. */
function dependOn(
  policyId: string,
  dependedBy: string,
  source: ConnectedResource,
  destination: ConnectedResource,
  expansion: Expansion,
): void {
  const add = (id: string) => {
    const resource = expansion.resources[id];
    if (!isMap(resource)) return;
    const others = listOf(resource["DependsOn"]);
    if (!others.includes(policyId)) resource["DependsOn"] = [...others, policyId];
  };
  if (source.id === undefined) return;
  if (dependedBy === "SOURCE") add(source.id);
  if (dependedBy !== "DESTINATION_EVENT_SOURCE_MAPPING" || destination.id === undefined) return;
  const mappings = Object.entries(expansion.resources).filter(([, resource]) => {
    if (!isMap(resource) || resource["Type"] !== "AWS::Lambda::EventSourceMapping") return false;
    const properties = mapOf(resource["Properties"], "Properties");
    const reads = referredId(properties["EventSourceArn"]);
    return referredId(properties["FunctionName"]) === destination.id && reads === source.id;
  });
  const [only] = mappings;
  if (only && mappings.length === 1) add(only[0]);
}
