import { type Command, Option } from "commander";
import { can, type Decision } from "../can";
import { openInput } from "../check";
import type { Place } from "../findings/types";
import { classify } from "../read/classify";
import type { Document } from "../read/document";
import { searchFiles } from "../read/search";
import { forTerminal } from "../report/escape";
import { terraformWords } from "../report/terraform-words";
import { placeText } from "../report/wording";
import { addReadingOptions, inputOf, openSettings, type ReadingFlags, readingOptions, reportError } from "./reading";

interface CanFlags extends ReadingFlags {
  output: "stdout" | "json";
}

/** `durable-guard can ROLE ACTION RESOURCE FILE…` */
export function addCan(program: Command, exit: (code: number) => void): void {
  const command = program
    .command("can")
    .description("ask the IAM decision: may this role do this action on this resource?")
    .argument("<role>", "logical id, Terraform address, name or ARN of a role, user or group")
    .argument("<action>", "e.g. lambda:CheckpointDurableExecution")
    .argument("<resource>", "ARN, or the address of a function, key, role, user or group; * for actions on no resource")
    .argument("<file...>", "templates and plans; - is standard input")
    .addOption(new Option("-o, --output <format>", "form of the answer").choices(["stdout", "json"]).default("stdout"));
  addReadingOptions(command).action(
    async (role: string, action: string, resource: string, files: string[], flags: CanFlags) => {
      try {
        const documents = searchFiles(files).map(({ file }) => openInput(inputOf(file)));
        const decision = can(documents, role, action, resource, readingOptions(flags, await openSettings(flags)));
        process.stdout.write(
          flags.output === "json" ? `${JSON.stringify(decision, null, 2)}\n` : text(decision, wordsOf(documents)),
        );
        exit({ allow: 0, deny: 1, unknown: 2 }[decision.decision]);
      } catch (error) {
        exit(reportError(error));
      }
    },
  );
}

/** How texts of the inputs are said to people. */
function wordsOf(documents: readonly Document[]): (text: string) => string {
  const ofPlans = documents.some(({ value }) => classify(value) === "terraform plan");
  return ofPlans ? terraformWords : (text) => text;
}

function text({ decision, statements, unread, differs }: Decision, words: (text: string) => string): string {
  const lines: string[] = [decision];
  if (differs !== undefined)
    lines.push(`  depends on parameters: ${differs.map((when) => JSON.stringify(when)).join(", ")}`);
  // What decides first; the order of statements means nothing to IAM.
  const inOrder = (["yes", "unknown", "no"] as const).flatMap((wanted) =>
    statements.filter(({ matches }) => matches === wanted),
  );
  for (const { address, sid, effect, source, matches, why, location } of inOrder) {
    const name = sid === "" ? "" : ` ${sid}`;
    lines.push(`  ${matches.padEnd(7)} ${effect} ${source} of ${address}${name}${at(location)}: ${why}`);
  }
  for (const { address, why, location } of unread) lines.push(`  unread  policy of ${address}${at(location)}: ${why}`);
  if (statements.length + unread.length === 0) lines.push("  it has no policy");
  return `${lines.map(words).map(forTerminal).join("\n")}\n`;
}

const at = (location: Place | undefined) => (location === undefined ? "" : ` at ${placeText(location)}`);
