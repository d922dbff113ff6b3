import { isMap } from "../../inventory/part";
import { keptAttributes } from "./attributes";
import { hasIntegration, integrate, pathsOf } from "./definition";
import { addEventAuth, linkedApi } from "./events/api";
import { eventsOf, requires, type SamEvent } from "./events/event";
import { eventRule } from "./events/rule";
import { schedule } from "./events/schedule";
import type { Expansion, Generated, SamResource } from "./expansion";
import { isRestDefinition } from "./rest-definition";
import { allow, Role, trustPolicy, xrayPolicy } from "./role";
import { objectInS3 } from "./s3-location";
import type { Target } from "./target";
import {
  CannotExpand,
  conditional,
  type Fields,
  getAtt,
  given,
  isAbsent,
  isIntrinsic,
  mapOf,
  ref,
  sub,
  tagList,
  textOf,
} from "./values";
import { aliasSuffix } from "./version";

/** Expands an AWS::Serverless::StateMachine: state machine, role, version and alias, events. */
export function expandStateMachine(sam: SamResource, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = sam.properties;
  const properties: Fields = {};
  if (given(own["DefinitionSubstitutions"])) sources.move(own, "DefinitionSubstitutions", properties);
  define(own, properties, expansion);
  if (given(own["Role"]) && given(own["Policies"])) throw new CannotExpand("both Role and Policies are given");
  sources.move(own, "Name", properties, "StateMachineName");
  sources.move(own, "Type", properties, "StateMachineType");
  sources.move(own, "Logging", properties, "LoggingConfiguration");
  sources.move(own, "Tracing", properties, "TracingConfiguration");
  const tags = [{ Key: "stateMachine:createdBy", Value: "SAM" }, ...tagList(own["Tags"])];
  sources.put(properties, "Tags", tags, sources.of(own, "Tags"));
  const made: Generated[] = [];
  if (given(own["Role"])) {
    sources.move(own, "Role", properties, "RoleArn");
  } else {
    const role = executionRole(sam, tags, expansion);
    properties["RoleArn"] = role.arn;
    made.push(role.generate(sam.attributes, sam.pointer));
  }
  const type = "AWS::StepFunctions::StateMachine";
  const machine = expansion.generate(sam.id, type, properties, keptAttributes(sam), sam.pointer);
  const published = publish(sam, expansion);
  const targetId = given(own["UseAliasAsEventTarget"]) ? published?.aliasId : sam.id;
  if (targetId === undefined) throw new CannotExpand("UseAliasAsEventTarget needs AutoPublishAlias");
  const events = eventsOf(sam, expansion).flatMap((event) => expandEvent(event, sam, targetId, expansion));
  return [machine, ...made, ...(published?.made ?? []), ...events];
}

function executionRole(sam: SamResource, tags: Fields[], expansion: Expansion): Role {
  const own = sam.properties;
  const role = new Role(`${sam.id}Role`, expansion);
  role.trust("states.amazonaws.com");
  role.addPolicies(own);
  role.take(own, "RolePath", "Path");
  role.take(own, "PermissionsBoundary");
  role.tag(tags, expansion.sources.of(own, "Tags"));
  const traced = mapOf(own["Tracing"], "Tracing")["Enabled"] === true;
  if (traced) role.attach(xrayPolicy(expansion), expansion.sources.of(own, "Tracing"));
  return role;
}

/** The definition: a map becomes text, in which intrinsic functions are substitutions. */
function define(own: Fields, properties: Fields, expansion: Expansion): void {
  const { sources } = expansion;
  const { Definition: definition, DefinitionUri: uri } = own;
  if (given(definition) === given(uri))
    throw new CannotExpand("not exactly one of Definition and DefinitionUri is given");
  if (given(uri)) {
    const place = objectInS3(uri, { Bucket: "Bucket", Key: "Key", Version: "Version" });
    sources.put(properties, "DefinitionS3Location", place ?? uri, sources.of(own, "DefinitionUri"));
    return;
  }
  const substitutions = new Map<string, unknown>();
  const text = JSON.stringify(substitute(definition, substitutions), undefined, 4);
  const lines = { "Fn::Join": ["\n", text.split("\n")] };
  sources.put(properties, "DefinitionString", lines, sources.of(own, "Definition"));
  if (substitutions.size === 0) return;
  const written = mapOf(properties["DefinitionSubstitutions"], "DefinitionSubstitutions");
  const all: Fields = {};
  sources.moveAll(written, Object.keys(written), all);
  for (const [name, value] of substitutions) sources.put(all, name, value, sources.of(own, "Definition"));
  properties["DefinitionSubstitutions"] = all;
}

/** A copy, keys sorted, whose intrinsic functions and dynamic references are named substitutions. */
function substitute(value: unknown, substitutions: Map<string, unknown>): unknown {
  if (isIntrinsic(value) || isDynamicReference(value)) {
    const name = `definition_substitution_${substitutions.size + 1}`;
    substitutions.set(name, value);
    return `\${${name}}`;
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, substitutions));
  if (!isMap(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, substitute(value[name], substitutions)]));
}

function isDynamicReference(value: unknown): boolean {
  return typeof value === "string" && /^\{\{resolve:[a-zA-Z0-9_.\-/:]+\}\}$/.test(value);
}

