import { ANY_METHOD, methodNames, pathsOf, wildcardPath } from "./definition";
import type { Sources } from "./sources";
import { CannotExpand, type Fields, given, isAbsent, listOf, mapOf, same, sub } from "./values";

/** `Auth.ResourcePolicy` of a REST API: who may call which methods, as `x-amazon-apigateway-policy`. */

const POLICY = "x-amazon-apigateway-policy";

/** Adds the statements for the methods of one path. */
export function restrictPath(
  body: Fields,
  settings: Fields,
  path: string,
  stage: unknown,
  sources: Sources,
  pointer: string | undefined,
): void {
  const resources = methodNames(pathsOf(body), path).map((name) => {
    const method = name.toLowerCase() === ANY_METHOD || name.toLowerCase() === "any" ? "*" : name.toUpperCase();
    return sub(`execute-api:/\${__Stage__}/${method}${wildcardPath(path)}`, { __Stage__: stage });
  });
  const allow = { Effect: "Allow", Action: "execute-api:Invoke", Resource: resources };
  const add = (statement: Fields, once: boolean) => addStatement(body, statement, once, sources, pointer);
  for (const [name, Effect] of [
    ["AwsAccountWhitelist", "Allow"],
    ["AwsAccountBlacklist", "Deny"],
  ] as const) {
    const accounts = settings[name];
    if (given(accounts)) add({ ...allow, Effect, Principal: { AWS: listOf(accounts) } }, false);
  }
  const deny = (condition: Fields) => {
    add({ ...allow, Principal: "*" }, true);
    add({ ...allow, Effect: "Deny", Principal: "*", Condition: condition }, true);
  };
  for (const [name, operator] of [
    ["IpRangeWhitelist", "NotIpAddress"],
    ["IpRangeBlacklist", "IpAddress"],
  ] as const) {
    if (given(settings[name])) deny({ [operator]: { "aws:SourceIp": listOf(settings[name]) } });
  }
  for (const [kind, operator] of [
    ["Blacklist", "StringEquals"],
    ["Whitelist", "StringNotEquals"],
  ] as const) {
    const sourcesOf = vpcSources(settings, kind);
    if (given(sourcesOf)) deny({ [operator]: sourcesOf });
  }
}

/** VPCs and VPC endpoints of a list; those that are not literal have lists of their own. */
function vpcSources(settings: Fields, kind: "Whitelist" | "Blacklist"): Fields {
  const literal = listOf(settings[`SourceVpc${kind}`]);
  if (!literal.every((id) => typeof id === "string")) throw new CannotExpand(`SourceVpc${kind} is not a list of texts`);
  const vpcs = [...literal.filter((id) => id.startsWith("vpc-")), ...listOf(settings[`IntrinsicVpc${kind}`])];
  const endpoints = [...literal.filter((id) => id.startsWith("vpce-")), ...listOf(settings[`IntrinsicVpce${kind}`])];
  const found: Fields = {};
  if (vpcs.length > 0) found["aws:SourceVpc"] = vpcs;
  if (endpoints.length > 0) found["aws:SourceVpce"] = endpoints;
  return found;
}

/** Adds an author's own statements. */
export function addCustomStatements(
  body: Fields,
  settings: Fields,
  sources: Sources,
  pointer: string | undefined,
): void {
  const custom = settings["CustomStatements"];
  if (!given(custom)) return;
  for (const statement of listOf(custom)) {
    addStatement(body, mapOf(statement, "CustomStatements"), true, sources, pointer);
  }
}

function addStatement(
  body: Fields,
  statement: Fields,
  once: boolean,
  sources: Sources,
  pointer: string | undefined,
): void {
  if (isAbsent(body[POLICY])) sources.put(body, POLICY, {}, pointer);
  const policy = mapOf(body[POLICY], POLICY);
  policy["Version"] = "2012-10-17";
  const statements = listOf(policy["Statement"]);
  if (once && statements.some((other) => same(other, statement))) return;
  const more = [...statements];
  for (const index of statements.keys()) sources.put(more, index, statements[index], sources.of(statements, index));
  sources.put(more, more.length, statement, pointer);
  policy["Statement"] = more;
}
