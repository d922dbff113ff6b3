import { FRESH, OWN, pieces } from "./text";

/** One piece of a text as comparing sees it. */
export interface Atom {
  kind:
    | "literal"
    /** `*` or `?`. */
    | "wildcard"
    /** The deployment's own partition, Region or account, as a hole. */
    | "own"
    /** A literal that the deployment's own may turn out to be. */
    | "own literal"
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

const SPECIAL =
  /(?<wildcard>[*?])|(?<partition>(?<=^arn:)aws[a-z-]*(?=:))|(?<region>\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)-(?:(?:gov|iso[a-z]?)-)?(?:north|south|east|west|central)+-[0-9]\b)|(?<account>\b[0-9]{12}\b)/g;

/** Cuts a text into atoms, in order. Without wildcards, `*` and `?` are literals. */
export function atoms(text: string, wildcards: boolean): Atom[] {
  return pieces(text).flatMap((piece): Atom[] => {
    const bare = wildcards ? BARE.get(piece.text) : undefined;
    if (bare !== undefined) return [{ kind: "literal", text: bare }];
    if (!piece.hole) return literalAtoms(piece.text, wildcards);
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
    if (groups["wildcard"] !== undefined) found.push({ kind: "wildcard", text: match[0] });
    else if (groups["partition"] !== undefined) found.push({ kind: "own literal", text: match[0], own: OWN.partition });
    else if (groups["region"] !== undefined) found.push({ kind: "own literal", text: match[0], own: OWN.region });
    else found.push({ kind: "own literal", text: match[0], own: OWN.account });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "literal", text: text.slice(end) });
  return found;
}

export interface Arn {
  /** `arn`, partition, service, Region, account. */
  fields: Atom[][];
  resource: Atom[];
}

/** Cuts atoms at the first five colons; undefined when the text is not a complete ARN. */
export function cutArn(all: Atom[]): Arn | undefined {
  const fields: Atom[][] = [[]];
  const rest = [...all];
  while (fields.length < 6) {
    const atom = rest.shift();
    if (atom === undefined) return undefined;
    const colon = atom.kind === "literal" ? atom.text.indexOf(":") : -1;
    const before = colon === -1 ? atom : { ...atom, text: atom.text.slice(0, colon) };
    if (before.text !== "") fields.at(-1)?.push(before);
    if (colon === -1) continue;
    fields.push([]);
    if (colon + 1 < atom.text.length) rest.unshift({ ...atom, text: atom.text.slice(colon + 1) });
  }
  fields.pop();
  const isArn = fields[0]?.length === 1 && fields[0][0]?.text === "arn" && rest.length > 0;
  return isArn ? { fields, resource: rest } : undefined;
}
