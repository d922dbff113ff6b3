/**
 * IAM once more, written to be compared with: literal policies and requests, one account, nothing unknown. It shares no
 * code with what it tests, and tries everything instead of being clever.
 */
export interface LiteralStatement {
  Effect: "Allow" | "Deny";
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
}

export interface Request {
  action: string;
  resource: string;
}

/** IAM user guide, "Policy evaluation logic": explicit Deny, then Allow by a policy and by the boundary, else Deny. */
export function evaluate(
  policies: readonly LiteralStatement[],
  boundary: readonly LiteralStatement[] | undefined,
  request: Request,
): "allow" | "deny" {
  const says = (statements: readonly LiteralStatement[], effect: string) =>
    statements.some((one) => one.Effect === effect && applies(one, request));
  if (says(policies, "Deny") || says(boundary ?? [], "Deny")) return "deny";
  const bounded = boundary === undefined || says(boundary, "Allow");
  return bounded && says(policies, "Allow") ? "allow" : "deny";
}

function applies(statement: LiteralStatement, { action, resource }: Request): boolean {
  const ofAction = (pattern: string) => glob(pattern.toLowerCase(), action.toLowerCase());
  const ofResource = (pattern: string) => glob(pattern, resource);
  return (
    (statement.Action?.some(ofAction) ?? !statement.NotAction?.some(ofAction)) &&
    (statement.Resource?.some(ofResource) ?? !statement.NotResource?.some(ofResource))
  );
}

/** `*` is any number of characters, `?` is one, whatever they are. */
export function glob(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const rest = pattern.slice(1);
  if (pattern[0] === "*") return glob(rest, text) || (text !== "" && glob(pattern, text.slice(1)));
  return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && glob(rest, text.slice(1));
}
