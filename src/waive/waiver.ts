import type { LocatedFinding, Waiver } from "../findings/types";
import { findRule } from "../judge/catalogue";
import { isDay } from "./day";

/** What is wrong with a waiver; undefined where nothing is. */
export function faultIn({ rule, reason, expires }: Pick<Waiver, "rule" | "reason" | "expires">): string | undefined {
  if (findRule(rule) === undefined) return `there is no rule ${rule}`;
  if (reason.length < 10) return "the reason of a waiver has at least 10 characters";
  return isDay(expires) ? undefined : "expires is a day, YYYY-MM-DD";
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
