import { OWN } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import { known, type PlannedResource } from "./changes";
import { type Configuration, expressionOf } from "./configuration";
import { listOf, mapOf, type Plan } from "./plan";

/** What the user says of the deployment. */
export interface Given {
  account?: string | undefined;
  region?: string | undefined;
  partition?: string | undefined;
}

/** Where the resources of a plan are: each in the Region and account of its provider. */
export class Places {
  /** Where the default provider is. */
  readonly deployment: Deployment;
  private readonly configuration: Configuration;
  private readonly plan: Plan;
  private readonly accounts = new Map<string, string>();

  constructor(resources: PlannedResource[], configuration: Configuration, plan: Plan, given: Given) {
    this.configuration = configuration;
    this.plan = plan;
    this.deployment = this.deploymentOf(resources, given);
    for (const key of Object.keys(configuration.providers)) {
      this.accounts.set(key, this.accountOf(key, resources) ?? this.otherAccount(key));
    }
  }

  /** Where a resource is: its own `region` (provider 6), else what its provider says, else where the default one is. */
  of(resource: PlannedResource): Deployment {
    const key = resource.block?.providerKey ?? "";
    return {
      ...this.deployment,
      region: known(resource, "region") ?? this.regionOf(key) ?? this.deployment.region,
      account: this.accounts.get(key) ?? this.deployment.account,
    };
  }

  /**
   * Where a plan is applied: as the user says, else what the default provider, `data.aws_caller_identity` and
   * `data.aws_partition` say, else the ARNs of roles and functions that exist already. What none of them says stays open.
   */
  private deploymentOf(resources: PlannedResource[], given: Given): Deployment {
    const arns = resources.map(existingArn).filter((fields) => fields !== undefined);
    const partitions = dataOf(resources, "aws_partition").map((source) => known(source, "partition"));
    const accounts = dataOf(resources, "aws_caller_identity").map((source) => known(source, "account_id"));
    const account = given.account ?? this.accountOf("aws", resources) ?? only(accounts);
    return {
      partition: given.partition ?? only(partitions) ?? only(arns.map(({ partition }) => partition)) ?? OWN.partition,
      region: given.region ?? this.regionOf("aws") ?? OWN.region,
      account: account ?? only(arns.map(({ account }) => account)) ?? OWN.account,
    };
  }

  private regionOf(key: string): string | undefined {
    return this.text(this.expressions(key)["region"]);
  }

  /** The account of the role that a provider assumes, else what `data.aws_caller_identity` says there. */
  private accountOf(key: string, resources: PlannedResource[]): string | undefined {
    const role = this.text(listOf(this.expressions(key)["assume_role"])[0]?.["role_arn"]) ?? "";
    const [, account] = /^arn:[^:]+:iam::([0-9]{12}):role\//.exec(role) ?? [];
    if (account !== undefined) return account;
    const here = dataOf(resources, "aws_caller_identity").filter(({ block }) => block?.providerKey === key);
    return only(here.map((source) => known(source, "account_id")));
  }

  /** Of a provider that does not say its account: the default one's, unless it assumes another role or none. */
  private otherAccount(key: string): string {
    const roles = ["aws", key].map((one) => JSON.stringify(this.expressions(one)["assume_role"] ?? null));
    return only(roles) === undefined ? OWN.account : this.deployment.account;
  }

  private expressions(key: string): Record<string, unknown> {
    return mapOf(mapOf(this.configuration.providers[key])["expressions"]);
  }

  /** An argument of a provider, when it is a constant or a variable of the root module. */
  private text(written: unknown): string | undefined {
    const expression = expressionOf(written);
    if (typeof expression?.constant === "string") return expression.constant;
    const [name, ...others] = expression?.references ?? [];
    const variable = others.length === 0 ? /^var\.(\w+)$/.exec(name ?? "")?.[1] : undefined;
    const value = variable === undefined ? undefined : mapOf(this.plan.variables[variable])["value"];
    return typeof value === "string" ? value : undefined;
  }
}

function dataOf(resources: PlannedResource[], type: string): PlannedResource[] {
  return resources.filter((resource) => resource.mode === "data" && resource.type === type);
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
