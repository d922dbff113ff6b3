/** The bundler puts the bytes of a `.wasm` file in place of its name. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
