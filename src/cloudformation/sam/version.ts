import { isMap } from "../../inventory/part";
import type { Expansion, Generated, SamResource } from "./expansion";
import {
  CannotExpand,
  type Fields,
  getAtt,
  given,
  isAbsent,
  isIntrinsic,
  mapOf,
  ref,
  referredId,
  shortHash,
  textOf,
} from "./values";

/** What AutoPublishAlias publishes. */
export interface Published {
  version: Generated;
  alias: Generated;
  aliasId: string;
  aliasName: unknown;
}

/**
 * The version and alias of AutoPublishAlias. The version's logical id changes with the code, so that CloudFormation
 * publishes a new one; the old one is retained.
 */
export function publish(sam: SamResource, properties: Fields, expansion: Expansion): Published {
  const { sources } = expansion;
  const own = sam.properties;
  const pointer = sources.of(own, "AutoPublishAlias");
  const aliasName = expansion.settle(own["AutoPublishAlias"]);
  const sha256 = given(own["AutoPublishCodeSha256"]) ? expansion.settle(own["AutoPublishCodeSha256"]) : undefined;
  if (sha256 !== undefined) describe(own, properties, sha256, expansion);
  const suffix =
    typeof sha256 === "string" ? sha256.slice(0, 10) : shortHash(sha256 ?? contents(own, properties, expansion));
  const versionProperties: Fields = { FunctionName: ref(sam.id) };
  sources.move(own, "VersionDescription", versionProperties, "Description");
  if (!isAbsent(own["CapacityProviderConfig"])) sources.move(own, "FunctionScalingConfig", versionProperties);
  const version = expansion.generate(
    `${sam.id}Version${suffix}`,
    "AWS::Lambda::Version",
    versionProperties,
    { DeletionPolicy: own["VersionDeletionPolicy"] ?? defaultDeletion(own), ...sam.attributes },
    pointer,
  );
  const aliasId = `${sam.id}Alias${aliasSuffix(aliasName)}`;
  const aliasProperties: Fields = {
    Name: aliasName,
    FunctionName: ref(sam.id),
    FunctionVersion: getAtt(version.id, "Version"),
  };
  if (given(own["ProvisionedConcurrencyConfig"])) {
    sources.move(own, "ProvisionedConcurrencyConfig", aliasProperties);
  }
  const alias = expansion.generate(aliasId, "AWS::Lambda::Alias", aliasProperties, { ...sam.attributes }, pointer);
  return { version, alias, aliasId, aliasName };
}

/** An alias in a logical id. What is not settled, which AWS never sees, has the name it refers to. */
export function aliasSuffix(name: unknown): string {
  if (isIntrinsic(name)) return (referredId(name) ?? "").replace(/[^A-Za-z0-9]/g, "");
  const text = textOf(name, "AutoPublishAlias");
  if (!/^(?!\d+$)[A-Za-z0-9_-]+$/.test(text)) throw new CannotExpand("AutoPublishAlias is not an alias name");
  return text.replaceAll("-", "D").replaceAll("_", "U");
}

function defaultDeletion(own: Fields): string {
  return isAbsent(own["CapacityProviderConfig"]) ? "Retain" : "Delete";
}

/** AutoPublishCodeSha256 also goes into the function's description, so that the function itself changes. */
function describe(own: Fields, properties: Fields, sha256: unknown, expansion: Expansion): void {
  const description = expansion.settle(own["Description"]);
  const parts = given(description) ? [description, sha256] : [sha256];
  const texts = parts.every((part) => typeof part === "string");
  const joined = texts ? parts.join(" ") : { "Fn::Join": [" ", parts] };
  expansion.sources.put(properties, "Description", joined, expansion.sources.of(own, "AutoPublishCodeSha256"));
}

/** What a new version is published for. */
function contents(own: Fields, properties: Fields, expansion: Expansion): Fields {
  const code = mapOf(expansion.settle(properties["Code"]), "Code");
  if (own["AutoPublishAliasAllProperties"] === true) {
    return { ...properties, Code: code, ...publishingLayers(properties["Layers"], expansion) };
  }
  const local = given(code) ? code : { CodeUri: own["CodeUri"] ?? "" };
  const watched: Fields = { ...local, ...mapOf(own["Environment"], "Environment") };
  if (given(own["MemorySize"])) watched["MemorySize"] = own["MemorySize"];
  const snapStart = own["SnapStart"];
  if (isMap(snapStart) && (snapStart["ApplyOn"] ?? "None") !== "None") watched["SnapStart"] = snapStart;
  return watched;
}

function publishingLayers(layers: unknown, expansion: Expansion): Fields {
  const found: Fields = {};
  for (const layer of Array.isArray(layers) ? layers : []) {
    const id = isMap(layer) && typeof layer["Ref"] === "string" ? layer["Ref"] : undefined;
    const resource = id === undefined ? undefined : expansion.resources[id];
    const properties = isMap(resource) ? resource["Properties"] : undefined;
    if (id !== undefined && isMap(properties) && given(properties["PublishLambdaVersion"])) found[id] = properties;
  }
  return found;
}
