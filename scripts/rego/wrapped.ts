/**
 * Refuses Rego that looks inside a value which may not be known. Rego takes `{"unknown": why}` to be greater than any
 * number, different from any text and true, so a comparison, `not` or a bare mention of such a field is quietly wrong;
 * `opa check` does not see it. Outside lib/value these fields may only be handed on to functions of the policy itself.
 *
 * Types follow `input`, `some`, `every`, `:=`, comprehensions and rules of the same file. What comes in as a function's
 * argument has no type: there a field counts as wrapped when it is so in every type of the inventory that has it.
 */
import {
  comprehension,
  type Expression,
  isEvery,
  isSome,
  type Module,
  mentions,
  operatorName,
  pairsOf,
  partsOf,
  type Rule,
  source,
  type Term,
  termsOf,
} from "./tree";

/** As much of JSON Schema as the inventory uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  definitions?: Record<string, Schema>;
}

/** A wrapped value, a part of the inventory, or undefined for anything else. */
type Kind = "wrapped" | Schema | undefined;
type Names = Map<string, Kind>;

export interface Complaint {
  file: string;
  line: number;
  text: string;
}

/** Checks one parsed file against the inventory's schema. */
export function checkModule(file: string, module: Module, schema: Schema): Complaint[] {
  return new Checker(file, module, schema).run();
}

class Checker {
  private readonly file: string;
  private readonly schema: Schema;
  private readonly complaints: Complaint[] = [];
  private readonly imports: Map<string, string>;
  private readonly rules = new Map<string, Rule[]>();
  private readonly ruleKinds = new Map<string, Kind>();
  private readonly alwaysWrapped: Set<string>;

  constructor(file: string, module: Module, schema: Schema) {
    this.file = file;
    this.schema = schema;
    this.imports = new Map((module.imports ?? []).map((each) => importName(each)));
    for (const rule of module.rules ?? []) {
      const name = String(rule.head.ref[0]?.value);
      this.rules.set(name, [...(this.rules.get(name) ?? []), rule]);
    }
    this.alwaysWrapped = this.namesAlwaysWrapped();
  }

  run(): Complaint[] {
    for (const rules of this.rules.values()) for (const rule of rules) this.rule(rule);
    return this.complaints;
  }

  private rule(rule: Rule): void {
    const names: Names = new Map((rule.head.args ?? []).map((argument) => [String(argument.value), undefined]));
    this.body(rule.body, names);
    for (const term of [rule.head.key, rule.head.value]) if (term) this.term(term, names);
    if (rule.else) this.rule({ ...rule.else, head: { ...rule.else.head, args: rule.head.args ?? [] } });
  }

  /** Binds what the body introduces, then looks at each expression. */
  private body(body: Expression[], names: Names): void {
    this.bind(body, names);
    for (const expression of body) this.expression(expression, names);
  }

  private bind(body: Expression[], names: Names): void {
    for (const { terms } of body) {
      if (isSome(terms)) {
        const call = terms.symbols[0];
        if (call?.type !== "call") continue;
        const [, ...operands] = termsOf(call);
        const collection = operands.at(-1);
        const member = operands.at(-2);
        if (collection && member) names.set(String(member.value), this.element(this.kind(collection, names)));
      } else if (Array.isArray(terms) && operatorName(terms) === "assign") {
        const [, variable, given] = terms;
        if (variable?.type === "var" && given) names.set(String(variable.value), this.kind(given, names));
      }
    }
  }

  private expression(expression: Expression, names: Names): void {
    const { terms } = expression;
    if (expression.negated && mentions(terms, (term) => this.isCallOf(term, "known"))) {
      this.complain(
        expression,
        "`not` over value.known is true for an unknown value; ask lib/value and say which answer",
      );
    }
    if (isSome(terms)) {
      for (const symbol of terms.symbols) for (const operand of termsOf(symbol).slice(1)) this.term(operand, names);
    } else if (isEvery(terms)) {
      const inside = new Map(names).set(String(terms.value.value), this.element(this.kind(terms.domain, names)));
      this.term(terms.domain, names);
      this.body(terms.body, inside);
    } else if (Array.isArray(terms)) {
      this.call(terms, names);
    } else {
      this.refuse(terms, names, expression.negated ? "below `not`" : "asked for its truth");
      this.term(terms, names);
    }
  }

