# METADATA
# title: Functions share an execution role
# description: >-
#   A role for several functions allows each of them what any of them needs; a fault in one reaches what belongs to the
#   others, and of durable functions the state of their executions.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
#   - ref: https://docs.aws.amazon.com/prescriptive-guidance/latest/strategy-lambda-security/introduction.html
#     description: AWS Prescriptive Guidance on Lambda
# custom:
#   id: LAM001
#   level: warn
#   severity: medium
#   remediation: Give each function a role of its own, with a policy that names what this function calls.
#   sources:
#     - B5
package durable_guard.rules.lambda.shared_execution_role

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Each role once. One outside the documents has no text to change but where the functions name it.
finding contains result.deny(place(role), message, evidence) if {
	some role in roles
	count(role.functions) > 1
	message := $"Functions {grant.listed(sort(role.functions))} share execution role {trim_prefix(role.address, "role ")}"
	evidence := [result.fact_at(f, $"function {address} runs with it") |
		some address in sort(role.functions)
		f := inventory.functions[address]
	]
}

examined := {address | some role in roles; some address in role.functions}

# Functions whose roles cannot be read, or are not given, have nothing in common.
roles := [role |
	some role in input.principals
	role.kind == "role"
	every address in role.functions {
		value.is_known(inventory.functions[address].role.arn)
	}
]

place(role) := role if not role.external

else := {"address": f.address, "at": f.role.at} if {
	f := inventory.functions[min(role.functions)]
}
