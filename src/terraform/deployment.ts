import { OWN } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import type { PlannedResource } from "./changes";
import { type Configuration, expressionOf } from "./configuration";
import { known } from "./identity";
import { mapOf, type Plan } from "./plan";

/** What the user says of the deployment. */
export interface Given {
  account?: string | undefined;
  region?: string | undefined;
  partition?: string | undefined;
}

/**
 * Where a plan is applied: as the user says, else what `data.aws_caller_identity`, `data.aws_partition` and the default
 * provider's region say, else the ARNs of roles and functions that exist already. What none of them says stays open.
 */
export function deploymentOf(
  resources: PlannedResource[],
  configuration: Configuration,
  plan: Plan,
  given: Given,
): Deployment {
  const arns = resources.map(existingArn).filter((fields) => fields !== undefined);
  const data = (type: string) => resources.filter((resource) => resource.mode === "data" && resource.type === type);
  const partitions = data("aws_partition").map((source) => known(source, "partition"));
  const accounts = data("aws_caller_identity").map((source) => known(source, "account_id"));
  return {
    partition: given.partition ?? only(partitions) ?? only(arns.map(({ partition }) => partition)) ?? OWN.partition,
    region: given.region ?? providerRegion("aws", configuration, plan) ?? OWN.region,
    account: given.account ?? only(accounts) ?? only(arns.map(({ account }) => account)) ?? OWN.account,
  };
}

/** The region of one resource: its own attribute (provider 6), or that of its provider. */
export function regionOf(resource: PlannedResource, configuration: Configuration, plan: Plan): string | undefined {
  return known(resource, "region") ?? providerRegion(resource.block?.providerKey ?? "", configuration, plan);
}

/** A provider's region, when it is a constant or a variable of the root module. */
function providerRegion(key: string, configuration: Configuration, plan: Plan): string | undefined {
  const expressions = mapOf(mapOf(configuration.providers[key])["expressions"]);
  const region = expressionOf(expressions["region"]);
  if (typeof region?.constant === "string") return region.constant;
  const variable = /^var\.(\w+)$/.exec(region?.references.length === 1 ? (region.references[0] ?? "") : "")?.[1];
  const value = variable === undefined ? undefined : mapOf(plan.variables[variable])["value"];
  return typeof value === "string" ? value : undefined;
}

/** What all agree on. */
function only(values: (string | undefined)[]): string | undefined {
  const [value, ...others] = new Set(values);
  return others.length === 0 ? value : undefined;
}

/** Partition and account in the ARN of a role or function that exists. */
function existingArn(resource: PlannedResource): { partition: string; account: string } | undefined {
  if (resource.mode !== "managed" || (resource.type !== "aws_iam_role" && resource.type !== "aws_lambda_function"))
    return;
  const arn = known(resource, "arn") ?? "";
  const [, partition, account] = /^arn:([^:]+):(?:iam|lambda):[^:]*:([0-9]{12}):/.exec(arn) ?? [];
  return partition === undefined || account === undefined ? undefined : { partition, account };
}
