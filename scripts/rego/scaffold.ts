/**
 * The id after the highest of a family that any of these texts names, as METADATA does: ids, former ones among them, are
 * never used again.
 */
export function nextId(prefix: string, texts: readonly string[]): string {
  const ids = texts.flatMap((text) => text.match(new RegExp(`\\b${prefix}[0-9]{3}\\b`, "g")) ?? []);
  const numbers = ids.map((id) => Number(id.slice(prefix.length)));
  return prefix + String(Math.max(0, ...numbers) + 1).padStart(3, "0");
}

/** The files of a new rule, relative to the root: a rule on the timeout of functions, to be replaced. */
export function ruleFiles(family: string, name: string, id: string): { path: string; text: string }[] {
  const rules = `policies/rules/${family}/${name}`;
  const templates = `templates/${family}/${name}`;
  return [
    { path: `${rules}/${name}.rego`, text: rule(family, name, id) },
    { path: `${rules}/${name}_test.rego`, text: test(family, name) },
    { path: `${templates}/good.yaml`, text: template(60) },
    { path: `${templates}/bad.yaml`, text: template(900) },
    { path: `${templates}/expect.json`, text: expected(id) },
  ];
}

const rule = (family: string, name: string, id: string) => `# METADATA
# title: "TODO: what is wrong"
# description: >-
#   TODO: why it matters, in one to three sentences.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/TODO
#     description: "TODO: title of the page"
# custom:
#   id: ${id}
#   level: warn
#   severity: medium
#   remediation: "TODO: what to do"
package durable_guard.rules.${family}.${name}

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(value.above(timeout, 600), f, message, [result.fact(given)]) if {
	some f in input.functions
	timeout := value.optional(f, "timeout")
	message := $"TODO: what is wrong with {f.address}"
	given := $"the timeout is {value.text(timeout)}"
}

examined contains f.address if some f in input.functions
`;

const test = (family: string, name: string) => `package durable_guard.rules.${family}.${name}_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.${family}.${name} as rule

test_todo_write_the_rule_then_take_this_away if false

test_right if {
	every fields in [{"timeout": {"known": 600}}, {}] {
		rule.finding == set() with input as function(fields)
		rule.examined == {"Fn"} with input as function(fields)
	}
}

test_wrong if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "TODO: what is wrong with Fn",
		"evidence": [{"text": "the timeout is 601"}],
	}} with input as function({"timeout": {"known": 601}})
}

test_unknown if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "unknown",
		"message": "TODO: what is wrong with Fn",
		"evidence": [{"text": "the timeout is unknown (Ref Timeout)"}],
	}} with input as function({"timeout": {"unknown": "Ref Timeout"}})
}

function(fields) := sample.inventory({"functions": [sample.function(fields)]})
`;

const template = (timeout: number) => `AWSTemplateFormatVersion: "2010-09-09"
Description: "TODO: what this architecture is for"

Parameters:
  ArtifactBucket:
    Type: String
    Description: Bucket that the deployment packages are in

Resources:
  ShipOrder:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: ship-order
      Runtime: nodejs24.x
      Handler: index.handler
      Role: !GetAtt ShipOrderRole.Arn
      Timeout: ${timeout}
      Code:
        S3Bucket: !Ref ArtifactBucket
        S3Key: ship-order.zip
      DurableConfig:
        ExecutionTimeout: 604800
        RetentionPeriodInDays: 14

  ShipOrderVersion:
    Type: AWS::Lambda::Version
    Properties:
      FunctionName: !Ref ShipOrder

  ShipOrderRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - !Sub arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: Checkpoint
                Effect: Allow
                Action:
                  - lambda:CheckpointDurableExecution
                  - lambda:GetDurableExecutionState
                Resource: !Sub arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:ship-order:*
`;

const expected = (id: string) => `[
  {
    "rule": "${id}",
    "verdict": "deny",
    "level": "warn",
    "address": "ShipOrder",
    "line": 10,
    "message": "TODO: what is wrong with ShipOrder"
  }
]
`;
