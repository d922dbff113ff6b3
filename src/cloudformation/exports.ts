import { isMap, scalarText, step } from "../inventory/part";
import { textOf } from "./intrinsics";
import { CloudFormationPart } from "./part";
import type { Scope } from "./scope";

/**
 * Outputs of stacks that are deployed side by side ("Outputs" and "Fn::ImportValue" in the CloudFormation guide): values
 * by the name they are exported under, or by stack and output.
 */
export class Exports {
  private readonly scopes: Scope[] = [];
  /** Undefined for a name that several outputs may have: conditions that are not settled choose one. */
  private byName: Map<string, { scope: Scope; output: string } | undefined> | undefined;
  /** Values that are being made: stacks that feed each other in a circle end here. */
  private readonly asked = new Set<string>();

  add(scope: Scope): void {
    this.scopes.push(scope);
  }

  /** The text exported under a name; undefined when no stack at hand exports it. */
  named(name: string): string | undefined {
    if (this.byName === undefined) {
      this.byName = new Map();
      for (const scope of this.scopes) {
        for (const [output, exported] of exportsOf(scope)) {
          this.byName.set(exported, this.byName.has(exported) ? undefined : { scope, output });
        }
      }
    }
    const found = this.byName.get(name);
    return found && this.value(found.scope, found.output);
  }

  /** The text of an output of the stack of this name. */
  output(stack: string, output: string): string | undefined {
    const scope = this.scopes.find(({ neighbourhood }) => neighbourhood.stackName === stack);
    return scope && this.value(scope, output);
  }

  private value(scope: Scope, output: string): string | undefined {
    const asked = `${scope.path} ${output}`;
    if (this.asked.has(asked)) return undefined;
    this.asked.add(asked);
    const text = scope.output(output);
    this.asked.delete(asked);
    return text;
  }
}

function exportsOf(scope: Scope): [output: string, exported: string][] {
  const outputs = scope.template.body["Outputs"];
  if (!isMap(outputs)) return [];
  return Object.entries(outputs).flatMap(([name, output]): [string, string][] => {
    const exported = isMap(output) && isMap(output["Export"]) ? output["Export"]["Name"] : undefined;
    const condition = isMap(output) ? output["Condition"] : undefined;
    if (exported === undefined || (condition !== undefined && scope.condition(scalarText(condition)) === false))
      return [];
    const pointer = step(step(step("/Outputs", name), "Export"), "Name");
    return [[name, textOf(new CloudFormationPart(exported, pointer, scope))]];
  });
}
