/** The parameter values that make a scenario. */
export type Values = Readonly<Record<string, string>>;

/**
 * Says in a few words which scenarios are meant: `Env = dev`, `Env = dev and Size = big or Env = test`.
 *
 * `among` are the scenarios it must tell them from; undefined when `meant` are all of those. Each term names as few
 * parameters as suffice, the first by name where several would do; a term that adds nothing is left out.
 */
export function when(meant: readonly Values[], among: readonly Values[]): string | undefined {
  const others = among.filter((each) => !meant.includes(each));
  if (others.length === 0) return undefined;
  const terms: Values[] = [];
  for (const scenario of meant) {
    if (!terms.some((term) => holds(term, scenario))) terms.push(shortest(scenario, others));
  }
  const needed = terms.filter((term, index) => {
    const rest = terms.filter((_, each) => each !== index);
    return meant.some((scenario) => holds(term, scenario) && !rest.some((each) => holds(each, scenario)));
  });
  return needed.map(written).sort().join(" or ");
}

/** The fewest of the scenario's values that hold in none of the others. */
function shortest(scenario: Values, others: readonly Values[]): Values {
  const names = Object.keys(scenario).sort();
  for (let size = 1; size < names.length; size++) {
    for (const chosen of choose(names, size)) {
      const term = pick(scenario, chosen);
      if (!others.some((other) => holds(term, other))) return term;
    }
  }
  return scenario;
}

/** All choices of that many names, in order. */
function* choose(names: readonly string[], size: number): Generator<string[]> {
  if (size === 0) yield [];
  for (let index = 0; index <= names.length - size; index++) {
    const name = names[index];
    if (size > 0 && name !== undefined)
      for (const rest of choose(names.slice(index + 1), size - 1)) yield [name, ...rest];
  }
}

function pick(scenario: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(scenario).filter(([name]) => names.includes(name)));
}

function holds(term: Values, scenario: Values): boolean {
  return Object.entries(term).every(([name, value]) => scenario[name] === value);
}

function written(term: Values): string {
  const names = Object.keys(term).sort();
  return names.map((name) => `${name} = ${term[name] === "" ? '""' : term[name]}`).join(" and ");
}
