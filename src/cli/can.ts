import { type Command, Option } from "commander";
import { can, type Decision } from "../can";
import { openInput } from "../check";
import { searchFiles } from "../read/search";
import { forTerminal } from "../report/escape";
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
        process.stdout.write(flags.output === "json" ? `${JSON.stringify(decision, null, 2)}\n` : text(decision));
        exit({ allow: 0, deny: 1, unknown: 2 }[decision.decision]);
      } catch (error) {
        exit(reportError(error));
      }
    },
  );
}

function text({ decision, statements, unread, differs }: Decision): string {
  const lines: string[] = [decision];
  if (differs !== undefined)
    lines.push(`  depends on parameters: ${differs.map((when) => JSON.stringify(when)).join(", ")}`);
  for (const { address, sid, effect, source, matches, why } of statements) {
    const name = sid === "" ? "" : ` ${sid}`;
    lines.push(`  ${matches.padEnd(7)} ${effect} ${source} of ${address}${name}: ${why}`);
  }
  for (const { address, why } of unread) lines.push(`  unread  policy of ${address}: ${why}`);
  return `${lines.map(forTerminal).join("\n")}\n`;
}
