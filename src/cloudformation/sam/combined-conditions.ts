import type { Fields } from "./values";

/** `Fn::Or` takes ten conditions at most. */
const MOST = 10;

/** Conditions under which one of several holds: `name` itself, and numbered ones when it takes more than one `Fn::Or`. */
export function combineConditions(conditions: readonly string[], name: string): Fields {
  const combined: Fields = {};
  let open = [...conditions];
  let number = Math.floor((open.length - 2) / (MOST - 1));
  while (open.length > 1) {
    const next = number > 0 ? `${name}${number}` : name;
    number -= 1;
    combined[next] = { "Fn::Or": open.slice(0, MOST).map((Condition) => ({ Condition })) };
    open = [...open.slice(MOST), next];
  }
  return combined;
}
