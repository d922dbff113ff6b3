import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { TemplateSource } from "../cloudformation/stack";
import { type ErrorCode, InputError, type Position } from "../errors";
import { classify } from "../read/classify";
import type { Document } from "../read/document";
import { originsOf } from "./origins";
import { type IncludeRules, MAX_MEGABYTES, MAX_MILLISECONDS } from "./rules";
import { type OpenIncluded, surveyIncludes } from "./survey";

/** What the process answers. */
export type Answer =
  | { value: unknown }
  | { error: { code: ErrorCode; message: string; file?: string; position?: Position } };

/**
 * Puts a template that uses cfn-include together, by cfn-include itself (1.5.0), in a process of its own: it may read
 * what the rules admit, and is stopped when it takes too long or too much memory. Throws InputError DG060 to DG065, at the
 * include where that is known, and whatever an included file cannot be read for.
 *
 * `open` reads an included file.
 */
export function synthesize(document: Document, rules: IncludeRules, open: OpenIncluded): TemplateSource {
  surveyIncludes(document, rules, open);
  const value = run(document, rules);
  const kind = classify(value);
  if (kind === "cfn-include") {
    const what =
      "cfn-include leaves functions of its own in the template: it looks at nothing beside Fn::Merge in a map";
    throw new InputError("DG065", what, document.file);
  }
  if (kind !== "cloudformation") {
    throw new InputError("DG020", "this is not a template when its includes are put in", document.file);
  }
  return { file: document.file, value, origins: originsOf(document, value, open) };
}

function run(document: Document, { root, remote, environment }: IncludeRules): unknown {
  const { file, value: template } = document;
  // Loaded only here: most runs need no process.
  const { spawnSync }: typeof import("node:child_process") = createRequire(chunk())("node:child_process");
  const url = `file://${resolve(file).replaceAll("\\", "/")}`;
  const { error, status, stdout } = spawnSync(process.execPath, [`--max-old-space-size=${MAX_MEGABYTES}`, chunk()], {
    input: JSON.stringify({ template, url, root: resolve(root), remote, environment }),
    // Nothing of ours: what the template may read of it stands in the request.
    env: {},
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    timeout: MAX_MILLISECONDS,
    killSignal: "SIGKILL",
    stdio: ["pipe", "pipe", "ignore"],
  });
  if (error !== undefined || status !== 0) {
    const what = `putting the includes in takes more than ${MAX_MILLISECONDS / 1000} s or ${MAX_MEGABYTES} MB: look for a loop`;
    throw new InputError("DG064", what, file);
  }
  const answer: Answer = JSON.parse(stdout);
  if ("value" in answer) return answer.value;
  throw new InputError(answer.error.code, answer.error.message, answer.error.file ?? file, answer.error.position);
}

/** In the package it lies beside the bundle; run from source, where the build has put it. */
function chunk(): string {
  const beside = join(import.meta.dirname, "cfn-include.cjs");
  return existsSync(beside) ? beside : join(import.meta.dirname, "..", "..", "dist", "cfn-include.cjs");
}
