import { InputError } from "../errors";
import type { Report } from "../findings/types";
import { isMap } from "../inventory/part";
import type { Document } from "../read/document";

/** Findings that were there already, by fingerprint, how often. */
export type Baseline = ReadonlyMap<string, number>;

interface BaselineFile {
  version: 1;
  findings: { fingerprint: string; rule: string; address: string; count: number }[];
}

/** The baseline of a report: what it finds, sorted, as JSON text for a file. Rule and address are there for reviewers. */
export function writeBaseline(report: Report): string {
  const entries = new Map<string, BaselineFile["findings"][number]>();
  for (const { fingerprint, rule, address } of report.files.flatMap((file) => file.findings)) {
    const entry = entries.get(fingerprint) ?? { fingerprint, rule, address, count: 0 };
    entries.set(fingerprint, { ...entry, count: entry.count + 1 });
  }
  const order = (entry: BaselineFile["findings"][number]) => `${entry.rule} ${entry.address} ${entry.fingerprint}`;
  const findings = [...entries.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const file: BaselineFile = { version: 1, findings };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads a baseline file. Throws InputError DG053 for anything else. */
export function readBaseline({ value, file, locate }: Document): Baseline {
  const findings = isMap(value) && value["version"] === 1 ? value["findings"] : undefined;
  if (!Array.isArray(findings))
    throw new InputError("DG053", "this is not a baseline: write one with `durable-guard baseline`", file);
  return new Map(
    findings.map((entry, index): [string, number] => {
      const fingerprint = isMap(entry) ? entry["fingerprint"] : undefined;
      const count = isMap(entry) ? entry["count"] : undefined;
      if (typeof fingerprint === "string" && typeof count === "number") return [fingerprint, count];
      throw new InputError("DG053", "an entry needs fingerprint and count", file, locate(`/findings/${index}`));
    }),
  );
}

/** What another report finds, as a baseline: only what is not in it is new. */
export function baselineOf(report: Report): Baseline {
  const counts = new Map<string, number>();
  for (const { fingerprint } of report.files.flatMap((file) => file.findings)) {
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return counts;
}

/** What either baseline knows. */
export function bothBaselines(a: Baseline, b: Baseline): Baseline {
  return new Map([...a, ...b].map(([fingerprint, count]) => [fingerprint, Math.max(count, a.get(fingerprint) ?? 0)]));
}