  private call(terms: Term[], names: Names): void {
    const [operator, ...operands] = terms;
    if (operator === undefined) return;
    const name = operatorName(terms);
    const isOurs = this.isOurs(operator);
    if (!isOurs && name !== "assign") for (const operand of operands) this.refuse(operand, names, `in \`${name}\``);
    if (this.isFunction(operator, "optional")) this.fieldName(operands, names, true);
    if (name === "object.get") this.fieldName(operands, names, false);
    for (const operand of operands) this.term(operand, names);
  }

  private term(term: Term, names: Names): void {
    if (term.type === "call") this.call(termsOf(term), names);
    else if (term.type === "ref") this.reference(term, names);
    else if (term.type.endsWith("comprehension")) {
      const { body, heads } = comprehension(term);
      const inside = new Map(names);
      this.body(body, inside);
      for (const head of heads) this.term(head, inside);
    } else if (term.type === "templatestring") {
      for (const part of partsOf(term)) if ("terms" in part) this.expression(part, names);
    } else if (term.type === "object") {
      for (const each of pairsOf(term).flat()) this.term(each, names);
    } else if (term.type === "array" || term.type === "set") {
      for (const each of termsOf(term)) this.term(each, names);
    }
  }

  private reference(term: Term, names: Names): void {
    const [base, ...steps] = termsOf(term);
    if (base === undefined || this.isOurs(term)) return;
    if (base.type !== "var") this.term(base, names);
    const opened = steps.find((step) => step.type === "string" && (step.value === "known" || step.value === "unknown"));
    if (opened) this.complain(term, `\`.${opened.value}\` is opened; only lib/value does that`);
    for (const step of steps) if (step.type !== "string") this.term(step, names);
  }

  private refuse(term: Term, names: Names, where: string): void {
    if (this.kind(term, names) === "wrapped") {
      this.complain(term, `${source(term)} may be unknown and stands ${where}; ask lib/value`);
    }
  }

  /** The second argument of `value.optional` and `object.get` is not seen by `opa check --schema`. */
  private fieldName(operands: Term[], names: Names, wrapped: boolean): void {
    const [thing, name] = operands;
    if (thing === undefined || name === undefined) return;
    const kind = this.kind(thing, names);
    if (name.type !== "string") {
      if (wrapped) this.complain(name, "the field's name is written out in value.optional");
      return;
    }
    const field = String(name.value);
    if (typeof kind === "object" && kind.properties) {
      const found = this.property(kind, field);
      if (found === undefined) this.complain(name, `the inventory has no field "${field}" here`);
      else if (wrapped && found !== "wrapped") this.complain(name, `"${field}" is not a wrapped value here`);
    } else if (wrapped && !this.types().some((type) => this.property(type, field) === "wrapped")) {
      this.complain(name, `the inventory has no wrapped value "${field}"`);
    }
  }

  /** What a term is, as far as it can be told. */
  private kind(term: Term, names: Names): Kind {
    switch (term.type) {
      case "var": {
        const name = String(term.value);
        if (names.has(name)) return names.get(name);
        return name === "input" ? this.schema.definitions?.["Inventory"] : this.ruleKind(name);
      }
      case "ref":
        return this.referenceKind(term, names);
      case "call":
        return this.isCallOf(term, "optional") ? "wrapped" : undefined;
      case "arraycomprehension":
      case "setcomprehension": {
        const { body, heads } = comprehension(term);
        const inside = new Map(names);
        this.bind(body, inside);
        const item = heads[0] && this.kind(heads[0], inside);
        return listOf(item);
      }
      default:
        return undefined;
    }
  }

