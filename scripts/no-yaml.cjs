// Stands in for the `yaml` package in the bundle: @open-policy-agent/opa-wasm loads it for Rego's yaml.* built-ins, which
// no policy here can use.
module.exports = {};
