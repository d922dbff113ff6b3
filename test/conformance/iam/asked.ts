import { can } from "../../../src/can";
import type { ReadingOptions } from "../../../src/inventories";
import { readDocument } from "../../../src/read/document";
import { DEFAULT_SETTINGS } from "../../../src/settings/defaults";

export const ACCOUNT = "111122223333";
export const DEPLOYED: Partial<ReadingOptions> = { partition: "aws", region: "eu-west-1", account: ACCOUNT };

/** ARN of a Lambda function, or of what follows its name, where `DEPLOYED` deploys it. */
export const lambda = (rest: string) => `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${rest}`;
export const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

export type Resources = Record<string, { Type: string; Properties?: object }>;

export interface Question {
  resources: Resources;
  action: string;
  resource: string;
  principal?: string;
  /** `DEPLOYED` when not given. */
  deployed?: Partial<ReadingOptions>;
  Parameters?: object;
}

/** A template as read from a file. */
export function templateOf(resources: Resources, rest: object = {}) {
  const text = JSON.stringify({ ...rest, Resources: resources });
  return readDocument(new TextEncoder().encode(text), "t.json");
}

export const OPTIONS: ReadingOptions = { today: "2026-11-22", settings: DEFAULT_SETTINGS };

/** The whole way: a template is read, joined and asked about. */
export function ask({ resources, action, resource, principal = "Role", deployed = DEPLOYED, ...rest }: Question) {
  return can([templateOf(resources, rest)], principal, action, resource, { ...OPTIONS, ...deployed });
}

/** The role `Role` with an inline policy of these statements. */
export function roleWith(statements: object[], properties: object = {}): Resources {
  const Policies = statements.length === 0 ? [] : [{ PolicyName: "inline", PolicyDocument: document(statements) }];
  return { Role: { Type: "AWS::IAM::Role", Properties: { RoleName: "order-role", Policies, ...properties } } };
}

export const document = (Statement: object[]) => ({ Version: "2012-10-17", Statement });

export const allow = (Action: unknown, Resource: unknown, rest: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...rest,
});

export const deny = (Action: unknown, Resource: unknown, rest: object = {}) => ({
  ...allow(Action, Resource, rest),
  Effect: "Deny",
});
