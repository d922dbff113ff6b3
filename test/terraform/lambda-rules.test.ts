import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { check } from "../../src/check";
import { isMap } from "../../src/inventory/part";
import { catalogue } from "../../src/judge/catalogue";

/**
 * The rules on Lambda's security, asked of a plan: the hardened one, of which a reviewer says "Clean" (`expect.md` beside
 * it), and the same with one thing changed each time. What must be found follows from the rules' texts.
 */
const PLAN = path.join(import.meta.dirname, "plans", "14-hardened", "plan.json");

/** All but LAM017: what invokes the function is not in this plan. */
const RULES = catalogue().filter(({ family, id }) => family === "lambda" && id !== "LAM017");

type Values = Record<string, unknown>;

/** One resource of a plan: its planned values, what is unknown of them, and the expressions that give them. */
interface Planned {
  after: Values;
  unknown: Values;
  written: Values;
}

/** Messages of what a Lambda rule denies in the plan after the edit of one resource, with all rules switched on. */
function denied(address: string, edit: (planned: Planned) => void): string[] {
  const plan: unknown = JSON.parse(readFileSync(PLAN, "utf8"));
  const change = mapAt(find(mapAt(plan, []), ["resource_changes"], address), ["change"]);
  const block = find(mapAt(plan, ["configuration", "root_module"]), ["resources"], address);
  edit({
    after: mapAt(change, ["after"]),
    unknown: mapAt(change, ["after_unknown"]),
    written: mapAt(block, ["expressions"]),
  });
  const report = check([{ file: "plan.json", content: JSON.stringify(plan) }], {
    today: "2026-11-22",
    levels: Object.fromEntries(RULES.map(({ id }) => [id, "deny" as const])),
  });
  expect(report.errors).toEqual([]);
  const own = new Set(RULES.map(({ id }) => id));
  const found = report.files.flatMap(({ findings }) => findings).filter(({ rule }) => own.has(rule));
  return found.filter(({ verdict }) => verdict === "deny").map(({ rule, message }) => `${rule} ${message}`);
}

function find(container: Values, [list = ""]: string[], address: string): Values {
  const items = container[list];
  const found = Array.isArray(items) ? items.find((item) => isMap(item) && item["address"] === address) : undefined;
  return mapAt(found, []);
}

function mapAt(value: unknown, names: (string | number)[]): Values {
  let at: unknown = value;
  for (const name of names) at = Array.isArray(at) ? at[Number(name)] : isMap(at) ? at[name] : undefined;
  if (!isMap(at)) throw new Error(`no map at ${names.join(".")}`);
  return at;
}

const FUNCTION = "aws_lambda_function.this";
const GROUP = "aws_cloudwatch_log_group.this";

test("nothing is denied in the hardened plan", () => {
  expect(denied(FUNCTION, () => {})).toEqual([]);
});

const variable = (name: string, value: string) => (planned: Planned) => {
  mapAt(planned.after, ["environment", 0, "variables"])[name] = value;
};

