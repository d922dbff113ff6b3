import { FRESH, hole } from "./text";
import type { Deployment } from "./types";

/**
 * The canonical texts of declared things. Front ends write every reference in these forms, so that two mentions of one
 * thing are one text. `name` is the literal name, or the hole of a generated one.
 */

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME` (service authorization reference, Lambda, "function"). */
export function functionArn(deployment: Deployment, name: string): string {
  return `arn:${deployment.partition}:lambda:${deployment.region}:${deployment.account}:function:${name}`;
}

/** `arn:aws:iam::ACCOUNT:role/PATH/NAME`; a path begins and ends with a slash. */
export function principalArn(deployment: Deployment, kind: string, path: string, name: string): string {
  return `arn:${deployment.partition}:iam::${deployment.account}:${kind}${path}${name}`;
}

/** The ARN of a customer managed policy. */
export function policyArn(deployment: Deployment, path: string, name: string): string {
  return principalArn(deployment, "policy", path, name);
}

/** `arn:aws:kms:REGION:ACCOUNT:key/ID`. */
export function keyArn(deployment: Deployment, id: string): string {
  return `arn:${deployment.partition}:kms:${deployment.region}:${deployment.account}:key/${id}`;
}

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`. */
export function logGroupArn(deployment: Deployment, name: string): string {
  return `arn:${deployment.partition}:logs:${deployment.region}:${deployment.account}:log-group:${name}`;
}

/**
 * The ARN that writing logs is authorised on (service authorization reference, CloudWatch Logs, "log-stream"): a stream
 * named as Lambda names them, in the Region and account of the function.
 */
export function logStreamArn(functionArnText: string, logGroup: string): string {
  const logs = functionArnText.replace(/:lambda:(.*):function:.*$/, ":logs:$1");
  return `${logs}:log-group:${logGroup}:log-stream:2026/11/22/[$LATEST]0123456789abcdef0123456789abcdef`;
}

/**
 * The ARN that checkpoints of one execution are authorised on (service authorization reference, Lambda, "durable
 * execution"); the qualifier is `$LATEST` or a version number, never an alias.
 */
export function executionArn(functionArnText: string, version: string): string {
  return `${functionArnText}:${version}/durable-execution/${FRESH.execution}/${FRESH.executionId}`;
}

/** The generated name of a declared resource. */
export function generatedName(address: string): string {
  return hole(address);
}
