import { InputError } from "../errors";
import { isMap, step } from "../inventory/part";
import { MAX_YAML_LENGTH } from "../read/limits";
import { locate, type Template } from "./template";

/**
 * Expands `Fn::ForEach` (`AWS::LanguageExtensions` transform, "Fn::ForEach" in the CloudFormation guide) wherever it
 * stands in a template that names the transform. `lists` gives the values of list parameters. A loop whose collection is
 * not settled stays as it is and is reported as a part that cannot be read.
 */
export function expandLoops(template: Template, lists: Readonly<Record<string, string>>): Template {
  if (!namesTransform(template.body["Transform"])) return template;
  const origins = new Map(template.origins);
  const loops = new Loops(template, lists, origins);
  const body: Record<string, unknown> = {};
  for (const [section, value] of Object.entries(template.body)) {
    body[section] = loops.expand(value, step("", section), step("", section), []);
  }
  return { file: template.file, body, origins };
}

function namesTransform(transform: unknown): boolean {
  return [transform].flat().includes("AWS::LanguageExtensions");
}

/** What an identifier stands for in one turn of a loop. */
interface Binding {
  identifier: string;
  value: string;
}

const LOOP = "Fn::ForEach::";

/** What a list or mapping weighs beside its text: about the punctuation it takes to write one. */
const NODE_WEIGHT = 16;

class Loops {
  private readonly template: Template;
  private readonly lists: Readonly<Record<string, string>>;
  private readonly origins: Map<string, string>;
  private written = 0;

  constructor(template: Template, lists: Readonly<Record<string, string>>, origins: Map<string, string>) {
    this.template = template;
    this.lists = lists;
    this.origins = origins;
  }

  /** `from` is where the value was written, `to` where it ends up. */
  expand(value: unknown, from: string, to: string, bindings: Binding[]): unknown {
    if (bindings.length > 0) this.count(typeof value === "string" ? sizeOf(value, bindings) : NODE_WEIGHT, from);
    if (typeof value === "string") return substituted(value, bindings);
    if (Array.isArray(value)) {
      return value.map((item, index) => this.expand(item, step(from, index), step(to, index), bindings));
    }
    if (!isMap(value)) return value;
    const bound = boundReference(value, bindings);
    if (bound !== undefined) return bound;
    const expanded: Record<string, unknown> = {};
    for (const [name, inside] of Object.entries(value))
      this.entry(name, inside, step(from, name), to, bindings, expanded);
    return expanded;
  }

  private entry(
    name: string,
    inside: unknown,
    from: string,
    to: string,
    bindings: Binding[],
    expanded: Record<string, unknown>,
  ): void {
    const loop = name.startsWith(LOOP) ? readLoop(inside) : undefined;
    const collection = loop && this.collection(loop.collection, bindings);
    if (loop === undefined || collection === undefined) {
      if (bindings.length > 0) this.count(sizeOf(name, bindings), from);
      const key = substituted(name, bindings);
      const place = step(to, key);
      if (place !== from) this.origins.set(place, locate(this.template, from));
      const value = this.expand(inside, from, place, bindings);
      Object.defineProperty(expanded, key, { value, enumerable: true, configurable: true, writable: true });
      return;
    }
    for (const value of collection) {
      const turn = [...bindings, { identifier: loop.identifier, value }];
      for (const [key, body] of Object.entries(loop.body)) {
        this.entry(key, body, step(step(from, 2), key), to, turn, expanded);
      }
    }
  }

  private count(characters: number, from: string): void {
    this.written += characters;
    if (this.written <= MAX_YAML_LENGTH) return;
    const what = `Loops write more than ${MAX_YAML_LENGTH} characters here.`;
    throw new InputError("DG023", what, this.template.file, undefined, from);
  }

  /** A list of texts, or a reference to a list parameter with a value. */
  private collection(value: unknown, bindings: Binding[]): string[] | undefined {
    if (isMap(value)) {
      const name = value["Ref"];
      const given = typeof name === "string" && Object.hasOwn(this.lists, name) ? this.lists[name] : undefined;
      return given?.split(",").map((item) => item.trim());
    }
    if (!Array.isArray(value)) return undefined;
    const items = value.flatMap((item) =>
      typeof item === "string" ? [substituted(item, bindings)] : (this.collection(item, bindings) ?? [undefined]),
    );
    return items.every((item) => item !== undefined) ? items : undefined;
  }
}

function readLoop(
  value: unknown,
): { identifier: string; collection: unknown; body: Record<string, unknown> } | undefined {
  if (!Array.isArray(value) || value.length !== 3) return undefined;
  const [identifier, collection, body] = value;
  return typeof identifier === "string" && isMap(body) ? { identifier, collection, body } : undefined;
}

/** `${X}` stands for the value, `&{X}` for its letters and digits. */
function substituted(text: string, bindings: Binding[]): string {
  return bindings.reduce(
    (soFar, { identifier, value }) =>
      soFar.replaceAll(`\${${identifier}}`, value).replaceAll(`&{${identifier}}`, value.replace(/[^A-Za-z0-9]/g, "")),
    text,
  );
}

/** About as long as what is substituted: no longer than if all of it were the longest value. */
function sizeOf(text: string, bindings: Binding[]): number {
  if (!/[$&]\{/.test(text)) return text.length;
  const longest = Math.max(...bindings.map(({ value }) => value.length));
  return text.length + (text.split("{").length - 1) * longest;
}

function boundReference(value: Record<string, unknown>, bindings: Binding[]): string | undefined {
  if (Object.keys(value).length !== 1) return undefined;
  return bindings.find(({ identifier }) => value["Ref"] === identifier)?.value;
}
