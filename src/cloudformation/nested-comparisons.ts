import { isMap } from "../inventory/part";
import type { Deployment } from "../inventory/types";
import { type Compared, comparedParameters } from "./choices";
import { graphOf, guardingConditions } from "./graph";
import { locationOf, type NestedTemplates, openStack, type Stack } from "./stack";

/**
 * The parameters of a template that conditions of its nested stacks depend on, since they are passed on by `Ref`, with the
 * values compared there: one list for each part of a nested stack that is judged on its own.
 */
export class NestedComparisons {
  private readonly templates: NestedTemplates;
  private readonly deployment: Deployment;
  /** By file. A template that holds itself, which is never deployed, finds nothing there. */
  private readonly known = new Map<string, Compared[][]>();

  constructor(templates: NestedTemplates, deployment: Deployment) {
    this.templates = templates;
    this.deployment = deployment;
  }

  of({ template, parameters }: Stack): Compared[][] {
    const resources = template.body["Resources"];
    // Each once: stacks of stacks would have as many as there are ways to them.
    const distinct = new Map<string, Compared[]>();
    const all = (isMap(resources) ? Object.values(resources) : []).flatMap((resource) => {
      if (!isMap(resource) || resource["Type"] !== "AWS::CloudFormation::Stack") return [];
      const properties = isMap(resource["Properties"]) ? resource["Properties"] : {};
      const passed = isMap(properties["Parameters"]) ? properties["Parameters"] : {};
      const url = properties["TemplateURL"];
      return this.within(locationOf(resource, typeof url === "string" ? url : ""), template.file).map((compared) =>
        compared.flatMap(({ parameter, values }) => {
          const argument = Object.hasOwn(passed, parameter) ? passed[parameter] : undefined;
          const name = isMap(argument) ? argument["Ref"] : undefined;
          return typeof name === "string" && parameters.has(name) ? [{ parameter: name, values }] : [];
        }),
      );
    });
    for (const compared of all) if (compared.length > 0) distinct.set(JSON.stringify(compared), compared);
    return [...distinct.values()];
  }

  /** What the nested template at this location compares its own parameters with. */
  private within(location: string, from: string): Compared[][] {
    const source = this.templates(location, from);
    if (source === undefined || !isMap(source.value)) return [];
    const known = this.known.get(source.file);
    if (known !== undefined) return known;
    this.known.set(source.file, []);
    const stack = openStack({ ...source, value: source.value }, {}, false);
    const resources = stack.template.body["Resources"];
    const graph = graphOf(isMap(resources) ? resources : {});
    const conditions = guardingConditions(graph, (logicalId) => {
      const resource = isMap(resources) ? resources[logicalId] : undefined;
      return isMap(resource) && typeof resource["Type"] === "string" ? resource["Type"] : "";
    });
    const compared = comparedParameters(stack.template, stack.parameters, this.deployment, conditions, this.of(stack));
    this.known.set(source.file, compared);
    return compared;
  }
}
