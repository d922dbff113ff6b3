import { isMap, kindOf, type Part, step } from "../inventory/part";
import { FRESH, hole, plain } from "../inventory/text";
import type { Value } from "../inventory/types";
import type { PlannedResource } from "./changes";
import { type Expression, expressionOf } from "./configuration";
import type { Identity } from "./identity";
import { EXPECTED, type Expected, SET_BLOCKS, WRITTEN_BLOCKS } from "./mentions";
import type { Followed, References, Target, Wanted, Place as Written } from "./references";

/** What reading a value needs beside the value. */
export interface Reader {
  references: References;
  identity: Identity;
  /** The policy document that a data source renders, as IAM writes it. */
  document(source: PlannedResource): Part;
}

/** A resource's attributes as one Part. */
export function resourcePart(resource: PlannedResource, reader: Reader): TerraformPart {
  return new TerraformPart(resource, reader, {
    value: resource.values,
    mask: resource.unknown === true ? true : (resource.unknown ?? {}),
    written: resource.block?.expressions,
    path: resource.type,
    name: resource.address,
    at: resource.at,
  });
}

/** One place in a resource: the planned value, what is unknown of it, and the expression that gives it. */
interface Place {
  value: unknown;
  /** `after_unknown` here: `true`, or a mirror of the value. */
  mask: unknown;
  /** The configuration here: an expression, blocks, or undefined when none is shown. */
  written: unknown;
  /** The expression is that of a larger value, of which this is a part. */
  ofWhole?: boolean;
  /** Type and attributes, without indices: `aws_lambda_function.vpc_config.subnet_ids`. */
  path: string;
  /** As a person would write it, with address and indices. */
  name: string;
  at: string;
}

/** What a place comes to. */
interface Settled {
  kind: Part["kind"];
  value?: unknown;
  why?: string;
  /** A document written elsewhere that stands here. */
  stand?: Part;
}

const AFTER_APPLY = "known after apply";

/** A part of a planned resource. Unknown mentions of another resource read as that resource's canonical text. */
export class TerraformPart implements Part {
  readonly at: string;
  readonly resource: PlannedResource;
  private readonly reader: Reader;
  private readonly place: Place;
  /** False inside what a dynamic block makes: its expressions are in no plan. */
  private readonly shown: boolean;
  private memo: Settled | undefined;

  constructor(resource: PlannedResource, reader: Reader, place: Place, shown = place.written !== undefined) {
    this.at = place.at;
    this.resource = resource;
    this.reader = reader;
    this.place = place;
    this.shown = shown;
  }

  get kind(): Part["kind"] {
    return this.settled.kind;
  }

  get why(): string {
    return this.settled.kind === "unknown" ? (this.settled.why ?? AFTER_APPLY) : "";
  }

  get text(): string {
    return typeof this.settled.value === "string" ? this.settled.value : "";
  }

  get number(): number {
    return typeof this.settled.value === "number" ? this.settled.value : 0;
  }

  get boolean(): boolean {
    return this.settled.value === true;
  }

  field(name: string): Part {
    const { stand, value } = this.settled;
    if (stand !== undefined) return stand.field(name);
    const inner = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return this.inner(inner, maskOf(this.place.mask, name), writtenField(this.place.written, name), name, `.${name}`);
  }

  /** A field of a block of which there is at most one (`durable_config[0]`); absent where the block is. */
  block(name: string): TerraformPart {
    const block = this.attribute(name);
    return block.kind === "list" ? (block.parts()[0] ?? block.inner(undefined, undefined, undefined, 0, "[0]")) : block;
  }

  /** As `field`, for a resource's own attributes, which are never a document from elsewhere. */
  attribute(name: string): TerraformPart {
    const value = this.settled.value;
    const inner = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return this.inner(inner, maskOf(this.place.mask, name), writtenField(this.place.written, name), name, `.${name}`);
  }

