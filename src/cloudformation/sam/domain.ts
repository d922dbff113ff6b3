import type { Expansion, Generated, SamResource } from "./expansion";
import { CannotExpand, type Fields, getAtt, given, isAbsent, listOf, mapOf, ref, shortHash } from "./values";

/** `Domain` of an API: custom domain name, where the API is under it, and its records in Route 53. */

/** The custom domain of a REST API. */
export function restDomain(sam: SamResource, expansion: Expansion): Generated[] {
  const domain = domainOf(sam, expansion);
  if (!domain) return [];
  const isPrivate = domain["EndpointConfiguration"] === "PRIVATE";
  const endpoint = domain["EndpointConfiguration"] ?? "REGIONAL";
  const version = isPrivate ? "V2" : "";
  const id = `ApiGatewayDomainName${version}${shortHash(domain["DomainName"])}`;
  const configuration: Fields = { Types: [endpoint] };
  if (given(domain["IpAddressType"])) configuration["IpAddressType"] = domain["IpAddressType"];
  const properties: Fields = { EndpointConfiguration: configuration };
  const certificate = endpoint === "REGIONAL" ? "RegionalCertificateArn" : "CertificateArn";
  const { sources } = expansion;
  sources.move(domain, "DomainName", properties);
  sources.move(domain, "CertificateArn", properties, certificate);
  const optional = ["SecurityPolicy", "EndpointAccessMode", "Policy", "OwnershipVerificationCertificateArn"];
  for (const name of optional) if (given(domain[name])) sources.move(domain, name, properties);
  trustStore(domain, properties, expansion);
  const normalize = given(domain["NormalizeBasePath"] ?? true);
  const paths = basePaths(domain)?.map((path) => [path.replace(/[^\p{L}\p{N}]/gu, ""), path] as const);
  const mappings = (paths ?? [["", undefined] as const]).map(([plain, path]) => {
    const place = isPrivate ? { DomainNameArn: ref(id) } : { DomainName: ref(id) };
    const mapping: Fields = { ...place, RestApiId: ref(sam.id), Stage: ref(`${sam.id}.Stage`) };
    if (path !== undefined) mapping["BasePath"] = normalize ? plain : path;
    return make(`${sam.id}${plain}BasePathMapping`, `ApiGateway::BasePathMapping${version}`, mapping, sam, expansion);
  });
  return [
    make(id, `ApiGateway::DomainName${version}`, properties, sam, expansion),
    ...mappings,
    ...accessAssociation(domain, id, sam, expansion),
    ...records(domain, id, endpoint, isPrivate, sam, expansion),
  ];
}

/** The custom domain of an HTTP or WebSocket API. */
export function apiV2Domain(sam: SamResource, tag: string, expansion: Expansion): Generated[] {
  const domain = domainOf(sam, expansion);
  if (!domain) return [];
  const { sources } = expansion;
  const id = `ApiGatewayDomainNameV2${shortHash(domain["DomainName"])}`;
  const configuration: Fields = { EndpointType: domain["EndpointConfiguration"] ?? "REGIONAL" };
  sources.move(domain, "CertificateArn", configuration);
  for (const name of ["OwnershipVerificationCertificateArn", "SecurityPolicy"]) {
    if (given(domain[name])) sources.move(domain, name, configuration);
  }
  const properties: Fields = { DomainNameConfigurations: [configuration], Tags: { [tag]: "SAM" } };
  sources.move(domain, "DomainName", properties);
  trustStore(domain, properties, expansion);
  const mappings = (basePaths(domain) ?? [undefined]).map((path) => {
    const mapping: Fields = { DomainName: ref(id), ApiId: ref(sam.id), Stage: ref(`${sam.id}.Stage`) };
    if (path !== undefined) mapping["ApiMappingKey"] = path.replace(/^\/+|\/+$/g, "");
    const plain = (path ?? "").replace(/[-_/]+/g, "");
    return make(`${sam.id}${plain}ApiMapping`, "ApiGatewayV2::ApiMapping", mapping, sam, expansion);
  });
  return [
    make(id, "ApiGatewayV2::DomainName", properties, sam, expansion),
    ...mappings,
    ...records(domain, id, "REGIONAL", false, sam, expansion),
  ];
}

function domainOf(sam: SamResource, expansion: Expansion): Fields | undefined {
  if (isAbsent(sam.properties["Domain"])) return undefined;
  const domain = mapOf(expansion.settle(sam.properties["Domain"]), "Domain");
  if (isAbsent(domain["DomainName"]) || isAbsent(domain["CertificateArn"])) {
    throw new CannotExpand("Domain lacks DomainName or CertificateArn");
  }
  return domain;
}

