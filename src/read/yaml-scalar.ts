import { boolYaml11Tag, floatYaml11Tag, intYaml11Tag, NOT_RESOLVED, nullYaml11Tag } from "js-yaml";

/**
 * The value of a plain scalar by the YAML 1.1 types, which CloudFormation follows ("CloudFormation template format"):
 * `yes` and `off` are booleans, `010` is 8, `1:00:00` is 3600. Timestamps are not among its types, so `2012-10-17` is
 * text. `y` and `n` are text, as in the YAML libraries of Java and Python.
 *
 * What JSON cannot hold (`.inf`, `.nan`, integers beyond 2^53) stays text.
 */
export function plainScalar(source: string): string | number | boolean | null {
  if (/^[ynYN]$/.test(source)) return source;
  const none = nullYaml11Tag.resolve(source, false, nullYaml11Tag.tagName);
  if (none !== NOT_RESOLVED) return null;
  const boolean = boolYaml11Tag.resolve(source, false, boolYaml11Tag.tagName);
  if (boolean !== NOT_RESOLVED) return boolean;
  const integer = intYaml11Tag.resolve(source, false, intYaml11Tag.tagName);
  if (integer !== NOT_RESOLVED) return Number.isSafeInteger(integer) ? integer : source;
  const float = floatYaml11Tag.resolve(source, false, floatYaml11Tag.tagName);
  if (float !== NOT_RESOLVED && Number.isFinite(float)) return float;
  return source;
}
