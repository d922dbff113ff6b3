# METADATA
# title: Operator or callback actions on all functions
# description: >-
#   Who may stop, pause or delete executions, read their history or answer their callbacks can do so on every durable
#   function of the account. ListDurableExecutionsByFunction is authorised on the ARN that the request names, so it needs
#   the function's ARN and the same followed by `:*`.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
# custom:
#   id: DUR016
#   level: warn
#   severity: medium
#   remediation: List the ARN of each function, followed by `:*`; for ListDurableExecutionsByFunction the bare ARN as well.
#   related:
#     - Checkov CKV_AWS_355
#     - cdk-nag AwsSolutions-IAM5
#   sources:
#     - A4
#     - F§6
package durable_guard.rules.durable.operator_actions_on_all_functions

import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.iam
import data.durable_guard.lib.value

finding contains result.judged(verdict, statement, message, evidence) if {
	some [written, actions] in grants
	statement := written.statement
	widths := [{"text": pattern.text, "answer": durable.every_function(pattern)} | some pattern in statement.resources]
	width := value.any_of([each.answer | some each in widths])
	verdict := value.all_of([value.equals(statement.effect, "Allow"), width])
	message := $"{grant.listed(actions)} on {on_what[width]}"
	evidence := [result.fact(text) | some each in widths; each.answer == width; text := $"Resource is {each.text}"]
}

# Somebody who has one form of the ARN and not the other.
finding contains result.with_paste(found, result.statement([durable.listing], [arn, $"{arn}:*"])) if {
	some [written, actions] in grants
	durable.listing in actions
	some pattern in written.statement.resources
	[_, rest] := durable.name_and_rest(pattern.text)
	arn := trim_suffix(pattern.text, rest)
	lacking := forms[rest]
	verdict := value.all_of([value.equals(written.statement.effect, "Allow"), lacked(written.policy, $"{arn}{lacking.suffix}")])
	message := $"{durable.listing} on {arn} is granted only {lacking.granted} a qualifier"
	evidence := [result.fact("it is authorised on the ARN that a request names, with or without a qualifier")]
	found := result.judged(verdict, written.statement, message, evidence)
}

examined contains written.statement.address if some [written, _] in grants

grants := [[written, actions] |
	some written in durable.written
	actions := durable.named(written.statement, array.concat(durable.operating, [durable.listing]))
	count(actions) > 0
]

on_what := {value.yes: "every function", value.unknown: "a Resource that is not known"}

# By what follows the name: the other form, and how one says what is there.
forms := {
	"": {"suffix": ":1", "granted": "without"},
	":*": {"suffix": "", "granted": "with"},
}

# Does one of those who have the policy lack the action on this ARN?
lacked(policy, arn) := value.any_of([lacks(others, arn) | some others in durable.holders(policy)])

lacks(others, arn) := value.no if {
	some statement in others.statements
	value.equals(statement.effect, "Allow") > value.no
	iam.names_action(statement, durable.listing) > value.no
	iam.names_resource(statement, iam.literal(arn)) > value.no
}

else := others.all
