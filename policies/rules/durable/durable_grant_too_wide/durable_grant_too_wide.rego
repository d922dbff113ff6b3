# METADATA
# title: A durable grant is wider than its functions
# description: >-
#   Who may checkpoint the executions of other functions can read their state and write results into it. The `:*` after a
#   function's name only says every version; a wildcard before it, in the name or in the account takes in other functions.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
# custom:
#   id: DUR003
#   level: deny
#   severity: medium
#   remediation: List the ARN of each function, followed by `:*`, as Resource.
#   related:
#     - Checkov CKV_AWS_355
#     - cdk-nag AwsSolutions-IAM5
#   subsumes:
#     - DUR016
#   sources:
#     - A2
#     - A4
#     - F§6
package durable_guard.rules.durable.durable_grant_too_wide

import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains with_repair(found, granted.functions, granted.actions) if {
	some granted in grants
	reached := [object.union(reach, {"text": pattern.text}) |
		some pattern in granted.statement.resources
		reach := durable.reach(pattern)
	]
	width := value.any_of([reach.answer | some reach in reached])
	verdict := value.all_of([value.equals(granted.statement.effect, "Allow"), width])
	widest := [reach.of | some reach in reached; reach.answer == width][0]
	message := $"{durable.are(granted.actions)} granted on {widest}"
	evidence := [result.fact(text) | some reach in reached; text := $"{reach.text}: {reach.of}"]
	found := result.judged(verdict, granted.place, message, evidence)
}

examined contains granted.place.address if some granted in grants

# Statements that name the actions of an execution role. AWS's managed policy is recommended, and grants on every function:
# only the strict setting asks for more, of whoever attaches it.
grants := array.concat(
	[{"place": grant.statement, "statement": grant.statement, "actions": actions, "functions": grant.policy.functions} |
		some grant in durable.written
		actions := durable.named(grant.statement, durable.checkpointing)
		count(actions) > 0
	],
	[{"place": held, "statement": statement, "actions": actions, "functions": principal.functions} |
		input.settings.leastPrivilege == "strict"
		some principal in input.principals
		some held in principal.policies
		policy := inventory.policies[held.policy]
		policy.kind == "aws"
		some statement in policy.statements
		actions := durable.named(statement, durable.checkpointing)
		count(actions) > 0
	],
)

# The functions that run with it, where there are any.
with_repair(found, functions, actions) := result.with_paste(found, result.statement(actions, arns)) if {
	arns := [$"{f.arn.text}:*" |
		some address in functions
		f := inventory.functions[address]
		f.durable
	]
	count(arns) > 0
}

else := found
