import { executionArn, functionArn, logStreamArn } from "./canonical";
import { concealed, concealedParameter } from "./conceal";
import type { Draft, FunctionDraft } from "./draft";
import { effectiveQualifier, FunctionIndex, functionPart, namedVersions } from "./functions";
import { readInlineCode } from "./inline-code";
import { KeyJoin, mentionsKey } from "./keys";
import { compilePattern, compileText, type Identities } from "./pattern";
import { readPolicyDocument } from "./policy-document";
import { PrincipalJoin } from "./principals";
import { FRESH, hasHole, hole, OWN } from "./text";
import type {
  ContextKey,
  Deployment,
  Durable,
  Inventory,
  KeyReference,
  LambdaFunction,
  Policy,
  Principal,
  ResourcePolicy,
  Settings,
  Text,
  Value,
} from "./types";

/**
 * Joins what a front end declared into the inventory. Every join there is happens here or in the files beside it, once,
 * for all formats. `today` is a UTC date, `YYYY-MM-DD`.
 */
export function assemble(draft: Draft, settings: Settings, today: string): Inventory {
  const index = new FunctionIndex(draft.functions);
  const principals = new PrincipalJoin(draft);
  const keys = new KeyJoin(draft);
  const published: Published = {
    destinations: byFunction(draft.destinations, index),
    versions: byFunction(draft.versions, index),
    aliases: byFunction(draft.aliases, index),
  };
  const functions = draft.functions.map((declared) =>
    joinFunction(declared, draft, settings, principals, keys, published),
  );
  const own = principals.principals.filter(({ external }) => !external);
  const writers = writersByGroup(functions);
  const policyById = new Map(principals.policies.map((policy) => [policy.id, policy]));
  for (const principal of principals.principals) markUse(principal, policyById);
  nameVersions(functions, principals.principals, policyById, draft.identities);
  const declared = [...functions, ...keys.keys, ...own];
  const everywhere = throughout(draft.deployment, declared);
  return {
    format: draft.format,
    deployment: draft.deployment,
    context: requestContext(draft.deployment.partition, everywhere),
    accountRoot: compileText(
      `arn:${draft.deployment.partition}:iam::${everywhere.account ?? OWN.account}:root`,
      new Set(),
    ),
    ownAccounts: ownAccounts(draft.deployment, settings, declared),
    today,
    settings,
    functions,
    principals: principals.principals,
    policies: principals.policies,
    resourcePolicies: draft.resourcePolicies.map((declared) => resourcePolicy(declared, draft, index)),
    keys: keys.keys,
    invocations: draft.invocations.flatMap(({ target, qualifier, ...edge }) => {
      const mentioned = index.find(target);
      if (mentioned === undefined) {
        // A URL is open or not whoever declares its function.
        return edge.url ? [{ ...edge, function: textOf(target), qualifier: qualifier ?? { known: "" } }] : [];
      }
      return [{ ...edge, function: mentioned.function, qualifier: effectiveQualifier(mentioned, qualifier) }];
    }),
    trails: draft.trails.map((trail) => ({
      ...trail,
      selectors: trail.selectors.map((selector) => ({
        ...selector,
        functions: selector.functions.map((arn) => compilePattern(textOf(arn), draft.identities)),
      })),
    })),
    logGroups: draft.logGroups.map(({ region, ...group }) => ({
      ...group,
      functions: (writers.get(group.name.known ?? "") ?? []).filter(writesTo(region)).map(({ address }) => address),
    })),
    apiRoutes: draft.apiRoutes.map(({ target, ...route }) => {
      const mentioned = target && index.find(target);
      return mentioned === undefined ? route : { ...route, function: mentioned.function };
    }),
    securityGroups: draft.securityGroups.map(({ id: _, ...group }) => ({
      ...group,
      functions: inside(functions, (vpc) => vpc.securityGroupAddresses, group.address),
    })),
    subnets: draft.subnets.map(({ id: _, ...subnet }) => ({
      ...subnet,
      functions: inside(functions, (vpc) => vpc.subnetAddresses, subnet.address),
    })),
    networkAcls: draft.networkAcls,
    passwordPolicies: draft.passwordPolicies,
    parameters: draft.parameters.map(concealedParameter),
    unresolved: draft.unresolved,
    resources: draft.resources,
    questions: [],
  };
}

/** Region and account of everything declared; without the one of which there are several. */
interface Everywhere {
  region?: string;
  account?: string;
}

/** Region and account in an ARN; each field, the partition too, may be a hole with colons in it. */
const PLACE = /^arn:(?:\$\{[^{}]*\}|[^:{}]*):[^:]*:(\$\{[^{}]*\}|[^:{}]*):(\$\{[^{}]*\}|[^:{}]*):/;

