import { describe, expect, it } from "vitest";
import { plain } from "../../src/inventory/text";
import { inventoryOf } from "./inventories";

/**
 * Each intrinsic function in a place where its outcome shows: the description of a function, which takes any text.
 * Expected values follow "Intrinsic function reference" of the CloudFormation guide.
 */
function described(expression: string, more = ""): { known?: string; unknown?: string } | undefined {
  const { functions } = inventoryOf(`
Parameters:
  Env: {Type: String}
  Size: {Type: Number, Default: 3}
  Secret: {Type: String, NoEcho: true, Default: hunter2}
  Zones: {Type: CommaDelimitedList, Default: "a, b,c"}
  Open: {Type: CommaDelimitedList}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /path}
Mappings:
  Names:
    us-east-1: {name: shared, size: 1}
    eu-west-1: {name: shared, size: 2}
Resources:
  Named: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Description: ${expression}
  Role: {Type: AWS::IAM::Role, Properties: {Path: /team/, RoleName: worker}}
  Key: {Type: AWS::KMS::Key}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Named, Name: live, FunctionVersion: !GetAtt V.Version}}
  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Named}}
${more}`);
  return functions.find(({ address }) => address === "Fn")?.description;
}

describe("Ref", () => {
  it.each([
    ["a parameter without a value is a hole", "!Ref Env", "${Env}"],
    ["a parameter with a default", "!Ref Size", "3"],
    ["a secret parameter stays a hole, its default is not shown", "!Ref Secret", "${Secret}"],
    ["a stored parameter: its default is a path, not the value", "!Ref Stored", "${Stored}"],
    ["a function gives its name", "!Ref Named", "orders"],
    ["a generated name is the hole of the resource", "!Ref Fn", "${Fn}"],
    ["a role gives its name", "!Ref Role", "worker"],
    [
      "an alias gives its ARN",
      "!Ref Alias",
      "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:live",
    ],
    [
      "a version gives its ARN",
      "!Ref V",
      "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:${V.Version}",
    ],
    ["a pseudo parameter", "!Ref AWS::Region", "${AWS::Region}"],
    ["a name nobody declared is a hole", "!Ref Nobody", "${Nobody}"],
  ])("%s", (_, expression, text) => {
    expect(described(expression)).toEqual({ known: text });
  });

  it("AWS::NoValue takes the property away", () => {
    expect(described("!Ref AWS::NoValue")).toBeUndefined();
  });
});

describe("one thing has one text, however it is written", () => {
  const arn = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}:*";
  it.each([
    "!Sub '${Fn.Arn}:*'",
    "!Join ['', [!GetAtt Fn.Arn, ':*']]",
    "!Join [':', [!GetAtt [Fn, Arn], '*']]",
    "!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}:*'",
    "!Sub ['${A}:*', {A: !GetAtt Fn.Arn}]",
    "!Select [1, [x, !Sub '${Fn.Arn}:*']]",
  ])("%s", (expression) => {
    expect(described(expression)).toEqual({ known: arn });
  });
});

describe("other functions", () => {
  it.each([
    [
      "GetAtt of a role has its path",
      "!GetAtt Role.Arn",
      "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/team/worker",
    ],
    ["GetAtt of a key", "!GetAtt Key.Arn", "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}"],
    ["GetAtt of something unlisted", "!GetAtt Key.Other.Thing", "${Key.Other.Thing}"],
    ["Sub keeps ${!Literal}", "!Sub 'a-${!aws:username}'", plain("a-${aws:username}")],
    ["Join over a list parameter", "!Join ['-', !Ref Zones]", "a-b-c"],
    ["Join over a list that is not known", "!Join ['-', !Ref Open]", "${Ref Open}"],
    ["Select from a list parameter", "!Select [1, !Ref Zones]", "b"],
    ["Select by text index", "!Select ['2', !Ref Zones]", "c"],
    ["Split then Select", "!Select [1, !Split ['/', 'a/b/c']]", "b"],
    ["Split does not cut a hole", "!Select [0, !Split [':', !Sub '${AWS::Region}:x']]", "${AWS::Region}"],
    ["FindInMap", "!FindInMap [Names, us-east-1, name]", "shared"],
    ["FindInMap where all Regions agree", "!FindInMap [Names, !Ref AWS::Region, name]", "shared"],
    [
      "FindInMap where they differ",
      "!FindInMap [Names, !Ref AWS::Region, size]",
      "${Fn::FindInMap Names.AWS::Region.size}",
    ],
    ["ImportValue", "!ImportValue shared-role", "${Fn::ImportValue shared-role}"],
    ["Base64", "!Base64 abc", "YWJj"],
    ["Length", "{'Fn::Length': !Ref Zones}", "3"],
    ["ToJsonString", "{'Fn::ToJsonString': {a: [1, !Ref Size]}}", '{"a":[1,"3"]}'],
    [
      "GetAZs has no known items, and two of them differ",
      "!Join ['', [!Select [0, !GetAZs ''], !Select [1, !GetAZs '']]]",
      "${Fn::GetAZs 0}${Fn::GetAZs 1}",
    ],
    ["a dynamic reference is settled at deployment", "'{{resolve:ssm:/a:1}}'", "${resolve:ssm:/a:1}"],
  ])("%s", (_, expression, text) => {
    expect(described(expression)).toEqual({ known: text });
  });

  it.each([
    ["an unlisted function is unknown, never a map", "{'Fn::Brandnew': [1]}", "Fn::Brandnew"],
    ["a macro", "{'Fn::Transform': {Name: Mine, Parameters: {}}}", "Fn::Transform Mine"],
    ["Cidr", "!Cidr ['10.0.0.0/16', 2, 8]", "Fn::Cidr"],
    ["a list where a text belongs", "[a]", "a list where a text belongs"],
  ])("%s", (_, expression, why) => {
    expect(described(expression)).toEqual({ unknown: why });
  });

  it("a name made of itself ends", () => {
    const loop = "  Loop: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub 'x-${Loop}'}}";
    expect(described("!Ref Loop", loop)).toEqual({ known: "x-${Loop}" });
  });
});
