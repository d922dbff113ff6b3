import type { LocatedFinding, Report } from "../findings/types";

/** What an undecided deny rule counts as. */
export type UnknownPolicy = "fail" | "warn" | "ignore";

/** Whether a finding stops a pipeline: failures do, warnings may, the rest is only counted. */
export type Standing = "failure" | "warning" | "counted";

/** Where a finding stands, given what unknowns of deny rules count as (warnings unless told otherwise). */
export function standing(finding: LocatedFinding, unknown: UnknownPolicy): Standing {
  if (finding.verdict === "deny") return finding.level === "deny" ? "failure" : "warning";
  if (finding.level !== "deny" || unknown === "ignore") return "counted";
  return unknown === "fail" ? "failure" : "warning";
}

export interface Outcome {
  failures: number;
  warnings: number;
  errors: number;
}

/** Counts what a report comes to. */
export function outcome(report: Report, unknown: UnknownPolicy): Outcome {
  const standings = report.files.flatMap((file) => file.findings.map((finding) => standing(finding, unknown)));
  return {
    failures: standings.filter((each) => each === "failure").length,
    warnings: standings.filter((each) => each === "warning").length + report.notices.length,
    errors: report.errors.length,
  };
}

/**
 * The exit code of `test`: 3 could not judge, 1 violations, 0 otherwise; with `failOnWarn`, as conftest has it, 2
 * violations and 1 warnings.
 */
export function exitCode({ failures, warnings, errors }: Outcome, failOnWarn: boolean): number {
  if (errors > 0) return 3;
  if (failures > 0) return failOnWarn ? 2 : 1;
  return failOnWarn && warnings > 0 ? 1 : 0;
}
