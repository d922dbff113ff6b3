import { expect, test } from "vitest";
import patterns from "../../policies/data/secret-patterns.json" with { type: "json" };
import { type Suspicion, suspect, suspectText } from "../../src/inventory/secrets";

/**
 * No real secret stands here: AWS's keys are the ones its documentation prints, the rest are made up in the format that
 * the vendor's page describes, put together from halves so that no scanner takes this file for a leak.
 */
const ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
const SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const HEX_KEY = "b26a6b08e8a3a2ed" + "43b3d1f9c07e5a14";
const MIXED = "q7Rt2Yw9Zx4Kp8Lm" + "3Nv6Bc1Dj5Fh0GsA";

const literal = (name: string, value: string) => suspect(name, { known: value }, "literal");

const found = (kind: string, by: Suspicion["by"], certain = true, aws = false): Suspicion => ({
  kind,
  aws,
  by,
  certain,
});

test.each([
  ["AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS access key", true],
  ["key1", "AKIAAAAAAAAAAAAAAAAA", "AWS access key", true],
  ["PARTNER", "ASIAIOSFODNN7EXAMPLE", "AWS access key", true],
  ["CONFIG", `id=${ACCESS_KEY};region=eu-west-1`, "AWS access key", true],
  ["secret_key", SECRET_KEY, "AWS secret key", true],
  ["AWS_SECRET_FOR_PARTNER", SECRET_KEY, "AWS secret key", true],
  ["CREDENTIALS", `aws_secret_access_key = ${SECRET_KEY}`, "AWS secret key", true],
  ["SIGNER", "-----BEGIN RSA PRIVATE KEY-----\nMIIEexample\n-----END RSA PRIVATE KEY-----", "private key", false],
  ["SIGNER", "-----BEGIN PRIVATE KEY-----\\nMIIEexample\\n-----END PRIVATE KEY-----", "private key", false],
  ["SIGNER", btoa("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIexample\n"), "private key", false],
  ["DATABASE_URL", "postgres://app:Tr0ub4dor&3@db.internal:5432/app", "password in a URL", false],
  ["CACHE", "redis://:hunter2@cache.internal:6379", "password in a URL", false],
  ["ADO", "Server=db;User Id=app;Password=hunter2;", "password in a connection string", false],
  ["CONFIG", '{"host": "db", "password": "hunter2"}', "password in JSON", false],
  ["GH", `ghp_${"EXAMPLEexample".repeat(2)}00000000`, "GitHub token", false],
  ["GL", `glpat-${"EXAMPLEexample012345"}`, "GitLab token", false],
  ["SLACK", `xoxb-${"123456789012-EXAMPLEexample"}`, "Slack token", false],
  [
    "HOOK",
    `https://hooks.slack.com/services/${"T00000000/B00000000/EXAMPLEexampleEXAMPLE000"}`,
    "Slack webhook",
    false,
  ],
  ["STRIPE", `sk_live_${"EXAMPLEEXAMPLEEXAMPLE0000"}`, "Stripe key", false],
  ["MAPS", `AIza${"EXAMPLEexampleEXAMPLEexampleEXAMPLE"}`, "Google API key", false],
  ["MAIL", `SG.${"EXAMPLEexampleEXAMPLE0"}.${"EXAMPLEexampleEXAMPLEexampleEXAMPLEexample0"}`, "SendGrid key", false],
  ["REGISTRY", `npm_${"EXAMPLEexampleEXAMPLEexampleEXAMPLE0"}`, "npm token", false],
  ["SHOP", `shpat_${HEX_KEY}`, "Shopify token", false],
  ["SHOP", `shpss_${HEX_KEY}`, "Shopify token", false],
  ["DROPLETS", `dop_v1_${HEX_KEY.repeat(2)}`, "DigitalOcean token", false],
  ["MODELS", `hf_${"EXAMPLEexampleEXAMPLEexampleEXAMPL"}`, "Hugging Face token", false],
  ["VAULT", `hvs.${"EXAMPLEexampleEXAMPLEexample"}`, "Vault token", false],
  ["NOTEBOOKS", `dapi${HEX_KEY}`, "Databricks token", false],
  ["IMAGES", `dckr_pat_${"EXAMPLEexampleEXAMPLEexampl"}`, "Docker token", false],
  ["TICKETS", `ATATT3${"xFfGF0EXAMPLEexample_".repeat(3)}`, "Atlassian token", false],
  ["REQUESTS", `PMAK-${HEX_KEY.slice(8)}-${HEX_KEY}00`, "Postman key", false],
  ["ISSUES", `lin_api_${"EXAMPLEexample012345".repeat(2)}`, "Linear key", false],
  ["BOARDS", `glsa_${"EXAMPLEexample00".repeat(2)}_${"0123abcd"}`, "Grafana token", false],
  ["BOT", `123456789:AA${"EXAMPLEexampleEXAMPLEexampleEXAMP"}`, "Telegram token", false],
  ["REGISTRY", `pypi-AgE${"IcHlwaS5vcmc".repeat(6)}`, "PyPI token", false],
  ["MODEL", `sk-${MIXED}`, "API key", false],
  ["SESSION", `eyJhbGciOiJIUzI1NiJ9.${"eyJzdWIiOiIxIn0"}.${"abcdefghijklmnop"}`, "JSON Web Token", false],
])("%s is given away by its content: %s", (name, value, kind, aws) => {
  expect(literal(name, value)).toEqual(found(kind, "content", true, aws));
});

