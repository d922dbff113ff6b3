import { createHash } from "node:crypto";
import { isMap } from "../inventory/part";
import type { Finding } from "../judge/finding";
import { steps, valueAt } from "../read/pointer";
import { isAboutSecrets } from "./redaction";

/**
 * What makes a finding the same one in another version of the file: rule, address, verdict, what would repair it, and its
 * cause. It survives moved lines and renamed files, and lapses when the cause changes. A hash, so that nothing of the
 * cause can be read from it.
 *
 * @param document the file it is located in, as read; undefined when that is not at hand
 * @param pointer where in it
 */
export function fingerprint(finding: Finding, document: unknown, pointer: string): string {
  const { rule, address, verdict, when, paste } = finding;
  const missing = paste === undefined ? null : [paste.actions, paste.resources];
  const parts = [rule, address, verdict, when ?? "", missing, causeOf(finding, document, pointer)];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** A resource of a template or of a plan, as a whole. */
const RESOURCE = /^\/Resources\/[^/]+(?:\/Properties)?$|^\/resource_changes\/\d+(?:\/change\/after)?$/;

/**
 * The text that is wrong. At a whole resource something is missing, and whatever else changes there is no news: what is
 * said of it stands for it. Of a secret not even a hash is kept: short ones could be guessed.
 */
function causeOf({ rule, message }: Finding, document: unknown, pointer: string): unknown {
  if (isAboutSecrets(rule)) return steps(pointer).at(-1);
  if (RESOURCE.test(pointer)) return message;
  return canonical(valueAt(document, pointer));
}

/** Keys in order, so that only a change of content counts. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isMap(value)) return value ?? null;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, canonical(value[name])]),
  );
}
