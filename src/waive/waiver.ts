import type { LocatedFinding } from "../check";
import type { Position } from "../errors";
import { findRule } from "../judge/catalogue";

/** An accepted finding, with where that is written. */
export interface Waiver {
  rule: string;
  reason: string;
  /** Last day it holds, UTC, `YYYY-MM-DD`. */
  expires: string;
  owner?: string;
  location: { file: string } & Position;
  /** Does it speak of this finding? The rule has been compared already. */
  covers(finding: LocatedFinding): boolean;
}

/** What is wrong with a waiver; undefined where nothing is. */
export function faultIn({ rule, reason, expires }: Pick<Waiver, "rule" | "reason" | "expires">): string | undefined {
  if (findRule(rule) === undefined) return `there is no rule ${rule}`;
  if (reason.length < 10) return "the reason of a waiver has at least 10 characters";
  return /^\d{4}-\d\d-\d\d$/.test(expires) ? undefined : "expires is a date, YYYY-MM-DD";
}

/** Whether a waiver and a finding are about the same, whatever the day. */
export function matches(waiver: Waiver, finding: LocatedFinding): boolean {
  return (findRule(waiver.rule)?.id ?? waiver.rule) === finding.rule && waiver.covers(finding);
}

/** An address pattern: `*` stands for anything, everything else for itself. */
export function addressMatches(pattern: string, address: string): boolean {
  const expression = pattern.split("*").map((literal) => literal.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`, "s").test(address);
}
