import { isMap, step } from "../../inventory/part";
import { locate, type Template } from "../template";
import type { Fields } from "./values";

/**
 * Where the parts of an expanded template come from. Maps and lists copied from the template are known by identity, so
 * they may move anywhere; what is moved on its own, or made, is noted where it is put.
 */
export class Sources {
  /** Copies of maps and lists of the template: what they copy and its pointer there. */
  readonly #copies = new WeakMap<object, { original: object; pointer: string }>();
  /** Pointers into the template for made maps and lists, and for single fields. */
  readonly #made = new WeakMap<object, string>();
  readonly #fields = new WeakMap<object, Map<string, string>>();

  /** A deep copy of a part of the template that may be changed and still knows where it stood. */
  copy(value: unknown, pointer: string): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item, index) => this.copy(item, step(pointer, index)));
      this.#copies.set(items, { original: value, pointer });
      return items;
    }
    if (!isMap(value)) return value;
    const fields: Fields = {};
    for (const [name, item] of Object.entries(value)) set(fields, name, this.copy(item, step(pointer, name)));
    this.#copies.set(fields, { original: value, pointer });
    return fields;
  }

  /** A copy of a copy, each map and list rewritten on the way; sources stay known. */
  rewrite(value: unknown, change: (value: unknown) => unknown): unknown {
    const changed = change(value);
    if (Array.isArray(changed)) {
      const items = changed.map((item) => this.rewrite(item, change));
      this.#inherit(changed, items);
      return items;
    }
    if (!isMap(changed)) return changed;
    const fields: Fields = {};
    for (const [name, item] of Object.entries(changed)) set(fields, name, this.rewrite(item, change));
    this.#inherit(changed, fields);
    return fields;
  }

  #inherit(from: object, to: object): void {
    const copy = this.#copies.get(from);
    if (copy) this.#copies.set(to, copy);
    const made = this.#made.get(from);
    if (made !== undefined) this.#made.set(to, made);
    const fields = this.#fields.get(from);
    if (fields) this.#fields.set(to, fields);
  }

  /** The pointer into the template that a field comes from, as far as it is known. */
  of(parent: object, name: string | number): string | undefined {
    const noted = this.#fields.get(parent)?.get(String(name));
    if (noted !== undefined) return noted;
    const value: unknown = Reflect.get(parent, name);
    if (typeof value === "object" && value !== null) {
      const known = this.#copies.get(value)?.pointer ?? this.#made.get(value);
      if (known !== undefined) return known;
    }
    const copy = this.#copies.get(parent);
    return copy && Object.hasOwn(copy.original, name) ? step(copy.pointer, name) : undefined;
  }

  /** The pointer of the field; of what is made around it, when it has none. */
  near(parent: object, name: string | number): string | undefined {
    return this.of(parent, name) ?? this.#copies.get(parent)?.pointer ?? this.#made.get(parent);
  }

  /** Notes what caused a made map or list. */
  mark<T extends object>(made: T, pointer: string | undefined): T {
    if (pointer !== undefined) this.#made.set(made, pointer);
    return made;
  }

  /** Sets a field and notes what caused it. */
  put(parent: object, name: string | number, value: unknown, pointer: string | undefined): void {
    set(parent, name, value);
    if (pointer === undefined) return;
    const noted = this.#fields.get(parent) ?? new Map<string, string>();
    this.#fields.set(parent, noted.set(String(name), pointer));
  }

  /** Sets a field to another map's field, with its source; nothing is done when that is absent. */
  move(from: Fields, name: string, to: Fields, newName = name): void {
    const value = from[name];
    if (value !== undefined && value !== null) this.put(to, newName, value, this.of(from, name));
  }

  /** Sets several fields to another map's fields of the same names. */
  moveAll(from: Fields, names: readonly string[], to: Fields): void {
    for (const name of names) this.move(from, name, to);
  }

  /** The origins of a finished body: an entry wherever the nearest one above it would say something else. */
  origins(body: Fields, template: Template): Map<string, string> {
    const origins = new Map<string, string>();
    const visit = (parent: object, pointer: string, parentAt: string, said: string | undefined) => {
      for (const [name, value] of Object.entries(parent)) {
        const here = step(pointer, name);
        const source = this.of(parent, name);
        const at = source === undefined ? parentAt : locate(template, source);
        const right = at === (said ?? `${template.file}#${here}`);
        if (!right) origins.set(here, at);
        if (typeof value === "object" && value !== null) visit(value, here, at, right ? said : at);
      }
    };
    visit(body, "", `${template.file}#`, undefined);
    return origins;
  }
}

/** Sets a field even when it is called `__proto__`. */
function set(parent: object, name: string | number, value: unknown): void {
  Object.defineProperty(parent, name, { value, writable: true, enumerable: true, configurable: true });
}
