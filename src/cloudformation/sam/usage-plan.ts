import type { Expansion, Generated, PlannedApi, SamResource } from "./expansion";
import { CannotExpand, type Fields, given, isAbsent, mapOf, ref } from "./values";

/** `Auth.UsagePlan` of a REST API: usage plan, API key and what ties them, per API or shared by all of them. */
export function usagePlan(sam: SamResource, auth: Fields, stageId: string, expansion: Expansion): Generated[] {
  if (isAbsent(auth["UsagePlan"])) return [];
  const plan = mapOf(auth["UsagePlan"], "UsagePlan");
  const pointer = expansion.sources.of(auth, "UsagePlan");
  switch (plan["CreateUsagePlan"]) {
    case "NONE":
      return [];
    case "PER_API":
      return planFor(plan, sam.id, [{ sam, stageId }], sam.attributes, pointer, expansion);
    case "SHARED":
      expansion.sharedPlan.push({ sam, stageId });
      return planFor(plan, "Serverless", expansion.sharedPlan, sharedAttributes(expansion), pointer, expansion);
    default:
      throw new CannotExpand("CreateUsagePlan is not known");
  }
}

function planFor(
  plan: Fields,
  prefix: string,
  apis: readonly PlannedApi[],
  attributes: Fields,
  pointer: string | undefined,
  expansion: Expansion,
): Generated[] {
  const [planId, keyId] = [`${prefix}UsagePlan`, `${prefix}ApiKey`];
  const stages = apis.map(({ sam, stageId }) => ({ ApiId: ref(sam.id), Stage: ref(stageId) }));
  const keys = apis.map(({ sam, stageId }) => ({ RestApiId: ref(sam.id), StageName: ref(stageId) }));
  const properties: Fields = { ApiStages: stages };
  for (const name of ["UsagePlanName", "Description", "Quota", "Tags", "Throttle"]) {
    if (given(plan[name])) expansion.sources.move(plan, name, properties);
  }
  const tie = { KeyId: ref(keyId), KeyType: "API_KEY", UsagePlanId: ref(planId) };
  const make = (id: string, type: string, made: Fields, after: string[]) =>
    expansion.generate(id, `AWS::ApiGateway::${type}`, made, { DependsOn: after, ...attributes }, pointer);
  return [
    make(
      planId,
      "UsagePlan",
      properties,
      apis.map(({ sam }) => sam.id),
    ),
    make(keyId, "ApiKey", { Enabled: true, StageKeys: keys }, [planId]),
    make(`${prefix}UsagePlanKey`, "UsagePlanKey", tie, [keyId]),
  ];
}

/** What all APIs share is there when one of them is, and is kept when one of them is. */
function sharedAttributes(expansion: Expansion): Fields {
  const all = expansion.sharedPlan.map(({ sam }) => sam.attributes);
  const attributes: Fields = {};
  for (const name of ["DeletionPolicy", "UpdateReplacePolicy"]) {
    const policy = ["Retain", "Snapshot", "Delete"].find((value) => all.some((own) => own[name] === value));
    if (policy !== undefined) attributes[name] = policy;
  }
  const name = "SharedUsagePlanCondition";
  const conditions = [...new Set(all.map((own) => own["Condition"]))];
  delete expansion.conditions[name];
  if (conditions.some(isAbsent)) return attributes;
  const operands = conditions.map((Condition) => ({ Condition }));
  expansion.conditions[name] = operands.length === 1 ? operands[0] : { "Fn::Or": operands };
  return { ...attributes, Condition: name };
}
