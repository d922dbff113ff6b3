import { isMap } from "../../inventory/part";
import type { Expansion, Generated } from "./expansion";
import { type Fields, isIntrinsic, listOf } from "./values";

/**
 * SAM's own references: `Ref Fn.Alias`, `${Api.Stage}` or `GetAtt Fn.Version.Version` name what was made for a
 * resource, and a layer's logical id changes ("Referencing generated resources", AWS SAM developer guide).
 */

const REFERABLE: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  [
    "AWS::Serverless::Function",
    {
      Alias: "AWS::Lambda::Alias",
      Version: "AWS::Lambda::Version",
      DestinationTopic: "AWS::SNS::Topic",
      DestinationQueue: "AWS::SQS::Queue",
    },
  ],
  [
    "AWS::Serverless::Api",
    {
      Stage: "AWS::ApiGateway::Stage",
      Deployment: "AWS::ApiGateway::Deployment",
      DomainName: "AWS::ApiGateway::DomainName",
      DomainNameV2: "AWS::ApiGateway::DomainNameV2",
      UsagePlan: "AWS::ApiGateway::UsagePlan",
      UsagePlanKey: "AWS::ApiGateway::UsagePlanKey",
      ApiKey: "AWS::ApiGateway::ApiKey",
    },
  ],
  ["AWS::Serverless::HttpApi", { Stage: "AWS::ApiGatewayV2::Stage", DomainName: "AWS::ApiGatewayV2::DomainName" }],
  ["AWS::Serverless::WebSocketApi", { Stage: "AWS::ApiGatewayV2::Stage", DomainName: "AWS::ApiGatewayV2::DomainName" }],
]);

/** Notes what references to a resource's properties mean. */
export function noteReferences(id: string, type: string, generated: readonly Generated[], expansion: Expansion): void {
  for (const [name, madeType] of Object.entries(REFERABLE.get(type) ?? {})) {
    const made = generated.findLast(({ resource }) => resource["Type"] === madeType);
    if (made) expansion.referable.set(`${id}.${name}`, made.id);
  }
}

/** Rewrites references in place, in the whole body. */
export function rewriteReferences(body: unknown, expansion: Expansion): void {
  const { referable, renamed } = expansion;
  const newName = (written: string) => {
    const [id = "", name = "", ...rest] = written.split(".");
    const made = referable.get(`${id}.${name}`);
    if (made !== undefined) return [made, ...rest].join(".");
    const other = renamed.get(id);
    return other === undefined ? written : [other, ...written.split(".").slice(1)].join(".");
  };
  const inText = (text: string) => text.replace(/\$\{([A-Za-z0-9.]+)\}/g, (_, name: string) => `\${${newName(name)}}`);
  const visit = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isMap(node)) return;
    if (isIntrinsic(node)) rewriteIntrinsic(node, newName, inText);
    if ("DependsOn" in node && renamed.size > 0) renameDependencies(node, renamed);
    Object.values(node).forEach(visit);
  };
  visit(body);
  for (const resource of Object.values(expansion.resources)) {
    if (isMap(resource) && "DependsOn" in resource) replaceDependencies(resource, expansion.replaced);
  }
}

function rewriteIntrinsic(node: Fields, newName: (name: string) => string, inText: (text: string) => string): void {
  const { Ref: reference, "Fn::GetAtt": attribute, "Fn::Sub": text } = node;
  if (typeof reference === "string") node["Ref"] = newName(reference);
  if (typeof attribute === "string") node["Fn::GetAtt"] = newName(attribute);
  if (Array.isArray(attribute) && attribute.every((item) => typeof item === "string")) {
    const written = attribute.join(".");
    const renamed = newName(written);
    if (renamed !== written) {
      const dot = renamed.indexOf(".");
      attribute.splice(0, attribute.length, renamed.slice(0, dot), renamed.slice(dot + 1));
    }
  }
  if (typeof text === "string") node["Fn::Sub"] = inText(text);
  if (Array.isArray(text) && typeof text[0] === "string") text[0] = inText(text[0]);
}

function renameDependencies(resource: Fields, renamed: ReadonlyMap<string, string>): void {
  const written = resource["DependsOn"];
  const named = listOf(written).map((id) => (typeof id === "string" ? (renamed.get(id) ?? id) : id));
  resource["DependsOn"] = Array.isArray(written) ? named : named[0];
}

function replaceDependencies(resource: Fields, replaced: ReadonlyMap<string, string[]>): void {
  const written = listOf(resource["DependsOn"]);
  if (!written.some((id) => typeof id === "string" && replaced.has(id))) return;
  const named = written.flatMap((id) => (typeof id === "string" ? (replaced.get(id) ?? [id]) : [id]));
  resource["DependsOn"] = [...new Set(named)];
}
