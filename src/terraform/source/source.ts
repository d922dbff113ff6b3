import { InputError } from "../../errors";
import type { HclParser } from "./hcl";
import { readModule, type SourceModule } from "./module";
import { loadHclParser } from "./parser";

/** The Terraform source of a plan; modules are read when they are asked for, and kept. */
export class TerraformSource {
  /** The folder of the root module. */
  readonly folder: string;
  /** Modules lie in it or below it. */
  readonly root: string;
  private readonly parse: HclParser;
  private readonly modules = new Map<string, SourceModule>();

  constructor(folder: string, root: string, parse: HclParser) {
    this.folder = folder;
    this.root = root;
    this.parse = parse;
  }

  module(folder: string): SourceModule {
    const made = this.modules.get(folder) ?? readModule(folder, this.root, this.parse);
    this.modules.set(folder, made);
    return made;
  }

  /** The text of a line of a file that has been read, from 1. */
  line(file: string, number: number): string | undefined {
    for (const { texts } of this.modules.values()) {
      const lines = texts.get(file);
      if (lines !== undefined) return lines.text(number);
    }
    return undefined;
  }
}

/**
 * Opens the source that plans were made of, for `check`: the folder in which `terraform plan` was run. Local modules are
 * followed inside `root` (default: the same folder), links too; nothing else is read.
 *
 * Throws InputError DG001 where there is no Terraform file.
 */
export async function readSource(folder: string, root = folder): Promise<TerraformSource> {
  const source = new TerraformSource(folder, root, await loadHclParser());
  const { texts, unread } = source.module(folder);
  if (texts.size + unread.length > 0) return source;
  throw new InputError("DG001", "there is no Terraform file (*.tf) in this folder", folder);
}
