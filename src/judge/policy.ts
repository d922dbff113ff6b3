import { readFileSync } from "node:fs";
import opa, { type LoadedPolicy } from "@open-policy-agent/opa-wasm";
import { InputError } from "../errors";
import type { Inventory } from "../inventory/types";
import { packFile } from "./pack";

/**
 * 2 GiB, all of it from the start: OPA's allocator grows memory page by page, and each step costs as much as a small
 * evaluation (800 functions under one role: 13 s instead of 1.8 s). What is not used is only address space. Beyond 2 GiB
 * the allocator answers with negative addresses, which the runtime takes for offsets: results would be read from the
 * wrong place.
 */
const PAGES = 32768;

/** Bytes of input: what the evaluation of a larger one has touched is worth giving back. */
const LARGE = 1024 * 1024;

export type Entrypoint = "durable_guard/results" | "durable_guard/answers";

/** Evaluates inputs by a compiled policy; keeps it loaded for the next. */
export class Policy {
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private loaded: LoadedPolicy | undefined;
  /** Bytes of the largest input so far. */
  private largest = 0;

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
    const { buffer } = Uint8Array.from(new TextEncoder().encode(JSON.stringify(input)));
    this.largest = Math.max(this.largest, buffer.byteLength);
    let results: unknown;
    try {
      this.loaded ??= opa.loadPolicySync(this.bytes, { initial: PAGES, maximum: PAGES });
      results = this.loaded.evaluate(buffer, entrypoint);
    } catch (thrown) {
      this.loaded = undefined;
      throw failure(reason(thrown));
    }
    const first: unknown = Array.isArray(results) ? results[0] : undefined;
    if (typeof first === "object" && first !== null && "result" in first) return first.result;
    throw failure(`${entrypoint} has no value`);
  }

  /** Gives back the memory that large inputs have touched: it would stay with the process. */
  release(): void {
    if (this.largest > LARGE) this.loaded = undefined;
    this.largest = 0;
  }
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