  fields(): [string, Part][] {
    const { stand, value } = this.settled;
    if (stand !== undefined) return stand.fields();
    if (this.settled.kind !== "map") return [];
    const names = new Set(isMap(value) ? Object.keys(value) : []);
    if (isMap(this.place.mask)) for (const name of Object.keys(this.place.mask)) names.add(name);
    return [...names].map((name) => [name, this.field(name)]);
  }

  items(): Part[] {
    return this.settled.stand?.items() ?? this.parts();
  }

  /** A list's items, or the blocks of a repeated block. */
  parts(): TerraformPart[] {
    const { value } = this.settled;
    if (!Array.isArray(value)) return [];
    const { mask, written, path } = this.place;
    return value.map((item, index) => {
      const inner = SET_BLOCKS.has(path) ? writtenMember(written, item) : writtenItem(written, index, value.length);
      return this.inner(item, maskOf(mask, index), inner, index, `[${index}]`, path);
    });
  }

  private inner(value: unknown, mask: unknown, written: unknown, at: string | number, name: string, path?: string) {
    const place: Place = {
      ...{ value, mask, written, path: path ?? `${this.place.path}.${at}` },
      ...{ name: `${this.place.name}${name}`, at: step(this.place.at, at) },
      ofWhole: written !== undefined && written === this.place.written,
    };
    const shown = this.shown && !(typeof at === "number" && written === undefined);
    return new TerraformPart(this.resource, this.reader, place, shown);
  }

  /** What the expression behind an unknown value mentions. */
  followed(): Followed {
    const expression = simpleExpression(this.place.written);
    if (expression === undefined) return { targets: [], deadEnds: [] };
    return this.reader.references.follow(expression, ...this.lookingFor());
  }

  /**
   * What the expression behind several unknown values mentions, as texts: one for each, in no order that can be relied
   * on. Undefined where it cannot be said that each has one.
   */
  every(): string[] | undefined {
    const expression = simpleExpression(this.place.written);
    const expected = EXPECTED[this.place.path];
    const targets = expression && this.reader.references.followEvery(expression, ...this.lookingFor());
    if (!targets?.every(({ resource }) => expected?.types.includes(resource.type))) return undefined;
    return targets.map((target) => this.textOf(target, expected));
  }

  private lookingFor(): [Written, Wanted] {
    const { scope, key, block, action } = this.resource;
    const types = EXPECTED[this.place.path]?.types;
    return [
      { scope, key, forEach: block?.forEach },
      { types, known: action === "unplanned" },
    ];
  }

  /**
   * The texts of a list that names other resources. Where the list, or items of it, are not known, the plan shows what
   * is mentioned; `unread` then says that more may be in it.
   */
  listed(): { texts: { at: string; text: Value<string> }[]; unread?: string } {
    const whole = this.isUnknown();
    const parts = whole ? [] : this.parts();
    const texts = parts.filter((part) => part.kind === "text").map(({ at, text }) => ({ at, text: { known: text } }));
    const open = whole && this.kind !== "absent" ? this : parts.find((part) => part.kind === "unknown");
    if (open === undefined) return { texts };
    const every = whole ? undefined : open.every();
    if (every?.length === parts.filter((part) => part.kind === "unknown").length) {
      return { texts: [...texts, ...every.map((text) => ({ at: open.at, text: { known: text } }))] };
    }
    const { targets, deadEnds } = open.followed();
    const expected = EXPECTED[this.place.path];
    const mentioned = targets.filter(({ resource }) => expected?.types.includes(resource.type));
    const found = [...new Set(mentioned.map((target) => this.textOf(target, expected)))];
    const unread = open.because([...targets.map(nameOfTarget), ...deadEnds]);
    return { texts: [...texts, ...found.map((text) => ({ at: open.at, text: { known: text } }))], unread };
  }

  private get settled(): Settled {
    this.memo ??= this.settle();
    return this.memo;
  }

