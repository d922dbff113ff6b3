import type { FileReport } from "../findings/types";
import { pieces } from "../inventory/text";
import type { Paste } from "../judge/finding";

/** The statement that repairs a finding, written in the format of the input, ready to paste. */
export function pasteText(paste: Paste, file: Pick<FileReport, "kind" | "format">): string {
  if (file.kind === "terraform") return hcl(paste);
  return file.format === "json" ? JSON.stringify(jsonStatement(paste), null, 2) : yaml(paste);
}

/** The language of what is pasted, as code blocks name it. */
export function pasteLanguage(file: Pick<FileReport, "kind" | "format">): "hcl" | "json" | "yaml" {
  return file.kind === "terraform" ? "hcl" : file.format;
}

function jsonStatement(paste: Paste) {
  const value = (text: string) => (isPlain(text) ? text : { "Fn::Sub": text });
  return {
    Effect: "Allow",
    ...(paste.principal === undefined ? {} : { Principal: principal(paste.principal, value) }),
    Action: paste.actions,
    Resource: paste.resources.map(value),
    ...conditionOf(paste, value),
  };
}

function principal<T>(text: string, value: (text: string) => T): { Service: T } | { AWS: T } {
  return text.startsWith("arn:") ? { AWS: value(text) } : { Service: value(text) };
}

function conditionOf<T>(paste: Paste, value: (text: string) => T): { Condition?: Record<string, Record<string, T>> } {
  if (paste.conditions === undefined || paste.conditions.length === 0) return {};
  const written: Record<string, Record<string, T>> = {};
  for (const { operator, key, value: text } of paste.conditions) {
    written[operator] = { ...written[operator], [key]: value(text) };
  }
  return { Condition: written };
}

const isPlain = (text: string) => !pieces(text).some((piece) => piece.hole);

function yaml(paste: Paste): string {
  const value = (text: string) => (isPlain(text) ? quoted(text) : `!Sub ${inQuotes(text)}`);
  const lines = ["- Effect: Allow"];
  if (paste.principal !== undefined) {
    const [[type, id] = ["", ""]] = Object.entries(principal(paste.principal, value));
    lines.push("  Principal:", `    ${type}: ${id}`);
  }
  lines.push("  Action:", ...paste.actions.map((action) => `    - ${action}`));
  lines.push("  Resource:", ...paste.resources.map((resource) => `    - ${value(resource)}`));
  const { Condition } = conditionOf(paste, value);
  for (const [index, [operator, keys]] of Object.entries(Condition ?? {}).entries()) {
    if (index === 0) lines.push("  Condition:");
    lines.push(`    ${operator}:`, ...Object.entries(keys).map(([key, text]) => `      ${key}: ${text}`));
  }
  return lines.join("\n");
}

const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : inQuotes(text));

/** Double quotes where single ones cannot say it: control characters, line breaks (YAML 1.2, 7.3). */
const inQuotes = (text: string) => (/\p{C}/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`);

/** A statement of `aws_iam_policy_document`. */
function hcl(paste: Paste): string {
  const list = (items: string[]) => `[${items.map((item) => JSON.stringify(hclText(item))).join(", ")}]`;
  const lines = ["statement {", `  actions   = ${list(paste.actions)}`, `  resources = ${list(paste.resources)}`];
  if (paste.principal !== undefined) {
    const type = paste.principal.startsWith("arn:") ? "AWS" : "Service";
    lines.push("  principals {", `    type        = "${type}"`, `    identifiers = ${list([paste.principal])}`, "  }");
  }
  for (const { operator, key, value } of paste.conditions ?? []) {
    lines.push(
      "  condition {",
      `    test     = "${operator}"`,
      `    variable = "${key}"`,
      `    values   = ${list([value])}`,
      "  }",
    );
  }
  return [...lines, "}"].join("\n");
}

const HCL_NAMES = new Map([
  ["${AWS::Partition}", "${data.aws_partition.current.partition}"],
  ["${AWS::Region}", "${data.aws_region.current.region}"],
  ["${AWS::AccountId}", "${data.aws_caller_identity.current.account_id}"],
]);

/** Holes of generated names are addresses of resources; what names a function is its `function_name`. */
function hclText(text: string): string {
  return pieces(text)
    .map(
      (piece) =>
        HCL_NAMES.get(piece.text) ??
        piece.text.replace(/^\$\{(.*aws_lambda_function\.[^.}]+)\}$/, "${$1.function_name}"),
    )
    .join("");
}
