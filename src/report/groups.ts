import type { FileReport, LocatedFinding, Report } from "../findings/types";
import { type Standing, standing, type UnknownPolicy } from "./outcome";

/** A finding with the file that is judged, which may include the file it is located in. */
export interface FileFinding {
  finding: LocatedFinding;
  file: FileReport;
}

/** Findings of a run that say the same about several resources; in the order of the first of each. */
export type Group = [FileFinding, ...FileFinding[]];

/** Groups findings of one standing: those of the same rule, verdict and message are one. */
export function groupsOf(report: Report, wanted: Standing, unknown: UnknownPolicy): Group[] {
  return grouped(report, wanted, unknown, ({ rule, verdict, level, message }) => [rule, verdict, level, message]);
}

/** Groups findings of one standing by rule and verdict alone. */
export function rulesOf(report: Report, wanted: Standing, unknown: UnknownPolicy): Group[] {
  return grouped(report, wanted, unknown, ({ rule, verdict, level }) => [rule, verdict, level]);
}

function grouped(
  report: Report,
  wanted: Standing,
  unknown: UnknownPolicy,
  same: (finding: LocatedFinding) => string[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const file of report.files) {
    for (const finding of file.findings) {
      if (standing(finding, unknown) !== wanted) continue;
      const key = JSON.stringify(same(finding));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ finding, file }]);
      else group.push({ finding, file });
    }
  }
  return [...groups.values()];
}
