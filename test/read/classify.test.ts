import { expect, it } from "vitest";
import { classify } from "../../src/read/classify";

it.each([
  [{ Resources: {} }, "cloudformation"],
  [{ Resources: "wrong" }, "cloudformation"],
  [{ AWSTemplateFormatVersion: "2010-09-09" }, "cloudformation"],
  [{ Transform: "AWS::Serverless-2016-10-31" }, "cloudformation"],
  [{ Parameters: { BootstrapVersion: {} }, Rules: { CheckBootstrapVersion: {} } }, "cloudformation"],
  // A CodePipeline configuration file.
  [{ Parameters: { A: "b" }, Tags: {} }, "unknown"],
  [{ Parameters: { A: "b" } }, "unknown"],
  [{ format_version: "1.2", planned_values: {} }, "terraform plan"],
  [{ format_version: "1.2", resource_changes: null }, "terraform plan"],
  [{ terraform_version: "1.9.8", configuration: {} }, "terraform plan"],
  [{ format_version: "1.0", terraform_version: "1.9.8", values: {} }, "terraform state"],
  [{ format_version: "1.0" }, "terraform state"],
  [{ version: 4, terraform_version: "1.9.8", serial: 1, lineage: "x", resources: [] }, "terraform state"],
  [{ "@level": "info", type: "version" }, "terraform log"],
  [{ version: "36.0.0", artifacts: { S: { type: "aws:cloudformation:stack" } } }, "cdk assembly"],
  [{ version: "36.0.0", artifacts: {} }, "cdk assembly"],
  // A CodeBuild build specification.
  [{ version: 0.2, phases: {}, artifacts: { files: "*" } }, "unknown"],
  [{ "Fn::Include": "a.yml" }, "cfn-include"],
  [{ Resources: { F: { Properties: { Tags: [{ "Fn::Merge": [] }] } } } }, "cfn-include"],
  // AWS::Include is CloudFormation's own.
  [{ Resources: {}, "Fn::Transform": { Name: "AWS::Include" } }, "cloudformation"],
  [{}, "unknown"],
  [[], "unknown"],
  [null, "unknown"],
  ["Resources", "unknown"],
  [Object.create({ Resources: {} }), "unknown"],
])("%j is %s", (value, kind) => expect(classify(value)).toBe(kind));
