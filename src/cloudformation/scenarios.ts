import { hasHole, hole, shown } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import { Atoms, type Choice, type Compared } from "./choices";
import type { ParameterSet } from "./parameters";
import type { Scenario } from "./scope";
import type { Template } from "./template";

/** At most so many scenarios are judged for one component; beyond, its conditions stay unknown. */
export const SCENARIO_LIMIT = 64;

/** At most so many scenarios of all components together. */
const TOTAL_LIMIT = 512;

/** One scenario with what to call it: parameter or condition name to value. */
export interface NamedScenario extends Scenario {
  when: Readonly<Record<string, string>>;
}

export interface Scenarios {
  scenarios: NamedScenario[];
  /** Parameters of which some values are not judged, because there are too many combinations. */
  unbounded: string[];
}

/**
 * The scenarios a template is judged in: every combination of values of the parameters that conditions compare, for
 * each component on its own (parameters of other components keep their first value), so that independent conditions add
 * up instead of multiplying. Only conditions that guard something judged count.
 *
 * `components` gives for each component the conditions that guard its resources, `nested` what nested stacks compare.
 */
export function scenariosOf(
  template: Template,
  parameters: ParameterSet,
  deployment: Deployment,
  components: ReadonlySet<string>[],
  nested: readonly Compared[][],
): Scenarios {
  const perComponent = new Atoms(template, parameters, deployment).components(components, nested);
  const unsettled = tooMany(perComponent);
  const settled = perComponent.map((choices) => choices.filter(({ name }) => !unsettled.has(name)));
  const distinct = new Map<string, NamedScenario>();
  // What a component says nothing about has its first value, so that its scenarios coincide with those of others.
  const first = new Map(settled.flat().map((choice) => [choice.name, choice] as const));
  for (const choices of settled) {
    for (const chosen of combine(choices)) {
      const scenario = complete(first, chosen, unsettled);
      distinct.set(JSON.stringify(scenario.when), scenario);
    }
  }
  if (distinct.size === 0) distinct.set("", complete(first, {}, unsettled));
  return { scenarios: [...distinct.values()], unbounded: [...unsettled] };
}

/**
 * The scenarios of several stacks together: every combination of theirs. Where those are too many, the stacks take their
 * own one after the other, side by side: each is judged in all of its own, but not with all of the others'.
 */
export function combineScenarios<T>(stacks: readonly (readonly T[])[]): { rows: T[][]; unjudged: boolean } {
  const combinations = stacks.reduce((product, scenarios) => product * scenarios.length, 1);
  if (combinations <= SCENARIO_LIMIT || stacks.length === 1) {
    const rows = stacks.reduce<T[][]>((soFar, own) => soFar.flatMap((row) => own.map((one) => [...row, one])), [[]]);
    return { rows, unjudged: false };
  }
  const longest = Math.max(...stacks.map((scenarios) => scenarios.length));
  const rows = Array.from({ length: longest }, (_, index) => stacks.flatMap((own) => own[index % own.length] ?? []));
  return { rows, unjudged: true };
}

/** Names with more combinations than are judged, in one component or all together. */
function tooMany(components: Choice[][]): ReadonlySet<string> {
  const names = new Set<string>();
  let total = 0;
  for (const choices of components) {
    const combinations = choices.reduce((product, { values }) => product * values.length, 1);
    if (combinations <= SCENARIO_LIMIT && total + combinations <= TOTAL_LIMIT) total += combinations;
    else for (const { name } of choices) names.add(name);
  }
  return names;
}

function complete(
  all: ReadonlyMap<string, Choice>,
  chosen: Record<string, string>,
  unsettled: ReadonlySet<string>,
): NamedScenario {
  const parameters = new Map<string, string>();
  const conditions = new Map<string, boolean>();
  const when: Record<string, string> = {};
  for (const { name, kind, values, hidden } of all.values()) {
    const value = chosen[name] ?? values[0] ?? "";
    if (kind === "parameter") parameters.set(name, value);
    else conditions.set(name, value === "true");
    const told = hidden && value !== "" ? `hidden value ${values.indexOf(value) + 1}` : shown(value);
    when[name] = value === hole(name) ? "anything else" : told;
  }
  const others = new Set([...parameters.values()].filter(hasHole));
  return { parameters, conditions, unsettled, others, when };
}

function combine(choices: Choice[]): Record<string, string>[] {
  return choices.reduce<Record<string, string>[]>(
    (soFar, choice) => soFar.flatMap((when) => choice.values.map((value) => ({ ...when, [choice.name]: value }))),
    [{}],
  );
}
