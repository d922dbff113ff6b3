import type { FileReport, LocatedFinding, Report } from "../findings/types";
import { OWN, pieces } from "../inventory/text";

/**
 * The report with the texts of plans as Terraform would say them. Only what is there to be read changes: addresses, by
 * which waivers speak, and what is to be pasted stay as they are.
 */
export function inTerraformWords(report: Report): Report {
  return { ...report, files: report.files.map((file) => (file.kind === "terraform" ? reworded(file) : file)) };
}

/**
 * A text with the holes of a plan as Terraform writes them: what is not known says so, `(known after apply: local.role)`,
 * the deployment's own is a placeholder, `<account>`, and a reference, `${aws_sqs_queue.dlq.arn}`, is one already.
 */
export function terraformWords(text: string): string {
  return pieces(text)
    .map((piece) => (piece.hole ? (PLACEHOLDERS.get(piece.text) ?? unknownPart(piece.text)) : piece.text))
    .join("");
}

const PLACEHOLDERS = new Map<string, string>([
  [OWN.partition, "<partition>"],
  [OWN.region, "<region>"],
  [OWN.account, "<account>"],
]);

/** A hole of a reason holds words (`src/terraform/part.ts`); that of a reference or an IAM variable has no space. */
function unknownPart(hole: string): string {
  const reason = hole.slice(2, -1);
  const [, what, state, names] = /^(.*) is (known after apply|not in the plan)(?: \((.*)\))?$/s.exec(reason) ?? [];
  if (what !== undefined) return `${what} (${state}${names === undefined ? "" : `: ${names}`})`;
  return reason.includes(" ") ? `(${reason})` : hole;
}

function reworded(file: FileReport): FileReport {
  return {
    ...file,
    findings: file.findings.map(finding),
    exceptions: file.exceptions.map((exception) => ({ ...exception, finding: finding(exception.finding) })),
    unresolved: file.unresolved.map((one) => ({ ...one, why: terraformWords(one.why) })),
  };
}

function finding(found: LocatedFinding): LocatedFinding {
  return {
    ...found,
    message: terraformWords(found.message),
    evidence: found.evidence.map((fact) => ({ ...fact, text: terraformWords(fact.text) })),
  };
}
