import { InputError } from "./errors";
import { inventoriesOf, type ReadingOptions } from "./inventories";
import { compileText } from "./inventory/pattern";
import type { Inventory, Principal } from "./inventory/types";
import { type Answer, answer } from "./judge/answer";
import type { Document } from "./read/document";

/** The answer to `can`, over all scenarios. */
export interface Decision extends Answer {
  /** Parameter values that decide otherwise; absent when all scenarios agree. */
  differs?: Record<string, string>[];
}

/**
 * Asks the IAM decision itself: may this role, user or group do this action on this resource, by what the documents show?
 * `principal` is a logical id, Terraform address, name or ARN; `action` like `lambda:InvokeFunction`; `resource` an ARN.
 * Throws InputError DG041 when no such principal is in the documents.
 */
export function can(
  documents: readonly Document[],
  principal: string,
  action: string,
  resource: string,
  options: ReadingOptions,
): Decision {
  const scenarios = documents.flatMap((document) => inventoriesOf(document, options));
  const answers = scenarios.flatMap(({ inventory, when }) => {
    const found = findPrincipal(inventory, principal);
    if (found === undefined) return [];
    const question = { principal: found.address, action, resource: compileText(resource, new Set()) };
    return [{ when, answer: answer({ ...inventory, questions: [question] }) }];
  });
  const [first, ...others] = answers;
  if (first === undefined) {
    throw new InputError(
      "DG041",
      `${principal} is no role, user or group in these documents`,
      documents[0]?.file ?? "-",
    );
  }
  const differing = others.filter((other) => other.answer.decision !== first.answer.decision);
  if (differing.length === 0) return first.answer;
  return { ...first.answer, decision: "unknown", differs: [first, ...differing].map(({ when }) => ({ ...when })) };
}

function findPrincipal(inventory: Inventory, wanted: string): Principal | undefined {
  const arn = inventory.principals.find((principal) => principal.arn.text === wanted);
  const name = /:(?:role|user|group)\/(?:.*\/)?([^/]+)$/.exec(wanted)?.[1] ?? wanted;
  const byAddress = inventory.principals.find((principal) => principal.address === wanted);
  return byAddress ?? arn ?? inventory.principals.find((principal) => principal.name === name);
}
