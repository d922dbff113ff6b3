import { InputError } from "../errors";
import { isMap, step } from "../inventory/part";
import { hasHole, shown } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import { textOf } from "./intrinsics";
import { expandLoops } from "./language-extensions";
import { declaredParameters, type ParameterSet } from "./parameters";
import { CloudFormationPart } from "./part";
import { expandSam } from "./sam";
import { type NestedOpener, type Scenario, Scope } from "./scope";
import type { Template } from "./template";

/** A template as it is at hand: its file and its content with short tags written long. */
export interface TemplateSource {
  file: string;
  value: unknown;
  /** Where parts come from that are not written in the file itself (`Template.origins`). */
  origins?: ReadonlyMap<string, string> | undefined;
}

/** Finds the template of a nested stack by its location, as written in the template `from`; undefined: not at hand. */
export type NestedTemplates = (location: string, from: string) => TemplateSource | undefined;

/** A template with its transforms applied and its parameters read. */
export interface Stack {
  template: Template;
  parameters: ParameterSet;
}

/** Applies AWS's own transforms to a template and reads its parameters. Throws InputError DG040 for a refused value. */
export function openStack(
  { file, value, origins = new Map() }: TemplateSource & { value: Record<string, unknown> },
  given: Readonly<Record<string, string>>,
  defaultsOnly: boolean,
): Stack {
  const parameters = declaredParameters(value, file, given, defaultsOnly);
  const settled: Record<string, string> = {};
  for (const { name, value: text } of parameters.values()) {
    if (text !== undefined && !hasHole(text)) settled[name] = shown(text);
  }
  const template = expandSam(expandLoops({ file, body: value, origins }, settled), settled);
  return { template, parameters };
}

/** At most so many nested stacks of one root are followed, as deep as they are: an account has 2,000 stacks at most. */
const LIMIT = 2000;

/** Opens nested stacks whose templates are at hand, with the parameters their parent gives them. */
export function nestedOpener(templates: NestedTemplates, deployment: Deployment): NestedOpener {
  return opener(templates, deployment, [], { opened: 0 });
}

/** `files` are the templates around; `count` is shared by all stacks of one root. */
function opener(
  templates: NestedTemplates,
  deployment: Deployment,
  files: readonly string[],
  count: { opened: number },
): NestedOpener {
  return (logicalId, parent) => {
    const resources = parent.template.body["Resources"];
    const resource = isMap(resources) && Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (!isMap(resource) || resource["Type"] !== "AWS::CloudFormation::Stack") return undefined;
    const around = [...files, parent.template.file];
    const properties = new CloudFormationPart(
      resource["Properties"],
      step(step("/Resources", logicalId), "Properties"),
      parent,
    );
    const source = templates(locationOf(resource, properties.field("TemplateURL").text), parent.template.file);
    // A stack that holds itself is never deployed.
    if (source === undefined || !isMap(source.value) || around.includes(source.file)) return undefined;
    if (++count.opened > LIMIT) {
      const pointer = step("/Resources", logicalId);
      const what = `More than ${LIMIT} nested stacks, counted as often as they are used, are not followed.`;
      throw new InputError("DG021", what, parent.template.file, undefined, pointer);
    }
    const given: Record<string, string> = {};
    for (const [name, part] of properties.field("Parameters").fields()) {
      given[name] = part.kind === "list" ? part.items().map(textOf).join(",") : textOf(part);
    }
    // A parameter that the parent does not give has its default: nothing is left to assume.
    const stack = openStack({ ...source, value: source.value }, given, true);
    const { others } = parent.scenario;
    const none: Scenario = { parameters: new Map(), conditions: new Map(), unsettled: new Set(), others };
    return new Scope(
      stack.template,
      stack.parameters,
      deployment,
      none,
      `${parent.path}${logicalId}/`,
      opener(templates, deployment, around, count),
      // Its own name is generated.
      { exports: parent.neighbourhood.exports },
    );
  };
}

/** CDK leaves the local file in the metadata and an asset's URL in the property. */
export function locationOf(resource: Record<string, unknown>, url: string): string {
  const metadata = resource["Metadata"];
  const asset = isMap(metadata) ? metadata["aws:asset:path"] : undefined;
  return typeof asset === "string" ? asset : url;
}
