import { functionArn } from "../inventory/canonical";
import type { Part } from "../inventory/part";
import type { Deployment, Located, Value } from "../inventory/types";
import { known, type PlannedResource, plannedResources, type Resources } from "./changes";
import { Configuration } from "./configuration";
import { type Given, Places } from "./deployment";
import { Identity, isNamed, nameOf } from "./identity";
import { type Reader, resourcePart, type TerraformPart } from "./part";
import type { Plan } from "./plan";
import { documentOf } from "./policy-document";
import { References } from "./references";

/** A resource with the two things every table needs of it. */
export interface Viewed extends Located {
  resource: PlannedResource;
  part: TerraformPart;
}

/** A plan, ready to be read by type. */
export class View {
  readonly plan: Plan;
  readonly configuration: Configuration;
  readonly resources: Resources;
  readonly places: Places;
  readonly identity: Identity;
  readonly identities: ReadonlySet<string>;
  private readonly reader: Reader;
  private readonly sharedNames: ReadonlySet<string>;
  private readonly byType = new Map<string, PlannedResource[]>();

  constructor(plan: Plan, given: Given) {
    this.plan = plan;
    this.configuration = new Configuration(plan);
    this.resources = plannedResources(plan, this.configuration);
    const completing = this.isPartial() ? this.resources.unplanned.filter(({ type }) => COMPLETES.has(type)) : [];
    const all = [...this.resources.all, ...completing];
    for (const resource of all) {
      const others = this.byType.get(resource.type);
      if (others) others.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
    this.places = new Places(this.resources.all, this.configuration, plan, given);
    const references = new References(all, this.configuration, plan);
    const functionOf = (alias: PlannedResource) => known(alias, "function_name") ?? this.mentionOf(alias);
    this.identity = new Identity((resource) => this.places.of(resource), functionOf);
    this.identities = new Set(all.filter(isNamed).map(({ address }) => address.replace(/[{}]/g, "")));
    this.sharedNames = twice(all.filter(({ mode, type }) => mode === "managed" && FUNCTIONS.has(type)).map(nameOf));
    const documents = new Map<PlannedResource, Part>();
    this.reader = {
      references,
      identity: this.identity,
      document: (source) => {
        const made = documents.get(source) ?? documentOf(source, this.reader);
        documents.set(source, made);
        return made;
      },
    };
  }

  /**
   * A mention of a function from a resource: a bare name means the one in the resource's own Region and account, which
   * are said where there are several of that name.
   */
  functionNamed({ resource }: Viewed, mention: Value<string>): Value<string> {
    const { known: name } = mention;
    if (name === undefined || !this.sharedNames.has(name)) return mention;
    return { known: functionArn(this.places.of(resource), name) };
  }

  get deployment(): Deployment {
    return this.places.deployment;
  }

  /** The Region a resource is in; a hole where the plan does not say. */
  regionOf(resource: PlannedResource): string {
    return this.places.of(resource).region;
  }

  private mentionOf(alias: PlannedResource): string {
    const part = this.part(alias).attribute("function_name");
    return part.kind === "text" ? part.text : alias.address;
  }

  /** Resources of the types, in the order of the plan. */
  of(...types: string[]): Viewed[] {
    return this.all("managed", types);
  }

  /** Data sources of a type. */
  data(type: string): Viewed[] {
    return this.all("data", [type]);
  }

  private all(mode: string, types: string[]): Viewed[] {
    return types.flatMap((type) =>
      (this.byType.get(type) ?? [])
        .filter((resource) => resource.mode === mode)
        .map((resource) => ({ address: resource.address, at: resource.at, resource, part: this.part(resource) })),
    );
  }

  part(resource: PlannedResource): TerraformPart {
    return resourcePart(resource, this.reader);
  }

  /** The plan says, or shows, that it leaves out some of what is written. */
  isPartial(): boolean {
    const { errored, complete, changes } = this.plan;
    if (errored || complete === false) return true;
    return complete === undefined && changes !== undefined && this.leftOut().length > 0;
  }

  /** Blocks that must have an instance, as they have neither count nor for_each, and have none. */
  leftOut(): PlannedResource[] {
    const { unplanned } = this.resources;
    const isRefused = this.plan.errored || this.plan.complete === false;
    return unplanned.filter(({ block, scope }) => isRefused || (scope.parent === undefined && isSingle(block)));
  }
}

const FUNCTIONS: ReadonlySet<string> = new Set(["aws_lambda_function", "awscc_lambda_function"]);

function twice(names: string[]): Set<string> {
  const seen = new Set<string>();
  const found = new Set<string>();
  for (const name of names) (seen.has(name) ? found : seen).add(name);
  return found;
}

function isSingle(block: PlannedResource["block"]): boolean {
  return block !== undefined && block.count === undefined && block.forEach === undefined;
}

/**
 * What adds to or takes from other resources: where a partial plan leaves such a block out, what it would say is
 * unknown, and its absence proves nothing.
 */
export const COMPLETES: ReadonlySet<string> = new Set([
  "aws_iam_policy",
  "aws_iam_policy_attachment",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy",
  "aws_iam_user_policy_attachment",
  "aws_iam_group_policy",
  "aws_iam_group_policy_attachment",
  "aws_kms_key_policy",
  "aws_kms_grant",
  "aws_lambda_alias",
  "aws_cloudwatch_log_group",
]);

/** The one thing a part names: its text, or the address of the resource its unknown value comes from. */
export function sameThing(part: TerraformPart): string | undefined {
  if (part.kind === "text") return part.text;
  const { targets, deadEnds } = part.followed();
  const [first] = targets;
  if (first === undefined || deadEnds.length > 0) return undefined;
  return targets.every(({ resource }) => resource === first.resource) ? first.resource.address : undefined;
}

/** The resource an unknown value comes from, when it is one. */
export function soleTarget(part: TerraformPart): PlannedResource | undefined {
  const { targets, deadEnds } = part.followed();
  const [first] = targets;
  if (first === undefined || deadEnds.length > 0) return undefined;
  return targets.every(({ resource }) => resource === first.resource) ? first.resource : undefined;
}
