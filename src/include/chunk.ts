/**
 * A process of its own that runs cfn-include on one template: `dist/cfn-include.cjs`, started by `synthesize.ts` when a
 * template needs it. Standard input is a request, standard output an answer, both JSON.
 */
import { readFileSync, writeSync } from "node:fs";
import cfnInclude from "cfn-include";
import { InputError } from "../errors";
import { begin, refused } from "./outside";
import { type IncludeRules, Refusal } from "./rules";
import type { Answer } from "./synthesize";

interface Request extends IncludeRules {
  template: unknown;
  url: string;
}

const { template, url, ...rules }: Request = JSON.parse(readFileSync(0, "utf8"));
begin(rules);
cfnInclude({ template, url }).then(
  (value) => answer({ value }),
  (error: unknown) => answer({ error: described(refused ?? error) }),
);

function described(error: unknown): Extract<Answer, { error: unknown }>["error"] {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (error instanceof InputError) {
    const { code, message, file, position } = error;
    return { code, message, file, ...(position === undefined ? {} : { position }) };
  }
  // Thrown by cfn-include about how its functions are used; its texts may quote the input.
  return { code: "DG065", message: "cfn-include cannot synthesize the template: a function of it is used wrongly" };
}

function answer(given: Answer): void {
  let rest = Buffer.from(JSON.stringify(given));
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  process.exit(0);
}
