import { InputError } from "../errors";
import { isMap, step } from "../inventory/part";
import type { Document } from "../read/document";
import { includeOf, locationOf } from "./include";
import { Refusal } from "./rules";
import type { OpenIncluded } from "./survey";

/** A place in a source, with what the loops around it stand for. */
interface Place {
  document: Document;
  pointer: string;
  value: unknown;
  bindings: ReadonlyMap<string, string>;
}

/**
 * Where the parts of a synthesized template come from, as `Template.origins`: the file and line that was included, or
 * where the function stands that made them. Found by walking sources and outcome side by side: includes, loops and merges
 * are followed by name and index. What cannot be followed has the place of the nearest that can.
 */
export function originsOf(source: Document, outcome: unknown, open: OpenIncluded): ReadonlyMap<string, string> {
  const walk = new Walk(open);
  walk.visit(outcome, "", walk.layersOf({ document: source, pointer: "", value: source.value, bindings: new Map() }));
  return walk.origins;
}

class Walk {
  readonly origins = new Map<string, string>();
  private readonly open: OpenIncluded;

  constructor(open: OpenIncluded) {
    this.open = open;
  }

  /** `layers` are the sources of one part of the outcome; where several have a key, the first counts. */
  visit(outcome: unknown, pointer: string, layers: Place[]): void {
    const [first] = layers;
    if (first === undefined) return;
    if (pointer !== "") this.origins.set(pointer, `${first.document.file}#${first.pointer}`);
    if (Array.isArray(outcome)) {
      const items = layers.map((layer) => this.itemsOf(layer)).find((list) => list !== undefined) ?? [];
      for (const [index, item] of outcome.entries()) {
        const place = items[index];
        if (place !== undefined) this.visit(item, step(pointer, index), this.layersOf(place));
      }
    } else if (isMap(outcome)) {
      for (const [key, value] of Object.entries(outcome)) {
        const inside = layers.flatMap((layer) => childOf(layer, key)).flatMap((child) => this.layersOf(child));
        this.visit(value, step(pointer, key), inside);
      }
    }
  }

  /** The maps, lists and scalars that make up what a place comes to, best first; the place itself where it is one. */
  layersOf(place: Place): Place[] {
    const { value } = place;
    if (!isMap(value)) return [place];
    const include = Object.hasOwn(value, "Fn::Include") ? this.included(childPlace(place, "Fn::Include")) : [];
    const merged = ["Fn::Merge", "Fn::DeepMerge"]
      .filter((name) => Object.hasOwn(value, name))
      .flatMap((name) => {
        const list = this.layersOf(childPlace(place, name)).map((layer) => this.itemsOf(layer) ?? []);
        // The last one wins.
        return list
          .flat()
          .reverse()
          .flatMap((item) => this.layersOf(item));
      });
    const others = [...include, ...merged];
    // Keys beside the function come first.
    return others.length === 0 || Object.keys(value).length > 1 ? [place, ...others] : others;
  }

  private included({ document, value, bindings }: Place): Place[] {
    const { type, location, query } = includeOf(substituted(value, bindings));
    if (type !== "json" || location === undefined || location.includes("${")) return [];
    const target = locationOf(location, document.file);
    if (target.kind !== "file") return [];
    const included = this.opened(target.file);
    if (included === undefined) return [];
    const root: Place = { document: included, pointer: "", value: included.value, bindings };
    if (query === undefined) return this.layersOf(root);
    return typeof query === "string" ? this.queried(root, query) : [];
  }

  /** What is refused or cannot be read is nowhere in the outcome: the walk has taken a wrong turn. */
  private opened(file: string): Document | undefined {
    try {
      return this.open(file);
    } catch (error) {
      if (error instanceof InputError || error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** Of JMESPath only a path of names is followed. */
  private queried(root: Place, query: string): Place[] {
    if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(query)) return [];
    let layers = this.layersOf(root);
    for (const name of query.split(".")) {
      layers = layers.flatMap((layer) => childOf(layer, name)).flatMap((child) => this.layersOf(child));
    }
    return layers;
  }

  /** The items of a list, or of a function that gives one. */
  private itemsOf(place: Place): Place[] | undefined {
    const { value, pointer } = place;
    if (Array.isArray(value)) {
      return value.map((item, index) => ({ ...place, pointer: step(pointer, index), value: item }));
    }
    if (!isMap(value)) return undefined;
    if (Object.hasOwn(value, "Fn::Map")) return this.turnsOf(childPlace(place, "Fn::Map"));
    if (!Object.hasOwn(value, "Fn::Flatten")) return undefined;
    const outer = this.listOf(childPlace(place, "Fn::Flatten"));
    return outer?.flatMap((item) => this.listOf(item) ?? [item]);
  }

  private listOf(place: Place): Place[] | undefined {
    return this.layersOf(place)
      .map((layer) => this.itemsOf(layer))
      .find((list) => list !== undefined);
  }

  /** The body of a loop once for each item, bound to it where the item is a text. */
  private turnsOf(place: Place): Place[] | undefined {
    const parts = this.itemsOf(place);
    const [list, variable] = parts ?? [];
    const body = parts?.at(-1);
    if (parts === undefined || list === undefined || variable === undefined || body === undefined) return undefined;
    const name = parts.length === 2 ? "_" : [variable.value].flat()[0];
    return this.listOf(list)?.map((item) => {
      const bindings = new Map(body.bindings);
      const value = substituted(item.value, item.bindings);
      if (typeof name === "string") {
        if (typeof value === "string") bindings.set(name, value);
        else bindings.delete(name);
      }
      return { ...body, bindings };
    });
  }
}

function childPlace(place: Place, name: string): Place {
  const value = isMap(place.value) ? place.value[name] : undefined;
  return { ...place, pointer: step(place.pointer, name), value };
}

/** The entry of a map that comes to have this key. */
function childOf(place: Place, key: string): Place[] {
  if (!isMap(place.value)) return [];
  if (Object.hasOwn(place.value, key)) return [childPlace(place, key)];
  const written = Object.keys(place.value).find((name) => substituted(name, place.bindings) === key);
  return written === undefined ? [] : [childPlace(place, written)];
}

/** As cfn-include replaces the variables of its loops: a text that is one, and `${VARIABLE}` in any other. */
function substituted(value: unknown, bindings: ReadonlyMap<string, string>): unknown {
  if (bindings.size === 0) return value;
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, substituted(inside, bindings)]));
  }
  if (typeof value !== "string") return value;
  const whole = bindings.get(value);
  if (whole !== undefined) return whole;
  return [...bindings].reduce(
    (text, [name, bound]) => (name === "_" ? text : text.replaceAll(`\${${name}}`, bound)),
    value,
  );
}
