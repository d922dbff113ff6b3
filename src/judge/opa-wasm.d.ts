/** The published types of this package name exports its ESM entry does not have, and say `any`; these are what it has. */
declare module "@open-policy-agent/opa-wasm" {
  export interface LoadedPolicy {
    mem: { readonly buffer: ArrayBuffer };
    /** Throws strings and plain objects, not errors. Any `input` but an object or an ArrayBuffer is mis-encoded. */
    evaluate(input: object | ArrayBuffer, entrypoint: string): unknown;
  }

  const opa: {
    /** Memory is in pages of 64 KiB. */
    loadPolicySync(policy: Uint8Array<ArrayBuffer>, memory: { initial: number; maximum: number }): LoadedPolicy;
  };
  export default opa;
}
