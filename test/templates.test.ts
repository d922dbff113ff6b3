import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../src/check";
import { catalogue } from "../src/judge/catalogue";

/**
 * Every rule's twins, `templates/<family>/<rule_name>/`: the good one has no violation of any rule and nothing of its
 * own; the bad one has exactly the violations in `expect.json` and everything its own rule says. SAM twins are
 * `good.sam.yaml`, `bad.sam.yaml`, `expect.sam.json`; Terraform ones `good.plan.json`, `bad.plan.json`,
 * `expect.plan.json`. What is expected is reasoned from the rule's text, never copied from a run.
 */
const TEMPLATES = join(import.meta.dirname, "..", "templates");
const FORMATS = [
  { good: "good.yaml", bad: "bad.yaml", expected: "expect.json" },
  { good: "good.sam.yaml", bad: "bad.sam.yaml", expected: "expect.sam.json" },
  { good: "good.plan.json", bad: "bad.plan.json", expected: "expect.plan.json" },
];
/** The twins are judged as of this day, so that runtimes do not grow old under the test. */
const TODAY = "2026-11-22";

const rules = catalogue().filter(({ family, name }) => existsSync(join(TEMPLATES, family, name)));

describe.each(rules)("$id $name", ({ id, family, name, level }) => {
  const folder = join(TEMPLATES, family, name);
  const settings = join(folder, "settings.json");
  const options = {
    today: TODAY,
    // A rule that is off is switched on for its own twins.
    levels: level === "off" ? { [id]: "deny" as const } : {},
    ...(existsSync(settings) ? { settings: JSON.parse(readFileSync(settings, "utf8")) } : {}),
  };
  const findings = (file: string) => {
    const report = check([join(folder, file)], options);
    expect(report.errors).toEqual([]);
    return report.files.flatMap((one) => one.findings);
  };

  for (const { good, bad, expected } of FORMATS) {
    if (!existsSync(join(folder, bad))) continue;

    it(`passes ${good}`, () => {
      const found = findings(good).filter((finding) => isViolation(finding) || finding.rule === id);
      expect(found.map(shown)).toEqual([]);
    });

    it(`finds in ${bad} what ${expected} says`, () => {
      const found = findings(bad).filter((finding) => isViolation(finding) || finding.rule === id);
      expect(found.map(shown)).toEqual(JSON.parse(readFileSync(join(folder, expected), "utf8")));
    });
  }
});

it("has twins for every rule", () => {
  const without = catalogue().filter(
    ({ family, name }) => !FORMATS.some(({ bad }) => existsSync(join(TEMPLATES, family, name, bad))),
  );
  expect(without.map(({ id }) => id)).toEqual([]);
});

it("has no twins without a rule", () => {
  const known = new Set(catalogue().map(({ family, name }) => join(family, name)));
  const families = readdirSync(TEMPLATES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folders = families.flatMap(({ name }) =>
    readdirSync(join(TEMPLATES, name)).map((rule) => relative(TEMPLATES, join(TEMPLATES, name, rule))),
  );
  expect(folders.filter((folder) => !known.has(folder))).toEqual([]);
});

type Found = ReturnType<typeof check>["files"][number]["findings"][number];

function isViolation({ level, verdict }: Found): boolean {
  return level === "deny" && verdict === "deny";
}

function shown({ rule, verdict, level, address, location, message }: Found) {
  return { rule, verdict, level, address, line: location.line, message };
}
