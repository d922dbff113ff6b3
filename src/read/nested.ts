import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { InputError } from "../errors";
import type { Document } from "./document";

/**
 * Opens the templates of nested stacks: files beside the root template or below its folder, never outside of it, and
 * nothing remote. Keeps what it opened, so that findings in them have a line.
 */
export class NestedDocuments {
  readonly opened = new Map<string, Document>();
  private readonly root: string;
  private readonly open: (file: string) => Document;

  /** `open` reads one file and throws InputError when it cannot. */
  constructor(root: string, open: (file: string) => Document) {
    this.root = dirname(resolve(root));
    this.open = open;
  }

  /** The document a location means, seen from the template `from`; undefined when it is not at hand. */
  find(location: string, from: string): Document | undefined {
    if (location === "" || location.includes("${") || /^[a-z][a-z0-9+.-]*:/i.test(location)) return undefined;
    const file = join(dirname(from), location);
    const below = relative(this.root, resolve(file));
    if (below.startsWith("..") || isAbsolute(below)) return undefined;
    const known = this.opened.get(file);
    if (known !== undefined) return known;
    try {
      const document = this.open(file);
      this.opened.set(file, document);
      return document;
    } catch (error) {
      if (error instanceof InputError && error.code === "DG001") return undefined;
      throw error;
    }
  }
}
