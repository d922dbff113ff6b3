import patterns from "../../policies/data/secret-patterns.json" with { type: "json" };
import { hasHole, shown } from "./text";
import type { Value, Variable } from "./types";

/** Why a text is taken for a secret. It never carries the text or anything of it. */
export interface Suspicion {
  /** What it seems to be, as people say it: `AWS access key`, `GitHub token`, `password`. */
  kind: string;
  /** An AWS credential, and not somebody else's secret. */
  aws: boolean;
  /** Whether the content gives it away, the name it has, or the parameter it comes from. */
  by: "content" | "name" | "parameter";
  /** False where name and value look like a secret and could be something else. */
  certain: boolean;
}

/**
 * Judges one value by its content and the name it has. Undefined for what is no secret, or only says where one is kept:
 * ARNs, paths, names of secrets, dynamic references, ciphertext. Sources: `policies/data/secret-patterns.json`.
 *
 * `changeme` under the name of a password is one, the one that gets deployed; as a token or key it can never work.
 */
export function suspect(name: string, value: Value<string>, source: Variable["source"]): Suspicion | undefined {
  const words = plainName(name);
  const text = value.known === undefined ? undefined : shown(value.known).trim();
  const content = text === undefined ? undefined : (suspectContent(text) ?? suspectEncoded(text));
  if (content !== undefined) return content;
  if (text !== undefined && isAwsSecretKey(words, text)) return { ...AWS_SECRET_KEY, by: "content", certain: true };
  if (source === "secret parameter") return suspectParameter(words, text);
  if (NOT_SECRET.test(words) || source === "reference") return undefined;
  if (text === undefined || hasHole(text)) return source === "parameter" ? suspectUnread(words) : undefined;
  return saysSomethingElse(name, text) ? undefined : suspectName(words, text);
}

/** The secrets of known formats in a longer text, such as code: each kind once. */
export function suspectText(text: string): Suspicion[] {
  return [
    ...new Map(
      CONTENT.filter((entry) => occurs(entry, shown(text))).map((entry) => [entry.kind, found(entry)]),
    ).values(),
  ];
}

/** True for names that say the value is a secret, whatever it turns out to be. */
export function isSecretName(name: string): boolean {
  const words = plainName(name);
  return PASSWORD.test(words) || SECRET.test(words);
}

function suspectContent(text: string): Suspicion | undefined {
  const entry = CONTENT.find((candidate) => occurs(candidate, text));
  return entry && found(entry);
}

/** The same in base64, the way keys of several lines are put into one variable. */
function suspectEncoded(text: string): Suspicion | undefined {
  const decoded = decode(text);
  return decoded === undefined ? undefined : suspectContent(decoded);
}

