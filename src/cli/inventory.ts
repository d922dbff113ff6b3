import type { Command } from "commander";
import { openInput } from "../check";
import { inventoriesOf } from "../inventories";
import { searchFiles } from "../read/search";
import { addReadingOptions, inputOf, openSettings, type ReadingFlags, readingOptions, reportError } from "./reading";

/** `durable-guard inventory FILE…`: what the rules see, as JSON; one entry per scenario. */
export function addInventory(program: Command, exit: (code: number) => void): void {
  const command = program
    .command("inventory")
    .description("print what the rules see, as JSON")
    .argument("<file...>", "templates and plans; - is standard input");
  addReadingOptions(command).action(async (files: string[], flags: ReadingFlags) => {
    try {
      const options = readingOptions(flags, await openSettings(flags));
      const found = searchFiles(files).map(({ file }) => {
        const document = openInput(inputOf(file));
        return { file, scenarios: inventoriesOf(document, options) };
      });
      process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
      exit(0);
    } catch (error) {
      exit(reportError(error));
    }
  });
}
