import { readFileSync } from "node:fs";
import opa, { type LoadedPolicy } from "@open-policy-agent/opa-wasm";
import { InputError } from "../errors";
import type { Inventory } from "../inventory/types";
import { packFile } from "./pack";

/** WebAssembly counts memory in pages. */
const PAGE = 64 * 1024;

/**
 * 2 GiB. Beyond it OPA's allocator answers with negative addresses, which the runtime takes for offsets: results would be
 * read from the wrong place.
 */
const MAXIMUM_PAGES = 32768;

/** What an evaluation needs apart from its input: the policy's own data and the result of a small input. */
const BASE_PAGES = 256;

/**
 * Bytes of memory for each byte of input; 13 to 69 were measured. OPA's allocator grows memory page by page and each step
 * is costly (1,000 functions: 1.9 s instead of 0.4 s), so all of it is reserved at once; what is not used costs nothing.
 */
const BYTES_PER_INPUT_BYTE = 96;

export type Entrypoint = "durable_guard/results" | "durable_guard/answers";

/** Evaluates inputs by a compiled policy; keeps its memory for the next. */
export class Policy {
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private loaded: LoadedPolicy | undefined;

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
    const policy = this.ready(buffer.byteLength);
    let results: unknown;
    try {
      results = policy.evaluate(buffer, entrypoint);
    } catch (thrown) {
      this.loaded = undefined;
      throw failure(reason(thrown));
    }
    const first: unknown = Array.isArray(results) ? results[0] : undefined;
    if (typeof first === "object" && first !== null && "result" in first) return first.result;
    throw failure(`${entrypoint} has no value`);
  }

  /** An instance with memory for that much input. */
  private ready(inputBytes: number): LoadedPolicy {
    const initial = Math.min(BASE_PAGES + Math.ceil((inputBytes * BYTES_PER_INPUT_BYTE) / PAGE), MAXIMUM_PAGES);
    if (this.loaded === undefined || this.loaded.mem.buffer.byteLength < initial * PAGE) {
      // Let go of the smaller one first: memory of both at once is not needed.
      this.loaded = undefined;
      this.loaded = opa.loadPolicySync(this.bytes, { initial, maximum: MAXIMUM_PAGES });
    }
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
