import { isMap, type Part, step } from "../inventory/part";
import { hasHole, hole, joined, pieces, plain, shown, soleHole } from "../inventory/text";
import { cidrBlocks } from "./cidr";
import { CloudFormationPart, type Settled } from "./part";
import type { Scope } from "./scope";

/**
 * Evaluates one intrinsic function ("Intrinsic function reference" in the CloudFormation guide). `pointer` is that of
 * the argument. A function that is not listed there, or not settled by the documents, is unknown, never a map.
 */
export function evaluate(name: string, argument: unknown, pointer: string, scope: Scope): Settled {
  const intrinsic = INTRINSICS[name];
  if (intrinsic === undefined) return { unknown: name, pointer };
  return intrinsic(argument, pointer, scope);
}

type Intrinsic = (argument: unknown, pointer: string, scope: Scope) => Settled;

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (argument, pointer, scope) => {
    if (typeof argument !== "string") return { unknown: "Ref", pointer };
    return referred(argument, pointer, scope);
  },
  "Fn::GetAtt": getAtt,
  "Fn::Sub": substitute,
  "Fn::Join": join,
  "Fn::Select": select,
  "Fn::Split": split,
  "Fn::If": choose,
  "Fn::FindInMap": findInMap,
  "Fn::ImportValue": (argument, pointer, scope) => {
    const imported = textOf(new CloudFormationPart(argument, pointer, scope));
    const exported = scope.neighbourhood.exports?.named(imported);
    return text(exported ?? hole(`Fn::ImportValue ${imported}`), pointer);
  },
  "Fn::GetStackOutput": stackOutput,
  "Fn::Base64": (argument, pointer, scope) => {
    const decoded = textOf(new CloudFormationPart(argument, pointer, scope));
    return bounded(
      [hasHole(decoded) ? hole("Fn::Base64") : Buffer.from(shown(decoded)).toString("base64")],
      "",
      pointer,
    );
  },
  "Fn::Cidr": (argument, pointer, scope) => {
    const parts = new CloudFormationPart(argument, pointer, scope).items();
    const [block = "", count = "", bits = ""] = parts.map(textOf);
    const blocks = parts.length === 3 ? cidrBlocks(block, numberOf(count), numberOf(bits)) : undefined;
    return blocks === undefined
      ? { unknown: ["Fn::Cidr", ...parts.map(textOf)].join(" "), pointer }
      : { value: blocks, pointer, final: true };
  },
  // Which zones an account has in a Region is not in the documents.
  "Fn::GetAZs": (argument, pointer, scope) => {
    const region = textOf(new CloudFormationPart(argument, pointer, scope));
    return { unknown: ["", scope.deployment.region].includes(region) ? "Fn::GetAZs" : `Fn::GetAZs ${region}`, pointer };
  },
  "Fn::Length": (argument, pointer, scope) => {
    const list = new CloudFormationPart(argument, pointer, scope);
    if (list.kind !== "list") return { unknown: "Fn::Length", pointer };
    return { value: list.items().length, pointer, final: true };
  },
  "Fn::ToJsonString": (argument, pointer, scope) => {
    const data = plainOf(new CloudFormationPart(argument, pointer, scope));
    return data === undefined ? { unknown: "Fn::ToJsonString", pointer } : bounded([JSON.stringify(data)], "", pointer);
  },
  "Fn::Transform": (argument, pointer) => {
    const macro = isMap(argument) && typeof argument["Name"] === "string" ? ` ${argument["Name"]}` : "";
    return { unknown: `Fn::Transform${macro}`, pointer };
  },
};

/** "Fn::GetStackOutput": an output of another stack, exported or not, of this Region or another. */
function stackOutput(argument: unknown, pointer: string, scope: Scope): Settled {
  const part = new CloudFormationPart(argument, pointer, scope);
  const [stack, output, region] = ["StackName", "OutputName", "Region"].map((name) => textOf(part.field(name)));
  if (!stack || !output) return { unknown: "Fn::GetStackOutput", pointer };
  const here = !region || region === scope.deployment.region;
  const value = here ? scope.neighbourhood.exports?.output(stack, output) : undefined;
  return text(value ?? hole(`Fn::GetStackOutput ${region ? `${region} ` : ""}${stack} ${output}`), pointer);
}

/** Longer texts are unknown: no template, policy or name that AWS takes is longer ("CloudFormation quotas"). */
const LONGEST = 1024 * 1024;

