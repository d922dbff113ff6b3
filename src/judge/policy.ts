import { readFileSync } from "node:fs";
import opa, { type LoadedPolicy } from "@open-policy-agent/opa-wasm";
import { InputError } from "../errors";
import type { Inventory } from "../inventory/types";
import { packFile } from "./pack";

/**
 * Memory in pages of 64 KiB, reserved at once: OPA's allocator grows it page by page, and each step costs as much as a
 * small evaluation (800 functions under one role: 13 s instead of 1.8 s). What is not used is only address space. Beyond
 * 2 GiB the allocator answers with negative addresses, which the runtime takes for offsets: results would be read from the
 * wrong place. A small input gets less, since memory of more than 64 MiB makes V8 collect garbage as it starts.
 */
const PAGES = { small: 512, maximum: 32768 };

/** Bytes of an input that is small: evaluating it takes up to 100 times as much memory. */
const SMALL = 256 * 1024;

export type Entrypoint = "durable_guard/results" | "durable_guard/answers";

/** Evaluates inputs by a compiled policy; keeps it loaded for the next. */
export class Policy {
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private loaded: LoadedPolicy | undefined;
  private pages = 0;

  /** Takes the bytes of a `policy.wasm`. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }

  /**
   * Gives the value of the entry point for this input.
   *
   * Throws InputError DG090 when the evaluation fails, and when its result is undefined: no result is not "no findings".
   */
  evaluate(input: Inventory, entrypoint: Entrypoint): unknown {
    // An ArrayBuffer of exactly the text: a string or a Buffer would be taken for something else.
    const { buffer } = Uint8Array.from(new TextEncoder().encode(written(input)));
    const pages = buffer.byteLength > SMALL ? PAGES.maximum : PAGES.small;
    let results: unknown;
    try {
      results = this.ready(pages).evaluate(buffer, entrypoint);
    } catch (thrown) {
      this.loaded = undefined;
      throw failure(reason(thrown));
    }
    const first: unknown = Array.isArray(results) ? results[0] : undefined;
    if (typeof first === "object" && first !== null && "result" in first) return first.result;
    throw failure(`${entrypoint} has no value`);
  }

  /** Gives back the memory that a large input has touched: it would stay with the process. */
  release(): void {
    if (this.pages > PAGES.small) this.loaded = undefined;
  }

  private ready(pages: number): LoadedPolicy {
    if (this.loaded !== undefined && this.pages >= pages) return this.loaded;
    // Let go of the smaller one first: memory of both at once is not needed.
    this.loaded = undefined;
    this.loaded = opa.loadPolicySync(this.bytes, { initial: pages, maximum: PAGES.maximum });
    this.pages = pages;
    return this.loaded;
  }
}

/**
 * The inventory as JSON. Halves of surrogate pairs, which the runtime refuses and which are no text anywhere, become
 * Unicode's replacement character.
 */
function written(input: Inventory): string {
  let json: string;
  try {
    json = JSON.stringify(input);
  } catch (error) {
    if (error instanceof RangeError) throw failure("the input is too long; judge fewer files at a time");
    throw error;
  }
  // `JSON.stringify` writes halves, and nothing else, as escapes of this range.
  if (!json.includes("\\ud")) return json;
  return json.replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (unit) => (unit === "\\\\" ? unit : "\ufffd"));
}

let own: Policy | undefined;

/** The project's own policy. Reads `policy.wasm` on the first call. */
export function ownPolicy(): Policy {
  own ??= new Policy(Uint8Array.from(readFileSync(packFile("policy.wasm"))));
  return own;
}

function failure(why: string): InputError {
  return new InputError("DG090", `The policy failed to evaluate: ${why}`, "policy.wasm");
}

/** The runtime throws strings, objects with a message, and WebAssembly's own errors. */
function reason(thrown: unknown): string {
  if (thrown === "opa_malloc: failed") return "the input needs more than 2 GiB of memory; judge fewer files at a time";
  if (typeof thrown === "string") return thrown;
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) return String(thrown.message);
  return String(thrown);
}
