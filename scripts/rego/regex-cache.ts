/**
 * Mends OPA's WebAssembly runtime. It keeps the last 100 compiled regular expressions (`wasm/src/regex.cc`), and when there
 * are more, `reuse` may delete the very one it then puts back: from the 100th pattern on an evaluation hangs, traps or
 * answers from freed memory. Any account with a hundred different ARNs in its policies is enough.
 *
 * The mend makes `size < 100` always true, so that nothing is deleted: 100 becomes the greatest unsigned number. A pattern
 * costs about 4 KiB for the time of one evaluation.
 */

/** In `reuse(re2::RE2*)`: i32.load offset=12, i32.const 100, i32.lt_u, br_if 0. */
const BOUNDED = Uint8Array.of(0x28, 0x02, 0x0c, 0x41, 0xe4, 0x00, 0x49, 0x0d, 0x00);
/** The same length: -1 in two bytes of LEB128. */
const UNBOUNDED = Uint8Array.of(0x28, 0x02, 0x0c, 0x41, 0xff, 0x7f, 0x49, 0x0d, 0x00);

/**
 * The module with an unbounded cache. Throws when the place is not found exactly once: then OPA has changed, and whether
 * it still needs mending has to be found out anew (`test/judge/regex-cache.test.ts`).
 */
export function mendRegexCache(module: Uint8Array): Uint8Array {
  const bytes = Buffer.from(module);
  const place = bytes.indexOf(BOUNDED);
  if (place === -1 || bytes.indexOf(BOUNDED, place + 1) !== -1) {
    throw new Error("OPA's regular expression cache is not where it was; read scripts/rego/regex-cache.ts");
  }
  bytes.set(UNBOUNDED, place);
  return bytes;
}
