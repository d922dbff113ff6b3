/**
 * What a YAML tag says about its node. CloudFormation's short forms name a function (`!Sub`); cfn-include's are written
 * the same way, so any capitalised name counts. YAML's own core types may be named; nothing else is known.
 */
export type Tag = { kind: "function"; name: string } | { kind: "type"; name: CoreType } | { kind: "unknown" };

export type CoreType = "str" | "int" | "float" | "bool" | "null" | "seq" | "map" | "any";

const CORE = new Set<string>(["str", "int", "float", "bool", "null", "seq", "map"] satisfies CoreType[]);

/** Reads a tag as written (`!Sub`, `!!str`). */
export function readTag(written: string): Tag {
  if (written === "!") return { kind: "type", name: "any" };
  const core = written.slice(2);
  if (written.startsWith("!!") && isCore(core)) return { kind: "type", name: core };
  const name = /^!([A-Z][A-Za-z0-9]*)$/.exec(written)?.[1];
  if (name === undefined) {
    // Rain's directives keep their prefix in both forms.
    return /^!Rain::[A-Za-z0-9]+$/.test(written) ? { kind: "function", name: written.slice(1) } : { kind: "unknown" };
  }
  // "Ref" and "Condition" are the two without `Fn::` ("Intrinsic function reference").
  return { kind: "function", name: name === "Ref" || name === "Condition" ? name : `Fn::${name}` };
}

function isCore(name: string): name is CoreType {
  return CORE.has(name);
}
