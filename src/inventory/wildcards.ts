/**
 * Whether a pattern with `*` and `?` takes in a text. No regular expression: a pattern of many wildcards would take
 * one for ever. Each `*` is tried with as little as possible, and only the last one is ever widened.
 */
export function matches(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let read = 0; read < text.length; ) {
    if (pattern[at] === "*") {
      star = at++;
      resume = read;
    } else if (pattern[at] === "?" || pattern[at] === text[read]) {
      at++;
      read++;
    } else if (star === -1) {
      return false;
    } else {
      at = star + 1;
      read = ++resume;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
