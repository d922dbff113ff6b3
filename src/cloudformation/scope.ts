import { InputError } from "../errors";
import { isMap, type Part, step } from "../inventory/part";
import { hole, soleHole } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import { evaluateCondition } from "./conditions";
import type { Exports } from "./exports";
import { textOf } from "./intrinsics";
import type { ParameterSet } from "./parameters";
import { CloudFormationPart } from "./part";
import { referenceText } from "./references";
import type { Template } from "./template";

/** Three-valued truth: undefined is unknown. */
export type Truth = boolean | undefined;

/** Values assumed in one scenario: parameters and pseudo parameters by value, conditions that stay open by truth. */
export interface Scenario {
  parameters: ReadonlyMap<string, string>;
  conditions: ReadonlyMap<string, boolean>;
  /** Parameters with more combinations than are judged: no value is assumed, not even the default. */
  unsettled: ReadonlySet<string>;
  /** Holes that stand for none of the values anyone compares them with. */
  others: ReadonlySet<string>;
}

/** Opens the nested stack that a resource of this scope declares. */
export type NestedOpener = (logicalId: string, scope: Scope) => Scope | undefined;

/** What a root stack is known by to others of its deployment. */
export interface Neighbourhood {
  /** The name it is deployed under. */
  stackName?: string | undefined;
  exports?: Exports | undefined;
}

/** One value of a parameter as `Ref` gives it. */
export type ParameterValue = string | string[] | undefined;

/** Longest that the long texts of one stack may be together, as often as they are asked for. */
const MAX_TEXTS = 128 * 1024 * 1024;

/**
 * What a template's values are resolved in: its parameters under one scenario, its conditions, the deployment. Nested
 * stacks have a scope of their own, whose addresses begin with the path of the stack.
 */
export class Scope {
  readonly template: Template;
  readonly parameters: ParameterSet;
  readonly deployment: Deployment;
  readonly scenario: Scenario;
  /** `Outer/Inner/` for a nested stack, `Name/` for one of several roots; empty for the only root. */
  readonly path: string;
  readonly neighbourhood: Neighbourhood;
  private readonly openNested: NestedOpener;
  private readonly nested = new Map<string, Scope | undefined>();
  /** Resources whose canonical text is being made, and the texts that are made. */
  readonly referring = new Set<string>();
  readonly references = new Map<string, string>();
  /** Texts of outputs that are made. */
  private readonly outputs = new Map<string, string | undefined>();
  /** Branches of conditions that are not settled, numbered for each condition. */
  readonly branches = new Map<string, Map<string, number>>();
  private spent = 0;
  private readonly truths = new Map<string, Truth>();

  constructor(
    template: Template,
    parameters: ParameterSet,
    deployment: Deployment,
    scenario: Scenario,
    path: string,
    openNested: NestedOpener,
    neighbourhood: Neighbourhood = {},
  ) {
    this.template = template;
    this.parameters = parameters;
    this.deployment = deployment;
    this.scenario = scenario;
    this.path = path;
    this.openNested = openNested;
    this.neighbourhood = neighbourhood;
  }

  /** Counts a long text that a function gives: each is small, and a page of references to it fills the memory. */
  spend(characters: number): void {
    this.spent += characters;
    if (this.spent <= MAX_TEXTS) return;
    const what = `Written out, the texts of this stack are longer than ${MAX_TEXTS} characters.`;
    throw new InputError("DG003", what, this.template.file);
  }

  /** The address of a resource of this template. */
  address(logicalId: string): string {
    return this.path + logicalId;
  }

  /** Truth of a named condition; a condition that refers to itself is unknown. */
  condition(name: string): Truth {
    const assumed = this.scenario.conditions.get(name);
    if (assumed !== undefined) return assumed;
    if (!this.truths.has(name)) {
      this.truths.set(name, undefined);
      this.truths.set(name, evaluateCondition(name, this));
    }
    return this.truths.get(name);
  }

  /** What `Ref` of a parameter gives: a text or list, with a hole where there is no value. Secrets stay holes. */
  parameter(name: string): ParameterValue {
    const declared = this.parameters.get(name);
    if (declared === undefined) return undefined;
    const value = declared.secret || declared.stored ? undefined : this.assumed(name);
    if (value === undefined) return declared.list ? undefined : hole(this.address(name));
    return declared.list ? value.split(",").map((item) => item.trim()) : value;
  }

  /** The value a condition compares: as `parameter`, and secrets too, because nothing of them is shown. */
  compared(name: string): string | undefined {
    return this.assumed(name) ?? this.pseudo(name);
  }

  private assumed(name: string): string | undefined {
    if (this.scenario.unsettled.has(name)) return undefined;
    return this.scenario.parameters.get(name) ?? this.parameters.get(name)?.value;
  }

  /**
   * A pseudo parameter as text ("Pseudo parameters reference"); undefined for any other name. What a scenario assumes of
   * it counts in conditions only, so that texts stay the same in all of them.
   */
  pseudo(name: string): string | undefined {
    switch (name) {
      case "AWS::Partition":
        return this.deployment.partition;
      case "AWS::Region":
        return this.deployment.region;
      case "AWS::AccountId":
        return this.deployment.account;
      case "AWS::URLSuffix":
        return this.deployment.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
      case "AWS::StackName":
        return this.neighbourhood.stackName ?? hole(this.path === "" ? name : `${this.path}${name}`);
      case "AWS::StackId":
        return hole(this.path === "" ? name : `${this.path}${name}`);
      default:
        return undefined;
    }
  }

  /** The properties of the resource whose `Ref` gives this text; undefined when the text is no such reference. */
  resource(text: string): Part | undefined {
    const address = this.addressOf(text);
    const resources = this.template.body["Resources"];
    const logicalId = address?.slice(this.path.length);
    if (logicalId === undefined || !isMap(resources) || !isMap(resources[logicalId])) return undefined;
    const pointer = step(step("/Resources", logicalId), "Properties");
    return new CloudFormationPart(resources[logicalId]["Properties"], pointer, this);
  }

  /** The address of the resource whose generated name this text is. */
  addressOf(text: string): string | undefined {
    const name = soleHole(text);
    return name?.startsWith(this.path) ? name : undefined;
  }

  /** The scope of a nested stack; undefined when its template is not at hand. Opened on first use. */
  nestedStack(logicalId: string): Scope | undefined {
    if (!this.nested.has(logicalId)) {
      // Stacks that feed each other in a circle end here.
      this.nested.set(logicalId, undefined);
      this.nested.set(logicalId, this.openNested(logicalId, this));
    }
    return this.nested.get(logicalId);
  }

  /** The text of an output of this stack; undefined when there is none of that name. */
  output(name: string): string | undefined {
    if (this.outputs.has(name)) return this.outputs.get(name);
    const outputs = this.template.body["Outputs"];
    const output = isMap(outputs) && Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    const pointer = step(step("/Outputs", name), "Value");
    const text = isMap(output) ? textOf(new CloudFormationPart(output["Value"], pointer, this)) : undefined;
    this.outputs.set(name, text);
    return text;
  }

  /** The canonical text of a reference to a resource: `Ref` without an attribute, else `Fn::GetAtt`. */
  reference(logicalId: string, attribute?: string): string {
    const output = attribute?.startsWith("Outputs.") ? attribute.slice("Outputs.".length) : undefined;
    const nested = output === undefined ? undefined : this.nestedStack(logicalId)?.output(output);
    return nested ?? referenceText(logicalId, attribute, this);
  }
}
