import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { CI_SIGNS, starterFiles } from "../init";

/** `durable-guard init`: settings and the step for the CI systems of the working folder. */
export function addInit(program: Command, exit: (code: number) => void): void {
  program
    .command("init")
    .description("write settings and a step for the CI system this folder uses (GitHub, GitLab, Azure, pre-commit)")
    .action(() => {
      const files = starterFiles(existsSync);
      for (const { path, content } of files) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content, { flag: "wx" });
        process.stdout.write(`wrote ${path}\n`);
      }
      if (!CI_SIGNS.some((sign) => existsSync(sign)))
        process.stdout.write(`no step for a CI system: there is none of ${CI_SIGNS.join(", ")} here\n`);
      if (files.length === 0) process.stdout.write("everything is there already\n");
      exit(0);
    });
}