  private settle(): Settled {
    const { value, mask, written, path, ofWhole } = this.place;
    if (!this.isUnknown()) {
      const shown = value ?? shapeOf(mask);
      return constant(shown);
    }
    const expression = simpleExpression(written);
    if (this.resource.action === "unplanned") {
      if (expression?.isConstant) return constant(expression.constant);
      if (Array.isArray(written)) return { kind: "list", value: written.map(() => ({})) };
    }
    if (mask === true && path === this.resource.type) return { kind: "map", value: {} };
    if (expression === undefined) {
      const unset = this.shown && written === undefined && !WRITTEN_BLOCKS.has(path);
      return unset ? { kind: "absent" } : { kind: "unknown", why: this.because([]) };
    }
    const [followed, expected] = [this.followed(), EXPECTED[path]];
    const isOpen = followed.targets.length > 0 || followed.deadEnds.length > 0;
    // nothing in the whole is unknown, so that this part is not written and the provider fills it in
    if (expected !== undefined && ofWhole === true && !isOpen) return { kind: "absent" };
    return this.resolve(followed, expected);
  }

  private isUnknown(): boolean {
    const { value, mask, written } = this.place;
    if (mask === true) return true;
    // values without a mask (planned_values): what is written and missing is not known yet
    const { unknown, action } = this.resource;
    return unknown === undefined && action !== "stays" && value === undefined && written !== undefined;
  }

  private resolve({ targets, deadEnds }: Followed, expected: Expected | undefined): Settled {
    const unknown = { kind: "unknown", why: this.because([...targets.map(nameOfTarget), ...deadEnds]) } as const;
    const [first] = targets;
    if (expected === undefined || first === undefined || deadEnds.length > 0) return unknown;
    if (!targets.every(({ resource }) => expected.types.includes(resource.type))) return unknown;
    if (expected.only && !targets.every(({ attribute }) => attribute === expected.by)) return unknown;
    if (first.resource.type === "aws_iam_policy_document") {
      const stand = targets.length === 1 ? this.reader.document(first.resource) : undefined;
      return stand === undefined ? unknown : { kind: stand.kind, stand, why: stand.why, value: stand.text };
    }
    const texts = new Set(targets.map((target) => this.textOf(target, expected)));
    const [text] = texts;
    const alias = expected.qualifiable && targets.length === 1 ? this.aliasBehind(first) : undefined;
    if (alias !== undefined) return { kind: "text", value: alias };
    if (texts.size === 1) return { kind: "text", value: text };
    const version = versionOf(targets);
    if (version === undefined) return unknown;
    return { kind: "text", value: `${this.reader.identity.text(version, "arn")}:${FRESH.version}` };
  }

  /** `"${x.arn}:${aws_lambda_alias.a.name}"`: with a function's ARN and an alias's name nothing else can be built. */
  private aliasBehind({ resource, attribute }: Target): string | undefined {
    const expression = simpleExpression(this.place.written);
    if (expression === undefined || attribute !== "arn") return undefined;
    const [place, wanted] = this.lookingFor();
    const { targets, deadEnds } = this.reader.references.follow(expression, place, { ...wanted, known: true });
    const [alias, ...others] = targets.filter((target) => target.resource !== resource);
    if (alias?.resource.type !== "aws_lambda_alias" || alias.attribute !== "name") return undefined;
    if (others.length > 0 || deadEnds.length > 0 || targets.length !== 2) return undefined;
    const { identity } = this.reader;
    return `${identity.text(resource, "arn")}:${identity.text(alias.resource, "name")}`;
  }

  private textOf({ resource, attribute }: Target, expected: Expected | undefined): string {
    const { identity } = this.reader;
    const by = expected?.by ?? "arn";
    const isFunction = resource.type.includes("_lambda_");
    const named = isFunction ? (attribute ?? by) : by;
    const text = identity.text(resource, named);
    const ends = resource.type === "aws_lambda_alias" || !["arn", "function_name", "id"].includes(named);
    // `x.arn` and `"${x.arn}:live"` look the same in a plan
    return expected?.qualifiable && !ends ? `${text}:${hole("a qualifier that the plan does not show")}` : text;
  }

