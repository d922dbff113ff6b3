/**
 * Text with holes. What a document does not settle stays in a text as `${…}`: a CloudFormation reference
 * (`${Fn}`, `${Fn.Arn}`, `${AWS::Region}`), a Terraform address (`${aws_sqs_queue.dlq.arn}`) or an IAM policy variable
 * (`${aws:username}`). The same thing always gives the same hole, so texts still compare.
 *
 * `${Fn}` in a text that nobody fills in (CloudFormation does so in `Fn::Sub` only, Terraform before it writes a plan) is
 * no hole: it stays as it is written. Front ends say so with `plain`, and `shown` gives back what was written.
 */

/** The deployment's own partition, Region and account: they may equal any well-formed literal. */
export const OWN = {
  partition: "${AWS::Partition}",
  region: "${AWS::Region}",
  account: "${AWS::AccountId}",
} as const;

/**
 * Values of which all that is known is that nobody has written them yet: the number of the next published version, the
 * name and id of an execution. Only a wildcard covers them.
 */
export const FRESH = {
  version: "${durable:Version}",
  execution: "${durable:ExecutionName}",
  executionId: "${durable:ExecutionId}",
} as const;

/** Stands between `$` and `{` where no hole is meant: a noncharacter of Unicode, which no document has. */
const MARK = "\uFDD0";

/** A text of a document as it stands: `${Fn}` in it is four characters and a name, and no hole. */
export function plain(text: string): string {
  return text.replaceAll("${", `$${MARK}{`);
}

/** What somebody wrote who wrote this text. */
export function shown(text: string): string {
  return text.replaceAll(MARK, "");
}

/** What looks like a hole and is none, with its name as the group. */
export const LOOKALIKE = new RegExp(`\\$${MARK}\\{([^{}]*)\\}`, "g");

/** Texts put together, with a delimiter between. `$` at the end of one and `{` at the beginning of the next make no hole. */
export function joined(texts: readonly string[], delimiter: string): string {
  const all = texts.flatMap((text, index) => (index === 0 ? [text] : [delimiter, text])).filter((text) => text !== "");
  return all
    .map((text, index) => (text.startsWith("{") && all[index - 1]?.endsWith("$") ? MARK + text : text))
    .join("");
}

const HOLE = /\$\{[^{}]*\}/g;

export interface Piece {
  text: string;
  hole: boolean;
}

/** Writes the hole for something unresolved; holes inside the name would end it early and become plain. */
export function hole(name: string): string {
  return `\${${name.replace(/\$?\{|\}/g, "")}}`;
}

/** Splits a text into literal pieces and holes, in order; no piece is empty. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(HOLE)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), hole: false });
    found.push({ text: match[0], hole: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), hole: false });
  return found;
}

/** True when something in the text is unresolved. */
export function hasHole(text: string): boolean {
  return text.includes("${") && text.search(HOLE) !== -1;
}

/** The name inside a text that is one hole and nothing else; undefined for any other text. */
export function soleHole(text: string): string | undefined {
  return /^\$\{([^{}]*)\}$/.exec(text)?.[1];
}

/** What follows the last slash outside holes; addresses within holes may have slashes of their own. */
export function lastSegment(text: string): string {
  let segment = "";
  for (const piece of pieces(text)) {
    const slash = piece.hole ? -1 : piece.text.lastIndexOf("/");
    segment = slash === -1 ? segment + piece.text : piece.text.slice(slash + 1);
  }
  return segment;
}
