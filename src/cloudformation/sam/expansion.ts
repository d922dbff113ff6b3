import { isMap } from "../../inventory/part";
import { Sources } from "./sources";
import { type Fields, isIntrinsic } from "./values";

/** A resource that takes the place, or stands beside, a SAM resource. */
export interface Generated {
  id: string;
  resource: Fields;
}

/** A SAM resource on its way: its properties after Globals were merged in. */
export interface SamResource {
  id: string;
  type: string;
  resource: Fields;
  properties: Fields;
  /** Condition, DeletionPolicy and UpdateReplacePolicy: what every resource made from it gets. */
  attributes: Fields;
  /** Its pointer in the template. */
  pointer: string;
}

/** A deployment preference of a function, enabled (`deployment.ts`). */
export interface Deployment {
  id: string;
  role: unknown;
  type: unknown;
  alarms: Fields | undefined;
  triggers: unknown;
  condition: string | undefined;
  tags: unknown;
  pointer: string | undefined;
}

/** An API under a usage plan (`usage-plan.ts`). */
export interface PlannedApi {
  sam: SamResource;
  stageId: string;
}

/** A template on its way from SAM to plain CloudFormation. */
export class Expansion {
  readonly sources = new Sources();
  /** Logical ids that an author wrote. */
  readonly written = new Set<string>();
  /** APIs whose definition SAM writes, because the template gives none. */
  readonly managedApis = new Set<string>();
  readonly deployments: Deployment[] = [];
  /** Logical ids that change with what they stand for: old to new. */
  readonly renamed = new Map<string, string>();
  /** Logical ids of connectors, and of what they became: who depends on one depends on all of that. */
  readonly replaced = new Map<string, string[]>();
  /** What `Ref Fn.Alias` and its like mean: logical id and property to logical id. */
  readonly referable = new Map<string, string>();
  /** APIs that share a usage plan, and records of custom domains by the id of their group. */
  readonly sharedPlan: PlannedApi[] = [];
  readonly recordSets = new Map<string, Fields[]>();
  readonly partition: string;

  constructor(
    readonly body: Fields,
    readonly resources: Fields,
    readonly parameters: Readonly<Record<string, string>>,
  ) {
    this.partition = parameters["AWS::Partition"] ?? partitionOf(parameters["AWS::Region"] ?? "");
  }

  /** The template's conditions; made when there are none. */
  get conditions(): Fields {
    if (!isMap(this.body["Conditions"])) this.body["Conditions"] = {};
    return isMap(this.body["Conditions"]) ? this.body["Conditions"] : {};
  }

  /** The ARN of an AWS managed policy, given with its path. */
  managedPolicy(path: string): string {
    return `arn:${this.partition}:iam::aws:policy/${path}`;
  }

  /** A new resource. Its properties that have no source of their own come from `pointer`. */
  generate(id: string, type: string, properties: Fields, attributes: Fields, pointer: string | undefined): Generated {
    const resource: Fields = { Type: type, ...attributes, Properties: properties };
    const replaced = this.resources[id];
    if (isMap(replaced)) {
      for (const name of Object.keys(resource))
        this.sources.put(resource, name, resource[name], this.sources.of(replaced, name));
    }
    return { id, resource: this.sources.mark(resource, pointer) };
  }

  /** A copy in which references to parameters with a settled value are that value. */
  settle(value: unknown): unknown {
    return this.sources.rewrite(value, (node) => this.#settleOne(node));
  }

  #settleOne(node: unknown): unknown {
    if (!isIntrinsic(node)) return node;
    const name = node["Ref"];
    if (typeof name === "string") return this.#parameter(name) ?? node;
    const text = node["Fn::Sub"];
    if (typeof text === "string") return { "Fn::Sub": this.#substitute(text) };
    if (Array.isArray(text) && typeof text[0] === "string") {
      return { "Fn::Sub": [this.#substitute(text[0]), ...text.slice(1)] };
    }
    return node;
  }

  #parameter(name: string): string | undefined {
    return Object.hasOwn(this.parameters, name) ? this.parameters[name] : undefined;
  }

  #substitute(text: string): string {
    return text.replace(/\$\{([A-Za-z0-9.:]+)\}/g, (written, name: string) => this.#parameter(name) ?? written);
  }

  /** As `settle`, and `Fn::FindInMap` is looked up too. */
  settleWithMappings(value: unknown): unknown {
    return this.sources.rewrite(this.settle(value), (node) => {
      const path = isIntrinsic(node) ? node["Fn::FindInMap"] : undefined;
      if (!Array.isArray(path) || path.length !== 3) return node;
      let found: unknown = this.body["Mappings"];
      for (const name of path) {
        found = isMap(found) && typeof name === "string" && Object.hasOwn(found, name) ? found[name] : undefined;
      }
      return found ?? node;
    });
  }
}

/** Partitions by their Regions' names, as AWS's translator has them. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov")) return "aws-us-gov";
  if (region.startsWith("us-isob")) return "aws-iso-b";
  if (region.startsWith("us-isof")) return "aws-iso-f";
  if (region.startsWith("us-iso-")) return "aws-iso";
  if (region.startsWith("eu-isoe")) return "aws-iso-e";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}
