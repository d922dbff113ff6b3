import { type Part, plainPart } from "./part";
import { compileAction, compileArn, compileLiteral, compilePattern, type Identities } from "./pattern";
import { scopableActions } from "./scopable";
import { hole, LOOKALIKE, OWN, soleHole } from "./text";
import type { Condition, Pattern, Principals, Statement, Value } from "./types";

/** The statements of a policy document, and why some of it could not be read. */
export interface Statements {
  statements: Statement[];
  unread?: string;
}

/**
 * Reads an IAM policy document (IAM user guide, "IAM JSON policy elements reference"): a map, or JSON text of one.
 * `address` is the resource that holds it. What cannot be read is named in `unread`, never passed over.
 */
export function readPolicyDocument(document: Part, address: string, identities: Identities): Statements {
  const unread: string[] = [];
  const statements: Statement[] = [];
  const read = parsed(document);
  const reworded = wording(read.field("Version"));
  for (const part of statementParts(read, unread)) {
    if (part.kind === "map") statements.push(readStatement(part, address, identities, reworded));
    else if (part.kind !== "absent") unread.push(part.why || "a statement that is not a map");
  }
  return unread.length === 0 ? { statements } : { statements, unread: [...new Set(unread)].join("; ") };
}

function parsed(document: Part): Part {
  if (document.kind !== "text" || soleHole(document.text) !== undefined) return document;
  try {
    return plainPart(JSON.parse(document.text), document.at);
  } catch {
    return document;
  }
}

function statementParts(document: Part, unread: string[]): Part[] {
  if (document.kind === "absent") return [];
  if (document.kind !== "map") {
    unread.push(whyUnread(document));
    return [];
  }
  const statement = document.field("Statement");
  if (statement.kind === "list") return statement.items();
  if (statement.kind === "map") return [statement];
  if (statement.kind === "absent") return [];
  unread.push(whyUnread(statement));
  return [];
}

function whyUnread(part: Part): string {
  if (part.kind === "unknown") return part.why;
  const name = part.kind === "text" ? soleHole(part.text) : undefined;
  return name ?? "the policy document is not valid JSON";
}

/** A text of Resource or Condition as version 2012-10-17 writes it. */
type Wording = (text: string) => string;

/** What IAM fills in: a policy variable, or `${*}` and its like. */
const VARIABLE = /^(?:[*?$]|\s*(?!durable:|resolve:)[\w.-]+:(?!:).*)$/s;

/**
 * Variables are of version 2012-10-17 only; in older documents, and without Version, `${aws:username}` is plain text ("IAM
 * JSON policy elements: Version"). What else stands there as `${…}` nobody fills in.
 */
function wording(version: Part): Wording {
  const isOpen = version.kind === "unknown" || soleHole(version.text) !== undefined;
  if (!isOpen && version.text !== "2012-10-17") return (text) => text;
  return (text) => text.replace(LOOKALIKE, (written, name) => (VARIABLE.test(name) ? `\${${name}}` : written));
}

function readStatement(part: Part, address: string, identities: Identities, reworded: Wording): Statement {
  const actions = (name: string) => texts(part.field(name)).map(({ text }) => compileAction(text));
  const resources = (name: string) =>
    texts(part.field(name)).map(({ text }) => compilePattern(reworded(text), identities));
  const sid = part.field("Sid").text;
  return {
    address,
    at: part.at,
    ...(sid === "" ? {} : { sid }),
    effect: effect(part.field("Effect")),
    actions: actions("Action"),
    notActions: actions("NotAction"),
    services: services(part),
    scopable: scopableActions(texts(part.field("Action")).map(({ text }) => text)),
    resources: resources("Resource"),
    notResources: resources("NotResource"),
    principals: principals(part.field("Principal"), identities),
    notPrincipals: principals(part.field("NotPrincipal"), identities),
    conditions: conditions(part.field("Condition"), identities, reworded),
  };
}

/** What stands before the colon of each action. */
function services(statement: Part): string[] {
  const written = statement.field("NotAction").kind === "absent" ? texts(statement.field("Action")) : [];
  const named = written.map(({ text }) => /^([^*?$:]+):/.exec(text)?.[1]?.toLowerCase());
  const all = named.filter((service) => service !== undefined);
  return all.length > 0 && all.length === named.length ? [...new Set(all)] : ["*"];
}

