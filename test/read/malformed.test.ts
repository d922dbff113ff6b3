import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors";
import { classify } from "../../src/read/classify";
import { readDocument } from "../../src/read/document";

const folder = path.resolve(import.meta.dirname, "../../../shared/corpus/malformed/synthetic");

interface Expected {
  file: string;
  what: string;
  expect: string;
}

/** Refused here, or read and then no template, plan or assembly, which the next stage refuses (DG020, DG030). */
function verdict(file: string): "accept" | "reject" {
  const bytes = readFileSync(path.join(folder, file));
  try {
    const document = readDocument(bytes, file);
    document.locate("/Resources/F/Properties/DurableConfig");
    return ["cloudformation", "terraform plan"].includes(classify(document.value)) ? "accept" : "reject";
  } catch (error) {
    expect(error, file).toBeInstanceOf(InputError);
    return "reject";
  }
}

/** Where EXPECT.json leaves the answer open, or leaves it to a later stage, either is right here; a crash is not. */
const DECIDED_LATER = new Set(["tfplan-changes-object.json"]);

describe("malformed files of the corpus", () => {
  if (!existsSync(folder)) {
    it.skip("skipped: the corpus is not here", () => {});
    return;
  }
  const cases: Expected[] = JSON.parse(readFileSync(path.join(folder, "EXPECT.json"), "utf8"));
  const strict = cases.filter((one) => /^(accept|reject)(?! or|s)/.test(one.expect) && !DECIDED_LATER.has(one.file));
  const open = cases.filter((one) => !strict.includes(one));

  it.each(strict.map((one) => [one.file, one.what, /^reject/.test(one.expect) ? "reject" : "accept"] as const))(
    "%s (%s): %s",
    (file, _what, expected) => expect(verdict(file)).toBe(expected),
  );

  it.each(open.map((one) => [one.file, one.what] as const))("%s (%s): an answer", (file) => {
    expect(["accept", "reject"]).toContain(verdict(file));
  });

  it(`covers all ${cases.length} files`, () => expect(strict.length + open.length).toBe(cases.length));
});
