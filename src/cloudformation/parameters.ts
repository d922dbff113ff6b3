import { InputError } from "../errors";
import { isMap, step } from "../inventory/part";
import { plain } from "../inventory/text";

/** A parameter of a template with the value it was given, or its default. */
export interface DeclaredParameter {
  name: string;
  /** `NoEcho`: used in conditions, never shown. */
  secret: boolean;
  /** The value names a Systems Manager parameter; what that holds is not in the documents. */
  stored: boolean;
  /** `CommaDelimitedList` or `List<…>`. */
  list: boolean;
  /** The value is settled: given, or only the default counts. */
  given: boolean;
  value: string | undefined;
  /** The template itself gives it a value. */
  hasDefault: boolean;
  allowed: string[];
}

export type ParameterSet = ReadonlyMap<string, DeclaredParameter>;

/**
 * Reads a template's Parameters section ("Parameters" in the CloudFormation guide) with the values given for it, which
 * may hold holes where a parent stack gives them.
 * `defaultsOnly` settles every parameter that has a default. Malformed declarations are read as far as they go; a value
 * that AllowedValues refuse is an InputError (DG040).
 */
export function declaredParameters(
  body: Record<string, unknown>,
  file: string,
  given: Readonly<Record<string, string>>,
  defaultsOnly: boolean,
): ParameterSet {
  const section = isMap(body["Parameters"]) ? body["Parameters"] : {};
  const declared = new Map<string, DeclaredParameter>();
  for (const [name, declaration] of Object.entries(section)) {
    if (!isMap(declaration)) continue;
    const type = typeof declaration["Type"] === "string" ? declaration["Type"] : "String";
    const fallback = scalar(declaration["Default"]);
    const value = Object.hasOwn(given, name) ? given[name] : fallback;
    const allowed = Array.isArray(declaration["AllowedValues"])
      ? declaration["AllowedValues"].flatMap((item) => scalar(item) ?? [])
      : [];
    if (Object.hasOwn(given, name) && allowed.length > 0 && !allowed.includes(value ?? "")) {
      const what = `parameter ${name} does not allow the value it is given`;
      throw new InputError("DG040", what, file, undefined, step("/Parameters", name));
    }
    declared.set(name, {
      name,
      secret: declaration["NoEcho"] === true || declaration["NoEcho"] === "true",
      stored: type.startsWith("AWS::SSM::Parameter::Value<"),
      list: type === "CommaDelimitedList" || type.includes("List<"),
      given: Object.hasOwn(given, name) || (defaultsOnly && fallback !== undefined),
      value,
      hasDefault: fallback !== undefined,
      allowed,
    });
  }
  return declared;
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? plain(String(value))
    : undefined;
}
