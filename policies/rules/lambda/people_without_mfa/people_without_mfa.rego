# METADATA
# title: People sign in without a second factor, or with weak passwords
# description: >-
#   Who gets hold of a console password may change functions and read their data. A policy that denies everything without a
#   second factor makes the password alone useless, and the account's password policy keeps it from being guessed.
#   A first password that may stay is known to whoever made it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
#     description: "IAM policy example: deny everything but managing one's own MFA device without MFA"
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7
#     description: "Security Hub IAM.7: Password policies for IAM users should have strong configurations"
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-15
#     description: "Security Hub IAM.15: Ensure IAM password policy requires minimum password length of 14 or greater"
# custom:
#   id: LAM020
#   level: warn
#   severity: medium
#   remediation: >-
#     Deny users everything but setting up their MFA device while aws:MultiFactorAuthPresent is false, or let people sign in
#     through IAM Identity Center. Ask for passwords of 14 characters of all four kinds, and for another one at first sign-in.
#   related:
#     - Security Hub IAM.5
#     - Security Hub IAM.7
#     - Security Hub IAM.15
#     - Checkov CKV_AWS_10
#     - Checkov CKV_AWS_11
#     - Checkov CKV_AWS_12
#     - Checkov CKV_AWS_14
#     - Checkov CKV_AWS_15
#   sources:
#     - B12
package durable_guard.rules.lambda.people_without_mfa

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.judged(answer, user, $"User {user.address} may sign in to the console without a second factor", []) if {
	some user in console_users
	answer := value.negated(needs_second_factor(user))
}

# Whoever made the first password knows it.
finding contains result.with_severity(result.judged(answer, place, message, evidence), "low") if {
	some user in console_users
	place := {"address": user.address, "at": user.console.at}
	answer := value.negated(value.equals(user.console.resetRequired, true))
	message := $"User {user.address} may keep the first password"
	evidence := [result.fact($"that another one has to be chosen at first sign-in is {value.text(user.console.resetRequired)}")]
}

# Another plan may set it; CloudFormation has no resource for it at all.
finding contains result.unknown(user, message, []) if {
	some user in console_users
	input.format == "terraform"
	count(input.passwordPolicies) == 0
	message := "The account's password policy is not in the documents"
}

finding contains result.judged(answer, policy, "The account's password policy is weak", facts) if {
	some policy in input.passwordPolicies
	asked := weaknesses(policy)
	answer := value.any_of([weakness.answer | some weakness in asked])
	facts := [result.fact(weakness.text) | some weakness in asked; weakness.answer == answer]
}

examined contains user.address if some user in console_users

examined contains policy.address if some policy in input.passwordPolicies

console_users := [user |
	some user in input.principals
	user.kind == "user"
	user.console
]

# A statement that denies nearly everything without it, or nothing that is allowed without it. What is not read may do
# either.
needs_second_factor(user) := value.any_of(array.concat(
	[
		value.any_of([value.equals(statement.effect, "Deny") | some statement in statements(user); stops_without(statement)]),
		value.all_of(array.concat([not_without(statement) | some statement in statements(user)], unread(user))),
	],
	unread(user),
))

statements(user) := [statement |
	some held in user.policies
	some statement in inventory.policies[held.policy].statements
]

unread(user) := [value.unknown |
	some held in user.policies
	is_unread(held.policy)
]

is_unread(id) if not inventory.policies[id]

is_unread(id) if inventory.policies[id].unread

not_without(statement) := value.yes if compares(statement, "true")

else := value.equals(statement.effect, "Deny")

stops_without(statement) if {
	broad(statement)
	compares(statement, "false")
}

broad(statement) if count(statement.notActions) > 0

broad(statement) if "*" in {action.text | some action in statement.actions}

compares(statement, text) if {
	some condition in statement.conditions
	condition.key == "aws:multifactorauthpresent"
	condition.operator == "Bool"
	some pattern in condition.values
	lower(pattern.text) == text
}

weaknesses(policy) := array.concat([short(policy.minimumLength)], [weakness |
	some kind, required in {
		"lower case letter": policy.requireLowercase,
		"number": policy.requireNumbers,
		"symbol": policy.requireSymbols,
		"upper case letter": policy.requireUppercase,
	}
	weakness := lacking(kind, required)
])

short(length) := {
	"answer": value.below(length, 14),
	"text": $"passwords need {value.text(length)} characters, not 14",
}

lacking(kind, required) := {
	"answer": value.equals(required, false),
	"text": $"that they need a {kind} is {value.text(required)}",
}
