import { type Part, plainPart } from "./part";
import type { Value } from "./types";
import { textOrHole } from "./values";

/** What an `AWS::Lambda::Permission` or `aws_lambda_permission` says. */
export interface Permission {
  action: Value<string>;
  principal: Value<string>;
  sourceArn?: Value<string>;
  sourceAccount?: Value<string>;
  organization?: Value<string>;
  urlAuthType?: Value<string>;
  viaUrl?: Value<boolean>;
  eventSourceToken?: Value<string>;
}

/**
 * The statement that Lambda writes into the function's policy for a permission (Lambda API reference, "AddPermission"),
 * as a policy document.
 */
export function permissionDocument(permission: Permission, at: string): Part {
  const conditions: [operator: string, key: string, value: Value<unknown> | undefined][] = [
    ["ArnLike", "aws:SourceArn", permission.sourceArn],
    ["StringEquals", "aws:SourceAccount", permission.sourceAccount],
    ["StringEquals", "aws:PrincipalOrgID", permission.organization],
    ["StringEquals", "lambda:FunctionUrlAuthType", permission.urlAuthType],
    ["Bool", "lambda:InvokedViaFunctionUrl", permission.viaUrl],
    ["StringEquals", "lambda:EventSourceToken", permission.eventSourceToken],
  ];
  const written: Record<string, Record<string, string>> = {};
  for (const [operator, key, value] of conditions) {
    if (value === undefined) continue;
    const text = value.known === undefined ? textOrHole({ unknown: value.unknown ?? "" }) : String(value.known);
    written[operator] = { ...written[operator], [key]: text };
  }
  const statement = {
    Effect: "Allow",
    Action: textOrHole(permission.action),
    Resource: "*",
    Principal: principalElement(textOrHole(permission.principal)),
    Condition: written,
  };
  return plainPart({ Statement: [statement] }, at);
}

/** A service is a domain name; everything else is an account, an ARN or everyone. */
function principalElement(principal: string): unknown {
  if (principal === "*") return "*";
  const isService = !principal.startsWith("arn:") && /\.[a-z]/.test(principal.replace(/\$\{[^{}]*\}/g, "x"));
  return isService ? { Service: principal } : { AWS: principal };
}
