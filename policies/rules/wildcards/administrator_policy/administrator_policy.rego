# METADATA
# title: A function runs with an administrator's managed policy
# description: >-
#   AWS's managed policies for administrators let the function change any resource, its own code or its own permissions.
#   Whoever gets the function to run code of theirs has the account. The other FullAccess policies open one service whole.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
#     description: AWS managed policies for job functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/security-iam-awsmanpol.html
#     description: AWS managed policies for AWS Lambda
# custom:
#   id: WLD004
#   level: deny
#   severity: critical
#   remediation: Attach AWSLambdaBasicDurableExecutionRolePolicy and a policy that names what the code calls.
#   related:
#     - Checkov CKV_AWS_274
#     - Security Hub IAM.1
#     - cdk-nag AwsSolutions-IAM4
#   sources:
#     - A5
#     - B3
package durable_guard.rules.wildcards.administrator_policy

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory

finding contains result.deny(held, message, evidence(role)) if {
	some [role, held, policy] in attached
	policy.administratorLike
	message := $"The role of a function has {policy.name}, a policy for administrators"
}

# The same reach as `service:*` in a policy of one's own; but AWS's samples attach them, and nothing but a service is lost.
finding contains result.with_severity(result.warn(held, message, evidence(role)), "medium") if {
	some [role, held, policy] in attached
	not policy.administratorLike
	regex.match(`FullAccess|Administrator$|AdminAccess$|PowerUser$`, policy.name)
	message := $"The role of a function has {policy.name}, which allows every action of a service"
}

examined := {role.address | some role in roles}

roles := [role | some role in input.principals; count(role.functions) > 0]

# Each of AWS's managed policies that a function's role has.
attached := [[role, held, policy] |
	some role in roles
	some held in role.policies
	policy := inventory.policies[held.policy]
	policy.kind == "aws"
]

evidence(role) := [result.fact_at(f, $"function {address} runs with it") |
	some address in role.functions
	f := inventory.functions[address]
]
