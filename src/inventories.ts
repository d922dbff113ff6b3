import { type ScenarioInventory, templateInventories } from "./cloudformation";
import type { NestedTemplates } from "./cloudformation/stack";
import { InputError } from "./errors";
import { OWN } from "./inventory/text";
import type { Deployment, Settings } from "./inventory/types";
import { classify } from "./read/classify";
import type { Document } from "./read/document";
import { planInventory } from "./terraform";

/** What is known about a deployment beside its documents. */
export interface ReadingOptions {
  /** UTC date, `YYYY-MM-DD`: runtimes are judged by it. */
  today: string;
  settings: Settings;
  partition?: string | undefined;
  region?: string | undefined;
  account?: string | undefined;
  /** Values of template parameters. */
  parameters?: Readonly<Record<string, string>> | undefined;
  /** Parameters without a given value have their default and no other. */
  defaultsOnly?: boolean | undefined;
  /** Templates of nested stacks; without it they are reported as not read. */
  nested?: NestedTemplates | undefined;
}

/**
 * The inventories of one document, told apart by what it holds: a CloudFormation template (one per scenario of its
 * conditions) or a Terraform plan. Throws InputError: DG020 for anything else, DG030 for other files of Terraform.
 */
export function inventoriesOf(document: Document, options: ReadingOptions): ScenarioInventory[] {
  const { today, settings } = options;
  switch (classify(document.value)) {
    case "cloudformation":
      return templateInventories(document.file, document.value, {
        today,
        settings,
        deployment: deploymentOf(options),
        parameters: options.parameters ?? {},
        defaultsOnly: options.defaultsOnly ?? false,
        nested: options.nested ?? (() => undefined),
      });
    case "terraform plan":
      return [{ inventory: planInventory(document, { ...options, today, settings }), when: {} }];
    case "terraform state":
      throw notAPlan(document, "this is a state, not a plan");
    case "terraform log":
      throw notAPlan(document, "this is the log of `terraform plan -json`, not a plan");
    case "cfn-include":
      throw new InputError("DG020", "the template uses cfn-include, which is not synthesized yet", document.file);
    case "cdk assembly":
      throw new InputError("DG020", "give the templates in the assembly instead of its manifest", document.file);
    default:
      throw new InputError("DG020", "this is neither a template nor a Terraform plan", document.file);
  }
}

function notAPlan(document: Document, what: string): InputError {
  return new InputError("DG030", `${what}: give the output of \`terraform show -json PLANFILE\``, document.file);
}

function deploymentOf({ partition, region, account }: ReadingOptions): Deployment {
  return {
    partition: partition ?? OWN.partition,
    region: region ?? OWN.region,
    account: account ?? OWN.account,
  };
}
