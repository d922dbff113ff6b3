import { isMap, step } from "../inventory/part";
import { hasHole } from "../inventory/text";
import { textOf } from "./intrinsics";
import { CloudFormationPart } from "./part";
import type { Scope, Truth } from "./scope";

/**
 * Truth of a condition declared in the Conditions section ("Condition functions" in the CloudFormation guide); unknown
 * where it compares what the scenario does not settle.
 */
export function evaluateCondition(name: string, scope: Scope): Truth {
  const conditions = scope.template.body["Conditions"];
  if (!isMap(conditions) || !Object.hasOwn(conditions, name)) return undefined;
  return truth(conditions[name], step("/Conditions", name), scope);
}

function truth(value: unknown, pointer: string, scope: Scope): Truth {
  if (!isMap(value)) return undefined;
  const [name = "", ...others] = Object.keys(value);
  if (others.length > 0) return undefined;
  const argument = value[name];
  const below = (index: number) => step(step(pointer, name), index);
  const list = Array.isArray(argument) ? argument : [];
  switch (name) {
    case "Condition":
      return typeof argument === "string" ? scope.condition(argument) : undefined;
    case "Fn::Not":
      return negated(truth(list[0], below(0), scope));
    case "Fn::And":
      return all(list.map((item, index) => truth(item, below(index), scope)));
    case "Fn::Or":
      return negated(all(list.map((item, index) => negated(truth(item, below(index), scope)))));
    case "Fn::Equals":
      return list.length === 2 ? equal(list, below(0), below(1), scope) : undefined;
    default:
      return undefined;
  }
}

const negated = (value: Truth): Truth => (value === undefined ? undefined : !value);

function all(values: Truth[]): Truth {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

function equal(sides: unknown[], left: string, right: string, scope: Scope): Truth {
  const a = compared(sides[0], left, scope);
  const b = compared(sides[1], right, scope);
  if (a === b) return true;
  return isOpen(a, scope) || isOpen(b, scope) ? undefined : false;
}

function compared(side: unknown, pointer: string, scope: Scope): string {
  const parameter = isMap(side) && Object.keys(side).length === 1 ? side["Ref"] : undefined;
  const value = typeof parameter === "string" ? scope.compared(parameter) : undefined;
  return value ?? textOf(new CloudFormationPart(side, pointer, scope));
}

/** In a scenario that enumerates a parameter, its hole stands for "none of the values anyone compares it with". */
function isOpen(text: string, scope: Scope): boolean {
  return hasHole(text) && !scope.scenario.others.has(text);
}