/** Pieces put together, with a delimiter between; counted first, because a page of `${A}` may stand for gigabytes. */
function bounded(pieces: string[], delimiter: string, pointer: string): Settled {
  const length = pieces.reduce((sum, piece) => sum + piece.length + delimiter.length, 0);
  if (length > LONGEST) return { unknown: `a text of more than ${LONGEST} characters`, pointer };
  return text(joined(pieces, delimiter), pointer);
}

/** Text that is final: what it holds was not written as intrinsic functions. */
function text(value: string, pointer: string): Settled {
  return { value, pointer: pointer.slice(0, pointer.lastIndexOf("/")), final: true };
}

function referred(name: string, pointer: string, scope: Scope): Settled {
  if (name === "AWS::NoValue") return { absent: true, pointer };
  if (scope.parameters.has(name)) {
    const value = scope.parameter(name);
    if (value === undefined) return { unknown: `Ref ${name}`, pointer };
    return typeof value === "string" ? text(value, pointer) : { value, pointer, final: true };
  }
  if (name === "AWS::NotificationARNs") return { unknown: `Ref ${name}`, pointer };
  return text(scope.pseudo(name) ?? scope.reference(name), pointer);
}

function getAtt(argument: unknown, pointer: string, scope: Scope): Settled {
  const names = typeof argument === "string" ? dotted(argument) : argument;
  if (!Array.isArray(names) || typeof names[0] !== "string") return { unknown: "Fn::GetAtt", pointer };
  const attribute = names
    .slice(1)
    .map((name, index) => textOf(new CloudFormationPart(name, step(pointer, index + 1), scope)))
    .join(".");
  return text(scope.reference(names[0], attribute), pointer);
}

/** `A.B.C` is attribute `B.C` of `A`. */
function dotted(name: string): string[] {
  const dot = name.indexOf(".");
  return dot === -1 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
}

const VARIABLE = /\$\{(!?)([^{}]*)\}/g;

function substitute(argument: unknown, pointer: string, scope: Scope): Settled {
  const [written, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof written !== "string") return { unknown: "Fn::Sub", pointer };
  const own = new CloudFormationPart(variables, step(pointer, 1), scope);
  const known = new Map<string, string>();
  const filled = (name: string) => {
    const value = known.get(name) ?? variable(name, own, pointer, scope);
    known.set(name, value);
    return value;
  };
  const parts: string[] = [];
  let end = 0;
  for (const match of written.matchAll(VARIABLE)) {
    const [whole, literal, name = ""] = match;
    parts.push(plain(written.slice(end, match.index)), literal === "!" ? plain(`\${${name}}`) : filled(name.trim()));
    end = match.index + whole.length;
  }
  return bounded([...parts, plain(written.slice(end))], "", pointer);
}

function variable(name: string, own: Part, pointer: string, scope: Scope): string {
  const mine = own.field(name);
  if (mine.kind !== "absent") return textOf(mine);
  if (name === "") return plain("${}");
  const dot = name.indexOf(".");
  if (dot !== -1) return scope.reference(name.slice(0, dot), name.slice(dot + 1));
  return textOf(new CloudFormationPart({ Ref: name }, pointer, scope));
}

function join(argument: unknown, pointer: string, scope: Scope): Settled {
  const [delimiter, list] = new CloudFormationPart(argument, pointer, scope).items();
  if (delimiter?.kind !== "text" || list === undefined) return { unknown: "Fn::Join", pointer };
  if (list.kind === "list") return bounded(list.items().map(textOf), delimiter.text, pointer);
  const items = list.why || soleHole(list.text) || "of what is no list";
  return text(hole(`Fn::Join ${delimiter.text} ${items}`), pointer);
}

function split(argument: unknown, pointer: string, scope: Scope): Settled {
  const [delimiter, source] = new CloudFormationPart(argument, pointer, scope).items();
  if (delimiter === undefined || source?.kind !== "text" || delimiter.text === "")
    return { unknown: "Fn::Split", pointer };
  const open = soleHole(source.text);
  if (open !== undefined) return { unknown: `Fn::Split ${delimiter.text} ${open}`, pointer };
  return { value: splitOutsideHoles(source.text, delimiter.text), pointer, final: true };
}

function splitOutsideHoles(source: string, delimiter: string): string[] {
  const items = [""];
  for (const piece of pieces(source)) {
    const [first = "", ...more] = piece.hole ? [piece.text] : piece.text.split(delimiter);
    items[items.length - 1] += first;
    items.push(...more);
  }
  return items;
}

