/**
 * A Part is one place in a source document with everything settled there that a front end can settle: intrinsics
 * resolved, `Fn::If` branches chosen, Terraform references followed. Front ends implement it; everything that builds the
 * inventory reads documents through it and so never knows which format it reads.
 *
 * Text may contain holes, `${…}`, where a piece stays unresolved (`text.ts`).
 */
export interface Part {
  /** Where this stands: `file#/json/pointer` (RFC 6901 in a URI fragment, not percent-encoded). */
  readonly at: string;
  /** `unknown` means: something is here and it cannot be said what; `why` says the reason. `absent` includes null. */
  readonly kind: "absent" | "unknown" | "text" | "number" | "boolean" | "list" | "map";
  /** Why the kind is `unknown`, in a few words (`Ref Env`, `known after apply`). Empty otherwise. */
  readonly why: string;
  /** The scalar itself; empty string, 0 or false when the kind is another. A text may hold holes. */
  readonly text: string;
  readonly number: number;
  readonly boolean: boolean;
  /** The part is the value of a parameter or variable and nothing else; `secret` ones (NoEcho, sensitive) stay holes. */
  readonly parameter?: { name: string; secret: boolean };
  /** A map's field; an absent part when it is not there; an unknown part when this part is unknown. */
  field(name: string): Part;
  /** A map's fields in the order of the document; empty for any other kind. */
  fields(): [name: string, part: Part][];
  /** A list's items, items that vanish (`AWS::NoValue`) left out; empty for any other kind. */
  items(): Part[];
}

/** A Part over plain data that holds nothing to resolve, e.g. a policy document written as JSON text. */
export function plainPart(value: unknown, at: string): Part {
  return new PlainPart(value, at);
}

/** A Part that exists and cannot be read, for the reason given. */
export function unknownPart(why: string, at: string): Part {
  return new UnknownPart(why, at);
}

/** Appends one step to an `at`, escaped as RFC 6901 asks. */
export function step(at: string, name: string | number): string {
  return `${at}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

class PlainPart implements Part {
  readonly why = "";
  readonly kind: Part["kind"];
  readonly text: string;
  readonly number: number;
  readonly boolean: boolean;

  private readonly value: unknown;
  readonly at: string;

  constructor(value: unknown, at: string) {
    this.value = value;
    this.at = at;
    this.kind = kindOf(value);
    this.text = typeof value === "string" ? value : "";
    this.number = typeof value === "number" ? value : 0;
    this.boolean = value === true;
  }

  field(name: string): Part {
    const inside = isMap(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new PlainPart(inside, step(this.at, name));
  }

  fields(): [string, Part][] {
    if (!isMap(this.value)) return [];
    return Object.entries(this.value).map(([name, value]) => [name, new PlainPart(value, step(this.at, name))]);
  }

  items(): Part[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((value, index) => new PlainPart(value, step(this.at, index)));
  }
}

class UnknownPart implements Part {
  readonly kind = "unknown";
  readonly text = "";
  readonly number = 0;
  readonly boolean = false;
  readonly why: string;
  readonly at: string;

  constructor(why: string, at: string) {
    this.why = why;
    this.at = at;
  }

  field(name: string): Part {
    return new UnknownPart(this.why, step(this.at, name));
  }

  fields(): [string, Part][] {
    return [];
  }

  items(): Part[] {
    return [];
  }
}

/** The kind of a plain value as JSON has them. */
export function kindOf(value: unknown): Part["kind"] {
  if (value === undefined || value === null) return "absent";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return "map";
  }
}

/**
 * A text, number or boolean as text; empty for anything else. `String` throws for what a document may hold: a list or
 * object with an entry named `toString`.
 */
export function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
}

/** True for a JSON object: not null, not an array. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
