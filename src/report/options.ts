import type { RuleEntry } from "../judge/catalogue";
import type { UnknownPolicy } from "./outcome";

/** What a form of a report may depend on beside the report; each uses what it needs. */
export interface ReportOptions {
  /** What an undecided deny rule counts as. */
  unknown: UnknownPolicy;
  /** For people: every warning with its reasons, instead of one line per rule. */
  verbose: boolean;
  /** For people: failures, what could not be judged, and the sums. */
  quiet: boolean;
  /** For people: verdicts in colour, with ANSI escapes. */
  colour: boolean;
  /** The rules there are, for forms that describe them. */
  rules: readonly RuleEntry[];
  /** Version of durable-guard. */
  version: string;
}