  private because(names: string[]): string {
    const shown = names.length > 5 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
    const state = this.resource.action === "unplanned" ? "not in the plan" : AFTER_APPLY;
    return `${this.place.name} is ${state}${shown.length === 0 ? "" : ` (${shown.join(", ")})`}`;
  }
}

/** What stands in the plan as it will be: nothing in it is filled in any more. */
function constant(value: unknown): Settled {
  return { kind: kindOf(value), value: typeof value === "string" ? plain(value) : value };
}

function nameOfTarget({ resource, attribute }: Target): string {
  return attribute === undefined ? resource.address : `${resource.address}.${attribute}`;
}

/** The function of `"${x.arn}:${x.version}"`. */
function versionOf(targets: Target[]): PlannedResource | undefined {
  const [first] = targets;
  if (first === undefined || targets.length !== 2 || targets.some(({ resource }) => resource !== first.resource))
    return;
  const attributes = targets.map(({ attribute }) => attribute);
  return attributes.includes("version") && attributes.includes("arn") ? first.resource : undefined;
}

/** Of a value that is missing because parts of it are not known, the mask still shows the shape. */
function shapeOf(mask: unknown): unknown {
  if (Array.isArray(mask)) return mask.length === 0 ? undefined : mask.map((item) => shapeOf(item) ?? {});
  return isMap(mask) && Object.keys(mask).length > 0 ? {} : undefined;
}

function maskOf(mask: unknown, name: string | number): unknown {
  if (mask === true) return true;
  if (Array.isArray(mask)) return typeof name === "number" ? mask[name] : undefined;
  return isMap(mask) && Object.hasOwn(mask, name) ? mask[name] : undefined;
}

/** The expression at a place, when it is one and not a block. */
function simpleExpression(written: unknown): Expression | undefined {
  if (!isMap(written)) return undefined;
  const isBlock = Object.keys(written).some((name) => name !== "constant_value" && name !== "references");
  return isBlock ? undefined : expressionOf(written);
}

/** Inside one expression for a whole value, every part of the value has that expression. */
function writtenField(written: unknown, name: string): unknown {
  const expression = simpleExpression(written);
  if (expression === undefined || (isMap(written) && Object.keys(written).length === 0)) {
    return isMap(written) && Object.hasOwn(written, name) ? written[name] : undefined;
  }
  if (!expression.isConstant) return written;
  const { constant } = expression;
  return isMap(constant) && Object.hasOwn(constant, name) ? { constant_value: constant[name] } : undefined;
}

/** Blocks are matched by position; with a dynamic block among them the positions say nothing. */
function writtenItem(written: unknown, index: number, length: number): unknown {
  if (Array.isArray(written)) return written.length === length ? written[index] : undefined;
  const expression = simpleExpression(written);
  if (expression?.isConstant) {
    return Array.isArray(expression.constant) ? { constant_value: expression.constant[index] } : undefined;
  }
  return expression === undefined ? undefined : written;
}

/**
 * The block of a set that an item comes from, by what is constant in it. Where several may be it, one that mentions all
 * that they mention, so that nothing is taken for the only mention.
 */
function writtenMember(written: unknown, item: unknown): unknown {
  if (!Array.isArray(written)) return undefined;
  const fitting = written.filter(isMap).filter((block) => fits(block, item));
  if (fitting.length < 2) return fitting[0];
  const names = new Set(fitting.flatMap((block) => Object.keys(block)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      { references: fitting.flatMap((block) => simpleExpression(block[name])?.references ?? []) },
    ]),
  );
}

function fits(block: Record<string, unknown>, item: unknown): boolean {
  return Object.entries(block).every(([name, written]) => {
    const expression = simpleExpression(written);
    const value = isMap(item) ? item[name] : undefined;
    if (expression === undefined || !expression.isConstant || value === undefined) return true;
    return sorted(expression.constant) === sorted(value);
  });
}

/** As text; lists without regard to order, as sets have none. */
function sorted(value: unknown): string {
  return Array.isArray(value)
    ? JSON.stringify(value.map((item) => JSON.stringify(item)).sort())
    : JSON.stringify(value);
}