function throughout({ region, account }: Deployment, declared: { arn: Text }[]): Everywhere {
  const places = declared.map(({ arn }) => PLACE.exec(arn.text) ?? []);
  const isElsewhere = (own: string, field: number) => places.some((fields) => (fields[field] || own) !== own);
  return {
    ...(isElsewhere(region, 1) ? {} : { region }),
    ...(isElsewhere(account, 2) ? {} : { account }),
  };
}

/** AWS global condition context keys, and those of KMS, that follow from where the stack is deployed. */
function requestContext(partition: string, { region, account }: Everywhere): ContextKey[] {
  const none = new Set<string>();
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const known: [key: string, value: string | undefined][] = [
    ["aws:requestedregion", region],
    ["aws:principalaccount", account],
    ["aws:resourceaccount", account],
    ["kms:calleraccount", account],
    ["kms:viaservice", region && `lambda.${region}.${suffix}`],
  ];
  return known.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: compileText(value, none) }]));
}

function ownAccounts({ account }: Deployment, { accounts }: Settings, declared: { arn: Text }[]): string[] {
  const named = declared.flatMap(({ arn }) => PLACE.exec(arn.text)?.[2] ?? []);
  return [...new Set([account, ...accounts, ...named.filter((one) => /^[0-9]{12}$/.test(one))])];
}

/** The text of a value; a hole with the reason where it is not known. */
export function textOf(value: Value<string>): string {
  return value.known ?? hole(value.unknown ?? "unknown");
}

function joinFunction(
  declared: FunctionDraft,
  draft: Draft,
  settings: Settings,
  principals: PrincipalJoin,
  keys: KeyJoin,
  published: Published,
): LambdaFunction {
  const { arn, role, kmsKey, sourceKmsKey, durable, vpc, description: _, inlineCode, ...rest } = declared;
  const text = (value: string) => compileText(value, draft.identities);
  const principal = principals.find({ kind: "role", at: role.at, name: role.text });
  principal.functions.push(declared.address);
  const refer = (mention: Parameters<KeyJoin["refer"]>[0]): KeyReference => {
    const reference = keys.refer(mention);
    keys.find(mention.text)?.usedBy.push(declared.address);
    return reference;
  };
  return {
    ...rest,
    ...concealed(declared, draft.parameters),
    ...(inlineCode && { inlineCode: readInlineCode(inlineCode) }),
    ...codeSigningPolicy(declared.codeSigning, draft),
    arn: text(arn),
    qualifiedArn: text(`${arn}:${FRESH.version}`),
    latestExecution: text(executionArn(arn, "$LATEST")),
    nextExecution: text(executionArn(arn, FRESH.version)),
    logStream: text(logStreamArn(arn, textOf(logGroupOf(declared)))),
    namedExecutions: [],
    role: { at: role.at, arn: role.text, address: principal.address },
    ...(durable && { durable: joinDurable(durable, refer) }),
    ...(kmsKey && { kmsKey: refer(kmsKey) }),
    ...(sourceKmsKey && { sourceKmsKey: refer(sourceKmsKey) }),
    serdesKeys: durable === undefined ? [] : serdesMentions(declared, settings, keys).map(refer),
    ...(vpc && {
      vpc: {
        ...vpc,
        subnetAddresses: addressesOf(vpc.subnets, draft.subnets),
        securityGroupAddresses: addressesOf(vpc.securityGroups, draft.securityGroups),
      },
    }),
    destinations: (published.destinations.get(declared.address) ?? []).map(
      ({ function: _, ...destination }) => destination,
    ),
    versions: (published.versions.get(declared.address) ?? []).map(({ function: _, ...version }) => version),
    aliases: (published.aliases.get(declared.address) ?? []).map(({ function: _, ...alias }) => alias),
  };
}

function codeSigningPolicy(config: Value<string> | undefined, draft: Draft): Pick<LambdaFunction, "codeSigningPolicy"> {
  const mention = config?.known;
  const found = draft.codeSigningConfigs.find(({ mentions }) => mention !== undefined && mentions.includes(mention));
  return found === undefined ? {} : { codeSigningPolicy: found.policy };
}

type Refer = (mention: Parameters<KeyJoin["refer"]>[0]) => KeyReference;

function joinDurable({ kmsKey, ...durable }: NonNullable<FunctionDraft["durable"]>, refer: Refer): Durable {
  return kmsKey === undefined ? durable : { ...durable, kmsKey: refer(kmsKey) };
}

/** A SerDes key is a key in a durable function's environment, or one that the settings name. */
function serdesMentions(declared: FunctionDraft, settings: Settings, keys: KeyJoin) {
  const inEnvironment = declared.environment
    .filter(({ value }) => keys.find(value) !== undefined || (value.known !== undefined && mentionsKey(value.known)))
    .map(({ at, value }) => ({ at, text: value }));
  const inSettings = settings.serdesKeys.map((key) => ({ at: declared.at, text: { known: key } }));
  return [...inEnvironment, ...inSettings];
}

