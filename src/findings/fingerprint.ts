import { createHash } from "node:crypto";
import { isMap } from "../inventory/part";
import type { Finding } from "../judge/finding";

/**
 * What makes a finding the same one in another version of the file: rule, address, verdict, and the text it is about
 * (`cause`, the value at its pointer). It survives moved lines and renamed files, and lapses when that text changes.
 * A hash, so that nothing of the cause can be read from it.
 */
export function fingerprint(finding: Finding, cause: unknown): string {
  const parts = [finding.rule, finding.address, finding.verdict, finding.when ?? "", canonical(cause)];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
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