/** NoEcho and sensitive parameters hold secrets by their author's word, unless they say where one is kept. */
function suspectParameter(words: string, text: string | undefined): Suspicion | undefined {
  if (PLACE.test(words) || NOT_SECRET.test(words)) return undefined;
  if (text !== undefined && !hasHole(text) && text !== "" && matches(REFERENCES, text)) return undefined;
  if (text !== undefined && /^(?:arn:|\.{0,2}\/|\{\{)/.test(text)) return undefined;
  return { kind: kindByName(words) ?? "secret", aws: false, by: "parameter", certain: text !== "" };
}

/** The name says it, and nobody knows the value: it may as well be an ARN. */
function suspectUnread(words: string): Suspicion | undefined {
  const kind = PASSWORD.test(words) || SECRET.test(words) ? kindByName(words) : undefined;
  return kind === undefined ? undefined : { kind, aws: false, by: "name", certain: false };
}

function suspectName(words: string, text: string): Suspicion | undefined {
  const named = (kind: string, certain: boolean): Suspicion => ({ kind, aws: false, by: "name", certain });
  if (PASSWORD.test(words)) return named("password", true);
  if (matches(STAND_INS, text)) return undefined;
  const random = isRandom(text);
  if (SECRET.test(words)) return named(kindByName(words) ?? "secret", random);
  if (KEY.test(words)) return random ? named(kindByName(words) ?? "secret", true) : undefined;
  return !POINTER.test(words) && isVeryRandom(text) ? { ...named("random text", false), by: "content" } : undefined;
}

/** `password`, `token`, `secret key`, … for the message. */
function kindByName(words: string): string | undefined {
  if (PASSWORD.test(words)) return "password";
  return /(?:_|^)(secret|token|key|credential)s?$/.exec(words)?.[1] ?? (KEY.test(words) ? "secret" : undefined);
}

/** Values that name, locate or stand for a secret instead of being one. */
function saysSomethingElse(name: string, text: string): boolean {
  return (
    matches(REFERENCES, text) ||
    matches(PLACEHOLDERS, text) ||
    text.toLowerCase() === name.toLowerCase() ||
    namesSecret(text)
  );
}

/** `prod-db-password`, `app/JwtSecret`: several words, one of which says secret. */
function namesSecret(text: string): boolean {
  if (!/^[A-Za-z0-9]+(?:[-_/.:][A-Za-z0-9]+)+$/.test(text)) return false;
  return wordsOf(text).some((word) =>
    /^(?:secrets?|passwords?|tokens?|keys?|credentials?|creds?|auth|apikey)$/.test(word),
  );
}

/** 40 characters of base64 by chance, under a name that fits (IAM guide, "Manage access keys"). */
function isAwsSecretKey(words: string, text: string): boolean {
  return (
    /^[A-Za-z0-9/+]{40}$/.test(text) &&
    AWS_SECRET_KEY_NAME.test(words) &&
    !NOT_SECRET.test(words) &&
    isKeyMaterial(text)
  );
}

/** Upper case, lower case and digits well mixed, which neither words nor hexadecimal hashes are. */
function isKeyMaterial(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text) && entropy(text) >= 4 && changes(text) >= 0.3;
}

/** Letters and digits mixed as chance mixes them, hexadecimal included; not words, however joined and numbered. */
function isRandom(text: string): boolean {
  if (text.length < 16 || /\s/.test(text) || isUuid(text) || decode(text) !== undefined) return false;
  return (
    /[A-Za-z]/.test(text) && (text.match(/[0-9]/g) ?? []).length >= 2 && entropy(text) >= 3 && changes(text) >= 0.25
  );
}

/** Without a hint in the name: long, no hash, and of the alphabet of base64. */
function isVeryRandom(text: string): boolean {
  return /^[A-Za-z0-9+/=_-]{32,128}$/.test(text) && isRandom(text) && isKeyMaterial(text) && entropy(text) >= 4.5;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Shannon entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How often upper case, lower case and digits take turns, per character. */
function changes(text: string): number {
  return (text.match(/(?<=[a-z])[A-Z0-9]|(?<=[A-Z])[a-z0-9]|(?<=[0-9])[A-Za-z]/g) ?? []).length / text.length;
}

/** What base64 decodes to, when that is text people can read. */
function decode(text: string): string | undefined {
  if (text.length < 8 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("latin1");
  return /^[\t\r\n -~]+$/.test(decoded) ? decoded : undefined;
}

/** The words of a name without the deployment stage that may follow: `DB_PASSWORD_PROD` is a password. */
function plainName(name: string): string {
  return wordsOf(name).join("_").replace(ENVIRONMENT, "").replace(ENVIRONMENT, "");
}

/** `DBPassword`, `db-password` and `DB_PASSWORD` are the same two words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

interface Content {
  kind: string;
  aws: boolean;
  pattern: RegExp;
  random: boolean;
}

/** Where a pattern has a group, that is the secret: it must be one, and not a placeholder or a reference. */
function occurs({ pattern, random }: Content, text: string): boolean {
  // `matchAll` would compile the expression anew each time.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, group] = match;
    if (group === undefined) return true;
    if (random ? isKeyMaterial(group) : !hasHole(group) && !saysSomethingElse("", group)) return true;
  }
  return false;
}

function matches(expressions: RegExp[], text: string): boolean {
  return expressions.some((expression) => expression.test(text));
}

const found = ({ kind, aws }: Content): Suspicion => ({ kind, aws, by: "content", certain: true });

const CONTENT: Content[] = patterns.content.map((entry) => ({
  kind: entry.kind,
  aws: entry.aws === true,
  pattern: new RegExp(entry.pattern, entry.ignoreCase ? "gi" : "g"),
  random: entry.random === true,
}));
const PASSWORD = new RegExp(patterns.names.password);
const SECRET = new RegExp(patterns.names.secret);
const KEY = new RegExp(patterns.names.key);
const PLACE = new RegExp(patterns.names.place);
const POINTER = new RegExp(patterns.names.pointer);
const NOT_SECRET = new RegExp(patterns.names.notSecret);
const ENVIRONMENT = new RegExp(patterns.names.environment);
const AWS_SECRET_KEY_NAME = new RegExp(patterns.names.awsSecretKey);
const AWS_SECRET_KEY = { kind: "AWS secret key", aws: true };
const REFERENCES = patterns.references.map((pattern) => new RegExp(pattern, "i"));
const PLACEHOLDERS = patterns.placeholders.map((pattern) => new RegExp(pattern, "i"));
const STAND_INS = patterns.standIns.map((pattern) => new RegExp(pattern, "i"));