function effect(part: Part): Value<string> {
  if (part.text === "Allow" || part.text === "Deny") return { known: part.text };
  return { unknown: part.why || soleHole(part.text) || "no valid Effect" };
}

interface Written {
  text: string;
  at: string;
}

/** One text or a list of them; what cannot be read becomes a hole, which may be anything. */
function texts(part: Part): Written[] {
  switch (part.kind) {
    case "absent":
      return [];
    case "list":
      return part.items().flatMap(texts);
    case "text":
      return [{ text: part.text, at: part.at }];
    case "number":
      return [{ text: String(part.number), at: part.at }];
    case "boolean":
      return [{ text: String(part.boolean), at: part.at }];
    default:
      return [{ text: hole(part.why || "not a text"), at: part.at }];
  }
}

function principals(part: Part, identities: Identities): Principals[] {
  if (part.kind === "absent") return [];
  if (part.kind === "map") {
    return part.fields().flatMap(([type, ids]) =>
      texts(ids).map(({ text, at }) => ({
        at,
        type: text === "*" && type === "AWS" ? "*" : type,
        id: compilePattern(type === "AWS" ? accountRoot(text) : text, identities),
      })),
    );
  }
  return texts(part).map(({ text, at }) => ({
    at,
    type: text === "*" ? "*" : "unknown",
    id: compilePattern(text, identities),
  }));
}

/** An account id as principal is the same as its root ARN ("AWS JSON policy elements: Principal"). */
function accountRoot(text: string): string {
  return /^[0-9]{12}$/.test(text) || text === OWN.account ? `arn:${OWN.partition}:iam::${text}:root` : text;
}

const OPERATOR = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/i;

function conditions(part: Part, identities: Identities, reworded: Wording): Condition[] {
  if (part.kind === "absent") return [];
  if (part.kind !== "map") return [unreadCondition(part, identities)];
  return part.fields().flatMap(([written, keys]) => {
    if (keys.kind !== "map") return [unreadCondition(keys, identities)];
    const [, quantifier = "", operator = "", ifExists] = OPERATOR.exec(written) ?? [];
    return keys.fields().map(([key, values]) => ({
      at: values.at,
      operator,
      ifExists: ifExists !== undefined,
      quantifier,
      key: key.toLowerCase(),
      values: texts(values).map(({ text }) => compileValue(operator, reworded(text), identities)),
    }));
  });
}

/** A condition of which nothing can be said: its key is in no request, so it is undecided. */
function unreadCondition(part: Part, identities: Identities): Condition {
  const why = compilePattern(hole(part.why || "not a condition"), identities);
  return { at: part.at, operator: "", ifExists: false, quantifier: "", key: "", values: [why] };
}

function compileValue(operator: string, text: string, identities: Identities): Pattern {
  const name = operator.toLowerCase();
  if (name.startsWith("arn")) return compileArn(text, identities);
  if (name.endsWith("like")) return compilePattern(text, identities);
  return compileLiteral(text, identities, name.includes("ignorecase") || name === "bool" || name === "null");
}

/** `${aws:username}`, with or without a default. */
const USER_NAME = /\$\{\s*aws:username\s*(?:,[^{}]*)?\}/gi;

/** The statement as it is read for one user. */
export function forUser(statement: Statement, name: string): Statement {
  const named = (pattern: Pattern, compile: (text: string) => Pattern) => {
    const text = pattern.text.replace(USER_NAME, () => name);
    return text === pattern.text ? pattern : compile(text);
  };
  const resource = (pattern: Pattern) => named(pattern, (text) => compilePattern(text, new Set()));
  return {
    ...statement,
    resources: statement.resources.map(resource),
    notResources: statement.notResources.map(resource),
    conditions: statement.conditions.map((condition) => ({
      ...condition,
      values: condition.values.map((value) =>
        named(value, (text) => compileValue(condition.operator, text, new Set())),
      ),
    })),
  };
}