function addressesOf(mentions: Value<string>[], declared: { id: string; address: string }[]): string[] {
  const byId = new Map(declared.map(({ id, address }) => [id, address]));
  return mentions.flatMap(({ known }) => (known === undefined ? [] : (byId.get(known) ?? [])));
}

function inside(
  functions: LambdaFunction[],
  parts: (vpc: NonNullable<LambdaFunction["vpc"]>) => string[],
  address: string,
): string[] {
  return functions.filter(({ vpc }) => vpc && parts(vpc).includes(address)).map((owner) => owner.address);
}

/** The log group a function writes to: by its settings, else by the default name (Lambda guide, "Log groups"). */
function logGroupOf({ name, logging }: Pick<LambdaFunction, "name" | "logging">): Value<string> {
  return logging?.group ?? { known: `/aws/lambda/${name}` };
}

/**
 * Functions that write to log groups of a name.
 * Grouped once, as all that joins many things to many functions: plans hold thousands of both.
 */
function writersByGroup(functions: LambdaFunction[]): Map<string, LambdaFunction[]> {
  const found = new Map<string, LambdaFunction[]>();
  for (const writer of functions) {
    const group = logGroupOf(writer).known;
    if (group !== undefined) found.set(group, [...(found.get(group) ?? []), writer]);
  }
  return found;
}

/** A function writes to a group of its own Region. A Region that is not known may be any. */
const writesTo = (region: string) => (writer: LambdaFunction) => {
  const own = /^arn:(?:\$\{[^}]*\}|[^:]*):lambda:([a-z0-9-]+):/.exec(writer.arn.text)?.[1];
  return own === undefined || own === region || hasHole(region);
};

/** What is published of functions, by their addresses. */
interface Published {
  destinations: Map<string, Draft["destinations"]>;
  versions: Map<string, Draft["versions"]>;
  aliases: Map<string, Draft["aliases"]>;
}

function byFunction<T extends { function: Value<string> }>(things: T[], index: FunctionIndex): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const thing of things) {
    const address = index.find(thing.function)?.function;
    if (address !== undefined) found.set(address, [...(found.get(address) ?? []), thing]);
  }
  return found;
}

function markUse(principal: Principal, policyById: Map<string, Policy>): void {
  for (const { policy } of principal.policies) policyById.get(policy)?.functions.push(...principal.functions);
  const boundary = principal.boundary && policyById.get(principal.boundary.policy);
  if (boundary !== undefined && boundary.heldBy.length === 0) boundary.boundaryOnly = true;
}

/** Notes the versions that the policies of each function's role name literally. */
function nameVersions(
  functions: LambdaFunction[],
  principals: Principal[],
  policyById: Map<string, Policy>,
  identities: Identities,
): void {
  const byAddress = new Map(principals.map((principal) => [principal.address, principal]));
  const named = new Map<string, string[]>();
  for (const principal of principals) {
    if (principal.functions.length === 0) continue;
    const patterns = principal.policies.flatMap(({ policy }) =>
      (policyById.get(policy)?.statements ?? []).flatMap((statement) => statement.resources),
    );
    named.set(principal.address, [...new Set(patterns.flatMap(({ text }) => namedVersions(text)))]);
  }
  for (const declared of functions) {
    const role = byAddress.get(declared.role.address);
    declared.namedExecutions = (named.get(role?.address ?? "") ?? []).map((version) =>
      compileText(executionArn(declared.arn.text, version), identities),
    );
  }
}

function resourcePolicy(
  { target, qualifier, document, ...declared }: Draft["resourcePolicies"][number],
  draft: Draft,
  index: FunctionIndex,
): ResourcePolicy {
  const mentioned = index.find(target);
  const { statements, unread } = readPolicyDocument(document, declared.address, draft.identities);
  const resources = [compilePattern(permittedArn(target, qualifier, draft.deployment), draft.identities)];
  return {
    ...declared,
    ...(mentioned && { function: mentioned.function }),
    qualifier: mentioned ? effectiveQualifier(mentioned, qualifier) : (qualifier ?? { known: "" }),
    // A permission is one statement, written as the resource itself.
    statements:
      declared.kind === "permission" ? statements.map((one) => ({ ...one, at: declared.at, resources })) : statements,
    ...(unread === undefined ? {} : { unread }),
  };
}

/** The ARN that Lambda writes into the statement of a permission (Lambda API reference, "AddPermission"). */
function permittedArn(target: Value<string>, qualifier: Value<string> | undefined, deployment: Deployment): string {
  const text = textOf(target);
  const arn =
    target.known === undefined || text.startsWith("arn:") ? text : functionArn(deployment, functionPart(text));
  return qualifier === undefined || qualifier.known === "" ? arn : `${arn}:${textOf(qualifier)}`;
}
