import { readFileSync } from "node:fs";
import opa, { type LoadedPolicy } from "@open-policy-agent/opa-wasm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { InputError } from "../../src/errors";
import type { Inventory } from "../../src/inventory/types";
import { packFile } from "../../src/judge/pack";
import { ownPolicy, Policy } from "../../src/judge/policy";
import { durableFunction, inventory } from "./inventory";

const bytes = () => Uint8Array.from(readFileSync(packFile("policy.wasm")));
const bad = inventory({ functions: [durableFunction("Fn", { executionTimeout: { known: 0 } })] });

afterEach(() => vi.restoreAllMocks());

/** Stands in for the runtime. */
function runtime(evaluate: () => unknown) {
  const loaded: LoadedPolicy = { mem: { buffer: new ArrayBuffer(0) }, evaluate };
  return vi.spyOn(opa, "loadPolicySync").mockReturnValue(loaded);
}

function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("input", () => {
  // What the trap is: the runtime takes these for JSON values, and the policy finds nothing in them.
  it.each([
    ["a text", (json: string) => json],
    ["a Buffer", (json: string) => Buffer.from(json)],
  ])("reaches the runtime as an ArrayBuffer, because %s is mis-encoded there", (_name, encode) => {
    const policy = opa.loadPolicySync(bytes(), { initial: 512, maximum: 32768 });
    const given: unknown = encode(JSON.stringify(bad));
    const misread = JSON.stringify(policy.evaluate(given as object, "durable_guard/results"));
    expect(misread).not.toContain("ExecutionTimeout is 0");
    expect(JSON.stringify(ownPolicy().evaluate(bad, "durable_guard/results"))).toContain("ExecutionTimeout is 0");
  });

  it("keeps every character of the text", () => {
    const name = "Größe-𝄞-\u2028";
    const odd = inventory({ functions: [durableFunction(name, { executionTimeout: { known: 0 } })] });
    expect(JSON.stringify(ownPolicy().evaluate(odd, "durable_guard/results"))).toContain(
      JSON.stringify(name).slice(1, -1),
    );
  });
});

describe("memory", () => {
  const large = inventory({ resources: [{ address: "x".repeat(1 << 18), at: "", type: "" }] });

  it("is 32 MiB for a small input, and does not grow in the evaluation", () => {
    const loading = vi.spyOn(opa, "loadPolicySync");
    const functions = Array.from({ length: 100 }, (_, n) =>
      durableFunction(`Fn${n}`, { executionTimeout: { known: 0 } }),
    );
    new Policy(bytes()).evaluate(inventory({ functions }), "durable_guard/results");
    expect(loading.mock.calls[0]?.[1].initial).toBe(512);
    expect(loading.mock.results[0]?.value.mem.buffer.byteLength).toBe(2 ** 25);
  });

  it("is all 2 GiB for any other: beyond that addresses turn negative", () => {
    const loading = runtime(() => [{ result: {} }]);
    new Policy(bytes()).evaluate(large, "durable_guard/results");
    expect(loading.mock.calls[0]?.[1]).toEqual({ initial: 32768, maximum: 32768 });
  });

  it("is kept for the next input that it suffices for, and given back after a large one", () => {
    const loading = runtime(() => [{ result: {} }]);
    const policy = new Policy(bytes());
    const initial = () => loading.mock.calls.map(([, memory]) => memory.initial);
    for (const each of [bad, bad]) policy.evaluate(each, "durable_guard/results");
    policy.release();
    policy.evaluate(bad, "durable_guard/results");
    expect(initial()).toEqual([512]);
    for (const each of [large, bad, large]) policy.evaluate(each, "durable_guard/results");
    expect(initial()).toEqual([512, 32768]);
    policy.release();
    policy.evaluate(bad, "durable_guard/results");
    expect(initial()).toEqual([512, 32768, 512]);
  });
});

describe("failure", () => {
  it.each([
    ["a text", () => "var assignment conflict", "var assignment conflict"],
    [
      "an object",
      () => ({ message: "not implemented: built-in function 3: sprintf" }),
      "not implemented: built-in function 3: sprintf",
    ],
    ["an error", () => new RangeError("memory access out of bounds"), "memory access out of bounds"],
    ["nothing of use", () => 7, "7"],
    [
      "word of too little memory",
      () => "opa_malloc: failed",
      "the input needs more than 2 GiB of memory; judge fewer files at a time",
    ],
  ])("of the runtime, thrown as %s, is one line with a code", (_name, thrown, text) => {
    runtime(() => {
      throw thrown();
    });
    expect(errorOf(() => new Policy(bytes()).evaluate(bad, "durable_guard/results"))).toBe(
      `policy.wasm DG090 The policy failed to evaluate: ${text}`,
    );
  });

  it("leaves no half-used instance behind", () => {
    let calls = 0;
    const loading = runtime(() => {
      calls += 1;
      if (calls === 1) throw "opa_malloc: failed";
      return [{ result: "fine" }];
    });
    const policy = new Policy(bytes());
    expect(() => policy.evaluate(bad, "durable_guard/results")).toThrow(InputError);
    expect(policy.evaluate(bad, "durable_guard/results")).toBe("fine");
    expect(loading).toHaveBeenCalledTimes(2);
  });

  it.each([[[]], [undefined], [[{}]]])("is what an undefined result is (%j), not a pass", (results) => {
    runtime(() => results);
    expect(errorOf(() => new Policy(bytes()).evaluate(bad, "durable_guard/results"))).toBe(
      "policy.wasm DG090 The policy failed to evaluate: durable_guard/results has no value",
    );
  });
});

it("gives results as an object keyed by rule, not as a set", () => {
  const results = ownPolicy().evaluate(inventory(), "durable_guard/results");
  expect(results).toMatchObject({ "durable/durable_config_limits": { finding: [], examined: [] } });
});

it("gives one answer for each question", () => {
  const none: Inventory = inventory();
  expect(ownPolicy().evaluate(none, "durable_guard/answers")).toEqual([]);
});
