import type { Expansion, Generated } from "../expansion";
import type { Target } from "../target";
import { CannotExpand, getAtt, isAbsent, listOf, mapOf, textOf } from "../values";
import { linkedResource, permission, requires, type SamEvent } from "./event";

/** Cognito: triggers in the user pool's LambdaConfig. The pool is one of the template. */
export function cognitoEvent(event: SamEvent, runs: Target, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  requires(event, "UserPool", "Trigger");
  const { id, resource, properties } = linkedResource(event, "UserPool", expansion);
  if (isAbsent(properties["LambdaConfig"])) sources.put(properties, "LambdaConfig", {}, event.pointer);
  const config = mapOf(properties["LambdaConfig"], "LambdaConfig");
  for (const written of listOf(event.properties["Trigger"])) {
    const trigger = textOf(written, "Trigger");
    if (Object.hasOwn(config, trigger)) throw new CannotExpand("a Cognito trigger is defined twice");
    sources.put(config, trigger, runs.arn, event.pointer);
  }
  const limits = { SourceArn: getAtt(id, "Arn") };
  const permissionId = `${runs.id}CognitoPermission`;
  return [permission(event, runs, "cognito-idp.amazonaws.com", limits, expansion, permissionId), { id, resource }];
}
