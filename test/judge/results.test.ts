import { expect, it } from "vitest";
import { readResults } from "../../src/judge/results";

const whole = {
  address: "Fn",
  at: "t#/Fn",
  verdict: "deny",
  message: "wrong",
  evidence: [{ text: "a" }, { text: "b", address: "Role", at: "t#/Role" }],
  more: 2,
  level: "warn",
  severity: "critical",
  paste: {
    actions: ["kms:Decrypt"],
    resources: ["*"],
    principal: "lambda.amazonaws.com",
    conditions: [{ operator: "StringEquals", key: "aws:SourceAccount", value: "${AWS::AccountId}" }],
  },
};

it("takes over all that a finding may hold", () => {
  const results = readResults({ "kms/x": { finding: [whole], examined: ["Fn"] } });
  expect(results).toEqual(new Map([["kms/x", { finding: [whole], examined: ["Fn"] }]]));
});

it.each([
  ["a set where the object should be", [], "results gives something else than a map"],
  ["no findings", { "kms/x": { examined: [] } }, "kms/x gives something else than a list"],
  ["nothing examined", { "kms/x": { finding: [] } }, "kms/x gives something else than a list"],
  [
    "an address that is no text",
    rule({ ...whole, address: { known: "Fn" } }),
    "kms/x gives something else than a text",
  ],
  ["no message", rule({ ...whole, message: undefined }), "kms/x gives something else than a text"],
  ["another verdict", rule({ ...whole, verdict: "warn" }), "kms/x gives something else than one of deny, unknown"],
  ["another level", rule({ ...whole, level: "off" }), "kms/x gives something else than one of warn"],
  ["evidence in bare texts", rule({ ...whole, evidence: ["a"] }), "kms/x gives something else than a map"],
  ["a count in words", rule({ ...whole, more: "two" }), "kms/x gives something else than a number"],
  ["a paste without actions", rule({ ...whole, paste: { resources: [] } }), "kms/x gives something else than a list"],
])("refuses %s", (_name, value, text) => {
  expect(() => readResults(value)).toThrow(`The policy failed to evaluate: ${text}`);
});

function rule(finding: unknown) {
  return { "kms/x": { finding: [finding], examined: [] } };
}
