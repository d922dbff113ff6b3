import { compileText } from "../../src/inventory/pattern";
import type { Durable, Inventory, LambdaFunction } from "../../src/inventory/types";

/** An inventory in which nothing is declared but what is given. */
export function inventory(declared: Partial<Inventory> = {}): Inventory {
  return {
    format: "cloudformation",
    deployment: { partition: "aws", region: "eu-west-1", account: "111122223333" },
    context: [],
    accountRoot: compileText("arn:aws:iam::111122223333:root", new Set()),
    ownAccounts: ["111122223333"],
    today: "2026-11-22",
    settings: {
      leastPrivilege: "recommended",
      wildcards: "recommended",
      audit: "optional",
      accounts: [],
      sensitiveTags: [],
      serdesKeys: [],
      deployers: [],
      durableRuntimes: [],
    },
    functions: [],
    principals: [],
    policies: [],
    resourcePolicies: [],
    keys: [],
    invocations: [],
    trails: [],
    logGroups: [],
    apiRoutes: [],
    securityGroups: [],
    subnets: [],
    networkAcls: [],
    passwordPolicies: [],
    parameters: [],
    unresolved: [],
    resources: [],
    questions: [],
    ...declared,
  };
}

/** A durable function with these durable settings and nothing else of note. */
export function durableFunction(address: string, durable: Partial<Durable> = {}): LambdaFunction {
  const at = `template.yaml#/Resources/${address}`;
  const arn = `arn:aws:lambda:eu-west-1:111122223333:function:${address}`;
  const text = (suffix: string) => compileText(`${arn}${suffix}`, new Set());
  return {
    address,
    at,
    name: address,
    arn: text(""),
    qualifiedArn: text(":${durable:Version}"),
    latestExecution: text(":$LATEST/durable-execution/${durable:ExecutionName}/${durable:ExecutionId}"),
    nextExecution: text(":${durable:Version}/durable-execution/${durable:ExecutionName}/${durable:ExecutionId}"),
    namedExecutions: [],
    durable: { at: `${at}/Properties/DurableConfig`, certain: true, malformed: false, ...durable },
    role: { at: `${at}/Properties/Role`, arn: { unknown: "Ref Role" }, address: "Role" },
    packageType: { known: "Zip" },
    serdesKeys: [],
    environment: [],
    secrets: [],
    destinations: [],
    layers: [],
    managedInstances: false,
    tags: [],
    versions: [],
    aliases: [],
    referencedBy: [],
  };
}
