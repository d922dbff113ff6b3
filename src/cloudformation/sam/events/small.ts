import type { Expansion, Generated } from "../expansion";
import type { Target } from "../target";
import { type Fields, given, ref, sub } from "../values";
import { permission, requires, type SamEvent } from "./event";

/** AlexaSkill: only a permission. */
export function alexaEvent(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  const skill = event.properties["SkillId"];
  return [permission(event, runs, "alexa-appkit.amazon.com", { EventSourceToken: skill }, expansion)];
}

/** IoTRule: a topic rule. */
export function iotEvent(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  requires(event, "Sql");
  const text = `arn:${expansion.partition}:iot:\${AWS::Region}:\${AWS::AccountId}:rule/\${RuleName}`;
  const limits = { SourceArn: sub(text, { RuleName: ref(event.id) }), SourceAccount: sub("${AWS::AccountId}") };
  const payload: Fields = { RuleDisabled: false, Actions: [{ Lambda: { FunctionArn: runs.arn } }] };
  sources.move(event.properties, "Sql", payload);
  if (given(event.properties["AwsIotSqlVersion"])) sources.move(event.properties, "AwsIotSqlVersion", payload);
  const properties = { TopicRulePayload: payload };
  return [
    permission(event, runs, "iot.amazonaws.com", limits, expansion),
    expansion.generate(event.id, "AWS::IoT::TopicRule", properties, runs.attributes, event.pointer),
  ];
}

/** CloudWatchLogs: a subscription filter. */
export function logsEvent(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  requires(event, "LogGroupName", "FilterPattern");
  const text = `arn:${expansion.partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${__LogGroupName__}:*`;
  const limits = { SourceArn: sub(text, { __LogGroupName__: event.properties["LogGroupName"] }) };
  const granted = permission(event, runs, "logs.amazonaws.com", limits, expansion);
  const properties: Fields = { DestinationArn: runs.arn };
  sources.moveAll(event.properties, ["LogGroupName", "FilterPattern"], properties);
  const attributes = { DependsOn: [granted.id], ...runs.attributes };
  const type = "AWS::Logs::SubscriptionFilter";
  return [granted, expansion.generate(event.id, type, properties, attributes, event.pointer)];
}
