import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `templates/<family>/<rule>/{good,bad}.plan.json` from the `.tf` beside them: what `terraform plan` and `terraform show
 * -json` say. Reaches neither AWS nor an account. All twins are planned in one run, each as a module, and cut apart.
 *
 * Terraform plans with provider 5.100, the last before `durable_config` (hashicorp/aws 6.25). What that one does not know
 * is taken out before and put into the plan after, in the form that provider 6 gives it (`schema` in its source):
 * `durable_config` with literal numbers, `source_kms_key_arn` of a key that is to be created, and runtimes that came later.
 */
const TEMPLATES = "templates";
const WORK = "build/plan-twins";
const REGION = "eu-west-1";
const KNOWN_RUNTIME = "nodejs22.x";
const LATER_RUNTIMES = /^(?:nodejs24\.x|python3\.14|java25|ruby3\.5|dotnet10)$/;

interface Twin {
  /** Of the module it is planned as. */
  name: string;
  /** Path without its end. */
  path: string;
  /** What provider 5 does not know, by address of the function. */
  later: Map<string, Later>;
}

interface Later {
  durable?: Record<string, number>;
  runtime?: string;
  /** The attribute that `source_kms_key_arn` refers to. */
  sourceKey?: string;
}

type Json = Record<string, unknown>;

interface Plan {
  format_version: string;
  terraform_version: string;
  resource_changes: ResourceChange[];
  configuration: { root_module: { module_calls: Record<string, { module: { resources: Block[] } & Json }> } };
}

interface ResourceChange {
  address: string;
  module_address?: string;
  type: string;
  change: { after: Json; after_unknown: Json; after_sensitive: Json } & Json;
}

interface Block {
  address: string;
  type: string;
  expressions?: Json;
}

const twins = findTwins();
const plan = planned();
for (const twin of twins) writeFileSync(`${twin.path}.plan.json`, `${JSON.stringify(planOf(twin))}\n`);
process.stdout.write(`${twins.length} plans\n`);

function findTwins(): Twin[] {
  rmSync(WORK, { recursive: true, force: true });
  const paths = readdirSync(TEMPLATES, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?:good|bad)\.tf$/.test(path))
    .sort();
  return paths.map((path) => {
    const name = path.replace(/\.tf$/, "").replace(/\W/g, "_");
    const { text, later } = withoutLater(readFileSync(join(TEMPLATES, path), "utf8"));
    mkdirSync(join(WORK, name), { recursive: true });
    writeFileSync(join(WORK, name, "main.tf"), text);
    return { name, path: join(TEMPLATES, path.replace(/\.tf$/, "")), later };
  });
}

/** Of a file as `terraform fmt` writes it: each block and argument of a resource begins its own line. */
function withoutLater(source: string): { text: string; later: Map<string, Later> } {
  const later = new Map<string, Later>();
  const text = source
    .replace(/^provider "aws" \{\n.*?^\}\n/gms, "")
    .replace(/^resource "(aws_lambda_function)" "(\w+)" \{\n(.*?)^\}\n/gms, (_, type, name, body: string) => {
      const found: Later = {};
      const rest = body
        .replace(/^ {2}durable_config \{\n(.*?)^ {2}\}\n/ms, (_block, inside: string) => {
          const numbers = [...inside.matchAll(/^ +(\w+) += (\d+)$/gm)].map(([, key, value]) => [key, Number(value)]);
          found.durable = Object.fromEntries(numbers);
          return "";
        })
        .replace(/^ {2}source_kms_key_arn += (\S+)\n/m, (_line, attribute: string) => {
          found.sourceKey = attribute;
          return "";
        })
        .replace(/^( {2}runtime += )"([^"]+)"$/m, (line, before: string, runtime: string) => {
          if (!LATER_RUNTIMES.test(runtime)) return line;
          found.runtime = runtime;
          return `${before}"${KNOWN_RUNTIME}"`;
        });
      later.set(`${type}.${name}`, found);
      return `resource "${type}" "${name}" {\n${rest}}\n`;
    });
  return { text, later };
}

function planned(): Plan {
  const root = `
    terraform {
      required_providers {
        aws = { source = "hashicorp/aws", version = "5.100.0" }
      }
    }
    provider "aws" {
      region                      = "${REGION}"
      access_key                  = "none"
      secret_key                  = "none"
      skip_credentials_validation = true
      skip_requesting_account_id  = true
      skip_metadata_api_check     = true
    }
    ${twins.map(({ name }) => `module "${name}" {\n source = "./${name}"\n}\n`).join("")}`;
  writeFileSync(join(WORK, "main.tf"), root);
  terraform("init", "-input=false", "-no-color");
  terraform("plan", "-input=false", "-no-color", "-refresh=false", "-out=all.plan");
  return JSON.parse(terraform("show", "-json", "all.plan"));
}

function terraform(...words: string[]): string {
  return execFileSync("terraform", words, {
    cwd: WORK,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The plan as it is when the module is the root; what repeats the rest of it (`planned_values` and so on) is left out. */
function planOf({ name, later }: Twin): Json {
  const module = plan.configuration.root_module.module_calls[name]?.module ?? { resources: [] };
  const changes = plan.resource_changes.filter(({ module_address }) => module_address === `module.${name}`);
  return {
    format_version: plan.format_version,
    terraform_version: plan.terraform_version,
    resource_changes: changes.map(({ module_address: _, ...change }) => {
      const address = change.address.replace(`module.${name}.`, "");
      return withLater({ ...change, address }, later.get(address));
    }),
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: REGION } } } },
      root_module: { ...module, resources: module.resources.map((block) => written(block, later.get(block.address))) },
    },
    applyable: true,
    complete: true,
    errored: false,
  };
}

function withLater(resource: ResourceChange, later: Later | undefined): ResourceChange {
  if (later === undefined) return resource;
  const { durable, runtime, sourceKey } = later;
  const after = {
    ...resource.change.after,
    ...(runtime === undefined ? {} : { runtime }),
    // the provider's default is 14 days
    durable_config: durable === undefined ? [] : [{ retention_period: 14, ...durable }],
    ...(sourceKey === undefined ? { source_kms_key_arn: null } : {}),
  };
  const mark = durable === undefined ? [] : [{}];
  const after_unknown = {
    ...resource.change.after_unknown,
    durable_config: mark,
    ...(sourceKey === undefined ? {} : { source_kms_key_arn: true }),
  };
  const after_sensitive = { ...resource.change.after_sensitive, durable_config: mark };
  return { ...resource, change: { ...resource.change, after, after_unknown, after_sensitive } };
}

function written(block: Block, later: Later | undefined): Block {
  if (later === undefined) return block;
  const constants = Object.entries(later.durable ?? {}).map(([key, value]) => [key, { constant_value: value }]);
  return {
    ...block,
    expressions: {
      ...block.expressions,
      ...(later.runtime === undefined ? {} : { runtime: { constant_value: later.runtime } }),
      ...(later.sourceKey === undefined ? {} : { source_kms_key_arn: { references: references(later.sourceKey) } }),
      ...(later.durable === undefined ? {} : { durable_config: [Object.fromEntries(constants)] }),
    },
  };
}

/** As Terraform lists them: the attribute, then the resource. */
function references(attribute: string): string[] {
  return [attribute, attribute.split(".").slice(0, 2).join(".")];
}
