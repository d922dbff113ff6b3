import { FRESH, LOOKALIKE, OWN, pieces } from "./text";

/** One piece of a text as comparing sees it. */
export interface Atom {
  kind:
    | "literal"
    /** A run of `*` and `?`. */
    | "wildcard"
    /** The deployment's own partition, Region or account, as a hole. */
    | "own"
    /** A literal that the deployment's own may turn out to be. */
    | "own literal"
    /** `${Fn}` that nobody fills in: text that no name or ARN has. */
    | "lookalike"
    /** A value nobody has written yet: only a wildcard covers it. */
    | "fresh"
    | "hole";
  text: string;
  /** The hole that an own literal may be. */
  own?: string;
}

/** `${*}`, `${?}` and `${$}` are how IAM writes the bare character ("Policy variables: special characters"). */
const BARE = new Map([
  ["${*}", "*"],
  ["${?}", "?"],
  ["${$}", "$"],
]);

const OWN_HOLES: ReadonlySet<string> = new Set(Object.values(OWN));
const FRESH_HOLES: ReadonlySet<string> = new Set(Object.values(FRESH));

const SPECIAL = new RegExp(
  `(?<lookalike>${LOOKALIKE.source})|${
    /(?<wildcard>[*?]+)|(?<partition>(?<=^arn:)aws[a-z-]*(?=:))|(?<region>\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)-(?:(?:gov|iso[a-z]?)-)?(?:north|south|east|west|central)+-[0-9]\b)|(?<account>\b[0-9]{12}\b)/
      .source
  }`,
  "g",
);

/** What a text is read as: in a `value` and a `pattern` of a policy `${*}` is the bare character, only a `pattern` has wildcards. */
export type Reading = "text" | "value" | "pattern";

/** Cuts a text into atoms, in order. */
export function atoms(text: string, reading: Reading): Atom[] {
  return pieces(text).flatMap((piece): Atom[] => {
    const bare = reading === "text" ? undefined : BARE.get(piece.text);
    if (bare !== undefined) return [{ kind: "literal", text: bare }];
    if (!piece.hole) return literalAtoms(piece.text, reading === "pattern");
    if (OWN_HOLES.has(piece.text)) return [{ kind: "own", text: piece.text }];
    return [{ kind: FRESH_HOLES.has(piece.text) ? "fresh" : "hole", text: piece.text }];
  });
}

function literalAtoms(text: string, wildcards: boolean): Atom[] {
  const found: Atom[] = [];
  let end = 0;
  for (const match of text.matchAll(SPECIAL)) {
    const groups = match.groups ?? {};
    if (groups["wildcard"] !== undefined && !wildcards) continue;
    if (match.index > end) found.push({ kind: "literal", text: text.slice(end, match.index) });
    if (groups["lookalike"] !== undefined) found.push({ kind: "lookalike", text: match[0] });
    else if (groups["wildcard"] !== undefined) found.push({ kind: "wildcard", text: match[0] });
    else if (groups["partition"] !== undefined) found.push({ kind: "own literal", text: match[0], own: OWN.partition });
    else if (groups["region"] !== undefined) found.push({ kind: "own literal", text: match[0], own: OWN.region });
    else found.push({ kind: "own literal", text: match[0], own: OWN.account });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "literal", text: text.slice(end) });
  return found;
}

/** Cuts atoms at the first `limit` colons that are not inside holes. */
export function cutAtColons(all: Atom[], limit: number): Atom[][] {
  let part: Atom[] = [];
  const parts = [part];
  for (const atom of all) {
    let { text } = atom;
    while (atom.kind === "literal" && parts.length <= limit) {
      const colon = text.indexOf(":");
      if (colon === -1) break;
      if (colon > 0) part.push({ kind: "literal", text: text.slice(0, colon) });
      text = text.slice(colon + 1);
      part = [];
      parts.push(part);
    }
    if (text !== "") part.push(text === atom.text ? atom : { kind: "literal", text });
  }
  return parts;
}

export interface Arn {
  /** `arn`, partition, service, Region, account. */
  fields: Atom[][];
  resource: Atom[];
}

/** The ARN whose parts these are, cut at the first five colons; undefined when the text is not a complete ARN. */
export function arnOf(parts: Atom[][]): Arn | undefined {
  const [fields, resource = []] = [parts.slice(0, FIELDS), parts[FIELDS]];
  const isArn = fields[0]?.length === 1 && fields[0][0]?.text === "arn" && resource.length > 0;
  return isArn ? { fields, resource } : undefined;
}

/** Fields of an ARN before its resource. */
export const FIELDS = 5;
