declare module "cfn-include" {
  /** Synthesizes a template; relative includes are seen from `url`. */
  function cfnInclude(options: { template: unknown; url: string }): Promise<unknown>;
  export default cfnInclude;
}
