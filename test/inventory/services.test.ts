import { expect, it } from "vitest";
import { plainPart } from "../../src/inventory/part";
import { readPolicyDocument } from "../../src/inventory/policy-document";

function servicesOf(statement: object): string[] | undefined {
  const document = plainPart({ Statement: { Effect: "Allow", Resource: "*", ...statement } }, "t.yaml#");
  return readPolicyDocument(document, "Role", new Set()).statements[0]?.services;
}

// The decision looks only at statements of the service it is asked about and at those of any: a service that is missing
// here is a statement that is passed over.
it.each([
  [{ Action: "lambda:InvokeFunction" }, ["lambda"]],
  [{ Action: ["Lambda:Invoke*", "s3:*", "lambda:Get?ayer"] }, ["lambda", "s3"]],
  [{ Action: "*" }, ["*"]],
  [{ Action: ["s3:GetObject", "*:Get*"] }, ["*"]],
  [{ Action: "la*:Invoke" }, ["*"]],
  [{ Action: "lambd?:InvokeFunction" }, ["*"]],
  [{ Action: "${Service}:GetObject" }, ["*"]],
  [{ Action: "GetObject" }, ["*"]],
  [{ Action: "" }, ["*"]],
  [{ NotAction: "iam:*" }, ["*"]],
  [{ Action: "s3:GetObject", NotAction: "iam:*" }, ["*"]],
  [{}, ["*"]],
])("%j may name actions of %j", (statement, services) => {
  expect(servicesOf(statement)).toEqual(services);
});
