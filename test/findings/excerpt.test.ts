import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Excerpts } from "../../src/findings/excerpt";
import { nearest, outline } from "../../src/findings/outline";
import { mayHoldSecret } from "../../src/findings/redaction";
import { inventoriesOf } from "../../src/inventories";
import { type Document, readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";

/** Secrets of several kinds in the places people leave them; each word of them is somewhere in `TEMPLATE`. */
const SECRETS = [
  ...["hunter2hunter2", "correct-horse", "battery-staple", "swordfish7", "opensesame9", "letmein4ever", "wordpass11"],
  ...[
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "MIIEowIBAAKCAQEA",
    "s3cr3tvalue",
  ],
];
const TEMPLATE = `Parameters:
  Table:
    Type: String
    Default: orders-table
  DbPassword:
    Type: String
    NoEcho: true
    Default: hunter2hunter2
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders
      Handler: app.handler
      Runtime: nodejs24.x
      MemorySize: 512
      Environment:
        Variables:
          TABLE: !Ref Table
          DB_PASSWORD: hunter2hunter2
          API_TOKEN: >-
            correct-horse
            battery-staple
          AWS_ACCESS_KEY_ID: AKIAIOSFODNN7EXAMPLE
          AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
          REGION: eu-west-1
      Role: arn:aws:iam::111122223333:role/worker
      Code:
        ZipFile: |
          const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
          const password = "swordfish7";
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: db
      SecretString: |
        user: admin
        s3cr3tvalue
  Key:
    Type: AWS::EC2::KeyPair
    Properties:
      PublicKeyMaterial: |
        -----BEGIN RSA PRIVATE KEY-----
        MIIEowIBAAKCAQEA
        -----END RSA PRIVATE KEY-----
      KeyName: deploy
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment:
            - Name: ADMIN_PASSWORD
              Value: opensesame9
            - {Name: OTHER_PASSWORD, Value: letmein4ever}
            - Value: wordpass11
              Name: THIRD_PASSWORD
            - Name: COLOUR
              Value: turquoise
Outputs:
  Leaked:
    Value: postgres://admin:hunter2hunter2@db.example
  Plain:
    Value: nothing
`;

function excerptsOf(file: string, text: string): { document: Document; excerpts: Excerpts } {
  const document = readDocument(new TextEncoder().encode(text), file);
  const scenarios = inventoriesOf(document, { today: "2026-11-22", settings: DEFAULT_SETTINGS });
  const inventories = scenarios.map(({ inventory }) => inventory);
  return { document, excerpts: new Excerpts(new Map([[file, document]]), inventories) };
}

/** All pointers of a document. */
function pointers(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [at];
  const inside = Object.entries(value).flatMap(([name, each]) => {
    return pointers(each, `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  });
  return [at, ...inside];
}

/** What a report could show of a document: the excerpts of findings at every pointer. */
function everything(file: string, text: string): string[] {
  const { document, excerpts } = excerptsOf(file, text);
  return pointers(document.value).flatMap((pointer) => {
    const location = { file, ...document.locate(pointer) };
    return excerpts.around({ rule: "DUR001", location, pointer }).map((line) => line.text ?? "");
  });
}

const PLAIN = JSON.stringify(readDocument(new TextEncoder().encode(TEMPLATE), "a.yaml").value);

describe("excerpts", () => {
  it.each([
    ["YAML", "a.yaml", TEMPLATE],
    ["JSON", "a.json", JSON.stringify(JSON.parse(PLAIN), null, 2)],
    ["JSON in one line", "a.json", PLAIN],
    [
      "YAML with flow mappings",
      "a.yaml",
      TEMPLATE.replace(
        /Variables:[\s\S]*REGION: eu-west-1/,
        "Variables: {TABLE: a, DB_PASSWORD: hunter2hunter2, AWS_ACCESS_KEY_ID: AKIAIOSFODNN7EXAMPLE}",
      ),
    ],
  ])("show no secret of %s wherever a finding is", (_, file, text) => {
    const shown = everything(file, text);
    for (const secret of SECRETS) expect(shown.filter((line) => line.includes(secret))).toEqual([]);
    // And what is none is shown.
    for (const word of ["orders-table", "MemorySize", "eu-west-1", "turquoise"].filter((each) => text.includes(each))) {
      expect(shown.filter((line) => line.includes(word)).length, word).toBeGreaterThan(0);
    }
  });

  it("show no secret of a plan", () => {
    const plan = readFileSync(join(import.meta.dirname, "../terraform/plans/15-secrets-in-env/plan.json"), "utf8");
    const shown = everything("plan.json", plan);
    for (const secret of ["Tr0ub4dor", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI", "-----BEGIN"]) {
      expect(plan).toContain(secret);
      expect(shown.filter((line) => line.includes(secret))).toEqual([]);
    }
    expect(shown.filter((line) => line.includes("function_name")).length).toBeGreaterThan(0);
  });

  it("mark the line, with what it belongs to and what it holds", () => {
    const { document, excerpts } = excerptsOf("a.yaml", TEMPLATE);
    const at = (pointer: string, rule = "DUR001") =>
      excerpts.around({ rule, location: { file: "a.yaml", ...document.locate(pointer) }, pointer });
    const properties = "/Resources/Fn/Properties";
    expect(at(`${properties}/Runtime`)).toEqual([
      { number: 13, text: "FunctionName: orders", marked: false },
      { number: 14, text: "Handler: app.handler", marked: false },
      { number: 15, text: "Runtime: nodejs24.x", marked: true },
      { number: 16, text: "MemorySize: 512", marked: false },
      { number: 17, text: "Environment:", marked: false },
      { number: 18, text: "  Variables:", marked: false },
      { number: 19, text: "    TABLE: !Ref Table", marked: false },
    ]);
    // The mapping before the key belongs to its neighbour, the one after it is its own.
    expect(at("/Resources/Secret").map(({ number, text }) => [number, text])).toEqual([
      [32, "Secret:"],
      [33, "  Type: AWS::SecretsManager::Secret"],
      [34, "  Properties:"],
      [35, "    Name: db"],
      [36, "    SecretString: •••"],
    ]);
    expect(at(`${properties}/Environment/Variables/DB_PASSWORD`, "LAM003")).toEqual([
      { number: 20, text: "DB_PASSWORD: •••", marked: true },
    ]);
    expect(at(`${properties}/Environment/Variables/API_TOKEN`)).toEqual([
      { number: 19, text: "TABLE: !Ref Table", marked: false },
      { number: 20, text: "DB_PASSWORD: •••", marked: false },
      { number: 21, text: "API_TOKEN: •••", marked: true },
      { number: 22, marked: false },
      { number: 23, marked: false },
    ]);
  });

  it("write out what stands in a line too long to read", () => {
    const { excerpts } = excerptsOf("a.json", PLAIN);
    const location = { file: "a.json", line: 1, column: 1 };
    expect(excerpts.around({ rule: "DUR001", location, pointer: "/Resources/Fn/Properties/Environment" })).toEqual([
      { text: '"Environment": {', marked: true },
      { text: '  "Variables": {', marked: false },
      { text: '    "TABLE": {', marked: false },
      { text: '      "Ref": "Table"', marked: false },
      { text: "    },".replace(",", ""), marked: false },
      { marked: false },
      { marked: false },
      { marked: false },
      { marked: false },
      { text: '    "REGION": "eu-west-1"', marked: false },
      { text: "  }", marked: false },
      { text: "}", marked: false },
    ]);
    expect(excerpts.around({ rule: "LAM003", location, pointer: "/Resources/Fn" })).toEqual([{ marked: true }]);
  });
});

describe("outlines", () => {
  it("are short", () => {
    const wide = Object.fromEntries([...Array(100).keys()].map((index) => [`key${index}`, [index]]));
    expect(outline("a", wide)).toHaveLength(15);
    expect(outline("a", { b: { c: { d: { e: 1 } } }, f: [], g: "x".repeat(200) })).toEqual([
      '"a": {',
      '  "b": {',
      '    "c": {',
      '      "d": {…}',
      "    }",
      "  }",
      '  "f": []',
      `  "g": "${"x".repeat(120)}"…`,
      "}",
    ]);
  });

  it("follow pointers into policies and stop at what is not there", () => {
    const plan = { values: { policy: '{"Statement":[{"Effect":"Allow"}]}' } };
    expect(nearest(plan, ["values", "policy", "Statement", "0"])).toEqual({ name: "0", value: { Effect: "Allow" } });
    expect(nearest({ a: { b: 1 } }, ["a", "b"])).toEqual({ name: "a", value: { b: 1 }, first: "b" });
    expect(nearest(plan, ["values", "role"])).toEqual({ name: "values", value: plan.values });
  });
});

it.each([
  ["Password: abc", true],
  ["PasswordPolicy:", false],
  ["Name: orders", false],
  ["password=abc", true],
  ['"DbPassword": "abc"', true],
  ["Resource: arn:aws:lambda:eu-west-1:111122223333:function:orders", false],
  ["{a: 1, MasterUserPassword: abc}", true],
  ["S3Key: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.zip", false],
])("a line by itself: %s", (text, secret) => {
  expect(mayHoldSecret(1, (number) => (number === 1 ? text : undefined))).toBe(secret);
});
