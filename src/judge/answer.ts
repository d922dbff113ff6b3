import { InputError } from "../errors";
import { shown } from "../inventory/text";
import type { Inventory } from "../inventory/types";
import { ownPolicy } from "./policy";

export interface ConsideredStatement {
  address: string;
  at: string;
  sid: string;
  effect: string;
  /** `policy`, `boundary` or `key policy`. */
  source: string;
  matches: "yes" | "unknown" | "no";
  why: string;
}

export interface Answer {
  decision: "allow" | "deny" | "unknown";
  /** Every statement that was considered, in the order the policies are held. */
  statements: ConsideredStatement[];
  /** Policies that cannot be read, and why. */
  unread: { address: string; at: string; why: string }[];
}

/** The answer to the one question an inventory holds. Throws InputError DG090 when the policy cannot be evaluated. */
export function answer(inventory: Inventory): Answer {
  const answers = ownPolicy().evaluate(inventory, "durable_guard/answers");
  const [first] = Array.isArray(answers) ? answers : [];
  if (!isAnswer(first))
    throw new InputError("DG090", "The policy failed to evaluate: it gives no answer", "policy.wasm");
  return { ...first, statements: first.statements.map((line) => ({ ...line, why: shown(line.why) })) };
}

function isAnswer(value: unknown): value is Answer {
  return (
    typeof value === "object" && value !== null && "decision" in value && "statements" in value && "unread" in value
  );
}
