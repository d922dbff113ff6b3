# METADATA
# title: A key policy is open to everyone
# description: >-
#   Principal `*` without a condition that says whose lets every AWS account use the key, as far as the allowed actions go.
# related_resources:
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5
#     description: Security Hub KMS.5
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
#     description: Elements in a key policy, AWS KMS
# custom:
#   id: KMS005
#   level: deny
#   severity: critical
#   remediation: Name the account root, the roles or the service that may use the key, or add a condition that says whose.
#   related:
#     - Checkov CKV_AWS_33
#     - Security Hub KMS.5
#   sources:
#     - A4
package durable_guard.rules.kms.key_open_to_everyone

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, statement, message, evidence) if {
	some key in input.keys
	some statement in key.statements
	answer := value.all_of([value.equals(statement.effect, "Allow"), for_everyone(statement), unrestricted(statement)])
	message := $"The policy of key {key.address} {verb(answer)} it to everyone"
	evidence := array.concat(
		[fact | some action in statement.actions; fact := result.fact($"it allows {action.text}")],
		[fact |
			some condition in statement.conditions
			condition.key != ""
			fact := result.fact($"its condition on {condition.key} does not say whose")
		],
	)
}

finding contains result.unknown({"address": key.address, "at": key.policyAt}, message, [result.fact(why)]) if {
	some key in input.keys
	why := key.unread
	message := $"Whether the policy of key {key.address} is open to everyone cannot be read"
}

examined contains key.address if some key in input.keys

verb(answer) := "opens" if answer == value.yes

else := "may open"

# `*`, or everyone but those named.
for_everyone(statement) := value.yes if count(statement.notPrincipals) > 0

else := value.any_of([is_everyone(named.type) | some named in statement.principals])

is_everyone("*") := value.yes

is_everyone("unknown") := value.unknown

unrestricted(statement) := value.no if {
	some condition in statement.conditions
	condition.key in restricting
	lower(condition.operator) in {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"}
	not condition.ifExists
	every pattern in condition.values {
		not regex.match(`^[*?]*$`, pattern.text)
	}
}

else := value.unknown if {
	some condition in statement.conditions
	condition.key == ""
}

else := value.yes

# Keys of a condition that say whose the caller is, or whose the resource it calls for.
restricting := {
	"aws:principalaccount",
	"aws:principalarn",
	"aws:principalorgid",
	"aws:principalorgpaths",
	"aws:sourceaccount",
	"aws:sourcearn",
	"aws:sourceorgid",
	"aws:sourceorgpaths",
	"aws:sourcevpc",
	"aws:sourcevpce",
	"aws:userid",
	"kms:calleraccount",
}
