import { type Command, Option } from "commander";
import { catalogue, findRule } from "../judge/catalogue";
import { forTerminal } from "../report/escape";
import { rulesTable, ruleText } from "../report/rules";

/** `durable-guard rules [ID]`: lists the rules, or explains one, by its id or one it used to have. */
export function addRules(program: Command, exit: (code: number) => void): void {
  const command = program
    .command("rules")
    .description("list the rules, or explain one")
    .argument("[id]", "e.g. DUR001")
    .addOption(new Option("-o, --output <format>", "form of the answer").choices(["stdout", "json"]).default("stdout"));
  command.action((id: string | undefined, { output }: { output: "stdout" | "json" }) => {
    const rule = id === undefined ? undefined : findRule(id.toUpperCase());
    if (id !== undefined && rule === undefined) {
      return command.error(`error: there is no rule ${forTerminal(id)}; \`durable-guard rules\` lists them`);
    }
    const text = rule === undefined ? rulesTable(catalogue()) : ruleText(rule, catalogue());
    process.stdout.write(output === "json" ? `${JSON.stringify(rule ?? catalogue(), null, 2)}\n` : text);
    return exit(0);
  });
}
