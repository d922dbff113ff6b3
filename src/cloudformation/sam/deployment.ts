import { combineConditions } from "./combined-conditions";
import type { Deployment, Expansion, Generated, SamResource } from "./expansion";
import { trustPolicy } from "./role";
import {
  CannotExpand,
  type Fields,
  getAtt,
  given,
  ifArguments,
  isIntrinsic,
  isNoValue,
  mapOf,
  ref,
  sub,
  tagList,
} from "./values";

/** DeploymentPreference: gradual deployment by CodeDeploy, with one application and one service role per template. */

const ROLE = "CodeDeployServiceRole";
const APPLICATION = "ServerlessDeploymentApplication";

/** Notes a function's deployment preference and makes its alias wait for CodeDeploy. */
export function prefer(sam: SamResource, alias: Generated | undefined, expansion: Expansion): void {
  const { sources } = expansion;
  const written = sam.properties["DeploymentPreference"];
  if (!given(written)) return;
  const preference = mapOf(written, "DeploymentPreference");
  const enabled = expansion.settleWithMappings(preference["Enabled"] ?? true);
  if (!given(enabled) || enabled === "false" || enabled === "False") return;
  if (!alias) throw new CannotExpand("DeploymentPreference needs AutoPublishAlias");
  if (!("Type" in preference)) throw new CannotExpand("DeploymentPreference has no Type");
  const passed = expansion.settleWithMappings(preference["PassthroughCondition"] ?? false);
  const condition = sam.attributes["Condition"];
  const conditional = passed === true || passed === "true" || passed === "True";
  const tags = given(sam.properties["PropagateTags"]) && given(sam.properties["Tags"]);
  expansion.deployments.push({
    id: sam.id,
    role: preference["Role"],
    type: expansion.settleWithMappings(preference["Type"]),
    alarms: alarmConfiguration(preference["Alarms"]),
    triggers: preference["TriggerConfigurations"],
    condition: conditional && typeof condition === "string" ? condition : undefined,
    tags: tags ? sam.properties["Tags"] : undefined,
    pointer: sources.of(sam.properties, "DeploymentPreference"),
  });
  const hooks = mapOf(preference["Hooks"], "Hooks");
  const update: Fields = { ApplicationName: ref(APPLICATION), DeploymentGroupName: ref(`${sam.id}DeploymentGroup`) };
  sources.move(hooks, "PreTraffic", update, "BeforeAllowTrafficHook");
  sources.move(hooks, "PostTraffic", update, "AfterAllowTrafficHook");
  alias.resource["UpdatePolicy"] = { CodeDeployLambdaAliasUpdate: update };
}

/** The application, the service role unless every function names its own, and a deployment group per function. */
export function deploymentResources(expansion: Expansion): Generated[] {
  const { deployments } = expansion;
  const [first] = deployments;
  if (!first) return [];
  const attributes = sharedCondition(deployments, expansion);
  const tags = tagList(Object.assign({}, ...deployments.map((deployment) => deployment.tags)));
  const tagged: Fields = tags.length > 0 ? { Tags: tags } : {};
  const application: Fields = { ComputePlatform: "Lambda", ...tagged };
  const made = [
    expansion.generate(APPLICATION, "AWS::CodeDeploy::Application", application, attributes, first.pointer),
    ...deployments.map((deployment) => deploymentGroup(deployment, expansion)),
  ];
  const served = deployments.find((deployment) => !given(deployment.role));
  if (!served) return made;
  const limited = ["aws-iso", "aws-iso-b"].includes(expansion.partition) ? "Limited" : "";
  const role: Fields = {
    AssumeRolePolicyDocument: trustPolicy("codedeploy.amazonaws.com"),
    ManagedPolicyArns: [expansion.managedPolicy(`service-role/AWSCodeDeployRoleForLambda${limited}`)],
    ...tagged,
  };
  return [...made, expansion.generate(ROLE, "AWS::IAM::Role", role, attributes, served.pointer)];
}

/** What all functions share exists when one of them does. */
function sharedCondition(deployments: Deployment[], expansion: Expansion): Fields {
  const conditions = [...new Set(deployments.map((deployment) => deployment.condition))];
  const [only] = conditions;
  if (conditions.some((condition) => condition === undefined)) return {};
  if (conditions.length === 1) return { Condition: only };
  const names = conditions.flatMap((condition) => condition ?? []);
  Object.assign(expansion.conditions, combineConditions(names, "ServerlessCodeDeployCondition"));
  return { Condition: "ServerlessCodeDeployCondition" };
}

function deploymentGroup(deployment: Deployment, expansion: Expansion): Generated {
  const properties: Fields = {
    ApplicationName: ref(APPLICATION),
    AutoRollbackConfiguration: {
      Enabled: true,
      Events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
    },
    DeploymentConfigName: configName(deployment.type),
    DeploymentStyle: { DeploymentType: "BLUE_GREEN", DeploymentOption: "WITH_TRAFFIC_CONTROL" },
    ServiceRoleArn: given(deployment.role) ? deployment.role : getAtt(ROLE, "Arn"),
  };
  if (deployment.alarms) properties["AlarmConfiguration"] = deployment.alarms;
  if (given(deployment.triggers)) properties["TriggerConfigurations"] = deployment.triggers;
  if (given(deployment.tags)) properties["Tags"] = tagList(deployment.tags);
  const attributes: Fields = deployment.condition === undefined ? {} : { Condition: deployment.condition };
  const id = `${deployment.id}DeploymentGroup`;
  return expansion.generate(id, "AWS::CodeDeploy::DeploymentGroup", properties, attributes, deployment.pointer);
}

function alarmConfiguration(alarms: unknown): Fields | undefined {
  if (!given(alarms) || isNoValue(alarms)) return undefined;
  const branches = ifArguments(alarms);
  if (branches) return { "Fn::If": [branches[0], alarmList(branches[1]), alarmList(branches[2])] };
  return alarmList(alarms);
}

function alarmList(alarms: unknown): Fields {
  if (!Array.isArray(alarms)) throw new CannotExpand("Alarms is not a list");
  if (alarms.length === 0 || isNoValue(alarms[0])) return {};
  return { Enabled: true, Alarms: alarms.map((Name: unknown) => ({ Name })) };
}

/** Names of CodeDeploy's own configurations, which SAM writes without their prefix. */
const PREDEFINED = new Set([
  "Canary10Percent5Minutes",
  "Canary10Percent10Minutes",
  "Canary10Percent15Minutes",
  "Canary10Percent30Minutes",
  "Linear10PercentEvery1Minute",
  "Linear10PercentEvery2Minutes",
  "Linear10PercentEvery3Minutes",
  "Linear10PercentEvery10Minutes",
  "AllAtOnce",
]);

function configName(type: unknown, within = ""): unknown {
  if (Array.isArray(type)) return type.map((item) => configName(item));
  if (isIntrinsic(type)) {
    return Object.fromEntries(Object.entries(type).map(([name, value]) => [name, configName(value, name)]));
  }
  if (typeof type !== "string" || !PREDEFINED.has(type)) return type;
  const text = "CodeDeployDefault.Lambda${ConfigName}";
  return within === "Fn::Sub" ? [text, { ConfigName: type }] : sub(text, { ConfigName: type });
}
