import { setFlagsFromString } from "node:v8";
import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { addBaseline } from "./baseline";
import { addCan } from "./can";
import { addInit } from "./init";
import { addInventory } from "./inventory";
import { addRules } from "./rules";
import { addTest } from "./test";

// Most runs end before code that V8 optimizes in the background pays off (one template: 165 ms of CPU instead of 140 ms).
// Ten times the usual budget leaves large inputs as fast as they are. The flag is of the process: never in the library.
setFlagsFromString("--wasm-tiering-budget=20000000");

/** Parses, calls, prints and exits; everything else is in the library. */
const program = new Command("durable-guard")
  .description("Checks AWS infrastructure for Lambda durable functions before it is deployed")
  .version(version)
  .exitOverride()
  .showHelpAfterError("(--help says how it is used)");

const exit = (code: number) => {
  process.exitCode = code;
};
addTest(program, exit);
addBaseline(program, exit);
addCan(program, exit);
addInventory(program, exit);
addRules(program, exit);
addInit(program, exit);

// Who reads the output may stop reading, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) throw error;
  exit(error.exitCode === 0 ? 0 : 3);
});
