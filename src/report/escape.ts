import { isAbsolute, sep } from "node:path";

/**
 * Text from an input, fit for the place it is printed to. Names in templates and plans are anybody's: none may move a
 * cursor, colour or reorder a line, end a cell, start a command of the pipeline, or become markup.
 */

/**
 * Control characters, bidirectional controls and other invisible ones, halves of surrogate pairs and what XML forbids
 * (XML 1.0, 2.2), written as `\u{…}`. Every other function here begins with it; the result is one line.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/**
 * For a terminal, which may be the log of a pipeline: GitHub's runner takes lines that begin with `::` and text after
 * `##[`, Azure's agent text after `##vso[`, for commands.
 */
export function forTerminal(text: string): string {
  return visible(text)
    .replace(/^(\s*):(?=:)/, "$1\\u{3a}")
    .replace(/#(?=#(?:vso)?\[)/gi, "\\u{23}");
}

/** For HTML and XML, as text or in a quoted attribute, and for a log they are printed to. */
export function forMarkup(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replace(/^(\s*):(?=:)/, "$1&#58;")
    .replace(/#(?=#(?:vso)?\[)/gi, "&#35;");
}

/** The same for text with code between backticks, as rules are written. */
export function proseMarkup(text: string): string {
  return forMarkup(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

/**
 * For running text of GitHub and GitLab Flavored Markdown, table cells included: nothing is markup, nobody is mentioned,
 * nothing is linked. Both look for `@name`, `#1` and addresses after entities are resolved, so a comment stands between.
 */
export function forMarkdown(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]()#+\-.!|~$:/]/g, "\\$&")
    .replace(/\\[#!~]|@/g, "$&<!-- -->");
}

/** The same for text with code between backticks, as rules are written. */
export function proseMarkdown(text: string): string {
  return text.replace(/`([^`]+)`|[^`]+|`/g, (part, code) =>
    code === undefined ? forMarkdown(part) : markdownCode(code),
  );
}

/** A code span of Markdown: fenced by more backticks than it holds (CommonMark 0.31, 6.1). */
export function markdownCode(text: string): string {
  const shown = forTerminal(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  const padding = shown.startsWith("`") || shown.endsWith("`") || shown.trim() === "" ? " " : "";
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A fenced code block of Markdown (CommonMark 0.31, 4.5); lines of the text are lines of the block. */
export function markdownBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}${language}`, ...text.split("\n").map(forTerminal), fence].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** The message of a GitHub workflow command (actions/toolkit, `packages/core/src/command.ts`). */
export function forGithubMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property of a GitHub workflow command. */
export function forGithubProperty(text: string): string {
  return forGithubMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** The message of an Azure Pipelines logging command (azure-pipelines-agent, `src/Agent.Sdk/CommandStringConvertor.cs`). */
export function forAzureMessage(text: string): string {
  return text.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property of an Azure Pipelines logging command. */
export function forAzureProperty(text: string): string {
  return forAzureMessage(text).replaceAll(";", "%3B").replaceAll("]", "%5D");
}

/** The description of a TAP test point (TAP 14, "Escaping"): `#` begins a directive. */
export function forTap(text: string): string {
  return forTerminal(text).replaceAll("\\", "\\\\").replaceAll("#", "\\#");
}

/**
 * JSON in which invisible characters, and what begins a command of a pipeline, are written as escapes; what is read back is
 * the same.
 */
export function json(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
    .replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu, (character) =>
      [...Array(character.length).keys()].map((index) => jsonEscape(character.charCodeAt(index))).join(""),
    )
    .replace(/#(?=#(?:vso)?\[)/gi, (sign) => jsonEscape(sign.charCodeAt(0)));
  return `${text}\n`;
}

const jsonEscape = (unit: number) => `\\u${unit.toString(16).padStart(4, "0")}`;

/** A path as a relative reference, or as a file URI when it is absolute (RFC 3986, RFC 8089). */
export function uri(path: string): string {
  const steps = path.split(sep).map((step) => encodeURIComponent(step.replace(/\p{Cs}/gu, "\ufffd")));
  const reference = steps.join("/");
  if (isAbsolute(path)) return `file://${reference.startsWith("/") ? "" : "/"}${reference}`;
  return reference.replace(/^(?:\.\/)+/, "");
}
