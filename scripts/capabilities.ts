/**
 * Writes `policies/capabilities.json`: what OPA itself says it can do, cut down to the built-ins that WebAssembly has
 * natively with the same result as OPA. A policy that uses another one fails the build instead of failing at a user's.
 *
 * Reads `opa capabilities --current` from standard input and writes the file's text to standard output.
 */
import { readFileSync } from "node:fs";

/**
 * Measured one by one against `opa eval`. Left out although WebAssembly has them: `sprintf` (the runtime's own differs
 * from OPA's, and throws), `glob.match` (differs on `$`, `(`, `{`), `re_match`, `any`, `all` (gone from Rego v1), and
 * everything that reads a clock, the network or chance.
 */
const NATIVE = new Set([
  ...["assign", "eq", "equal", "neq", "lt", "lte", "gt", "gte"],
  ...["internal.member_2", "internal.member_3", "internal.template_string"],
  ...[
    "plus",
    "minus",
    "mul",
    "div",
    "rem",
    "abs",
    "ceil",
    "floor",
    "round",
    "numbers.range",
    "to_number",
    "format_int",
  ],
  ...["count", "sum", "product", "max", "min", "sort"],
  ...["and", "or", "intersection", "union"],
  ...["array.concat", "array.reverse", "array.slice"],
  ...["object.get", "object.keys", "object.filter", "object.remove", "object.union"],
  ...["concat", "contains", "endswith", "indexof", "lower", "upper", "replace", "split", "startswith", "substring"],
  ...["strings.replace_n", "strings.reverse"],
  ...["trim", "trim_left", "trim_prefix", "trim_right", "trim_space", "trim_suffix"],
  ...["regex.is_valid", "regex.match", "regex.find_all_string_submatch_n"],
  ...["is_array", "is_boolean", "is_null", "is_number", "is_object", "is_set", "is_string", "type_name"],
  ...["json.is_valid", "json.marshal", "json.unmarshal", "json.filter", "base64.decode", "base64.is_valid"],
  ...["graph.reachable", "walk"],
]);

/** Only the tests use these; no test is compiled to WebAssembly. */
const TESTS = new Set(["internal.test_case", "internal.print", "print"]);

interface Capabilities {
  builtins: { name: string }[];
}

const current: Capabilities = JSON.parse(readFileSync(0, "utf8"));
const missing = [...NATIVE].filter((name) => !current.builtins.some((builtin) => builtin.name === name));
if (missing.length > 0) throw new Error(`OPA has no built-in called ${missing.join(", ")}`);
const builtins = current.builtins.filter(({ name }) => NATIVE.has(name) || TESTS.has(name));
process.stdout.write(`${JSON.stringify({ ...current, builtins }, null, 2)}\n`);
