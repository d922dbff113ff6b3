import { isMap, type Part, plainPart } from "./part";
import { hasHole } from "./text";
import type { Value } from "./types";
import { textValue } from "./values";

/** A task of a state machine that calls a function. */
export interface FunctionCall {
  at: string;
  target: Value<string>;
  qualifier?: Value<string>;
  asynchronous: Value<boolean>;
}

/**
 * What a definition in Amazon States Language calls: tasks whose resource is a function, and those that use the Lambda
 * integration (Step Functions developer guide, "Invoke an AWS Lambda function"), in branches, iterators and processors
 * too. A name that is only known when the machine runs (`FunctionName.$`, JSONata) is passed over.
 *
 * `substituted` puts in what CloudFormation substitutes.
 */
export function callsIn(definition: Part, substituted: (text: string) => string = (text) => text): FunctionCall[] {
  const text = (part: Part): Value<string> | undefined => {
    const value = textValue(part);
    return value?.known === undefined ? value : { known: substituted(value.known) };
  };
  return definition
    .field("States")
    .fields()
    .flatMap(([, state]) => [
      ...callOf(state, text),
      ...state
        .field("Branches")
        .items()
        .flatMap((branch) => callsIn(branch, substituted)),
      ...["Iterator", "ItemProcessor"].flatMap((name) => callsIn(state.field(name), substituted)),
    ]);
}

/** A definition that is written as JSON text; undefined when the text is something else. */
export function parsedDefinition(text: string, at: string): Part | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? plainPart(value, at) : undefined;
  } catch {
    return undefined;
  }
}

function callOf(state: Part, text: (part: Part) => Value<string> | undefined): FunctionCall[] {
  if (state.field("Type").text !== "Task") return [];
  const resource = state.field("Resource");
  const named = text(resource);
  if (named === undefined) return [];
  if (!/:states:::(?:aws-sdk:)?lambda:invoke/.test(named.known ?? "")) {
    return [{ at: resource.at, target: named, asynchronous: { known: false } }];
  }
  const given = [state.field("Parameters"), state.field("Arguments")].find(({ kind }) => kind !== "absent");
  if (given === undefined) return [];
  const [name, qualifier, type] = ["FunctionName", "Qualifier", "InvocationType"].map((key) => given.field(key));
  const target = name && text(name);
  if (name === undefined || target === undefined || /^\{%/.test(target.known ?? "")) return [];
  const own = qualifier && text(qualifier);
  return [
    {
      at: name.at,
      target,
      ...(own === undefined ? {} : { qualifier: own }),
      asynchronous: type === undefined ? { known: false } : isEvent(text(type)),
    },
  ];
}

/** `RequestResponse` where no type is given. */
function isEvent(type: Value<string> | undefined): Value<boolean> {
  if (type === undefined) return { known: false };
  if (type.known === undefined) return { unknown: type.unknown ?? "not given" };
  return hasHole(type.known) ? { unknown: `${type.known} is not settled` } : { known: type.known === "Event" };
}
