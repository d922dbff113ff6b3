import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { expandSam } from "../../src/cloudformation/sam";
import { isMap } from "../../src/inventory/part";
import { readDocument } from "../../src/read/document";

/**
 * Templates of AWS's own translator (aws-sam-translator) with what it makes of them. For each, our expansion has to be
 * the same in everything the inventory reads. Its outputs are for Region ap-southeast-1, and some of its lists are in
 * sorted order, so lists are compared as sets.
 */

const corpus = resolve(import.meta.dirname, "../../../shared/corpus/sam-translator");

/** Share of the templates that must agree exactly. */
const FLOOR = 0.98;

/** Parts of a GraphQL API in which nothing grants, invokes or guards. We do not make them. */
const NOT_READ = new Set([
  "AWS::AppSync::ApiCache",
  "AWS::AppSync::ApiKey",
  "AWS::AppSync::DomainName",
  "AWS::AppSync::DomainNameApiAssociation",
  "AWS::AppSync::FunctionConfiguration",
  "AWS::AppSync::Resolver",
]);

/** Pairs that differ, and why. */
const KNOWN: Record<string, string> = {
  application_with_intrinsics: "the URL of a repository's template is what the service answers at the time",
  basic_application: "the URL of a repository's template is what the service answers at the time",
  function_with_event_dest_conditional: "AWS writes {Condition: {Condition: …}} in Fn::And, which is not a condition",
  self_managed_kafka_with_SERVER_ROOT_CA_CERTIFICATE_and_auth_mechanism:
    "the output is of another input: aws-sam-translator 1.115.0 itself gives what we give",
};

type Fields = Record<string, unknown>;

const region = { "AWS::Region": "ap-southeast-1", "AWS::Partition": "aws" };

if (!existsSync(corpus)) process.stdout.write("sam-translator: no corpus beside the project, 410 templates skipped\n");

describe.skipIf(!existsSync(corpus))("aws-sam-translator's own templates", () => {
  const names = existsSync(corpus) ? readdirSync(join(corpus, "input")).map((file) => file.replace(/\.yaml$/, "")) : [];
  const refused = names.filter((name) => "errorMessage" in output(name));
  const accepted = names.filter((name) => !refused.includes(name));

  test("expand as AWS expands them", () => {
    const different: string[] = [];
    for (const name of accepted) {
      const [first, ...more] = differences(name);
      if (first !== undefined)
        different.push(`${name}: ${first}${more.length > 0 ? ` (and ${more.length} more)` : ""}`);
    }
    const agreed = accepted.length - different.length;
    const lines = different.map((line) => `  ${line}\n    ${KNOWN[line.split(":", 1).join()] ?? "not known"}\n`);
    process.stdout.write(`sam-translator: ${agreed} of ${accepted.length} agree\n${lines.join("")}`);
    expect(accepted.length).toBeGreaterThan(250);
    expect(different.filter((line) => !Object.hasOwn(KNOWN, line.split(":", 1).join()))).toEqual([]);
    expect(agreed / accepted.length).toBeGreaterThanOrEqual(FLOOR);
  });

  test("that AWS refuses do no harm", () => {
    expect(refused.length).toBeGreaterThan(100);
    for (const name of refused) {
      const body = input(name);
      const before = JSON.stringify(body);
      if (isMap(body)) expandSam({ file: name, body, origins: new Map() }, region);
      expect(JSON.stringify(body), name).toBe(before);
    }
  });
});

function input(name: string): unknown {
  const file = join(corpus, "input", `${name}.yaml`);
  return readDocument(readFileSync(file), file).value;
}

function output(name: string): Fields {
  return JSON.parse(readFileSync(join(corpus, "output", `${name}.json`), "utf8"));
}

/** What is different, one line each; empty when all is the same. */
function differences(name: string): string[] {
  const body = input(name);
  if (!isMap(body)) return ["not a template"];
  // The translator's templates say nothing of a transform.
  const template = { file: name, body: { ...body, Transform: "AWS::Serverless-2016-10-31" }, origins: new Map() };
  const before = JSON.stringify(template.body);
  const values = { ...defaults(body), ...region };
  const expanded = expandSam(template, values);
  if (JSON.stringify(template.body) !== before) return ["the input was changed"];
  return compare(read(expanded.body, values), read(output(name), values), "");
}