function make(id: string, type: string, properties: Fields, sam: SamResource, expansion: Expansion): Generated {
  const pointer = expansion.sources.of(sam.properties, "Domain");
  // AWS's translator does not pass Condition and the like on to what it makes of a WebSocket API.
  const attributes = sam.type === "AWS::Serverless::WebSocketApi" ? {} : sam.attributes;
  return expansion.generate(id, `AWS::${type}`, properties, attributes, pointer);
}

function trustStore(domain: Fields, properties: Fields, expansion: Expansion): void {
  const written = mapOf(domain["MutualTlsAuthentication"], "MutualTlsAuthentication");
  if (!given(written)) return;
  const store: Fields = {};
  for (const name of ["TruststoreUri", "TruststoreVersion"]) {
    if (given(written[name])) expansion.sources.move(written, name, store);
  }
  const pointer = expansion.sources.of(domain, "MutualTlsAuthentication");
  expansion.sources.put(properties, "MutualTlsAuthentication", store, pointer);
}

function basePaths(domain: Fields): string[] | undefined {
  if (!given(domain["BasePath"])) return undefined;
  return listOf(domain["BasePath"]).map((path) => {
    if (typeof path !== "string") throw new CannotExpand("BasePath is not a text");
    return path;
  });
}

function accessAssociation(domain: Fields, domainId: string, sam: SamResource, expansion: Expansion): Generated[] {
  if (domain["EndpointConfiguration"] !== "PRIVATE" || isAbsent(domain["AccessAssociation"])) return [];
  const endpoint = mapOf(domain["AccessAssociation"], "AccessAssociation")["VpcEndpointId"];
  const id = `DomainNameAccessAssociation${shortHash([endpoint, domainId])}`;
  const properties = {
    DomainNameArn: ref(domainId),
    AccessAssociationSourceType: "VPCE",
    AccessAssociationSource: endpoint,
  };
  return [make(id, "ApiGateway::DomainNameAccessAssociation", properties, sam, expansion)];
}

/** Records of a domain; those of one hosted zone share a group unless the author wants them apart. */
function records(
  domain: Fields,
  domainId: string,
  endpoint: unknown,
  isPrivate: boolean,
  sam: SamResource,
  expansion: Expansion,
): Generated[] {
  if (isAbsent(domain["Route53"])) return [];
  const route53 = mapOf(domain["Route53"], "Route53");
  const { HostedZoneId: zoneId, HostedZoneName: zoneName } = route53;
  if (isAbsent(zoneId) && isAbsent(zoneName)) throw new CannotExpand("Route53 names no hosted zone");
  const record: Fields = { Name: domain["DomainName"] };
  record["AliasTarget"] = aliasTarget(route53, domainId, endpoint, isPrivate);
  for (const name of ["Region", "SetIdentifier"]) if (!isAbsent(route53[name])) record[name] = route53[name];
  const types = route53["IpV6"] === true ? ["A", "AAAA"] : ["A"];
  const sets = types.map((Type) => ({ ...record, Type }));
  const zone = given(zoneId) ? zoneId : zoneName;
  const apart = given(route53["SeparateRecordSetGroup"]);
  const id = `RecordSetGroup${shortHash(apart ? [zone, domain["DomainName"]] : zone)}`;
  // AWS's translator forgets the records of other APIs at a WebSocket API.
  const alone = apart || sam.type === "AWS::Serverless::WebSocketApi";
  const others = alone ? [] : (expansion.recordSets.get(id) ?? []);
  const all = [...others, ...sets];
  if (!alone) expansion.recordSets.set(id, all);
  const named = given(zoneId) ? { HostedZoneId: zoneId } : { HostedZoneName: zoneName };
  return [make(id, "Route53::RecordSetGroup", { ...named, RecordSets: all }, sam, expansion)];
}

function aliasTarget(route53: Fields, domainId: string, endpoint: unknown, isPrivate: boolean): Fields {
  const target: Fields = {};
  if (!isAbsent(route53["EvaluateTargetHealth"])) target["EvaluateTargetHealth"] = route53["EvaluateTargetHealth"];
  if (isPrivate) {
    const { VpcEndpointHostedZoneId: HostedZoneId, VpcEndpointDomainName: DNSName } = route53;
    return { ...target, HostedZoneId, DNSName };
  }
  if (endpoint === "REGIONAL") {
    const HostedZoneId = getAtt(domainId, "RegionalHostedZoneId");
    return { ...target, HostedZoneId, DNSName: getAtt(domainId, "RegionalDomainName") };
  }
  // CloudFront's own hosted zone.
  const DNSName = route53["DistributionDomainName"] ?? getAtt(domainId, "DistributionDomainName");
  return { ...target, HostedZoneId: "Z2FDTNDATAQYW2", DNSName };
}
