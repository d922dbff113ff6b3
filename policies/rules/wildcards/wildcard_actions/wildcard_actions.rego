# METADATA
# title: A policy allows every action of a service
# description: >-
#   Action `*` or `service:*` also allows what the service will offer tomorrow: deleting, passing on, changing permissions.
#   A function that is tricked or taken over may then do all of it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#     description: Security best practices in IAM, apply least-privilege permissions
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21
#     description: Security Hub IAM.21
# custom:
#   id: WLD001
#   level: deny
#   severity: high
#   remediation: Name the actions that the code calls.
#   related:
#     - Checkov CKV_AWS_62
#     - Checkov CKV_AWS_63
#     - Security Hub IAM.1
#     - Security Hub IAM.21
#     - cdk-nag AwsSolutions-IAM5
#   subsumes:
#     - KMS004
#     - DUR003
#     - DUR016
#   sources:
#     - A4
#     - B3
package durable_guard.rules.wildcards.wildcard_actions

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.value

finding contains grant.at_level(granted, found) if {
	some granted in grant.everywhere
	statement := granted.statement
	width := value.any_of([w | some action in statement.actions; w := grant.every_action(action)])
	answer := value.all_of([grant.allows(statement), width])
	verdict := result.verdict(answer)
	written := [action.text | some action in statement.actions; grant.every_action(action) == width]
	message := $"Action {grant.listed(written)} {_verb(answer)} every action of {_reach(written)}"
	found := result.finding(verdict, statement, message, grant.facts(granted))
}

examined := grant.everywhere_examined

_verb(answer) := "allows" if answer == value.yes

else := "may allow"

_reach(written) := "every service" if {
	some action in written
	not contains(action, ":")
}

else := "the service" if count(written) == 1

else := "the services"
