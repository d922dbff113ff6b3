import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { InputError } from "../errors";
import type { Document } from "./document";

/**
 * Opens the documents that another one refers to: templates of nested stacks, included files, the stacks of an assembly.
 * They lie in one folder or below it, links followed, and nothing remote is opened. Keeps what it opened, so that findings
 * in it have a line.
 */
export class NearbyDocuments {
  readonly opened = new Map<string, Document>();
  private readonly root: string;
  private readonly open: (file: string) => Document;

  /** `open` reads one file and throws InputError when it cannot. */
  constructor(root: string, open: (file: string) => Document) {
    this.root = root;
    this.open = open;
  }

  /** The document a location means, seen from the document `from`; undefined when it is not at hand. */
  find(location: string, from: string): Document | undefined {
    if (location === "" || location.includes("${") || /^[a-z][a-z0-9+.-]*:/i.test(location)) return undefined;
    const file = join(dirname(from), location);
    if (!isInside(this.root, file)) return undefined;
    try {
      return this.read(file);
    } catch (error) {
      if (error instanceof InputError && error.code === "DG001") return undefined;
      throw error;
    }
  }

  /** The document of a file that is known to be inside. Throws whatever `open` throws. */
  read(file: string): Document {
    const known = this.opened.get(file);
    if (known !== undefined) return known;
    const document = this.open(file);
    this.opened.set(file, document);
    return document;
  }
}

/** Whether a file lies in a folder or below it, by name and after links are followed. */
export function isInside(folder: string, file: string): boolean {
  return isBelow(resolve(folder), resolve(file)) && isBelow(real(folder), real(file));
}

function isBelow(folder: string, file: string): boolean {
  const below = relative(folder, file);
  return below !== ".." && !/^\.\.[\\/]/.test(below) && !isAbsolute(below);
}

/** What is not there has no links to follow. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
