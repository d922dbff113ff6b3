import { isMap } from "../../../inventory/part";
import type { Expansion, Generated } from "../expansion";
import type { Role } from "../role";
import type { Target } from "../target";
import { CannotExpand, type Fields, getAtt, given, mapOf, ref, referredId, textOf } from "../values";
import { permission, requires, type SamEvent } from "./event";
import { pullEvent } from "./pull";

/** SNS: a subscription of the function, or of a queue that the function reads. */
export function snsEvent(event: SamEvent, runs: Target, role: Role, expansion: Expansion): Generated[] {
  const { Topic: topic, SqsSubscription: through } = event.properties;
  requires(event, "Topic");
  if (!given(through)) {
    const granted = permission(event, runs, "sns.amazonaws.com", { SourceArn: topic }, expansion);
    return [granted, subscription(event, runs, "lambda", runs.arn, expansion)];
  }
  const settings = through === true ? {} : mapOf(through, "SqsSubscription");
  const ownId = `${event.id}Queue`;
  const queueArn = through === true ? getAtt(ownId, "Arn") : settings["QueueArn"];
  const queueUrl = through === true ? ref(ownId) : settings["QueueUrl"];
  if (!given(queueArn) || !given(queueUrl)) throw new CannotExpand("SqsSubscription lacks QueueArn or QueueUrl");
  const made: Generated[] = [];
  if (through === true) {
    const fifo = fifoTopic(topic, expansion);
    const properties: Fields = given(fifo) ? { FifoQueue: fifo } : {};
    made.push(expansion.generate(ownId, "AWS::SQS::Queue", properties, runs.attributes, event.pointer));
  }
  const reading: SamEvent = {
    ...event,
    id: `${event.id}EventSourceMapping`,
    type: "SQS",
    properties: {
      Queue: queueArn,
      BatchSize: given(settings["BatchSize"]) ? settings["BatchSize"] : 10,
      Enabled: true,
    },
  };
  const policyId = settings["QueuePolicyLogicalId"];
  const statement = {
    Action: "sqs:SendMessage",
    Effect: "Allow",
    Principal: "*",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": topic } },
  };
  const policy = expansion.generate(
    given(policyId) ? textOf(policyId, "QueuePolicyLogicalId") : `${event.id}QueuePolicy`,
    "AWS::SQS::QueuePolicy",
    { PolicyDocument: { Version: "2012-10-17", Statement: [statement] }, Queues: [queueUrl] },
    runs.attributes,
    event.pointer,
  );
  return [
    ...pullEvent(reading, runs, role, expansion),
    ...made,
    policy,
    subscription(event, runs, "sqs", queueArn, expansion),
  ];
}

function subscription(
  event: SamEvent,
  runs: Target,
  protocol: string,
  endpoint: unknown,
  expansion: Expansion,
): Generated {
  const properties: Fields = { Protocol: protocol, Endpoint: endpoint };
  expansion.sources.move(event.properties, "Topic", properties, "TopicArn");
  const passed = ["Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"];
  expansion.sources.moveAll(event.properties, passed, properties);
  return expansion.generate(event.id, "AWS::SNS::Subscription", properties, runs.attributes, event.pointer);
}

function fifoTopic(topic: unknown, expansion: Expansion): unknown {
  const id = referredId(topic);
  const resource = id === undefined ? undefined : expansion.resources[id];
  const properties = isMap(resource) ? resource["Properties"] : undefined;
  return isMap(properties) ? expansion.settle(properties["FifoTopic"]) : undefined;
}
