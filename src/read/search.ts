import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors";
import { classify } from "./classify";
import { openFile } from "./open";

/** Folders in which nobody keeps templates of his own. */
const LEFT_OUT = new Set(["node_modules", ".git", ".terraform", ".venv"]);
const NAMES = /\.(?:json|ya?ml|template)$/i;

export interface Found {
  file: string;
  /** Named by the user; a file found in a folder may be something else altogether. */
  named: boolean;
  /** The folder it was found in; what belongs to it may lie anywhere below. */
  root?: string;
}

/**
 * The files behind paths given by a user: a file itself, and of a folder every JSON and YAML file below it, in the order
 * of names, but for those whose path matches `ignore`. Of a folder that holds a CDK assembly the manifest alone: it names
 * the rest. Links to folders are not followed. Throws InputError DG001 for a path that is not there.
 */
export function searchFiles(paths: readonly string[], ignore?: RegExp): Found[] {
  return paths.flatMap((path): Found[] => {
    if (path === "-" || !isFolder(path)) return [{ file: path, named: true }];
    return filesBelow(path)
      .filter((file) => !ignore?.test(file))
      .map((file) => ({ file, named: false, root: path }));
  });
}

function isFolder(path: string): boolean {
  const found = asked(path, () => statSync(path, { throwIfNoEntry: false }));
  if (found === undefined) throw new InputError("DG001", "there is no such file or folder", path);
  return found.isDirectory();
}

/** What the file system says of a path; DG001 for what it does not (a loop of links, a folder that may not be read). */
function asked<T>(path: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new InputError("DG001", `the path cannot be read (${error.code})`, path);
  }
}

function filesBelow(folder: string): string[] {
  const entries = asked(folder, () => readdirSync(folder, { withFileTypes: true }));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.some(({ name }) => name === MANIFEST) && isAssembly(join(folder, MANIFEST)))
    return [join(folder, MANIFEST)];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() && NAMES.test(entry.name) ? [path] : [];
  });
}

const MANIFEST = "manifest.json";

/** Web apps have files of this name too. */
function isAssembly(manifest: string): boolean {
  try {
    return classify(openFile(manifest).value) === "cdk assembly";
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
