/**
 * Everything cfn-include reaches the outside with, under the names it calls: its `fs`, `http`, `https`, `js-yaml`,
 * `jsmin` and `aws-sdk-proxy` are this module (`scripts/bundle-include.ts`). It so reads what the rules admit, parses
 * with our own parser (its YAML 3 runs `!!js/function`), and calls nobody else.
 */
import { readFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { InputError } from "../errors";
import { readDocument } from "../read/document";
import {
  admitEnvironment,
  admitFile,
  admitUrl,
  type IncludeRules,
  MAX_INCLUDED_LENGTH,
  MAX_INCLUDES,
  Refusal,
  refuseAws,
} from "./rules";

let rules: IncludeRules = { root: "/", remote: false, environment: undefined };
let includes = 0;
/** The first thing that was refused: cfn-include may wrap it in an error of its own. */
export let refused: Refusal | InputError | undefined;
/** Where texts are from, for messages about them. */
const sources = new Map<string, string>();

export function begin(given: IncludeRules): void {
  rules = given;
}

/** Notes what is refused on its way. */
function noted<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal || error instanceof InputError) refused ??= error;
    throw error;
  }
}

function count(what: string): void {
  if (++includes <= MAX_INCLUDES) return;
  throw new Refusal("DG064", `more than ${MAX_INCLUDES} includes, the last of ${what}: does it include itself?`);
}

/** fs.readFile(path, callback) */
export function readFile(file: string, callback: (error: unknown, data?: string) => void): void {
  try {
    const text = noted(() => {
      admitFile(file, rules);
      count(JSON.stringify(file));
      return readFileSync(file, "utf8");
    });
    sources.set(text, file);
    callback(null, text);
  } catch (error) {
    callback(error);
  }
}

/** http.get(url, callback).on("error", callback) */
export function get(url: string, callback: (response: unknown) => void) {
  noted(() => {
    admitUrl(url, rules);
    count(JSON.stringify(url));
  });
  const fail: ((error: unknown) => void)[] = [];
  const give = (error: Refusal) => {
    refused ??= error;
    for (const report of fail) report(error);
  };
  const request = (url.startsWith("https:") ? https : http).get(url, { timeout: 10_000 }, (response) => {
    if (response.statusCode !== 200) {
      response.resume();
      return give(new Refusal("DG061", `${JSON.stringify(url)} answers ${response.statusCode}`));
    }
    limited(response, (length) => {
      request.destroy(new Refusal("DG064", `${JSON.stringify(url)} is longer than ${length} bytes`));
    });
    callback(response);
  });
  request.on("timeout", () => request.destroy(new Refusal("DG061", `${JSON.stringify(url)} does not answer`)));
  request.on("error", (error) => {
    give(error instanceof Refusal ? error : new Refusal("DG061", `${JSON.stringify(url)} cannot be fetched`));
  });
  return { on: (_: "error", report: (error: unknown) => void) => fail.push(report) };
}

function limited(response: IncomingMessage, refuse: (limit: number) => void): void {
  let length = 0;
  response.on("data", (chunk: string) => {
    length += chunk.length;
    if (length > MAX_INCLUDED_LENGTH) refuse(MAX_INCLUDED_LENGTH);
  });
}

/** yaml.safeLoad(text): a value of its own each time, because cfn-include changes it in place. */
export function safeLoad(text: string): unknown {
  return noted(() => {
    const { value } = readDocument(new TextEncoder().encode(text), sources.get(text) ?? "included text");
    return structuredClone(value);
  });
}

/** What cfn-include tries when its YAML parser fails: our parser reads JSON too. */
export function jsmin(): never {
  throw refused ?? new Error("not reached: only called after safeLoad");
}

/** Tags are read by our parser. */
export class Type {}
export const Schema = { create: () => undefined };

/** cfn-include makes a client when it is loaded. */
export class S3 {
  getObject(): never {
    return noted(refuseAws);
  }
}

/** Stands for `process.env` in the whole chunk. */
export const environment: Record<string, string | undefined> = new Proxy(
  {},
  {
    get: (_, name) =>
      noted(() => {
        admitEnvironment(rules);
        return typeof name === "string" ? rules.environment?.[name] : undefined;
      }),
  },
);
