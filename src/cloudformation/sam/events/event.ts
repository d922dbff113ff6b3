import { isMap } from "../../../inventory/part";
import type { Expansion, Generated, SamResource } from "../expansion";
import type { Target } from "../target";
import { CannotExpand, type Fields, given, idSuffix, isAbsent, mapOf, textOf } from "../values";

/** An entry of `Events`. */
export interface SamEvent {
  /** Logical id of what is made for it: the resource's, then its own name. */
  id: string;
  name: string;
  type: string;
  properties: Fields;
  /** Its pointer in the template. */
  pointer: string | undefined;
}

/** The events of a function or state machine, in the order of the template. */
export function eventsOf(sam: SamResource, expansion: Expansion): SamEvent[] {
  const events = mapOf(sam.properties["Events"], "Events");
  return Object.entries(events).map(([name, written]) => {
    const event = mapOf(written, name);
    return {
      id: sam.id + name,
      name,
      type: textOf(event["Type"], `${name}.Type`),
      properties: mapOf(event["Properties"], `${name}.Properties`),
      pointer: expansion.sources.of(events, name),
    };
  });
}

/** Fails when a property an event cannot do without is not there. */
export function requires(event: SamEvent, ...names: string[]): void {
  for (const name of names) {
    if (isAbsent(event.properties[name])) throw new CannotExpand(`${event.name} has no ${name}`);
  }
}

/** The permission that lets a service start a function for an event. */
export function permission(
  event: SamEvent,
  runs: Target,
  principal: string,
  limits: Fields,
  expansion: Expansion,
  id = `${event.id}Permission`,
): Generated {
  const properties: Fields = { Action: "lambda:InvokeFunction", FunctionName: runs.name, Principal: principal };
  for (const [name, value] of Object.entries(limits)) if (!isAbsent(value)) properties[name] = value;
  return expansion.generate(id, "AWS::Lambda::Permission", properties, runs.attributes, event.pointer);
}

/** The id of an event's permission for a stage. */
export function permissionId(event: SamEvent, stage: string): string {
  return `${event.id}Permission${idSuffix(stage)}`;
}

/** The state of a rule: `State`, or what `Enabled` says. */
export function ruleState(event: SamEvent): unknown {
  const { Enabled: enabled, State: state } = event.properties;
  if (!isAbsent(enabled)) return given(enabled) ? "ENABLED" : "DISABLED";
  return given(state) ? state : undefined;
}

/** The resource of the same template that an event's property refers to. */
export function linkedResource(
  event: SamEvent,
  name: string,
  expansion: Expansion,
): Generated & { properties: Fields } {
  const written = event.properties[name];
  const id = isMap(written) ? written["Ref"] : undefined;
  const resource = typeof id === "string" ? expansion.resources[id] : undefined;
  if (typeof id !== "string" || !isMap(resource)) {
    throw new CannotExpand(`${name} of ${event.name} is not a resource of this template`);
  }
  if (isAbsent(resource["Properties"])) resource["Properties"] = {};
  return { id, resource, properties: mapOf(resource["Properties"], "Properties") };
}