test.each([
  ["DB_PASSWORD", "hunter2", "password"],
  ["PGPASSWORD", "hunter2", "password"],
  ["MYSQL_ROOTPASSWORD", "hunter2", "password"],
  ["DBPWD", "hunter2", "password"],
  ["DB_PASSWORD", "correct horse battery staple", "password"],
  ["DB_PASSWORD_PROD", "Tr0ub4dor&3", "password"],
  ["DB_PASSWORD", "changeme", "password"],
  ["MasterUserPassword", "$ecret-12", "password"],
  ["SMTP_PASS", "hunter2", "password"],
  ["ADMIN_PWD", "20261122", "password"],
  ["DD_API_KEY", HEX_KEY, "key"],
  ["ApiKey", MIXED, "key"],
  ["JWT_SECRET", MIXED, "secret"],
  ["SEARCH_TOKEN", HEX_KEY, "token"],
  ["STRIPE_KEY", MIXED, "key"],
])("%s is given away by its name: %s", (name, value, kind) => {
  expect(literal(name, value)).toEqual(found(kind, "name"));
});

test.each([
  ["JWT_SECRET", "supersecretvalue", "secret", "name"],
  ["API_KEY", "0fbd19a4-6ab1-4f1c-8f4c-2d5dd8bf2c0e", "key", "name"],
  ["SETTING", `${MIXED}${MIXED.toLowerCase().slice(0, 8)}`, "random text", "content"],
] as const)("%s may be something else: %s", (name, value, kind, by) => {
  expect(literal(name, value)).toEqual(found(kind, by, false));
});