function defaults(body: Fields): Record<string, string> {
  const parameters = isMap(body["Parameters"]) ? Object.entries(body["Parameters"]) : [];
  return Object.fromEntries(
    parameters.flatMap(([name, parameter]) =>
      isMap(parameter) && "Default" in parameter ? [[name, String(parameter["Default"])]] : [],
    ),
  );
}

/** Conditions and resources as far as they are read, in a form that compares. */
function read(body: Fields, values: Record<string, string>): unknown {
  const written = isMap(body["Resources"]) ? body["Resources"] : {};
  const resources: Fields = {};
  for (const [id, resource] of Object.entries(written)) {
    if (!isMap(resource) || NOT_READ.has(String(resource["Type"]))) continue;
    const { Metadata: _, ...rest } = resource;
    const properties = isMap(resource["Properties"]) ? { ...resource["Properties"] } : {};
    if (isMap(properties["Body"])) properties["Body"] = security(properties["Body"]);
    if (resource["Type"] === "AWS::ApiGateway::Deployment") delete properties["Description"];
    // Throttling of routes: AWS's translator gathers it from events.
    if (resource["Type"] === "AWS::ApiGatewayV2::Stage") delete properties["RouteSettings"];
    resources[id] = { ...rest, Properties: properties };
  }
  const text = JSON.stringify(canonical({ Conditions: body["Conditions"] ?? {}, Resources: resources }, values));
  return JSON.parse(text.replace(/Deployment[0-9a-f]{10}/g, "Deployment"));
}

/** Routes of an API's definition with what they start and who may call them. */
function security(body: Fields): Fields {
  const components = isMap(body["components"]) ? body["components"] : {};
  return {
    paths: methods(body["paths"]),
    security: body["security"],
    schemes: body["securityDefinitions"] ?? components["securitySchemes"],
    policy: statementsListed(body["x-amazon-apigateway-policy"]),
    endpoint: body["x-amazon-apigateway-endpoint-configuration"],
  };
}

/** A policy's one statement and a list of one mean the same. */
function statementsListed(policy: unknown): unknown {
  return isMap(policy) ? { ...policy, Statement: [policy["Statement"]].flat() } : policy;
}

/** Integrations and security, wherever they stand under paths, methods and `Fn::If`. */
function methods(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(methods);
  if (!isMap(value)) return value;
  const integration = value["x-amazon-apigateway-integration"];
  if (!isMap(integration)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, methods(item)]));
  }
  const { type, httpMethod, uri, credentials } = integration;
  return { security: value["security"], integration: { type, httpMethod, uri, credentials } };
}

/** Parameters settled, keys and lists sorted, undefined and null left out. */
function canonical(value: unknown, values: Record<string, string>): unknown {
  if (Array.isArray(value)) return sorted(value.map((item) => canonical(item, values)));
  if (!isMap(value)) return value;
  const names = Object.keys(value)
    .filter((name) => value[name] !== undefined && value[name] !== null)
    .sort();
  const { Ref: reference, "Fn::Sub": text } = value;
  if (names.length === 1 && typeof reference === "string") return values[reference] ?? value;
  if (names.length === 1 && typeof text === "string") return { "Fn::Sub": substituted(text, values) };
  if (names.length === 1 && Array.isArray(text)) {
    const settled = text.map((item) =>
      typeof item === "string" ? substituted(item, values) : canonical(item, values),
    );
    return { "Fn::Sub": sorted(settled) };
  }
  return Object.fromEntries(names.map((name) => [name, canonical(value[name], values)]));
}

function substituted(text: string, values: Record<string, string>): string {
  return text.replace(/\$\{([A-Za-z0-9:]+)\}/g, (written, name: string) => values[name] ?? written);
}

function sorted(items: unknown[]): unknown[] {
  const keyed = items.map((item) => ({ item, key: JSON.stringify(item) ?? "" }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)).map(({ item }) => item);
}

function compare(ours: unknown, theirs: unknown, path: string): string[] {
  if (isMap(ours) && isMap(theirs)) {
    const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
    return names.flatMap((name) => compare(ours[name], theirs[name], `${path}/${name}`));
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((item, index) => compare(item, theirs[index], `${path}/${index}`));
  }
  const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return one === other ? [] : [`${path}: ${one?.slice(0, 120)}, not ${other?.slice(0, 120)}`];
}