  private referenceKind(term: Term, names: Names): Kind {
    const [base, ...steps] = termsOf(term);
    if (base === undefined) return undefined;
    let kind = this.resolved(this.kind(base, names));
    for (const step of steps) {
      const field = step.type === "string" ? String(step.value) : undefined;
      if (kind === "wrapped") return undefined;
      if (kind === undefined) kind = field !== undefined && this.alwaysWrapped.has(field) ? "wrapped" : undefined;
      else if (field !== undefined) kind = this.property(kind, field);
      else kind = this.element(kind);
    }
    return kind;
  }

  /** A rule of this file that gathers things: `name := [x | …]`, `name contains x if …`. */
  private ruleKind(name: string): Kind {
    if (this.ruleKinds.has(name)) return this.ruleKinds.get(name);
    this.ruleKinds.set(name, undefined);
    const rule = this.rules.get(name)?.[0];
    if (rule === undefined || rule.head.args) return undefined;
    const names: Names = new Map();
    this.bind(rule.body, names);
    let kind: Kind;
    if (rule.head.key && !rule.head.value) kind = listOf(this.kind(rule.head.key, names));
    else if (rule.head.value) kind = this.kind(rule.head.value, names);
    this.ruleKinds.set(name, kind);
    return kind;
  }

  private element(kind: Kind): Kind {
    const resolved = this.resolved(kind);
    return typeof resolved === "object" ? this.resolved(resolved.items) : undefined;
  }

  private property(kind: Schema, name: string): Kind {
    return this.resolved(kind.properties?.[name]);
  }

  private resolved(kind: Kind): Kind {
    if (kind === undefined || kind === "wrapped" || kind.$ref === undefined) return kind;
    const name = decodeURIComponent(kind.$ref.replace("#/definitions/", ""));
    if (name.startsWith("Value<") || name === "wrapped") return "wrapped";
    return this.schema.definitions?.[name];
  }

  private types(): Schema[] {
    return Object.values(this.schema.definitions ?? {});
  }

  private namesAlwaysWrapped(): Set<string> {
    const wrapped = new Set<string>();
    const raw = new Set<string>();
    for (const type of this.types()) {
      for (const name of Object.keys(type.properties ?? {})) {
        (this.property(type, name) === "wrapped" ? wrapped : raw).add(name);
      }
    }
    return new Set([...wrapped].filter((name) => !raw.has(name)));
  }

  /** A reference to something the policy itself defines: an import, a rule of this file, or `data.…`. */
  private isOurs(term: Term): boolean {
    const base = term.type === "ref" ? termsOf(term)[0] : term;
    const name = base?.type === "var" ? String(base.value) : "";
    return name === "data" || this.imports.has(name) || this.rules.get(name)?.some((rule) => rule.head.args) === true;
  }

  private isCallOf(term: Term, name: string): boolean {
    const operator = term.type === "call" ? termsOf(term)[0] : undefined;
    return operator !== undefined && this.isFunction(operator, name);
  }

  /** True for the operator `value.NAME`, by whatever name lib/value is imported. */
  private isFunction(operator: Term, name: string): boolean {
    if (operator.type !== "ref") return false;
    const [base, ...steps] = termsOf(operator);
    const path = [
      this.imports.get(String(base?.value)) ?? String(base?.value),
      ...steps.map((step) => String(step.value)),
    ];
    return path.join(".") === `data.durable_guard.lib.value.${name}`;
  }

  private complain(node: Term | Expression, text: string): void {
    this.complaints.push({ file: this.file, line: node.location.row, text });
  }
}

function importName(each: { path: Term; alias?: string }): [string, string] {
  const path = termsOf(each.path).map((term) => String(term.value));
  return [each.alias ?? path.at(-1) ?? "", path.join(".")];
}

function listOf(item: Kind): Kind {
  if (item === undefined) return undefined;
  return { type: "array", items: item === "wrapped" ? { $ref: "#/definitions/wrapped" } : item };
}