test.each<[string, string, (planned: Planned) => void]>([
  [
    "LAM002 Environment variable PARTNER holds an AWS access key",
    FUNCTION,
    variable("PARTNER", "AKIAIOSFODNN7EXAMPLE"),
  ],
  [
    "LAM003 Environment variable DB_PASSWORD holds a secret in clear text (password)",
    FUNCTION,
    variable("DB_PASSWORD", "hunter2"),
  ],
  [
    `LAM007 Log group ${GROUP} keeps its logs for ever`,
    GROUP,
    ({ after }) => {
      after["retention_in_days"] = 0;
    },
  ],
  [
    `LAM009 Function ${FUNCTION} does not log in JSON`,
    FUNCTION,
    ({ after }) => {
      mapAt(after, ["logging_config", 0])["log_format"] = "Text";
    },
  ],
  [
    `LAM010 Log group ${GROUP} has no key`,
    GROUP,
    ({ after, unknown, written }) => {
      after["kms_key_id"] = null;
      delete unknown["kms_key_id"];
      delete written["kms_key_id"];
    },
  ],
  [
    "LAM011 Security group aws_security_group.lambda lets functions reach every address on every port",
    "aws_security_group.lambda",
    ({ after }) => {
      Object.assign(mapAt(after, ["egress", 0]), { cidr_blocks: ["0.0.0.0/0"], protocol: "-1" });
    },
  ],
  [
    `LAM012 Function ${FUNCTION} is outside a VPC`,
    FUNCTION,
    ({ after, unknown, written }) => {
      after["vpc_config"] = [];
      unknown["vpc_config"] = [];
      delete written["vpc_config"];
    },
  ],
  [
    `LAM013 Function ${FUNCTION} takes unsigned code`,
    "aws_lambda_code_signing_config.this",
    ({ after }) => {
      mapAt(after, ["policies", 0])["untrusted_artifact_on_deployment"] = "Warn";
    },
  ],
  [
    `LAM015 Function ${FUNCTION} has no reserved concurrency`,
    FUNCTION,
    ({ after }) => {
      after["reserved_concurrent_executions"] = -1;
    },
  ],
  [
    "LAM016 Runtime nodejs20.x is deprecated",
    FUNCTION,
    ({ after }) => {
      after["runtime"] = "nodejs20.x";
    },
  ],
  [
    `LAM018 Function ${FUNCTION} has enlarged storage in /tmp and does not say what for`,
    FUNCTION,
    ({ after, unknown }) => {
      after["ephemeral_storage"] = [{ size: 2048 }];
      unknown["ephemeral_storage"] = [{}];
    },
  ],
  [
    `LAM019 Function ${FUNCTION} has no active tracing`,
    FUNCTION,
    ({ after }) => {
      mapAt(after, ["tracing_config", 0])["mode"] = "PassThrough";
    },
  ],
  [
    `LAM021 Function ${FUNCTION} takes a layer of another account without a fixed version`,
    FUNCTION,
    ({ after }) => {
      after["layers"] = ["arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsTypeScriptV2"];
    },
  ],
  [
    `LAM022 Function ${FUNCTION} has the default timeout of 3 seconds`,
    FUNCTION,
    ({ after }) => {
      after["timeout"] = 3;
    },
  ],
])("%s", (expected, address, edit) => {
  expect(denied(address, edit)).toEqual([expected]);
});

test("a sensitive variable of the plan is a secret in clear text, and not shown", () => {
  const plan = path.join(import.meta.dirname, "plans", "15-secrets-in-env", "plan.json");
  const report = check([plan], { today: "2026-11-22" });
  const secrets = report.files.flatMap(({ findings }) => findings).filter(({ rule }) => /LAM00[23]/.test(rule));
  expect(secrets.map(({ rule, verdict, message }) => `${rule} ${verdict} ${message}`)).toEqual([
    "LAM002 deny Environment variable AWS_ACCESS_KEY_ID_FOR_PARTNER holds an AWS access key",
    "LAM002 deny Environment variable AWS_SECRET_FOR_PARTNER holds an AWS secret key",
    "LAM003 deny Environment variable DATABASE_URL holds a secret in clear text (password in a URL)",
    "LAM003 deny Environment variable GITHUB_TOKEN holds a secret in clear text (GitHub token)",
    "LAM003 deny Environment variable JWT_SIGNING_KEY holds a secret in clear text (private key)",
    "LAM003 deny Environment variable STRIPE_API_KEY holds a secret in clear text (Stripe key)",
    "LAM003 unknown A secret in the environment would not be seen",
  ]);
  const said = JSON.stringify(report);
  for (const secret of ["AKIA", "wJalr", "Tr0ub4dor", "ghp_", "MIIE", "sk_live"]) expect(said).not.toContain(secret);
});
