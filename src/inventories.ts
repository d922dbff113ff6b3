import { dirname } from "node:path";
import { readAssemblies } from "./cdk/assembly";
import { Constructs } from "./cdk/constructs";
import { assemblyInventories } from "./cdk/inventories";
import { type ScenarioInventory, stackInventories, type TemplateOptions } from "./cloudformation";
import type { TemplateSource } from "./cloudformation/stack";
import { exhausted, InputError } from "./errors";
import { admitFile, type IncludeRules } from "./include/rules";
import { synthesize } from "./include/synthesize";
import { OWN } from "./inventory/text";
import type { Deployment, Settings } from "./inventory/types";
import { classify } from "./read/classify";
import type { Document } from "./read/document";
import { NearbyDocuments } from "./read/nearby";
import { openFile } from "./read/open";
import { DEFAULT_SETTINGS } from "./settings/defaults";
import { planInventory } from "./terraform";

/** What is known about a deployment beside its documents. */
export interface ReadingOptions {
  /** UTC date, `YYYY-MM-DD`: runtimes are judged by it. */
  today: string;
  /** Parameters of the rules (default: `DEFAULT_SETTINGS`). */
  settings?: Settings | undefined;
  partition?: string | undefined;
  region?: string | undefined;
  account?: string | undefined;
  /** Values of template parameters. */
  parameters?: Readonly<Record<string, string>> | undefined;
  /** Parameters without a given value have their default and no other. */
  defaultsOnly?: boolean | undefined;
  /** The folder that nested templates and included files lie in (default: the document's own). */
  root?: string | undefined;
  /** Opens a file that a document refers to (default: from the disk). Throws InputError DG001 for one that is not there. */
  open?: ((file: string) => Document) | undefined;
  /** cfn-include may fetch http and https; never otherwise. */
  remoteIncludes?: boolean | undefined;
  /** What `Fn::GetEnv` of cfn-include reads; without it the function is refused. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** What there is in one document and in those it refers to. */
export interface Reading {
  /** Inventories that are judged together: the scenarios of a template, of a plan, of each part of an assembly. */
  units: ScenarioInventory[][];
  /** By file, the document itself among them. */
  documents: ReadonlyMap<string, Document>;
  /** Files that are in it by cfn-include. */
  included: ReadonlySet<string>;
  /** Templates of its nested stacks. */
  nested: ReadonlySet<string>;
  /** Templates that use cfn-include, as they are after it. */
  synthesized: readonly TemplateSource[];
  constructs: Constructs;
}

/**
 * The inventories of one document, told apart by what it holds: a CloudFormation template (one per scenario of its
 * conditions), a CDK assembly by its manifest (each scenario of each part), or a Terraform plan. Templates that use
 * cfn-include are synthesized first. Throws InputError: DG020 for anything else, DG024 for an assembly that is not whole,
 * DG030 for other files of Terraform, DG060 to DG065 for includes that are refused or fail.
 */
export function inventoriesOf(document: Document, options: ReadingOptions): ScenarioInventory[] {
  return readInventories(document, options).units.flat();
}

/** As `inventoriesOf`, with what leads back from inventories to documents. */
export function readInventories(document: Document, options: ReadingOptions): Reading {
  const root = options.root ?? dirname(document.file);
  const nearby = new NearbyDocuments(root, options.open ?? openFile);
  const templates = new Templates(nearby, {
    root,
    remote: options.remoteIncludes ?? false,
    environment: options.environment,
  });
  const read = (): Pick<Reading, "units" | "constructs"> => {
    const constructs = new Constructs([]);
    switch (classify(document.value)) {
      case "cloudformation":
      case "cfn-include": {
        const stack = { ...templates.source(document), path: "" };
        return { units: [stackInventories([stack], templateOptions(options, templates))], constructs };
      }
      case "cdk assembly": {
        const assemblies = readAssemblies(document, nearby);
        return {
          units: assemblyInventories(assemblies, templateOptions(options, templates)),
          constructs: new Constructs(assemblies),
        };
      }
      case "terraform plan":
        return {
          units: [[{ inventory: planInventory(document, { ...options, settings: settingsOf(options) }), when: {} }]],
          constructs,
        };
      case "terraform state":
        throw notAPlan(document, "this is a state, not a plan");
      case "terraform log":
        throw notAPlan(document, "this is the log of `terraform plan -json`, not a plan");
      default:
        throw new InputError("DG020", "this is neither a template nor a Terraform plan", document.file);
    }
  };
  const documents = () => new Map([...nearby.opened, [document.file, document]]);
  return {
    ...placing(read, document.file, documents),
    documents: documents(),
    included: templates.included,
    nested: templates.stacks,
    synthesized: [...templates.synthesized.values()],
  };
}

/** Gives errors of what is read a line, and those of the engine a code. */
function placing<T>(read: () => T, file: string, documents: () => ReadonlyMap<string, Document>): T {
  try {
    return read();
  } catch (thrown) {
    const error = thrown instanceof InputError ? thrown : exhausted(thrown, file);
    if (error === undefined) throw thrown;
    const document = documents().get(error.file);
    throw document === undefined ? error : error.placed(document.locate);
  }
}

/** Templates as they are after their includes. */
class Templates {
  readonly included = new Set<string>();
  readonly stacks = new Set<string>();
  readonly synthesized = new Map<string, TemplateSource>();
  private readonly nearby: NearbyDocuments;
  private readonly rules: IncludeRules;

  constructor(nearby: NearbyDocuments, rules: IncludeRules) {
    this.nearby = nearby;
    this.rules = rules;
  }

  source(document: Document): TemplateSource {
    if (classify(document.value) !== "cfn-include") return { file: document.file, value: document.value };
    const known = this.synthesized.get(document.file);
    if (known !== undefined) return known;
    const source = synthesize(document, this.rules, (file) => {
      admitFile(file, this.rules);
      this.included.add(file);
      return this.nearby.read(file);
    });
    this.synthesized.set(document.file, source);
    return source;
  }

  /** The template of a nested stack. */
  nested(location: string, from: string): TemplateSource | undefined {
    const document = this.nearby.find(location, from);
    if (document === undefined) return undefined;
    this.stacks.add(document.file);
    return this.source(document);
  }
}

function templateOptions(options: ReadingOptions, templates: Templates): TemplateOptions {
  return {
    today: options.today,
    settings: settingsOf(options),
    deployment: deploymentOf(options),
    parameters: options.parameters ?? {},
    defaultsOnly: options.defaultsOnly ?? false,
    nested: (location, from) => templates.nested(location, from),
  };
}

const settingsOf = ({ settings }: ReadingOptions) => settings ?? DEFAULT_SETTINGS;

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
