import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check";
import { ERRORS } from "../../src/errors";
import type { Report } from "../../src/findings/types";
import { isMap } from "../../src/inventory/part";
import { readDocument } from "../../src/read/document";
import { FORMATS } from "../../src/report/formats";
import { misspelt, mutated, numbers } from "./mutations";

/**
 * Documents of `templates/` with parts taken out, replaced and renamed, the same ones in every run. Each gets findings or
 * errors of one line with a code; no function is lost without a word.
 */
const TEMPLATES = join(import.meta.dirname, "..", "..", "templates");
const PER_KIND = 150;

const files = readdirSync(TEMPLATES, { recursive: true, encoding: "utf8" }).sort();
const kinds: [kind: string, files: string[]][] = [
  ["CloudFormation", files.filter((file) => /\/(?:good|bad)\.yaml$/.test(file))],
  ["SAM", files.filter((file) => file.endsWith(".sam.yaml"))],
  ["Terraform", files.filter((file) => file.endsWith(".plan.json"))],
];

const FUNCTIONS: unknown[] = ["AWS::Lambda::Function", "AWS::Serverless::Function"];

/** How many resources of a template are functions that no condition leaves out, whatever else is wrong with them. */
function functionsIn(template: unknown): number {
  const resources = isMap(template) && isMap(template["Resources"]) ? Object.values(template["Resources"]) : [];
  return resources.filter(
    (resource) => isMap(resource) && FUNCTIONS.includes(resource["Type"]) && resource["Condition"] === undefined,
  ).length;
}

function judged(file: string, content: string): Report {
  const report = check([{ file, content }], { today: "2026-11-22", excerpts: true });
  expect(report.files.length + report.errors.length).toBe(1);
  for (const { line, code } of report.errors) {
    expect(line).toMatch(/^[^\n]*DG\d{3} [^\n]+$/);
    expect(Object.keys(ERRORS)).toContain(code);
    expect(code).not.toBe("DG090");
  }
  const options = { unknown: "warn", verbose: true, quiet: false, colour: false, rules: [], version: "1" } as const;
  for (const format of Object.values(FORMATS)) expect(format(report, options)).toMatch(/\n$/);
  return report;
}

describe.each(kinds)("changed documents of %s", (kind, sources) => {
  it("are judged, or refused with a code and a place", () => {
    expect(sources.length).toBeGreaterThan(10);
    const random = numbers(20261126);
    for (let turn = 0; turn < PER_KIND; turn++) {
      const source = sources[turn % sources.length] ?? "";
      const bytes = readFileSync(join(TEMPLATES, source));
      const document = mutated(readDocument(bytes, source).value, random);
      const { files: reports, errors } = judged("changed.json", JSON.stringify(document));
      // An error of reading that has no place would be one of the whole file, which is valid JSON.
      for (const { position } of errors) expect([source, turn, position?.line]).toEqual([source, turn, 1]);
      if (kind === "Terraform") continue;
      for (const { functions, unresolved } of reports) {
        const lost = functions < functionsIn(document) && unresolved.length === 0;
        expect([source, turn, lost]).toEqual([source, turn, false]);
      }
    }
  });

  it("misspelt, too", () => {
    const random = numbers(26112026);
    for (let turn = 0; turn < PER_KIND / 2; turn++) {
      const source = sources[turn % sources.length] ?? "";
      const text = readFileSync(join(TEMPLATES, source), "utf8");
      judged(source.endsWith(".json") ? "changed.json" : "changed.yaml", misspelt(text, random));
    }
  });
});
