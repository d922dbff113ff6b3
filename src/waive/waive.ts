import type { Exception, FileReport, LocatedFinding, Report, Waiver, WaiverNotice } from "../findings/types";
import type { Baseline } from "./baseline";
import { matches } from "./waiver";

export interface WaiveOptions {
  /** UTC date, `YYYY-MM-DD`. */
  today: string;
  /** Waivers of the settings; those written at resources come with each file. */
  waivers?: readonly Waiver[];
  baseline?: Baseline;
}

/**
 * Takes waived and known findings out of a report and makes exceptions of them. A waiver whose day is over waives
 * nothing and is named (`expired`). One that meets no finding is named too (`stale`), unless it is about files that are
 * not in the report.
 */
export function waive(report: Report, { today, waivers = [], baseline = new Map() }: WaiveOptions): Report {
  const left = new Map(baseline);
  const used = new Set<Waiver>();
  const files = report.files.map((file) => waiveFile(file, [...file.waivers, ...waivers], used, left, today));
  // One that stands in the source of several plans is one, and waives what it meets in any of them.
  const places = new Set([...used].map(placeOf));
  const all = new Map(
    [...report.files.flatMap((file) => file.waivers), ...waivers].map((waiver) => [placeOf(waiver), waiver]),
  );
  const notices = [...all].flatMap(([place, waiver]): WaiverNotice[] => {
    const { rule, reason, expires, location } = waiver;
    if (expires < today) return [{ kind: "expired", rule, reason, expires, location }];
    const idle = !places.has(place) && report.files.some(({ file }) => waiver.about?.(file) ?? true);
    return idle ? [{ kind: "stale", rule, reason, expires, location }] : [];
  });
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
