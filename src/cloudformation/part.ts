import { isMap, kindOf, type Part, step, unknownPart } from "../inventory/part";
import { hole, plain } from "../inventory/text";
import { evaluate } from "./intrinsics";
import type { Scope } from "./scope";
import { locate } from "./template";

/** What an intrinsic function comes to: a value at a place in the template, nothing, or something unknown. */
export type Settled =
  | { value: unknown; pointer: string; final?: boolean }
  | { unknown: string; pointer: string }
  | { absent: true; pointer: string };

/** Texts of functions that are longer count against what a stack may say (`Scope.spend`). */
const LONG = 4096;

/** A place in a CloudFormation template, its intrinsic functions evaluated in a scope. */
export class CloudFormationPart implements Part {
  readonly kind: Part["kind"];
  readonly why: string;
  readonly text: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly parameter?: { name: string; secret: boolean };
  private readonly value: unknown;
  private readonly pointer: string;
  private readonly scope: Scope;
  /** Nothing below is an intrinsic function any more, and texts have their holes. */
  private readonly final: boolean;

  constructor(raw: unknown, pointer: string, scope: Scope, final = false) {
    const settled = final ? { value: raw, pointer, final } : settle(raw, pointer, scope);
    this.scope = scope;
    this.pointer = settled.pointer;
    this.why = "unknown" in settled ? settled.unknown : "";
    this.value = "value" in settled ? settled.value : undefined;
    this.final = "value" in settled && settled.final === true;
    this.kind = "unknown" in settled ? "unknown" : kindOf(this.value);
    this.text = typeof this.value === "string" ? dynamicReferences(this.final ? this.value : plain(this.value)) : "";
    if (this.final && !final && this.text.length > LONG) scope.spend(this.text.length);
    this.number = typeof this.value === "number" ? this.value : 0;
    this.boolean = this.value === true;
    const declared = final ? undefined : referredParameter(raw, scope);
    if (declared !== undefined) this.parameter = { name: declared.name, secret: declared.secret };
  }

  /** Made when it is asked for: most parts are never mentioned. */
  get at(): string {
    return locate(this.scope.template, this.pointer);
  }

  field(name: string): Part {
    if (this.kind === "unknown") return unknownPart(this.why, this.at);
    const pointer = step(this.pointer, name);
    if (!isMap(this.value)) return new CloudFormationPart(undefined, pointer, this.scope, true);
    // Fn::Transform beside other keys (AWS::Include) adds fields that are not here.
    if (!Object.hasOwn(this.value, name) && Object.hasOwn(this.value, "Fn::Transform")) {
      return unknownPart("Fn::Transform", locate(this.scope.template, pointer));
    }
    const inside = Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new CloudFormationPart(inside, pointer, this.scope, this.final);
  }

  fields(): [string, Part][] {
    if (!isMap(this.value)) return [];
    return Object.keys(this.value)
      .filter((name) => name !== "Fn::Transform")
      .map((name): [string, Part] => [name, this.field(name)])
      .filter(([, part]) => part.kind !== "absent");
  }

  items(): Part[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.flatMap((item, index) => {
      const part = new CloudFormationPart(item, step(this.pointer, index), this.scope, this.final);
      return part.kind === "absent" ? [] : [part];
    });
  }
}

/** Evaluates intrinsic functions at one place until a plain value is left; what is below stays for later. */
export function settle(raw: unknown, pointer: string, scope: Scope): Settled {
  let at: Settled = { value: raw, pointer };
  // An intrinsic may give another one (Fn::If, Fn::Select, Fn::FindInMap); the depth of a document bounds how often.
  while ("value" in at && !at.final) {
    const call = intrinsic(at.value);
    if (call === undefined) break;
    at = evaluate(call.name, call.argument, step(at.pointer, call.name), scope);
  }
  return at;
}

function referredParameter(raw: unknown, scope: Scope) {
  const call = intrinsic(raw);
  return call?.name === "Ref" && typeof call.argument === "string" ? scope.parameters.get(call.argument) : undefined;
}

/** The one key of a map that calls an intrinsic function; unlisted `Fn::…` are calls too. */
function intrinsic(value: unknown): { name: string; argument: unknown } | undefined {
  if (!isMap(value)) return undefined;
  const keys = Object.keys(value);
  const name = keys.find((key) => key === "Ref" || key.startsWith("Fn::"));
  if (name === undefined || (keys.length > 1 && (name === "Ref" || name === "Fn::Transform"))) return undefined;
  if (keys.length > 1) return { name: "Fn::malformed", argument: undefined };
  return { name, argument: value[name] };
}

/** Dynamic references (`{{resolve:ssm:…}}`) are settled at deployment: holes until then. */
function dynamicReferences(text: string): string {
  return text.includes("{{resolve:")
    ? text.replace(/\{\{(resolve:[^{}]*)\}\}/g, (_, reference) => hole(reference))
    : text;
}
