# METADATA
# title: A durable grant that can never match
# description: >-
#   Actions on durable executions are authorised on the execution's ARN, which always holds $LATEST or a version number, and
#   durable functions are invoked by version or alias. A grant on the unqualified function, on an alias or on a bare version
#   looks right and allows nothing. Nor does one on `${Fn}` in a text without Fn::Sub, which CloudFormation leaves as it is.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
#     description: Fine-tuning the Resources and Conditions sections of policies
# custom:
#   id: DUR002
#   level: deny
#   severity: high
#   remediation: Grant on the function's ARN followed by `:*`.
#   sources:
#     - A2
#     - F§6
package durable_guard.rules.durable.durable_grant_never_matches

import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains with_repair(found, never, grant.statement) if {
	some grant in durable.written
	is_idle(grant.statement)
	some verdict in [value.yes, value.unknown]
	never := [action |
		some action in durable.named(grant.statement, durable.on_executions)
		value.all_of([value.equals(grant.statement.effect, "Allow"), lost(grant.policy, action)]) == verdict
	]
	count(never) > 0
	message := $"The grant of {concat(", ", never)} matches no durable execution"
	found := result.judged(verdict, grant.statement, message, reasons(grant.statement))
}

finding contains result.with_paste(found, result.statement([invoke], [$"{f.arn.text}:*"])) if {
	some grant in durable.written
	names_invoke(grant.statement)
	some f in unqualified(grant.statement)
	verdict := value.all_of([value.equals(grant.statement.effect, "Allow"), uninvocable(grant.policy, f)])
	message := $"The grant of {invoke} on the unqualified ARN of {f.address} never counts: a durable function is invoked by version or alias"
	found := result.judged(verdict, grant.statement, message, [])
}

finding contains result.with_paste(found, result.statement([invoke], [$"{f.arn.text}:*"])) if {
	some grant in durable.written
	names_invoke(grant.statement)
	some address in misnamed(grant.statement)
	f := inventory.functions[address]
	whys := [result.fact(text) |
		some pattern in grant.statement.resources
		is_meant(f, pattern.text)
		text := concat(": ", [pattern.text, value.unfilled(pattern.text)])
	]
	verdict := value.all_of([value.equals(grant.statement.effect, "Allow"), uninvocable(grant.policy, f)])
	message := $"The grant of {invoke} on {f.address} matches nothing"
	found := result.judged(verdict, grant.statement, message, whys)
}

examined contains grant.statement.address if {
	some grant in durable.written
	count(durable.named(grant.statement, durable.on_executions)) > 0
}

examined contains grant.statement.address if {
	some grant in durable.written
	names_invoke(grant.statement)
}

invoke := "lambda:InvokeFunction"

names_invoke(statement) if {
	some pattern in statement.actions
	startswith(lower(pattern.text), "lambda:invoke")
	iam.covers_action(pattern, invoke) == value.yes
}

# No resource of the statement can be a durable execution.
is_idle(statement) if {
	count(statement.resources) > 0
	every pattern in statement.resources {
		durable.flaw(pattern)
	}
}

# Nothing else allows the action either, to one of those who have the policy: `[Arn, Arn:*]`, which CDK writes, is right.
lost(policy, action) := value.any_of([left(others, action) | some others in durable.holders(policy)])

left(others, action) := value.no if {
	some statement in others.statements
	value.equals(statement.effect, "Allow") > value.no
	iam.names_action(statement, action) > value.no
	not is_idle(statement)
}

else := others.all

# Declared durable functions that a statement names without a qualifier.
unqualified(statement) := [f |
	some pattern in statement.resources
	some f in durable.functions_named(pattern)
	f.durable.certain
	iam.covers(pattern, f.arn) == value.yes
]

# Durable functions that a statement names where nobody fills it in.
misnamed(statement) := {f.address |
	some pattern in statement.resources
	value.unfilled(pattern.text)
	some f in input.functions
	f.durable.certain
	is_meant(f, pattern.text)
}

# Somebody names the function by `${Fn}` or `${Fn.Arn}`, in a text that nobody fills in.
is_meant(f, text) if {
	some end in ["}", ".Arn}"]
	contains(value.filled_in(text), concat("", ["${", f.address, end]))
}

uninvocable(policy, f) := value.any_of([not_invoking(others, f) | some others in durable.holders(policy)])

not_invoking(others, f) := value.no if {
	some statement in others.statements
	value.equals(statement.effect, "Allow") > value.no
	iam.names_action(statement, invoke) > value.no
	invokes(statement, f)
}

else := others.all

invokes(statement, f) if iam.names_resource(statement, f.qualifiedArn) > value.no

invokes(statement, f) if {
	some pattern in statement.resources
	[f.name, rest] = durable.name_and_rest(pattern.text)
	startswith(rest, ":")
}

reasons(statement) := [result.fact(text) |
	some pattern in statement.resources
	text := concat(" ", [pattern.text, durable.flaw(pattern)])
]

# The same statement on every version of the functions it names.
with_repair(found, actions, statement) := result.with_paste(found, result.statement(actions, sort(meant))) if {
	meant := {text |
		some pattern in statement.resources
		written := value.filled_in(pattern.text)
		[_, rest] := durable.name_and_rest(written)
		text := concat("", [trim_suffix(written, rest), ":*"])
	}
	count(meant) > 0
}

else := found
