import type { Expansion, Generated } from "../expansion";
import { allow, trustPolicy } from "../role";
import type { Target } from "../target";
import { type Fields, getAtt, given } from "../values";
import { requires, type SamEvent } from "./event";
import { deadLetterQueue } from "./rule";

/** ScheduleV2: an EventBridge Scheduler schedule, with a role that may do `action` on the target. */
export function schedule(
  event: SamEvent,
  runs: Target,
  action: "lambda:InvokeFunction" | "states:StartExecution",
  expansion: Expansion,
): Generated[] {
  const { sources } = expansion;
  const own = event.properties;
  requires(event, "ScheduleExpression");
  const properties: Fields = {};
  if (!given(own["OmitName"])) properties["Name"] = event.id;
  properties["FlexibleTimeWindow"] = { Mode: "OFF" };
  for (const name of ["Name", "State", "FlexibleTimeWindow"]) {
    if (given(own[name])) sources.move(own, name, properties);
  }
  const passed = ["Description", "StartDate", "EndDate", "ScheduleExpressionTimezone", "GroupName", "KmsKeyArn"];
  sources.moveAll(own, ["ScheduleExpression", ...passed], properties);
  const queue = deadLetterQueue(event, runs, undefined, expansion);
  const ownRole = given(own["RoleArn"]);
  const roleId = `${event.id}Role`;
  const target: Fields = { Arn: runs.arn, RoleArn: getAtt(roleId, "Arn") };
  if (ownRole) sources.move(own, "RoleArn", target);
  sources.move(own, "Input", target);
  if (queue) target["DeadLetterConfig"] = { Arn: queue.arn };
  sources.move(own, "RetryPolicy", target);
  properties["Target"] = target;
  const made = [
    expansion.generate(event.id, "AWS::Scheduler::Schedule", properties, runs.attributes, event.pointer),
    ...(queue?.made ?? []),
  ];
  if (ownRole) return made;
  const suffix = action === "lambda:InvokeFunction" ? "LambdaPolicy" : "StartExecutionPolicy";
  const policies = [allow(event.id + suffix, action, runs.arn)];
  if (queue) policies.push(allow(`${event.id}SQSPolicy`, "sqs:SendMessage", queue.arn));
  const role: Fields = { AssumeRolePolicyDocument: trustPolicy("scheduler.amazonaws.com"), Policies: policies };
  if (given(own["PermissionsBoundary"])) sources.move(own, "PermissionsBoundary", role);
  return [...made, expansion.generate(roleId, "AWS::IAM::Role", role, runs.attributes, event.pointer)];
}
