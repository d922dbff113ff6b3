import type { Expansion, Generated } from "../expansion";
import type { Target } from "../target";
import { CannotExpand, type Fields, getAtt, given, isAbsent, mapOf, ref, textOf } from "../values";
import { permission, requires, ruleState, type SamEvent } from "./event";

/** Schedule, CloudWatchEvent and EventBridgeRule events: an EventBridge rule. */

/** The rule that starts a function. */
export function functionRule(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  const rule = eventRule(event, runs, ruleState(event), "LambdaTarget", undefined, expansion);
  const granted = permission(event, runs, "events.amazonaws.com", { SourceArn: getAtt(event.id, "Arn") }, expansion);
  return [...rule, granted];
}

/** The rule that starts a target, under a role when it needs one, and its dead-letter queue when it has to be made. */
export function eventRule(
  event: SamEvent,
  runs: Target,
  state: unknown,
  targetSuffix: string,
  roleArn: unknown,
  expansion: Expansion,
): Generated[] {
  const { sources } = expansion;
  const own = event.properties;
  const scheduled = event.type === "Schedule";
  const properties: Fields = {};
  if (scheduled) {
    requires(event, "Schedule");
    sources.move(own, "Schedule", properties, "ScheduleExpression");
    sources.moveAll(own, ["Name", "Description"], properties);
  } else {
    sources.move(own, "Pattern", properties, "EventPattern");
    sources.move(own, "RuleName", properties, "Name");
    sources.move(own, "EventBusName", properties);
  }
  if (!isAbsent(state)) properties["State"] = state;
  const ownId = mapOf(own["Target"], "Target")["Id"];
  const target: Fields = { Arn: runs.arn, Id: ownId ?? targetId(event.id, targetSuffix) };
  if (!isAbsent(roleArn)) target["RoleArn"] = roleArn;
  const queue = deadLetterQueue(event, runs, getAtt(event.id, "Arn"), expansion);
  sources.move(own, "Input", target);
  if (!scheduled) sources.moveAll(own, ["InputPath", "InputTransformer"], target);
  if (queue) target["DeadLetterConfig"] = { Arn: queue.arn };
  sources.move(own, "RetryPolicy", target);
  properties["Targets"] = [target];
  const rule = expansion.generate(event.id, "AWS::Events::Rule", properties, runs.attributes, event.pointer);
  return [rule, ...(queue?.made ?? [])];
}

/** A target's id has at most 64 characters. */
function targetId(id: string, suffix: string): string {
  return id.slice(0, 64 - suffix.length) + suffix;
}

interface DeadLetterQueue {
  arn: unknown;
  made: Generated[];
}

/** The dead-letter queue of an event; one is made when it has a Type in place of an Arn. */
export function deadLetterQueue(
  event: SamEvent,
  runs: Target,
  sender: Fields | undefined,
  expansion: Expansion,
): DeadLetterQueue | undefined {
  const written = event.properties["DeadLetterConfig"];
  if (isAbsent(written)) return undefined;
  const config = mapOf(written, "DeadLetterConfig");
  if (!isAbsent(config["Arn"])) return { arn: config["Arn"], made: [] };
  if (config["Type"] !== "SQS") throw new CannotExpand("DeadLetterConfig has neither Arn nor Type SQS");
  const ownId = config["QueueLogicalId"];
  const id = given(ownId) ? textOf(ownId, "QueueLogicalId") : `${event.id}Queue`;
  const pointer = expansion.sources.of(event.properties, "DeadLetterConfig");
  const arn = getAtt(id, "Arn");
  const queue = expansion.generate(id, "AWS::SQS::Queue", {}, runs.attributes, pointer);
  if (sender === undefined) return { arn, made: [queue] };
  const statement = {
    Action: "sqs:SendMessage",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Resource: arn,
    Condition: { ArnEquals: { "aws:SourceArn": sender } },
  };
  const document = { Version: "2012-10-17", Statement: [statement] };
  const policy = expansion.generate(
    `${event.id}QueuePolicy`,
    "AWS::SQS::QueuePolicy",
    { PolicyDocument: document, Queues: [ref(id)] },
    runs.attributes,
    pointer,
  );
  return { arn, made: [queue, policy] };
}
