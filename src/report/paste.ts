import type { FileReport, LocatedFinding } from "../findings/types";
import { LOOKALIKE, pieces, shown } from "../inventory/text";
import type { Paste } from "../judge/finding";

/** A statement that repairs a finding, ready to paste. */
export interface Pasted {
  /** Lines of the input's own format. */
  lines: string[];
  /** The language of the lines, as code blocks name it. */
  language: "hcl" | "json" | "yaml";
  /** Where it must stand, and what must be declared beside it; empty where there is nothing to say. */
  note: string;
}

/**
 * The statement that repairs a finding, written in the format of the input for the template that the finding stands in:
 * its references are those of that template. Undefined where the finding has none.
 */
export function pasted(
  { paste, address }: Pick<LocatedFinding, "paste" | "address">,
  file: Pick<FileReport, "kind" | "format">,
): Pasted | undefined {
  if (paste === undefined) return undefined;
  const { note = paste.principal === undefined ? "" : "into the key policy" } = paste;
  if (file.kind === "terraform") {
    const statement = hcl(paste);
    return {
      lines: statement.split("\n"),
      language: "hcl",
      note: noted([note, ...dataSources(statement), ...moduleNote(address)]),
    };
  }
  const references = new References(address.slice(0, address.lastIndexOf("/") + 1));
  const text =
    file.format === "json" ? JSON.stringify(jsonStatement(paste, references), null, 2) : yaml(paste, references);
  const declare = [...references.declared].map(([name, what]) => `declare a parameter ${name} for ${what}`);
  return { lines: text.split("\n"), language: file.format, note: noted([note, ...declare]) };
}

/** One phrase; those who say it begin it with a capital. */
const noted = (notes: string[]) => {
  const text = notes.filter((each) => each !== "").join("; ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
};

/** What `Fn::Sub` refers to within one stack, whose addresses begin with `path`. */
class References {
  /** Parameters by name, with what they stand for: things that the template cannot refer to. */
  readonly declared = new Map<string, string>();
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** A text as it is written, as the argument of `Fn::Sub` or plain. */
  written(text: string): { sub: string } | { plain: string } {
    const all = pieces(text);
    const kinds = all.map((piece) => (piece.hole ? kindOf(piece.text) : "text"));
    const refers = kinds.includes("reference");
    const written = all.map(({ text: piece }, index) => {
      const name = piece.slice(2, -1);
      if (kinds[index] === "reference") return `\${${this.name(name)}}`;
      if (kinds[index] === "dynamic reference") return `{{${name}}}`;
      if (kinds[index] === "IAM variable" && refers) return `\${!${name}}`;
      return refers ? piece.replace(LOOKALIKE, "$${!$1}") : shown(piece);
    });
    return refers ? { sub: written.join("") } : { plain: written.join("") };
  }

  private name(hole: string): string {
    const own = hole.startsWith(this.path) ? hole.slice(this.path.length) : hole;
    // "Fn::Sub": a logical id, one with an attribute, or a pseudo parameter.
    if (/^(?:AWS::[A-Za-z]+|[A-Za-z0-9]+(?:\.[A-Za-z0-9.]+)?)$/.test(own)) return own;
    const name = hole.replace(/[^A-Za-z0-9]/g, "");
    this.declared.set(name, hole);
    return name;
  }
}

/** What a hole is: `${aws:username}` is for IAM to fill in, `{{resolve:…}}` for CloudFormation whatever it stands in. */
function kindOf(hole: string): "reference" | "dynamic reference" | "IAM variable" {
  if (hole.startsWith("${resolve:")) return "dynamic reference";
  return /^\$\{[a-z0-9-]+:[^:]/.test(hole) ? "IAM variable" : "reference";
}

function jsonStatement(paste: Paste, references: References) {
  const value = (text: string) => {
    const written = references.written(text);
    return "plain" in written ? written.plain : { "Fn::Sub": written.sub };
  };
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

function yaml(paste: Paste, references: References): string {
  const value = (text: string) => {
    const written = references.written(text);
    return "plain" in written ? quoted(written.plain) : `!Sub ${inQuotes(written.sub)}`;
  };
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

/** A module may be used several times; the names are those of one use. */
function moduleNote(address: string): string[] {
  return address.startsWith("module.") ? ["within the module refer to its resources instead of these names"] : [];
}

/** What a statement reads about the deployment; most modules have it already. */
function dataSources(statement: string): string[] {
  const types = new Set([...statement.matchAll(/\$\{data\.(\w+)\.current\./g)].map(([, type]) => type));
  return types.size === 0 ? [] : [`with ${[...types].map((type) => `data "${type}" "current" {}`).join(", ")}`];
}

/** Holes of generated names are addresses of resources; what names a function is its `function_name`. */
function hclText(text: string): string {
  return pieces(text)
    .map(
      (piece) =>
        HCL_NAMES.get(piece.text) ??
        piece.text
          .replace(/^\$\{(.*aws_lambda_function\.[^.}]+)\}$/, "${$1.function_name}")
          // "String templates", escape sequences
          .replace(LOOKALIKE, "$$$${$1}"),
    )
    .join("");
}