/** The first twelve are false positives that users of another tool reported (bridgecrewio/checkov, issue in brackets). */
test.each([
  ["METRIC_NAMESPACE", "mdp/feature-logging/FdaCompositePipeline", "#7542"],
  ["FDA_DOWNLOAD_URL", "https://www.fda.gov/media/76860/download", "#7542"],
  ["S3_BUCKET", "mdp-test-new-destroy-147997161038-uploads-bucket", "#7542"],
  ["AWS_CA_BUNDLE", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "#7310"],
  ["DB_SECRET_NAME", "demoDatabaseSecret-Xc1yZp", "#7310"],
  ["LAMBDA", "handler.handlerverylongcustomhandlernameforservi", "#6917"],
  ["POWERTOOLS_METRICS_NAMESPACE", "namespace", "#882"],
  ["APP_PRIVATE_KEY_SECRET_NAME", "my-secret", "#6700"],
  ["TAGS", "git.commit.sha:55e7e7703f17c41f276caf8f1a1b744d674259f8", "#6700"],
  ["sm_name_secrets", "my-custom-resource-name", "#5469"],
  ["kms_key_id", "arn:aws:kms:eu-west-1:123456789012:key/c0baad75-d0d3-24e3-95d1-1e4e38a44c4a", "#1008"],
  ["MY_COOL_STATE_MACHINE", "MySuperCoolFortyCharLongStateMachineeeee", "#5743"],
  ["DB_PASSWORD", "/prod/db/password", "a Systems Manager path"],
  ["DB_PASSWORD", "prod/db/password", "a name in Secrets Manager"],
  ["DB_PASSWORD", "my-secret", "a name in Secrets Manager"],
  ["DB_PASSWORD", "{{resolve:secretsmanager:db:SecretString:password}}", "a dynamic reference"],
  ["DB_PASSWORD", "{{resolve:ssm-secure:/prod/db/password:3}}", "a dynamic reference"],
  ["DATABASE_URL", "postgres://app:{{resolve:secretsmanager:db}}@db.internal/app", "a dynamic reference"],
  ["DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", "an ARN"],
  ["DB_PASSWORD", "AQICAHhwm0YaISJeRtJm5n1G6uqeekXuoXXPe5UFce9Rq8/14wEhs9U9", "ciphertext of KMS"],
  ["DB_PASSWORD", "DB_PASSWORD", "its own name"],
  ["DB_PASSWORD", "<your-password>", "a placeholder"],
  ["DB_PASSWORD", "xxxxxxxx", "a placeholder"],
  ["DB_PASSWORD", "TODO", "a placeholder"],
  ["DB_PASSWORD", "${DB_PASSWORD}", "a placeholder"],
  ["DB_PASSWORD", "", "nothing"],
  ["API_KEY", "<your-key>", "a placeholder"],
  ["API_KEY", "YOUR_API_KEY", "a placeholder"],
  ["API_TOKEN", "changeme", "a placeholder can be a password, not a token"],
  ["API_KEY", "x-api-key", "the name of a header"],
  ["REQUIRE_PASSWORD", "true", "a boolean"],
  ["PASSWORD_MIN_LENGTH", "12", "a number"],
  ["TOKEN_TABLE_NAME", "tokens", "a table"],
  ["TOKEN_TTL", "3600", "a number"],
  ["SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", "an ARN"],
  ["DB_PASSWORD_PATH", "/prod/db/password", "a path"],
  ["RESET_PASSWORD", "https://shop.example.com/reset", "a page"],
  ["KEY", "value", "a word"],
  ["CODE_S3_KEY", "512113b95e9fc6345b2e19a43350af82aaa815011120288f16b1f281d5ef", "an object's key"],
  ["TRACE_ID", "0fbd19a4-6ab1-4f1c-8f4c-2d5dd8bf2c0e", "a UUID"],
  ["SOURCE_COMMIT", "55e7e7703f17c41f276caf8f1a1b744d674259f8", "a commit"],
  ["CODE_SHA256", "p5Zrq1cvtVfU4hfpzl2cqp0S5cz8uh8FVgbE3yqPOoI=", "a hash"],
  ["PUBLIC_KEY", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuexample", "a public key"],
  ["ROOT", "-----BEGIN CERTIFICATE-----\nMIIDexample\n-----END CERTIFICATE-----", "a certificate"],
  ["HEADER", "-----BEGIN PRIVATE KEY-----", "a header without a key"],
  ["ENCODED_SECRET", btoa("a short text"), "base64 of words"],
  ["USER_POOL", "us-east-1_AbCdEfGhI", "an id"],
  ["CLIENT_ID", "7ns8q0p1c2d3e4f5g6h7i8j9k0", "an id"],
  ["PROXY", "http://proxy.internal:3128", "a URL without credentials"],
  ["REPO", "ssh://git@git.internal/team/app.git", "a URL with a user and no password"],
  ["TEMPLATE_URL", "postgres://{user}:{password}@{host}/{db}", "a pattern to be filled in"],
  ["KINESIS", "KinesisFirehoselamfhsexistingfunctiondestinationfirehose3D67ADFF", "a logical id"],
])("%s is no secret: %s (%s)", (name, value) => {
  expect(literal(name, value)).toBeUndefined();
});

test("a value written from a parameter that hides it is a secret by its author's word", () => {
  const from = (name: string, known: string) => suspect(name, { known }, "secret parameter");
  expect(from("WEBHOOK", "${Webhook}")).toEqual(found("secret", "parameter"));
  expect(from("DB_PASSWORD", "${DbPassword}")).toEqual(found("password", "parameter"));
  expect(from("DATABASE_URL", "postgres://app:${DbPassword}@db")).toEqual(found("secret", "parameter"));
  expect(suspect("WEBHOOK", { unknown: "Ref Webhook" }, "secret parameter")).toEqual(found("secret", "parameter"));
  // Nothing is given yet.
  expect(from("WEBHOOK", "")).toEqual(found("secret", "parameter", false));
  // It only says where the secret is kept.
  expect(from("SECRET_ARN", "${SecretArn}")).toBeUndefined();
  expect(from("PASSWORD_HASH", "${Hash}")).toBeUndefined();
  expect(from("SECRET", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:${Name}")).toBeUndefined();
  expect(from("SECRET", "/prod/${Name}")).toBeUndefined();
  expect(from("FEATURE", "true")).toBeUndefined();
});

test("a plain parameter under the name of a secret is not settled while it has no value", () => {
  const from = (name: string, value: { known?: string; unknown?: string }) => suspect(name, value, "parameter");
  expect(from("DB_PASSWORD", { known: "${Password}" })).toEqual(found("password", "name", false));
  expect(from("CLIENT_SECRET", { unknown: "Ref Secret" })).toEqual(found("secret", "name", false));
  expect(from("SECRET", { known: "${Secret}" })).toBeUndefined();
  expect(from("TABLE", { unknown: "Ref Table" })).toBeUndefined();
  expect(from("DB_PASSWORD", { known: "hunter2" })).toEqual(found("password", "name"));
});

test("references are right, unless they give a secret itself", () => {
  const reference = (name: string, known: string) => suspect(name, { known }, "reference");
  expect(reference("DB_PASSWORD", "${DbSecret}")).toBeUndefined();
  expect(reference("CLIENT_SECRET", "prod-${AWS::StackName}")).toBeUndefined();
  expect(reference("DATABASE_URL", "postgres://app:${Password}@db")).toBeUndefined();
  // How the front ends write dynamic references.
  expect(reference("DB_PASSWORD", "${resolve:secretsmanager:db:SecretString:password}")).toBeUndefined();
  expect(reference("DATABASE_URL", "postgres://app:${resolve:ssm-secure:/db/password}@db")).toBeUndefined();
  expect(suspect("DB_PASSWORD", { unknown: "Fn::ImportValue" }, "reference")).toBeUndefined();
  expect(reference("KEY", "${Key.SecretAccessKey}")).toEqual(found("AWS secret key", "content", true, true));
  expect(reference("KEY", "${aws_iam_access_key.ses.secret}")).toEqual(found("AWS access key", "content", true, true));
  expect(reference("CLIENT", "${Client.ClientSecret}")).toEqual(found("client secret", "content"));
  expect(reference("DB_PASSWORD", "${random_password.db.result}")).toEqual(found("generated password", "content"));
});

test("code is searched for known formats only, each kind once", () => {
  const code = `key = "${ACCESS_KEY}"\nother = "${ACCESS_KEY}"\naws_secret_access_key="${SECRET_KEY}"\npassword = "hunter2"`;
  expect(suspectText(code)).toEqual([
    found("AWS access key", "content", true, true),
    found("AWS secret key", "content", true, true),
  ]);
  expect(
    suspectText('secret = os.environ["DB_SECRET_ARN"]; digest = "p5Zrq1cvtVfU4hfpzl2cqp0S5cz8uh8FVgbE3yqPOoI="'),
  ).toEqual([]);
  expect(suspectText("secret: 0123456789012345678901234567890123456789")).toEqual([]);
});

test("nothing of a value is in what is said about it", () => {
  const values = [ACCESS_KEY, SECRET_KEY, "hunter2", MIXED, "postgres://app:Tr0ub4dor&3@db.internal"];
  for (const value of values) {
    const said = JSON.stringify(literal("DB_PASSWORD", value));
    for (const piece of value.match(/[A-Za-z0-9]{4,}/g) ?? []) expect(said).not.toContain(piece);
  }
});

test("long texts take no time to speak of", () => {
  const started = performance.now();
  const hostile = [
    "a".repeat(200_000),
    "://".repeat(60_000),
    "secret = ".repeat(20_000),
    "eyJ.".repeat(50_000),
    "sk-a-".repeat(40_000),
  ];
  for (const text of hostile) literal("CONFIG", text);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("every pattern names its source", () => {
  expect(patterns.content.filter(({ source }) => source.length < 10)).toEqual([]);
});
