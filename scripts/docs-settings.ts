/**
 * Writes the page of settings, waivers and baselines to standard output; what each setting means is in the schema, whose
 * source is `src/settings/file.ts`.
 */
import { DEFAULT_SETTINGS } from "../src/settings/defaults";
import schema from "../src/settings/settings.schema.json";

interface Value {
  type?: string;
  description?: string;
  enum?: string[];
  examples?: string[];
  items?: Value;
  additionalProperties?: unknown;
  $ref?: string;
}

const { SettingsFile, Override, WaiverEntry, ...named } = schema.definitions;
const definitions: Record<string, Value> = { ...named, Override, WaiverEntry };
/** Explained in sections of their own. */
const SECTIONS = ["overrides", "waivers"];
const DEFAULTS: Record<string, unknown> = { ...DEFAULT_SETTINGS, unknown: "warn", failOnWarn: false };

function values(value: Value): string {
  if (value.$ref !== undefined) return values(definitions[value.$ref.replace("#/definitions/", "")] ?? {});
  if (value.enum !== undefined) return value.enum.map((each) => `\`${each}\``).join(", ");
  if (value.type === "array") return value.items?.examples ? `list, like \`"${value.items.examples[0]}"\`` : "list";
  if (value.type === "boolean") return "`true`, `false`";
  if (value.type === "object") return "mapping";
  return value.examples === undefined ? "text" : `like \`${value.examples[0]}\``;
}

function table(properties: Record<string, Value>, required: readonly string[], withDefaults: boolean): string {
  const rows = Object.entries(properties).flatMap(([name, value]) => {
    if (SECTIONS.includes(name)) return [];
    const resolved = value.items?.$ref
      ? { ...value, items: definitions[value.items.$ref.split("/").pop() ?? ""] ?? {} }
      : value;
    const standard = DEFAULTS[name];
    const lacking = Array.isArray(standard) ? "none" : standard === undefined ? "" : `\`${standard}\``;
    const last = withDefaults ? lacking : required.includes(name) ? "required" : "";
    return [`| \`${name}\` | ${values(resolved)} | ${last} | ${(value.description ?? "").replaceAll("|", "\\|")} |`];
  });
  return [`| name | values | ${withDefaults ? "default" : ""} | what |`, "|---|---|---|---|", ...rows].join("\n");
}

process.stdout.write(`# Settings, waivers, baselines

<!-- Written by scripts/docs-settings.ts (make docs). -->

## Settings

\`durable-guard.yaml\` in the folder the command runs in, or the file that \`--config\` names; YAML or JSON. All of it is
optional, and what is wrong is refused with line and column (exit 3).

\`\`\`yaml
rules:
  DUR003: warn
  LAM015: warn          # off unless it is asked for
accounts: ["123456789012"]
overrides:
  - paths: [sandbox/**]
    rules: {LAM013: off}
\`\`\`

${table(SettingsFile.properties, [], true)}

\`overrides\` sets other levels for files whose path, seen from the settings file, matches; later entries win. Rules and
their ids: [rules](rules/README.md). For completion in an editor, begin the file with
\`# yaml-language-server: $schema=node_modules/durable-guard/dist/settings.schema.json\`.

A flag is stronger than the environment, and that is stronger than the file:

| flag | environment | setting |
|---|---|---|
| \`--config\` | \`DURABLE_GUARD_CONFIG\` | |
| \`--output\` | \`DURABLE_GUARD_OUTPUT\` (\`sarif=out.sarif,stdout\`) | |
| \`--baseline\` | \`DURABLE_GUARD_BASELINE\` | |
| \`--unknown\` | \`DURABLE_GUARD_UNKNOWN\` | \`unknown\` |
| \`--fail-on-warn\`, \`--no-fail-on-warn\` | \`DURABLE_GUARD_FAIL_ON_WARN\` (\`true\`, \`false\`) | \`failOnWarn\` |
| \`--account\` | \`DURABLE_GUARD_ACCOUNT\` | \`account\` |
| \`--region\` | \`DURABLE_GUARD_REGION\` | \`region\` |
| \`--partition\` | \`DURABLE_GUARD_PARTITION\` | \`partition\` |

## Waivers

A waiver accepts a finding until a day. It stands in the settings,

\`\`\`yaml
waivers:
  - rule: DUR003
    address: SharedRole         # with *; every resource without it
    file: infra/*.yaml          # every file without it
    reason: shared by both Regions until the split
    expires: 2027-03-31         # the last day it holds, UTC
    owner: platform
\`\`\`

or at the resource, in YAML or JSON, SAM and CDK (\`addMetadata\`):

\`\`\`yaml
SharedRole:
  Type: AWS::IAM::Role
  Metadata:
    durable-guard:
      waive:
        - {rule: DUR003, reason: shared by both Regions until the split, expires: 2027-03-31}
\`\`\`

or, of a plan, in a comment of its source (\`durable-guard test --source DIR plan.json\`), in the block or directly above; at a
\`module\` call it covers what is in the module:

\`\`\`hcl
# durable-guard: waive DUR003 until 2027-03-31: shared by both Regions until the split
resource "aws_iam_role_policy" "shared" {
\`\`\`

${table(WaiverEntry.properties, WaiverEntry.required, false)}

What is waived is an exception: counted, listed with its reason by \`-v\` and in json, tap, table, junit, sarif (as a
suppressed result), markdown and html. After its last day a waiver waives nothing, and is a warning itself; so is one that
meets no finding any more. \`--today YYYY-MM-DD\` tells what tomorrow brings.

## Baselines

To begin in a repository that has findings, record them once, and be told only what is new:

\`\`\`sh
durable-guard baseline --write baseline.json .
durable-guard test --baseline baseline.json .
\`\`\`

A finding is known by a fingerprint of rule, resource and cause. It survives moved lines, renamed files and changes elsewhere
in the resource; it lapses, and the finding is new, when what is wrong becomes another thing. What is waived is not recorded:
it comes back when the waiver ends.

Without a file, against the version before:

\`\`\`sh
git show main:infra/orders.yaml | durable-guard test --previous - infra/orders.yaml
durable-guard test --previous ../main/infra infra
\`\`\`

A plan says by itself what changes: \`durable-guard test --changed-only plan.json\` leaves out findings about what it does not
touch.
`);
