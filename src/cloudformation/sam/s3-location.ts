import { isMap } from "../../inventory/part";
import { type Fields, given } from "./values";

/**
 * The object an `s3://bucket/key?versionId=…` or a map of Bucket, Key and Version names, under other field names.
 * Undefined when it names none, as a path before `sam package` does.
 */
export function objectInS3(location: unknown, names: Readonly<Record<string, string>>): Fields | undefined {
  const found = typeof location === "string" ? fromUri(location) : location;
  if (!isMap(found) || !given(found["Bucket"]) || !given(found["Key"])) return undefined;
  const object: Fields = {};
  for (const [name, newName] of Object.entries(names)) if (name in found) object[newName] = found[name];
  return object;
}

function fromUri(uri: string): Fields | undefined {
  const match = /^s3:\/\/([^/?#]+)\/([^?#]*)(?:\?([^#]*))?/.exec(uri);
  if (!match?.[1] || match[2] === undefined) return undefined;
  const versions = new URLSearchParams(match[3] ?? "").getAll("versionId");
  const location: Fields = { Bucket: match[1], Key: match[2].replace(/^\/+/, "") };
  return versions.length === 1 ? { ...location, Version: versions[0] } : location;
}
