import profiles from "../../../policies/data/sam-connector-profiles.json";
import { isMap } from "../../inventory/part";
import type { Expansion } from "./expansion";
import { CannotExpand, type Fields, given, isAbsent, listOf, mapOf, ref, referredId, same, sub } from "./values";

/** One end of a connector, as far as it is known. */
export interface ConnectedResource {
  id?: string;
  type: string;
  arn: unknown;
  roleName: unknown;
  queueUrl: unknown;
  resourceId: unknown;
  name: unknown;
  qualifier: unknown;
}

/** Where each type keeps its role, and how its ARN, URL, id and name are written. */
const RESOURCES = new Map<string, unknown>(Object.entries(profiles.resources));

const PLAIN_TYPES = new Map([
  ["AWS::Serverless::Function", "AWS::Lambda::Function"],
  ["AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"],
  ["AWS::Serverless::Api", "AWS::ApiGateway::RestApi"],
  ["AWS::Serverless::HttpApi", "AWS::ApiGatewayV2::Api"],
  ["AWS::Serverless::SimpleTable", "AWS::DynamoDB::Table"],
]);

/** Reads one end of a connector: a resource of the template by its `Id`, or what is written about another one. */
export function connectedResource(written: Fields, other: Fields, expansion: Expansion): ConnectedResource {
  const id = written["Id"];
  const rest = Object.keys(written).filter((name) => name !== "Id" && name !== "Qualifier");
  if ("Id" in written === rest.length > 0) throw new CannotExpand("an end of the connector is not known");
  if (!given(id)) {
    const type = written["Type"];
    if (typeof type !== "string" || type === "") throw new CannotExpand("an end of the connector has no Type");
    return {
      type: PLAIN_TYPES.get(type) ?? type,
      arn: written["Arn"],
      roleName: written["RoleName"],
      queueUrl: written["QueueUrl"],
      resourceId: written["ResourceId"],
      name: written["Name"],
      qualifier: written["Qualifier"],
    };
  }
  const resource = typeof id === "string" ? expansion.resources[id] : undefined;
  const type = isMap(resource) ? resource["Type"] : undefined;
  if (typeof id !== "string" || !isMap(resource) || typeof type !== "string") {
    throw new CannotExpand("an end of the connector is not a resource of this template");
  }
  const known = mapOf(RESOURCES.get(type), type);
  const outputs = mapOf(named(known["Outputs"], id), "Outputs");
  const role = roleOf(known, mapOf(resource["Properties"], "Properties"), other);
  const roleId = referredId(role);
  return {
    id,
    type,
    arn: outputs["Arn"],
    roleName: roleId === undefined ? undefined : ref(roleId),
    queueUrl: outputs["Url"],
    resourceId: outputs["Id"],
    name: outputs["Name"],
    qualifier: "Qualifier" in written ? written["Qualifier"] : outputs["Qualifier"],
  };
}

function roleOf(known: Fields, properties: Fields, other: Fields): unknown {
  const place = mapOf(known["Inputs"], "Inputs")["Role"];
  if (typeof place === "string") return properties[place];
  if (!isMap(place)) return undefined;
  // A rule has a role for each target.
  const { Id: id, Arn: arn } = other;
  const target = listOf(properties["Targets"])
    .filter(isMap)
    .find(({ Arn }) => (given(id) && referredId(Arn) === id) || (given(arn) && same(Arn, arn)));
  return target?.["RoleArn"];
}

/** A copy with the logical id filled in. */
function named(value: unknown, id: string): unknown {
  if (typeof value === "string") return value.replaceAll("%{logicalId}", id);
  if (Array.isArray(value)) return value.map((item) => named(item, id));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, named(item, id)]));
}

/** A copy of a profile's statement with `%{Source.Arn}` and its like filled in. */
export function fill(value: unknown, source: ConnectedResource, destination: ConnectedResource): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, source, destination));
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, source, destination)]));
  }
  if (typeof value !== "string") return value;
  const variables: Fields = {};
  const find = (end: string, name: string) => {
    const found = attribute(end === "Source" ? source : destination, name);
    if (isAbsent(found)) throw new CannotExpand(`the connector needs ${end}.${name}`);
    return found;
  };
  const whole = /^%\{(Source|Destination)\.(\w+)\}$/.exec(value);
  if (whole?.[1] && whole[2]) return find(whole[1], whole[2]);
  const text = value.replace(/%\{(Source|Destination)\.(\w+)\}/g, (_, end: string, name: string) => {
    variables[end + name] = find(end, name);
    return `\${${end}${name}}`;
  });
  if (!/\$\{.+\}/.test(text)) return text;
  return sub(text, given(variables) ? variables : undefined);
}

function attribute(resource: ConnectedResource, name: string): unknown {
  switch (name) {
    case "Arn":
      return resource.arn;
    case "ResourceId":
      return resource.resourceId;
    case "Name":
      return resource.name;
    case "Qualifier":
      return resource.qualifier;
    default:
      return undefined;
  }
}
