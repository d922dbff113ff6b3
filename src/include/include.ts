import { dirname, join } from "node:path";
import { isMap } from "../inventory/part";

/** The argument of `Fn::Include`, a location or a map ("Fn::Include" in cfn-include's README). */
export interface Include {
  /** `json` (YAML too), `string`, `literal` or `api`. */
  type: string;
  location: string | undefined;
  /** JMESPath into the included document. */
  query: unknown;
}

export function includeOf(argument: unknown): Include {
  if (!isMap(argument)) return { type: "json", location: text(argument), query: undefined };
  return { type: text(argument["type"]) ?? "json", location: text(argument["location"]), query: argument["query"] };
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

/** Where a location leads, seen from the file it is written in. */
export type Target = { kind: "file"; file: string } | { kind: "url" } | { kind: "aws" };

export function locationOf(location: string, from: string): Target {
  const [, scheme, rest = ""] = /^(?:([a-z0-9]+):)?\/\/(.*)$/i.exec(location) ?? [];
  if (scheme === "s3") return { kind: "aws" };
  if (scheme === "file") return { kind: "file", file: rest };
  if (scheme !== undefined) return { kind: "url" };
  // Without a scheme the location is relative, also where it begins with a slash.
  return { kind: "file", file: join(dirname(from), location) };
}
