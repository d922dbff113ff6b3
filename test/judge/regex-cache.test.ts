import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import opa from "@open-policy-agent/opa-wasm";
import { expect, it } from "vitest";
import { mendRegexCache } from "../../scripts/rego/regex-cache";
import { packFile } from "../../src/judge/pack";
import { hasOpa, opa as runOpa } from "../scripts/opa";

/** Each pattern matches exactly its own text. */
const REGO = `package p

missed contains each.pattern if {
	some each in input.patterns
	not regex.match(each.pattern, each.text)
}

wrong contains each.pattern if {
	some each in input.patterns
	some text in input.texts
	text != each.text
	regex.match(each.pattern, text)
}

results := {"missed": missed, "wrong": wrong}
`;

function built(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "regex-"));
  const [source, bundle] = [join(folder, "p.rego"), join(folder, "p.tar.gz")];
  writeFileSync(source, REGO);
  runOpa(["build", "--target=wasm", "--entrypoint=p/results", `--output=${bundle}`, source]);
  const module = execFileSync("tar", ["-xzOf", bundle, "/policy.wasm"], { maxBuffer: 1 << 28, stdio: "pipe" });
  rmSync(folder, { recursive: true });
  return module;
}

// As OPA builds it, this does not return for 100 patterns.
it.skipIf(!hasOpa)("thousands of patterns in one evaluation are matched rightly", () => {
  const patterns = Array.from({ length: 3000 }, (_, n) => ({ pattern: `^fn-${n}:.*$`, text: `fn-${n}:x` }));
  const input = { patterns, texts: patterns.slice(0, 20).map(({ text }) => text) };
  const policy = opa.loadPolicySync(Uint8Array.from(mendRegexCache(built())), { initial: 1024, maximum: 32768 });
  expect(policy.evaluate(input, "p/results")).toEqual([{ result: { missed: [], wrong: [] } }]);
});

it("the committed policy is mended: the place is not there a second time", () => {
  expect(() => mendRegexCache(readFileSync(packFile("policy.wasm")))).toThrow(/is not where it was/);
});
