import { describe, expect, it } from "vitest";
import { catalogue, type Inspection } from "../../scripts/rego/catalogue";

const METADATA = {
  scope: "package",
  title: "Title",
  description: "What and why.",
  related_resources: [{ ref: "https://example.com/page", description: "Page" }],
  custom: {
    id: "KMS001",
    aliases: ["KMS101"],
    level: "deny",
    severity: "high",
    remediation: "Do this.",
    related: ["Security Hub KMS.1", "Checkov CKV_AWS_1"],
    subsumes: ["DUR003"],
    sources: ["A custom SerDes"],
  },
};

/** What OPA tells of one rule package; `undefined` METADATA: of a package without. */
function inspection(metadata: Record<string, unknown> | undefined, name = "kms.one_half"): Inspection {
  const [family = "", rule = ""] = name.split(".");
  const file = `policies/rules/${family}/${rule}/${rule}.rego`;
  const path = ["data", "durable_guard", "rules", family, rule].map((value) => ({ value }));
  return {
    namespaces: { [`data.durable_guard.rules.${name}`]: [file], "data.durable_guard.lib.value": ["v.rego"] },
    annotations: metadata === undefined ? [] : [{ annotations: metadata, location: { file }, path }],
  };
}

const custom = (change: object) => ({ ...METADATA, custom: { ...METADATA.custom, ...change } });

describe("catalogue", () => {
  it("takes over METADATA", () => {
    expect(catalogue(inspection(METADATA))).toEqual({
      complaints: [],
      rules: [
        {
          id: "KMS001",
          aliases: ["KMS101"],
          family: "kms",
          name: "one_half",
          title: "Title",
          description: "What and why.",
          level: "deny",
          severity: "high",
          remediation: "Do this.",
          references: [{ title: "Page", url: "https://example.com/page" }],
          related: [
            { tool: "Security Hub", id: "KMS.1" },
            { tool: "Checkov", id: "CKV_AWS_1" },
          ],
          subsumes: ["DUR003"],
          sources: ["A custom SerDes"],
        },
      ],
    });
  });

  it.each([
    ["no METADATA", undefined, "has no METADATA"],
    ["an unknown key", { ...METADATA, titel: "x" }, "METADATA has no key titel"],
    ["an unknown custom key", custom({ severty: "high" }), "METADATA has no key custom.severty"],
    ["no title", { ...METADATA, title: undefined }, "METADATA needs title"],
    ["no remediation", custom({ remediation: " " }), "METADATA needs remediation"],
    ["what a new rule says before it is written", { ...METADATA, title: "TODO: what" }, "title is still to be written"],
    ["another family's id", custom({ id: "DUR001" }), 'id "DUR001" is not KMS and three digits'],
    ["a level of another name", custom({ level: "error" }), "level is one of deny, warn, off"],
    ["a severity of another name", custom({ severity: "bad" }), "severity is one of critical, high, medium, low"],
    ["no references", { ...METADATA, related_resources: [] }, "METADATA needs related_resources"],
    [
      "a reference without a title",
      { ...METADATA, related_resources: [{ ref: "https://example.com" }] },
      "related_resources need ref (https) and description",
    ],
    [
      "a tool nobody knows",
      custom({ related: ["tfsec x"] }),
      'related: "tfsec x" does not begin with one of Checkov, cfn-lint, Security Hub, cdk-nag, Trivy',
    ],
    ["a text where a list should be", custom({ sources: "A" }), "sources is a list of texts"],
    ["a word where an id should be", custom({ subsumes: ["all"] }), 'subsumes: "all" is not the id of a rule'],
  ])("refuses %s", (_name, metadata, complaint) => {
    expect(catalogue(inspection(metadata)).complaints).toEqual([
      `policies/rules/kms/one_half/one_half.rego: ${complaint}`,
    ]);
  });

  it("refuses an id that stands twice, also as a former id", () => {
    const one = inspection(custom({ id: "KMS002", aliases: [] }));
    const other = inspection(custom({ aliases: ["KMS002"] }), "kms.other");
    const both = {
      namespaces: { ...one.namespaces, ...other.namespaces },
      annotations: [...(one.annotations ?? []), ...(other.annotations ?? [])],
    };
    expect(catalogue(both).complaints).toEqual(["other: KMS002 is taken by one_half"]);
  });
});
