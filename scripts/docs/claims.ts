/** The claims of `docs/sources.md`, `- **A1** text`, by their name, in its order; each on lines of its own. */
export function claims(markdown: string): Map<string, string> {
  const items = markdown.matchAll(/^- \*\*([AB]\d+)\*\* (.*(?:\n {2}.*)*)/gm);
  return new Map([...items].map(([, claim = "", text = ""]) => [claim, text.replace(/\n */g, " ")]));
}