function publish(sam: SamResource, expansion: Expansion): { made: Generated[]; aliasId: string } | undefined {
  const { sources } = expansion;
  const own = sam.properties;
  if (!given(own["AutoPublishAlias"])) {
    if (given(own["DeploymentPreference"])) throw new CannotExpand("DeploymentPreference needs AutoPublishAlias");
    return undefined;
  }
  const name = expansion.settle(own["AutoPublishAlias"]);
  const pointer = sources.of(own, "AutoPublishAlias");
  const version = expansion.generate(
    `${sam.id}Version`,
    "AWS::StepFunctions::StateMachineVersion",
    { StateMachineArn: ref(sam.id), StateMachineRevisionId: getAtt(sam.id, "StateMachineRevisionId") },
    { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain", ...sam.attributes },
    pointer,
  );
  const written = mapOf(own["DeploymentPreference"], "DeploymentPreference");
  const preference: Fields = given(written) ? {} : { Type: "ALL_AT_ONCE" };
  sources.moveAll(written, Object.keys(written), preference);
  preference["StateMachineVersionArn"] = ref(version.id);
  const aliasId = `${sam.id}Alias${isIntrinsic(name) ? aliasSuffix(name) : textOf(name, "AutoPublishAlias")}`;
  const properties = { Name: name, DeploymentPreference: preference };
  const type = "AWS::StepFunctions::StateMachineAlias";
  return { made: [version, expansion.generate(aliasId, type, properties, sam.attributes, pointer)], aliasId };
}

function expandEvent(event: SamEvent, sam: SamResource, targetId: string, expansion: Expansion): Generated[] {
  const arn = ref(targetId);
  const runs: Target = { id: targetId, name: arn, arn, arnInText: `\${${targetId}}`, attributes: sam.attributes };
  const boundary = sam.properties["PermissionsBoundary"];
  switch (event.type) {
    case "Schedule":
    case "CloudWatchEvent":
    case "EventBridgeRule":
      return machineRule(event, runs, boundary, expansion);
    case "ScheduleV2":
      return schedule(event, runs, "states:StartExecution", expansion);
    case "Api":
      return machineApi(event, runs, boundary, expansion);
    default:
      throw new CannotExpand(`${event.name} has a type that is not known`);
  }
}

function machineRule(event: SamEvent, runs: Target, boundary: unknown, expansion: Expansion): Generated[] {
  const { Enabled: enabled, RoleArn: ownRole, State: state } = event.properties;
  const scheduled = event.type === "Schedule";
  const byEnabled = scheduled && !isAbsent(enabled) ? (given(enabled) ? "ENABLED" : "DISABLED") : undefined;
  const ruleState = byEnabled ?? (given(state) ? state : undefined);
  const named = scheduled && !isAbsent(ownRole);
  const role = eventRole(event, runs, "events.amazonaws.com", boundary, expansion);
  const roleArn = named ? ownRole : getAtt(role.id, "Arn");
  const rule = eventRule(event, runs, ruleState, "StepFunctionsTarget", roleArn, expansion);
  return named ? rule : [...rule, role];
}

/** The role under which a service starts the state machine. */
function eventRole(event: SamEvent, runs: Target, service: string, boundary: unknown, expansion: Expansion): Generated {
  const id = `${event.id}Role`;
  const properties: Fields = {
    AssumeRolePolicyDocument: trustPolicy(service),
    Policies: [allow(`${id}StartExecutionPolicy`, "states:StartExecution", runs.arn)],
  };
  if (given(boundary)) properties["PermissionsBoundary"] = boundary;
  return expansion.generate(id, "AWS::IAM::Role", properties, runs.attributes, event.pointer);
}

/** Api: a method that starts an execution. */
function machineApi(event: SamEvent, runs: Target, boundary: unknown, expansion: Expansion): Generated[] {
  requires(event, "RestApiId");
  const path = textOf(event.properties["Path"], "Path");
  const method = textOf(event.properties["Method"], "Method").toLowerCase();
  const role = eventRole(event, runs, "apigateway.amazonaws.com", boundary, expansion);
  const api = linkedApi(event, expansion);
  const body = api?.properties["DefinitionBody"];
  if (!api || !expansion.managedApis.has(api.id) || !isRestDefinition(body)) return [role];
  const paths = pathsOf(body);
  if (hasIntegration(paths, path, method)) throw new CannotExpand("an API method is defined twice");
  const condition = runs.attributes["Condition"];
  const uri = sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution");
  const integration: Fields = {
    type: "aws",
    httpMethod: "POST",
    uri: given(condition) ? conditional(condition, uri) : uri,
    responses: { "200": { statusCode: "200" }, "400": { statusCode: "400" } },
    credentials: getAtt(role.id, "Arn"),
    requestTemplates: { "application/json": sub(requestTemplate(event, runs)) },
  };
  const others = { responses: { "200": { description: "OK" }, "400": { description: "Bad Request" } } };
  integrate(paths, path, method, { integration, others, condition }, expansion.sources, event.pointer);
  addEventAuth(event, api, body, path, method, expansion);
  return [role];
}

function requestTemplate(event: SamEvent, runs: Target): string {
  const escaped = "$util.escapeJavaScript($input.json('$'))";
  const input = given(event.properties["UnescapeMappingTemplate"]) ? `${escaped}.replaceAll("\\\\'","'")` : escaped;
  return `{"input": "${input}", "stateMachineArn": "\${${runs.id}}"}`;
}
