import type { FileReport, LocatedFinding, Report } from "../check";
import type { Baseline } from "./baseline";
import { matches, type Waiver } from "./waiver";

/** A finding that does not count, and why. */
export interface Exception {
  finding: LocatedFinding;
  by: "waiver" | "baseline";
  reason: string;
  expires?: string;
  owner?: string;
  /** Where the waiver is written. */
  location?: Waiver["location"];
}

export interface WaiveOptions {
  /** UTC date, `YYYY-MM-DD`. */
  today: string;
  /** Waivers of the settings; those written at resources come with each file. */
  waivers?: readonly Waiver[];
  baseline?: Baseline;
}

/**
 * Takes waived and known findings out of a report and makes exceptions of them. A waiver whose day is over waives
 * nothing and is named (`expired`); one that meets no finding is named too (`stale`).
 */
export function waive(report: Report, { today, waivers = [], baseline = new Map() }: WaiveOptions): Report {
  const left = new Map(baseline);
  const used = new Set<Waiver>();
  const files = report.files.map((file) => waiveFile(file, [...file.waivers, ...waivers], used, left, today));
  const own = report.files.flatMap((file) => file.waivers);
  // One that stands in the source of several plans is one, and waives what it meets in any of them.
  const places = new Set([...used].map(placeOf));
  const idle = [...own, ...waivers].filter((waiver) => !places.has(placeOf(waiver)) || waiver.expires < today);
  const notices = [...new Map(idle.map((waiver) => [placeOf(waiver), waiver])).values()].map((waiver) => ({
    kind: waiver.expires < today ? ("expired" as const) : ("stale" as const),
    rule: waiver.rule,
    location: waiver.location,
    reason: waiver.reason,
    expires: waiver.expires,
  }));
  return { ...report, files, notices: [...report.notices, ...notices] };
}

/** Where a waiver is written. Templates cannot write two in one place; settings and comments neither. */
function placeOf({ rule, location: { file, line, column } }: Waiver): string {
  return JSON.stringify([file, line, column, rule]);
}

function waiveFile(
  file: FileReport,
  waivers: readonly Waiver[],
  used: Set<Waiver>,
  baseline: Map<string, number>,
  today: string,
): FileReport {
  const findings: LocatedFinding[] = [];
  const exceptions: Exception[] = [];
  for (const finding of file.findings) {
    const met = waivers.filter((waiver) => matches(waiver, finding));
    for (const waiver of met) used.add(waiver);
    const valid = met.find((waiver) => waiver.expires >= today);
    const known = baseline.get(finding.fingerprint) ?? 0;
    if (valid !== undefined) {
      const { reason, expires, owner, location } = valid;
      exceptions.push({ finding, by: "waiver", reason, expires, location, ...(owner === undefined ? {} : { owner }) });
    } else if (known > 0) {
      baseline.set(finding.fingerprint, known - 1);
      exceptions.push({ finding, by: "baseline", reason: "it was there before" });
    } else findings.push(finding);
  }
  return { ...file, findings, exceptions };
}
