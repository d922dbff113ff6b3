# METADATA
# title: A function is open to everyone, to a service on behalf of everyone, or for more than being invoked
# description: >-
#   A resource policy for `*` lets any AWS account start the function. One for a service without SourceArn, SourceAccount
#   or an organisation lets that service do so for anybody's bucket, topic or rule. Callers need no more than invoking: who
#   may read or change the function gets its code and its role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#     description: Viewing resource-based IAM policies in Lambda
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1
#     description: Security Hub Lambda.1
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
#     description: The confused deputy problem
# custom:
#   id: LAM006
#   level: deny
#   severity: high
#   remediation: >-
#     Add SourceArn, and SourceAccount where the ARN names no account; name accounts or an organisation instead of `*`, and
#     permit lambda:InvokeFunction alone.
#   related:
#     - Checkov CKV_AWS_301
#     - Checkov CKV_AWS_364
#     - Security Hub Lambda.1
#     - cfn-lint W3663
#   sources:
#     - B10
#     - B12
#     - F§12
package durable_guard.rules.lambda.function_open_to_everyone

import data.durable_guard.lib.account
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.value

finding contains graded(policy, found) if {
	some [policy, statement] in granted
	is_for_everyone(statement)
	not is_told_of_url(policy, statement)
	answer := value.all_of([grant.allows(statement), value.negated(restricted(statement))])
	message := $"{subject(policy)} {is(answer)} open to everyone"
	found := result.with_severity(result.judged(answer, statement, message, facts(statement)), "critical")
}

finding contains result.judged(answer, statement, message, facts(statement)) if {
	some [policy, statement] in granted
	services := [principal.id.text | some principal in statement.principals; principal.type == "Service"]
	count(services) > 0
	answer := value.all_of([grant.allows(statement), value.negated(restricted(statement))])
	message := $"{subject(policy)} {is(answer)} open to {concat(", ", services)} on behalf of every account"
}

# Names of buckets are free again once a bucket is deleted, and their ARN names no account.
finding contains result.with_severity(result.warn(statement, message, facts(statement)), "medium") if {
	some [policy, statement] in granted
	grant.allows(statement) == value.yes
	some principal in statement.principals
	startswith(principal.id.text, "s3.")
	restricted(statement) == value.yes
	every condition in restrictions(statement) {
		names_only_buckets(condition)
	}
	message := $"{subject(policy)} is open to a bucket of any account that takes its name: SourceAccount is missing"
}

# Callers need no more than to invoke it. Whole services are WLD001's, durable actions DUR006's.
finding contains result.with_severity(result.warn(statement, message, facts(statement)), "medium") if {
	some [policy, statement] in granted
	policy.kind != "layer permission"
	grant.allows(statement) == value.yes
	others := [principal.id.text | some principal in statement.principals; is_other(principal)]
	count(others) > 0
	actions := [action.text | some action in statement.actions; not is_for_callers(action)]
	count(actions) > 0
	message := $"{subject(policy)} lets {concat(", ", others)} do more than invoke it: {grant.listed(actions)}"
}

is_other(principal) if principal.type in {"*", "Service"}

is_other(principal) if account.foreign(principal) == value.yes

is_for_callers(action) if regex.match(`(?i)^lambda:invoke|durable`, action.text)

is_for_callers(action) if grant.every_action(action) != value.no

examined := {policy.address | some policy in input.resourcePolicies}

granted := [[policy, statement] |
	some policy in input.resourcePolicies
	some statement in policy.statements
]

is_for_everyone(statement) if {
	some principal in statement.principals
	account.is_everyone(principal)
}

is_for_everyone(statement) if count(statement.notPrincipals) > 0

# LAM005 speaks of a public URL; these statements are its other half.
is_told_of_url(policy, statement) if {
	some condition in statement.conditions
	condition.key in {"lambda:functionurlauthtype", "lambda:invokedviafunctionurl"}
	public_urls[policy.function]
}

public_urls[edge.function] := true if {
	some edge in input.invocations
	value.equals(edge.url.authType, "NONE") != value.no
}

restricted(statement) := value.yes if count(restrictions(statement)) > 0

else := value.unknown if grant.settled(statement) == value.unknown

else := value.no

# Conditions that say for whom: with a value that leaves something out.
restrictions(statement) := [condition |
	some condition in statement.conditions
	regex.match(
		`^(?:aws:source(?:arn|account|orgid|orgpaths|ip|vpc|vpce)|aws:principal(?:arn|account|orgid|orgpaths)|aws:userid|lambda:eventsourcetoken)$`,
		condition.key,
	)
	not regex.match(`(?i)not|null`, condition.operator)
	every pattern in condition.values {
		not regex.match(`^(?:arn:[^:]*:[^:]*:[^:]*:[*?]*:)?[*?:/]*\*[*?:/]*$`, pattern.text)
	}
]

names_only_buckets(condition) if {
	every pattern in condition.values {
		regex.match(`^arn:(?:\$\{[^{}]*\}|[^:])*:s3:::`, pattern.text)
	}
}

# A layer's code may be read, not run.
graded(policy, found) := result.with_severity(object.union(found, {"level": "warn"}), "medium") if {
	policy.kind == "layer permission"
}

else := found

subject(policy) := "The layer" if policy.kind == "layer permission"

else := $"Function {policy.function}" if policy.function

else := "A function outside the documents"

is(answer) := "is" if answer == value.yes

else := "may be"

facts(statement) := array.concat(
	[result.fact($"it allows {text}") | text := grant.listed(grant.texts(statement.actions))],
	[result.fact($"a condition on {key} applies") |
		some condition in statement.conditions
		key := condition.key
		key != ""
	],
)
