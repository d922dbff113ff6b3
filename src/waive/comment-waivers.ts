import { InputError } from "../errors";
import type { Waiver } from "../findings/types";
import type { SourceBlock, SourceComment } from "../terraform/source/module";
import type { PlanSource } from "../terraform/source/plan-source";
import { faultIn } from "./waiver";

/**
 * Waivers in comments of the Terraform source of a plan, in a resource, data, module or variable block or directly above:
 *
 *     # durable-guard: waive DUR003 until 2027-03-31: shared by both regions until the split
 *
 * One covers findings at what the block makes; one at a module call covers all in that module. Throws InputError DG052 at
 * a comment that begins with `durable-guard:` and is no such waiver, or stands at no block.
 */
export function commentWaivers(source: PlanSource): Waiver[] {
  return source.modules().flatMap(({ blocks, comments }) => {
    for (const comment of comments) {
      for (const { at } of instructions(comment)) {
        throw wrong("a waiver stands in a resource, data, module or variable block, or directly above one", at);
      }
    }
    return [...blocks.values()]
      .flat()
      .flatMap((block) =>
        block.comments.flatMap((comment) => instructions(comment).map((one) => waiver(one, block, source))),
      );
  });
}

const BLOCKS = /^(?:resource|data|module|variable) /;
const WAIVER = /^durable-guard: waive (\S+) until (\S+): (.+)$/;

function waiver({ at, text }: SourceComment, block: SourceBlock, source: PlanSource): Waiver {
  const [, rule = "", expires = "", reason = ""] = WAIVER.exec(text) ?? [];
  if (rule === "") throw wrong('a waiver is written "durable-guard: waive RULE until YYYY-MM-DD: REASON"', at);
  if (!BLOCKS.test(block.name)) throw wrong("a waiver stands at a resource, data, module or variable block", at);
  const fault = faultIn({ rule, reason, expires });
  if (fault !== undefined) throw wrong(fault, at);
  const same = ({ file, line, column }: SourceBlock["at"]) =>
    file === block.at.file && line === block.at.line && column === block.at.column;
  return {
    rule,
    reason,
    expires,
    location: at,
    covers: (finding) => source.blocksOf(finding).some((found) => same(found.at)),
  };
}

/** The lines of a comment that are addressed to us, without the marks around them. */
function instructions({ at, text }: SourceComment): SourceComment[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const said = line.replace(/^\s*(?:#+|\/\/+|\/\*+|\*)?\s*/, "").replace(/\s*(?:\*\/)?\s*$/, "");
    return said.startsWith("durable-guard:") ? [{ at: { ...at, line: at.line + index }, text: said }] : [];
  });
}

function wrong(message: string, { file, line, column }: SourceComment["at"]): InputError {
  return new InputError("DG052", message, file, { line, column });
}
