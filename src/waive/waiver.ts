import type { LocatedFinding, Waiver } from "../findings/types";
import { findRule } from "../judge/catalogue";

/** Whether a waiver and a finding are about the same, whatever the day. */
export function matches(waiver: Waiver, finding: LocatedFinding): boolean {
  return (findRule(waiver.rule)?.id ?? waiver.rule) === finding.rule && waiver.covers(finding);
}

/** An address pattern: `*` stands for anything, everything else for itself. */
export function addressMatches(pattern: string, address: string): boolean {
  const expression = pattern.split("*").map((literal) => literal.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`, "s").test(address);
}
