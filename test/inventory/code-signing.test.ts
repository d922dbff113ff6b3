import { expect, test } from "vitest";
import { inventoryOf } from "../cloudformation/inventories";
import { inventoryOf as planInventory, planned, planOf } from "../terraform/planned";

const template = (mention: string, policies: string) => `
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers:
        SigningProfileVersionArns: [arn:aws:signer:eu-west-1:111122223333:/signing-profiles/orders/abcdefghij]
      ${policies}
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/orders
      Runtime: nodejs24.x
      Handler: index.handler
      Code: { S3Bucket: builds, S3Key: orders.zip }
      CodeSigningConfigArn: ${mention}
`;

test.each([
  ["!Ref Signing", "CodeSigningPolicies: { UntrustedArtifactOnDeployment: Enforce }", { known: "Enforce" }],
  [
    "!GetAtt Signing.CodeSigningConfigArn",
    "CodeSigningPolicies: { UntrustedArtifactOnDeployment: Warn }",
    { known: "Warn" },
  ],
  // AWS's default ("AWS::Lambda::CodeSigningConfig", CodeSigningPolicies).
  ["!Ref Signing", "", { known: "Warn" }],
  ["arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0", "", undefined],
])("CloudFormation: %s with %s", (mention, policies, expected) => {
  expect(inventoryOf(template(mention, policies)).functions[0]?.codeSigningPolicy).toEqual(expected);
});

test("Terraform: a planned configuration is joined by its ARN, which is not known yet", () => {
  const fn = planned("14-hardened").functions[0];
  expect(fn?.codeSigningPolicy).toEqual({ known: "Enforce" });
});

test("Terraform: without a policies block AWS warns", () => {
  const plan = planOf([
    { address: "aws_lambda_code_signing_config.this", after: {}, unknown: { arn: true, id: true, policies: true } },
    {
      address: "aws_lambda_function.this",
      after: { function_name: "orders" },
      unknown: { code_signing_config_arn: true },
      written: { code_signing_config_arn: { references: ["aws_lambda_code_signing_config.this.arn"] } },
    },
  ]);
  expect(planInventory(plan).functions[0]?.codeSigningPolicy).toEqual({ known: "Warn" });
});
