# METADATA
# title: Others than execution roles of durable functions may checkpoint
# description: >-
#   Checkpointing is for the execution role alone, also across accounts: a caller needs lambda:InvokeFunction and nothing
#   more. Whoever else holds lambda:CheckpointDurableExecution or lambda:GetDurableExecutionState can write results into
#   running executions or read their state.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
# custom:
#   id: DUR005
#   level: deny
#   severity: high
#   remediation: >-
#     Leave lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState to the execution roles of durable functions.
#   sources:
#     - A9
#     - F§6
#     - F§10
package durable_guard.rules.durable.checkpoint_held_by_others

import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.judged(verdict, held.place, message(held.actions, verdict, who), evidence) if {
	some held in grants
	holders := [[answer, principal] |
		some address in held.by
		principal := inventory.principals[address]
		answer := is_other(principal)
	]
	worst := value.any_of([answer | some [answer, _] in holders])
	verdict := value.all_of([value.equals(held.statement.effect, "Allow"), worst])
	others := [principal | some [answer, principal] in holders; answer == worst]
	who := [principal.address | some principal in others]
	evidence := [result.fact_at(principal, text) |
		some principal in others
		text := $"{principal.kind} {principal.address} {what(principal)}"
	]
}

examined contains held.place.address if some held in grants

# Statements that name the actions of an execution role, with those who have them: policies people write, and AWS's where
# somebody attaches one.
grants := array.concat(
	[{"place": own.statement, "statement": own.statement, "actions": actions, "by": own.policy.heldBy} |
		some own in durable.written
		actions := durable.named(own.statement, durable.checkpointing)
		count(actions) > 0
	],
	[{"place": held, "statement": statement, "actions": actions, "by": [principal.address]} |
		some principal in input.principals
		some held in principal.policies
		policy := inventory.policies[held.policy]
		policy.kind == "aws"
		some statement in policy.statements
		actions := durable.named(statement, durable.checkpointing)
		count(actions) > 0
	],
)

# Is it somebody else than the execution role of a durable function? A role that nothing here runs with may be one of a
# function outside the documents, if Lambda may assume it.
is_other(principal) := value.no if runs_durable(principal)

else := value.yes if principal.kind != "role"

else := value.unknown if may_run_elsewhere(principal)

else := value.yes

runs_durable(principal) if {
	some address in principal.functions
	inventory.functions[address].durable
}

may_run_elsewhere(principal) if principal.external

may_run_elsewhere(principal) if {
	count(principal.functions) == 0
	principal.trustUnread
}

may_run_elsewhere(principal) if {
	count(principal.functions) == 0
	some statement in principal.trust
	iam.names_service(statement, "lambda.amazonaws.com") > value.no
}

message(actions, verdict, who) := $"{durable.are(actions)} granted to {grant.listed(who)}, not to the execution role of a durable function" if {
	verdict == value.yes
}

else := $"{durable.are(actions)} granted to {grant.listed(who)}, and whether a durable function runs with that cannot be said"

what(principal) := "is no execution role" if principal.kind != "role"

else := "is not in the documents" if principal.external

else := $"runs {concat(", ", principal.functions)}, not durable" if count(principal.functions) > 0

else := "runs no function here"
