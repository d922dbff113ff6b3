import { expect, test } from "vitest";
import { inventoryOf } from "./inventories";

/** NoEcho keeps the value that a parameter is given out of DescribeStacks ("Parameters" in the CloudFormation guide). */
test.each([
  ["a literal", "Sommer2026!x", "template"],
  ["a hidden parameter with a default", "!Ref HiddenDefault", "template"],
  ["a shown parameter with a default", "!Ref ShownDefault", "template"],
  ["a shown parameter", "!Ref Shown", "parameters"],
  ["a hidden parameter", "!Ref Hidden", "nowhere"],
  ["a hidden parameter in a text", '!Sub "${Hidden}!1"', "nowhere"],
  ["a parameter of Parameter Store", "!Ref Stored", "nowhere"],
  ["a dynamic reference", '"{{resolve:secretsmanager:ana:SecretString:password}}"', "nowhere"],
  ["a dynamic reference that is misspelt", '"{{resolve:secretsmanager:{$Ana}::password}}"', "nowhere"],
  ["what another stack exports", "!ImportValue AnaPassword", "nowhere"],
])("where the console password stands that is %s", (_, password, passwordIn) => {
  const { principals } = inventoryOf(`
Parameters:
  Hidden: { Type: String, NoEcho: true }
  HiddenDefault: { Type: String, NoEcho: true, Default: Sommer2026!x }
  Shown: { Type: String }
  ShownDefault: { Type: String, Default: Sommer2026!x }
  Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: /people/ana }
Resources:
  Ana: { Type: AWS::IAM::User, Properties: { LoginProfile: { Password: ${password} } } }
`);
  expect(principals.map(({ console }) => console)).toEqual([
    {
      at: "t.yaml#/Resources/Ana/Properties/LoginProfile/Password",
      passwordIn,
      resetRequired: { known: false },
    },
  ]);
  expect(JSON.stringify(principals)).not.toContain("Sommer2026");
});

test("a value that a hidden parameter is given is not the template's", () => {
  const template = `
Parameters:
  Hidden: { Type: String, NoEcho: true }
Resources:
  Ana: { Type: AWS::IAM::User, Properties: { LoginProfile: { Password: !Ref Hidden, PasswordResetRequired: true } } }
`;
  const { principals } = inventoryOf(template, { parameters: { Hidden: "Sommer2026!x" } });
  expect(principals[0]?.console).toMatchObject({ passwordIn: "nowhere", resetRequired: { known: true } });
});

test("users without a password, and with a profile that has none", () => {
  const { principals } = inventoryOf(`
Resources:
  Ana: { Type: AWS::IAM::User }
  Ben: { Type: AWS::IAM::User, Properties: { LoginProfile: { PasswordResetRequired: !Ref Reset } } }
`);
  expect(principals.map(({ console }) => console)).toEqual([
    undefined,
    {
      at: "t.yaml#/Resources/Ben/Properties/LoginProfile",
      passwordIn: "nowhere",
      resetRequired: { unknown: expect.any(String) },
    },
  ]);
});