function select(argument: unknown, pointer: string, scope: Scope): Settled {
  if (!Array.isArray(argument) || argument.length !== 2) return { unknown: "Fn::Select", pointer };
  const index = numberOf(textOf(new CloudFormationPart(argument[0], step(pointer, 0), scope)));
  const list = new CloudFormationPart(argument[1], step(pointer, 1), scope);
  if (!Number.isInteger(index)) return { unknown: "Fn::Select", pointer };
  if (list.kind !== "list") return text(hole(`${list.why || "Fn::Select"} ${index}`), pointer);
  const chosen = list.items()[index];
  if (chosen === undefined) return { unknown: "Fn::Select", pointer };
  return settledAs(chosen, pointer);
}

/** A number as it is written; NaN for what is none, an empty text too. */
function numberOf(written: string): number {
  return written.trim() === "" ? Number.NaN : Number(written);
}

/** A part that is settled already, as the outcome of a function. */
function settledAs(part: Part, pointer: string): Settled {
  if (part.kind === "unknown") return { unknown: part.why, pointer };
  if (part.kind === "absent") return { absent: true, pointer };
  const plain = plainOf(part);
  return plain === undefined ? { unknown: "Fn::Select", pointer } : { value: plain, pointer, final: true };
}

function choose(argument: unknown, pointer: string, scope: Scope): Settled {
  if (!Array.isArray(argument) || typeof argument[0] !== "string" || argument.length !== 3) {
    return { unknown: "Fn::If", pointer };
  }
  const truth = scope.condition(argument[0]);
  if (truth === undefined) return { unknown: openChoice(argument[0], argument.slice(1), scope), pointer };
  const branch = truth ? 1 : 2;
  return { value: argument[branch], pointer: step(pointer, branch) };
}

/** What an open condition chooses: the same from the same branches, another thing from others. They may hold secrets. */
function openChoice(condition: string, branches: unknown[], scope: Scope): string {
  const numbers = scope.branches.get(condition) ?? new Map<string, number>();
  scope.branches.set(condition, numbers);
  const written = JSON.stringify(branches);
  const number = numbers.get(written) ?? numbers.size + 1;
  numbers.set(written, number);
  return `Fn::If ${scope.address(condition)}${number === 1 ? "" : ` (${number})`}`;
}

function findInMap(argument: unknown, pointer: string, scope: Scope): Settled {
  const [map, top, second, options] = new CloudFormationPart(argument, pointer, scope).items();
  const [name, first, last] = [map, top, second].map((part) => (part === undefined ? "" : textOf(part)));
  const mappings = scope.template.body["Mappings"];
  const found = lookUp(mappings, [name ?? "", first ?? "", last ?? ""]);
  if (found !== undefined) return { value: found, pointer };
  if (options?.kind === "map") {
    const fallback = options.field("DefaultValue");
    if (fallback.kind !== "absent" && ![name, first, last].some((key) => hasHole(key ?? ""))) {
      return settledAs(fallback, pointer);
    }
  }
  return text(hole(`Fn::FindInMap ${name}.${first}.${last}`), pointer);
}

/** One value of a mapping; where a key is not settled, the value all its entries agree on. */
function lookUp(mappings: unknown, keys: string[]): unknown {
  let level: unknown[] = [mappings];
  for (const key of keys) {
    level = level.flatMap((map) => {
      if (!isMap(map)) return [];
      if (hasHole(key)) return Object.values(map);
      return Object.hasOwn(map, key) ? [map[key]] : [];
    });
  }
  const [first, ...others] = level;
  return others.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined;
}

/** A part in a place that takes text: numbers and booleans as they are written, a hole for what is not known. */
export function textOf(part: Part): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "number":
      return String(part.number);
    case "boolean":
      return String(part.boolean);
    case "absent":
      return "";
    default:
      return hole(part.why || "not a text");
  }
}

/** A part as plain data; undefined when something in it is unknown. */
export function plainOf(part: Part): unknown {
  switch (part.kind) {
    case "list": {
      const items = part.items().map(plainOf);
      return items.includes(undefined) ? undefined : items;
    }
    case "map": {
      const fields = part.fields().map(([name, inside]) => [plain(name), plainOf(inside)] as const);
      return fields.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(fields);
    }
    case "text":
      return part.text;
    case "number":
      return part.number;
    case "boolean":
      return part.boolean;
    default:
      return undefined;
  }
}
