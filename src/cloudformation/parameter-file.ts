import { InputError } from "../errors";
import { isMap } from "../inventory/part";

/**
 * Parameter values from a file's content: a map of names to values, or the list of `ParameterKey`/`ParameterValue` that
 * the AWS CLI takes, or that list's newer form with a `Parameters` map around. Throws InputError DG040 for anything else.
 */
export function readParameterFile(content: unknown, file: string): Record<string, string> {
  if (Array.isArray(content)) return Object.fromEntries(content.map((entry) => listed(entry, file)));
  const map = isMap(content) && isMap(content["Parameters"]) ? content["Parameters"] : content;
  if (!isMap(map)) throw new InputError("DG040", "expected a map of parameter names to values", file);
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, scalar(value, name, file)]));
}

function listed(entry: unknown, file: string): [string, string] {
  const name = isMap(entry) ? entry["ParameterKey"] : undefined;
  if (!isMap(entry) || typeof name !== "string") {
    throw new InputError("DG040", "expected a list of {ParameterKey, ParameterValue}", file);
  }
  return [name, scalar(entry["ParameterValue"], name, file)];
}

function scalar(value: unknown, name: string, file: string): string {
  if (Array.isArray(value)) return value.map((item) => single(item, name, file)).join(",");
  return single(value, name, file);
}

function single(value: unknown, name: string, file: string): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return `${value}`;
  throw new InputError("DG040", `the value of parameter ${name} is not a text, number or list`, file);
}
