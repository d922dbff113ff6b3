import managedNames from "../../../policies/data/aws-managed-policy-names.json";
import { managedPolicyPaths } from "../../inventory/aws-data";
import { isMap } from "../../inventory/part";
import type { Expansion, Generated } from "./expansion";
import { policyFromTemplate } from "./policy-templates";
import {
  CannotExpand,
  conditional,
  type Fields,
  getAtt,
  given,
  ifArguments,
  isIntrinsic,
  isNoValue,
  listOf,
  same,
} from "./values";

/**
 * AWS managed policies by name: their path and name. SAM asks IAM for those that its own list does not have yet
 * (samtranslator, `role_constructor.py`).
 */
const MANAGED = new Map(
  [...managedNames.paths, ...managedPolicyPaths()].map((path) => [path.slice(path.lastIndexOf("/") + 1), path]),
);

/** A role in the making: events and settings add what they need to it. */
export class Role {
  readonly arn: Fields;
  readonly #managedPolicyArns: unknown[] = [];
  readonly #policies: unknown[] = [];
  readonly #rest: Fields = {};

  constructor(
    readonly id: string,
    private readonly expansion: Expansion,
  ) {
    this.arn = getAtt(id, "Arn");
  }

  /** Lets a service assume the role. */
  trust(service: string): void {
    this.#rest["AssumeRolePolicyDocument"] = trustPolicy(service);
  }

  /** Sets a property to that of another map, e.g. `Path` to a function's `RolePath`. */
  take(from: Fields, name: string, newName = name): void {
    this.expansion.sources.move(from, name, this.#rest, newName);
  }

  /** Sets its tags. */
  tag(tags: Fields[], pointer: string | undefined): void {
    this.expansion.sources.put(this.#rest, "Tags", tags, pointer);
  }

  /** Attaches a managed policy, once. */
  attach(arn: unknown, pointer: string | undefined): void {
    if (this.#managedPolicyArns.some((other) => same(other, arn))) return;
    this.expansion.sources.put(this.#managedPolicyArns, this.#managedPolicyArns.length, arn, pointer);
  }

  /** Adds an inline policy. */
  embed(policy: unknown, pointer: string | undefined): void {
    this.expansion.sources.put(this.#policies, this.#policies.length, policy, pointer);
  }

  /** Adds an inline policy, unless one says the same already. */
  embedOnce(policy: Fields, pointer: string | undefined): void {
    const document = policy["PolicyDocument"];
    const known = this.#policies.some((other) => isMap(other) && same(other["PolicyDocument"], document));
    if (!known) this.embed(policy, pointer);
  }

  /** Adds what a `Policies` property lists: names and ARNs, policy documents, SAM policy templates. */
  addPolicies(owner: Fields): void {
    const { sources } = this.expansion;
    const written = owner["Policies"];
    if (!given(written)) return;
    for (const [index, policy] of listOf(written).entries()) {
      const pointer = Array.isArray(written) ? sources.near(written, index) : sources.of(owner, "Policies");
      this.#addPolicy(policy, `${this.id}Policy${index}`, pointer);
    }
  }

  #addPolicy(policy: unknown, name: string, pointer: string | undefined): void {
    const branches = ifArguments(policy);
    if (branches === undefined) {
      const [kind, value] = this.#read(policy, name, pointer);
      if (kind === "managed") this.attach(value, pointer);
      else this.embed(value, pointer);
      return;
    }
    const [condition, ...values] = branches;
    const read = values.map((value) => (isNoValue(value) ? undefined : this.#read(value, name, pointer)));
    const kinds = new Set(read.flatMap((branch) => (branch === undefined ? [] : [branch[0]])));
    if (kinds.size > 1) throw new CannotExpand("Fn::If in Policies mixes kinds of policies");
    const [value, otherwise] = values.map((branch, index) => read[index]?.[1] ?? branch);
    const chosen = conditional(condition, value, otherwise);
    if (kinds.has("inline")) this.embed(chosen, pointer);
    else this.attach(chosen, pointer);
  }

  #read(policy: unknown, name: string, pointer: string | undefined): ["managed" | "inline", unknown] {
    if (typeof policy === "string") return ["managed", this.#arnOf(policy)];
    if (isIntrinsic(policy)) return ["managed", policy];
    if (!isMap(policy)) throw new CannotExpand("Policies holds something that is not a policy");
    const document = "Statement" in policy ? policy : policyFromTemplate(policy);
    const named = { PolicyName: name, PolicyDocument: document };
    return ["inline", this.expansion.sources.mark(named, pointer)];
  }

  #arnOf(name: string): string {
    const path = MANAGED.get(name);
    return path === undefined ? name : this.expansion.managedPolicy(path);
  }

  /** The finished resource. */
  generate(attributes: Fields, pointer: string | undefined): Generated {
    const properties: Fields = { ...this.#properties() };
    const { sources } = this.expansion;
    for (const name of Object.keys(this.#rest)) sources.move(this.#rest, name, properties);
    return this.expansion.generate(this.id, "AWS::IAM::Role", properties, attributes, pointer);
  }

  #properties(): Fields {
    const managed = { ManagedPolicyArns: this.#managedPolicyArns };
    return this.#policies.length === 0 ? managed : { ...managed, Policies: this.#policies };
  }
}

/** The trust policy of a role that a service assumes. */
export function trustPolicy(service: string): Fields {
  return {
    Version: "2012-10-17",
    Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [service] } }],
  };
}

/** An inline policy of one Allow. */
export function allow(name: string, action: string | string[], resource: unknown): Fields {
  return {
    PolicyName: name,
    PolicyDocument: { Statement: [{ Action: action, Effect: "Allow", Resource: resource }] },
  };
}

/** The inline policy for a bucket that takes events which could not be processed. */
export function allowWritingToBucket(name: string, bucket: unknown): Fields {
  const objects = { "Fn::Join": ["/", [bucket, "*"]] };
  const statements = [
    { Action: "s3:PutObject", Effect: "Allow", Resource: objects },
    { Action: "s3:ListBucket", Effect: "Allow", Resource: bucket },
  ];
  return { PolicyName: name, PolicyDocument: { Statement: statements } };
}

/** The managed policy that lets a role write traces. */
export function xrayPolicy(expansion: Expansion): string {
  const name = expansion.partition === "aws" ? "AWSXrayWriteOnlyAccess" : "AWSXRayDaemonWriteAccess";
  return expansion.managedPolicy(name);
}
