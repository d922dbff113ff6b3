import { isMap, step } from "../inventory/part";
import { INCLUDE_FUNCTIONS } from "../read/classify";
import type { Document } from "../read/document";
import { includeOf, locationOf } from "./include";
import { admitEnvironment, admitFile, admitUrl, type IncludeRules, Refusal, refuseAws } from "./rules";

/** Opens an included file as a document. */
export type OpenIncluded = (file: string) => Document;

/** What cfn-include 1.5.0 knows; other versions know more. */
const KNOWN = new Set(
  ["Include", "Map", "Flatten", "Merge", "DeepMerge", "Stringify", "UpperCamelCase", "LowerCamelCase"]
    .concat(["GetEnv", "Outputs", "Sequence", "Length"])
    .map((name) => `Fn::${name}`),
);

/**
 * Follows the includes of a template that are written out, before anything is synthesized, so that what is refused is
 * refused where it stands. Locations made by `Fn::Map` are met by the same rules when
 * cfn-include comes to them.
 */
export function surveyIncludes(document: Document, rules: IncludeRules, open: OpenIncluded): void {
  new Survey(rules, open).visit(document, document.value, "", new Set(), [document.file]);
}

class Survey {
  private readonly seen = new Set<string>();
  private readonly rules: IncludeRules;
  private readonly open: OpenIncluded;

  constructor(rules: IncludeRules, open: OpenIncluded) {
    this.rules = rules;
    this.open = open;
  }

  /** `variables` are those of enclosing loops, `files` the documents that include each other down to this one. */
  visit(document: Document, value: unknown, pointer: string, variables: ReadonlySet<string>, files: string[]): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.visit(document, item, step(pointer, index), variables, files);
    }
    if (!isMap(value)) return;
    for (const [name, inside] of Object.entries(value)) {
      const below = step(pointer, name);
      try {
        this.meet(document, name, inside, variables, files);
      } catch (error) {
        if (error instanceof Refusal) throw error.at(document.file, document.locate(below));
        throw error;
      }
      const inner = name === "Fn::Map" ? new Set([...variables, ...variablesOf(inside)]) : variables;
      this.visit(document, inside, below, inner, files);
    }
  }

  private meet(
    document: Document,
    name: string,
    argument: unknown,
    variables: ReadonlySet<string>,
    files: string[],
  ): void {
    if (name === "Fn::GetEnv") admitEnvironment(this.rules);
    if (name === "Fn::Include") this.include(document, argument, variables, files);
    if (INCLUDE_FUNCTIONS.has(name) && !KNOWN.has(name)) {
      throw new Refusal("DG065", `cfn-include 1.5.0 has no ${name}`);
    }
  }

  private include(document: Document, argument: unknown, variables: ReadonlySet<string>, files: string[]): void {
    const { type, location } = includeOf(argument);
    if (type === "api") refuseAws();
    if (location === undefined) throw new Refusal("DG065", "Fn::Include needs a location");
    if (location.includes("${") || variables.has(location)) return;
    const target = locationOf(location, document.file);
    if (target.kind === "aws") refuseAws();
    if (target.kind === "url") admitUrl(location, this.rules);
    if (target.kind !== "file") return;
    admitFile(target.file, this.rules);
    if (type !== "json") return;
    if (files.includes(target.file)) {
      throw new Refusal("DG064", `this include never ends: ${[...files, target.file].join(" → ")}`);
    }
    const included = this.open(target.file);
    const seen = `${included.file} ${[...variables].sort().join(" ")}`;
    if (this.seen.has(seen)) return;
    this.visit(included, included.value, "", variables, [...files, target.file]);
    // Only now: a loop is found on the way down.
    this.seen.add(seen);
  }
}

function variablesOf(argument: unknown): string[] {
  if (!Array.isArray(argument)) return [];
  if (argument.length === 2) return ["_"];
  return [argument[1]].flat().filter((name) => typeof name === "string");
}
