import type { RuleEntry } from "../judge/catalogue";

/** One line per rule: id, level, severity and title, in columns. */
export function rulesTable(rules: readonly RuleEntry[]): string {
  const lines = rules.map(
    ({ id, level, severity, title }) => `${id}  ${level.padEnd(4)}  ${severity.padEnd(8)}  ${title}`,
  );
  return `${lines.join("\n")}\n`;
}

/**
 * All there is to say about one rule, for people. `rules` is the whole catalogue, in which the rules it names are looked
 * up.
 */
export function ruleText(rule: RuleEntry, rules: readonly RuleEntry[]): string {
  const named = (ids: readonly string[]) =>
    rules.filter(({ id }) => ids.includes(id)).map(({ id, title }) => `${id} ${title}`);
  const wider = rules.filter(({ subsumes }) => subsumes.includes(rule.id)).map(({ id, title }) => `${id} ${title}`);
  const lists: [heading: string, entries: string[]][] = [
    ["References", rule.references.map(({ title, url }) => `${title}: ${url}`)],
    ["Other tools look for the same", rule.related.map(({ tool, id }) => `${tool} ${id}`)],
    ["Speaks instead of", named(rule.subsumes)],
    ["Leaves the word to", wider],
    ["Former ids", rule.aliases],
  ];
  const paragraphs = [
    `${rule.id} ${rule.title}`,
    `Level ${rule.level}, severity ${rule.severity}.`,
    `Why: ${rule.description}`,
    `Fix: ${rule.remediation}`,
    ...lists
      .filter(([, entries]) => entries.length > 0)
      .map(([heading, entries]) => [`${heading}:`, ...entries.map((entry) => `  ${entry}`)].join("\n")),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}
