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
    ["Join over a list that is not known", "!Join ['-', !Ref Open]", "${Fn::Join - Ref Open}"],
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
    ["a list where a text belongs", "[a]", "a list where a text belongs"],
  ])("%s", (_, expression, why) => {
    expect(described(expression)).toEqual({ unknown: why });
  });

  it("a name made of itself ends", () => {
    const loop = "  Loop: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub 'x-${Loop}'}}";
    expect(described("!Ref Loop", loop)).toEqual({ known: "x-${Loop}" });
  });
});

// The examples of each function's page, and what the page says of its limits.
describe("examples of the CloudFormation guide", () => {
  const cidr = (index: number | string, block: string) => `!Select [${index}, !Cidr [${block}]]`;
  const all = (list: string) => `!Join [' ', ${list}]`;
  const NETWORKS = "192.168.0.0/27 192.168.0.32/27 192.168.0.64/27 192.168.0.96/27 192.168.0.128/27 192.168.0.160/27";
  it.each([
    ["Fn::Base64", "!Base64 AWS CloudFormation", "QVdTIENsb3VkRm9ybWF0aW9u"],
    ["Fn::Base64 of what looks like a hole", "!Base64 'é${Fn}'", "w6kke0ZufQ=="],
    ["Fn::Base64 of what is open", "!Base64 {Ref: Env}", "${Fn::Base64}"],
    // The blocks by Python's ipaddress.ip_network(…).subnets(new_prefix=32 - bits).
    ["Fn::Cidr: six of mask /27", all("!Cidr ['192.168.0.0/24', 6, 5]"), NETWORKS],
    ["Fn::Cidr: numbers as texts", all("!Cidr ['192.168.0.0/24', '6', '5']"), NETWORKS],
    ["Fn::Cidr: the last of 256", cidr(255, "'10.0.0.0/16', 256, 8"), "10.0.255.0/24"],
    ["Fn::Cidr: over an octet", cidr(17, "'172.31.240.0/20', 18, 4"), "172.31.241.16/28"],
    ["Fn::Cidr: up to the last address", cidr(255, "'255.255.255.0/24', 256, 0"), "255.255.255.255/32"],
    ["Fn::Cidr: the whole block", cidr(0, "'10.0.0.0/16', 1, 16"), "10.0.0.0/16"],
    ["Fn::Cidr of more than fit", cidr(0, "'192.168.0.0/24', 9, 5"), "${Fn::Cidr 192.168.0.0/24 9 5 0}"],
    ["Fn::Cidr of more than 256", cidr(0, "'10.0.0.0/8', 257, 8"), "${Fn::Cidr 10.0.0.0/8 257 8 0}"],
    ["Fn::Cidr of none", cidr(0, "'10.0.0.0/8', 0, 8"), "${Fn::Cidr 10.0.0.0/8 0 8 0}"],
    ["Fn::Cidr of larger blocks than given", cidr(0, "'10.0.0.0/24', 1, 9"), "${Fn::Cidr 10.0.0.0/24 1 9 0}"],
    ["Fn::Cidr of an address within a network", cidr(0, "'10.0.0.1/24', 1, 8"), "${Fn::Cidr 10.0.0.1/24 1 8 0}"],
    ["Fn::Cidr of what is no address", cidr(0, "'10.0.0.256/24', 1, 8"), "${Fn::Cidr 10.0.0.256/24 1 8 0}"],
    ["Fn::Cidr of IPv6", cidr(0, "'2001:db8::/56', 1, 64"), "${Fn::Cidr 2001:db8::/56 1 64 0}"],
    ["Fn::Cidr of what is open", cidr(1, "!Ref Env, 2, 8"), "${Fn::Cidr Env 2 8 1}"],
    ["Fn::Cidr without bits", cidr(0, "'10.0.0.0/16', 2"), "${Fn::Cidr 10.0.0.0/16 2 0}"],
    ["Fn::FindInMap with DefaultValue: found", "!FindInMap [Names, eu-west-1, name, {DefaultValue: x}]", "shared"],
    ["Fn::FindInMap with DefaultValue: no such map", "!FindInMap [None, a, b, {DefaultValue: x}]", "x"],
    ["Fn::FindInMap with DefaultValue: no such key", "!FindInMap [Names, ap-south-1, name, {DefaultValue: x}]", "x"],
    ["Fn::FindInMap with DefaultValue: a function", "!FindInMap [Names, a, b, {DefaultValue: !Ref Size}]", "3"],
    [
      "Fn::FindInMap with DefaultValue: the key is open, and the map says different things",
      "!FindInMap [Names, !Ref Env, size, {DefaultValue: x}]",
      "${Fn::FindInMap Names.Env.size}",
    ],
    ["Fn::FindInMap: no such key", "!FindInMap [Names, ap-south-1, name]", "${Fn::FindInMap Names.ap-south-1.name}"],
    ["Fn::GetAZs of another Region", "!Select [0, !GetAZs eu-west-1]", "${Fn::GetAZs eu-west-1 0}"],
    ["Fn::GetAZs of the own Region", "!Select [0, !GetAZs {Ref: 'AWS::Region'}]", "${Fn::GetAZs 0}"],
    ["Fn::If: true", "!If [Always, a, b]", "a"],
    ["Fn::If: false", "!If [Never, a, b]", "b"],
    ["Fn::If in Fn::If", "!If [Never, a, !If [Always, !Ref Size, c]]", "3"],
    ["Fn::ImportValue of a name that is made", "!ImportValue {'Fn::Sub': 'net-${Size}'}", "${Fn::ImportValue net-3}"],
    ["Fn::Join", "!Join [':', [a, b, c]]", "a:b:c"],
    ["Fn::Join leaves AWS::NoValue out", "!Join [':', [a, !Ref AWS::NoValue, c]]", "a:c"],
    ["Fn::Join of open lists with different delimiters", "!Join ['/', !Ref Open]", "${Fn::Join / Ref Open}"],
    ["Fn::Length of a list", "{'Fn::Length': [a, !Ref Env, c]}", "3"],
    ["Fn::Length of Fn::Split", "{'Fn::Length': !Split ['|', 'a|b|c']}", "3"],
    ["Fn::Select", "!Select ['1', [apples, grapes, oranges, mangoes]]", "grapes"],
    ["Fn::Split", all("!Split ['|', 'a|b|c']"), "a b c"],
    ["Fn::Split: delimiters in a row", "!Join ['-', !Split ['|', 'a||c|']]", "a--c-"],
    ["Fn::Split: no delimiter in it", "!Select [0, !Split ['|', abc]]", "abc"],
    ["Fn::Split of an import", "!Select [2, !Split [',', !ImportValue Ids]]", "${Fn::Split , Fn::ImportValue Ids 2}"],
    ["Fn::Sub with a mapping", "!Sub ['www.${Domain}', {Domain: !Ref Size}]", "www.3"],
    ["Fn::Sub: the mapping comes first", "!Sub ['${Size}', {Size: mine}]", "mine"],
    [
      "Fn::ToJsonString of a map",
      "{'Fn::ToJsonString': {key1: value1, key2: !Ref Size}}",
      '{"key1":"value1","key2":"3"}',
    ],
    ["Fn::ToJsonString of a list", "{'Fn::ToJsonString': [{key1: value1}, !Ref Size]}", '[{"key1":"value1"},"3"]'],
    ["Fn::ToJsonString leaves AWS::NoValue out", "{'Fn::ToJsonString': {a: !Ref AWS::NoValue, b: x}}", '{"b":"x"}'],
    ["Fn::Transform in Fn::Sub", "!Sub ['${X}', {X: {'Fn::Transform': {Name: Mine}}}]", "${Fn::Transform Mine}"],
  ])("%s", (_, expression, text) => {
    expect(described(expression, CONDITIONS)).toEqual({ known: text });
  });

  // What a condition that is not settled chooses is one thing, whatever it is, and another from other branches.
  it.each([
    ["the same branches", "!Join ['', [!If [Nobody, a, b], !If [Nobody, a, b]]]", "${Fn::If Nobody}${Fn::If Nobody}"],
    ["others", "!Join ['', [!If [Nobody, a, b], !If [Nobody, b, a]]]", "${Fn::If Nobody}${Fn::If Nobody (2)}"],
  ])("Fn::If of %s", (_, expression, text) => {
    expect(described(expression, CONDITIONS)).toEqual({ known: text });
  });

  it.each([
    ["Fn::If on a condition nobody declared", "!If [Nobody, a, b]", "Fn::If Nobody"],
    ["Fn::Length of an open list", "{'Fn::Length': !Ref Open}", "Fn::Length"],
    ["Fn::Select beyond the list", "!Select [3, [a, b, c]]", "Fn::Select"],
    ["Fn::Select without an index", "!Select ['', [a, b, c]]", "Fn::Select"],
    ["Fn::ToJsonString of what is not known", "{'Fn::ToJsonString': {a: !GetAZs ''}}", "Fn::ToJsonString"],
    [
      "AWS::Include",
      "{'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: x}}}",
      "Fn::Transform AWS::Include",
    ],
  ])("%s", (_, expression, why) => {
    expect(described(expression, CONDITIONS)).toEqual({ unknown: why });
  });
});

const CONDITIONS = "Conditions: {Always: !Equals [a, a], Never: !Equals [a, b]}";
