import type { Expansion, Generated } from "../expansion";
import type { Target } from "../target";
import { CannotExpand, conditional, type Fields, given, isAbsent, listOf, mapOf, ref, same } from "../values";
import { linkedResource, permission, requires, type SamEvent } from "./event";

/** S3: notifications of a bucket of the template. */
export function s3Event(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  requires(event, "Bucket", "Events");
  const { id, resource: bucket, properties } = linkedResource(event, "Bucket", expansion);
  const limits = { SourceAccount: ref("AWS::AccountId") };
  const granted = permission(event, runs, "s3.amazonaws.com", limits, expansion);
  dependOn(bucket, properties, granted, runs, event, expansion);
  notify(properties, event, runs, expansion);
  return [granted, { id, resource: bucket }];
}

/** The bucket is made after the permission; when that is conditional, a tag stands for the dependency. */
function dependOn(
  bucket: Fields,
  properties: Fields,
  granted: Generated,
  runs: Target,
  event: SamEvent,
  expansion: Expansion,
): void {
  const condition = runs.attributes["Condition"];
  if (!given(condition)) {
    const others = listOf(bucket["DependsOn"]).filter((id) => id !== granted.id);
    expansion.sources.put(bucket, "DependsOn", [...others, granted.id], event.pointer);
    return;
  }
  const tags = listOf(properties["Tags"]);
  const tag = {
    Key: `sam:ConditionalDependsOn:${granted.id}`,
    Value: conditional(condition, ref(granted.id), "no dependency"),
  };
  properties["Tags"] = [...tags, tag];
}

function notify(properties: Fields, event: SamEvent, runs: Target, expansion: Expansion): void {
  const { sources } = expansion;
  const own = event.properties;
  if (isAbsent(properties["NotificationConfiguration"])) {
    sources.put(properties, "NotificationConfiguration", {}, event.pointer);
  }
  const notifications = mapOf(properties["NotificationConfiguration"], "NotificationConfiguration");
  if (isAbsent(notifications["LambdaConfigurations"])) {
    sources.put(notifications, "LambdaConfigurations", [], event.pointer);
  }
  const configurations = notifications["LambdaConfigurations"];
  if (!Array.isArray(configurations)) throw new CannotExpand("LambdaConfigurations is not a list");
  for (const type of listOf(own["Events"])) {
    const plain: Fields = { Function: runs.arn, Event: type };
    sources.move(own, "Filter", plain);
    const condition = runs.attributes["Condition"];
    const configuration = given(condition) ? conditional(condition, plain) : plain;
    if (configurations.some((other) => same(other, configuration))) continue;
    sources.put(configurations, configurations.length, configuration, event.pointer);
  }
}
