# METADATA
# title: A durable grant nobody uses
# description: >-
#   Only the execution role of a durable function checkpoints, and only executions of that function. A grant on a function
#   that is not durable, or that runs with another role, serves nobody and stays behind as reach into foreign state.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
# custom:
#   id: DUR004
#   level: warn
#   severity: medium
#   remediation: Name only durable functions that run with this role.
#   sources:
#     - A4
package durable_guard.rules.durable.durable_grant_nobody_uses

import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.finding(verdict, grant.statement, message, evidence) if {
	some grant in grants
	unused := [{"text": pattern.text, "answer": value.negated(use), "why": why(pattern)} |
		some pattern in grant.statement.resources
		is_of_some_function(pattern)
		use := used(grant.policy, pattern)
		use < value.yes
	]
	idle := value.any_of([each.answer | some each in unused])
	verdict := result.verdict(value.all_of([value.equals(grant.statement.effect, "Allow"), idle]))
	texts := [each.text | some each in unused; each.answer == idle]
	message := $"{durable.are(grant.actions)} granted on what no durable function of the role uses: {concat(", ", texts)}"
	evidence := [result.fact(text) | some each in unused; text := $"{each.text}: {each.why}"]
}

examined contains grant.statement.address if some grant in grants

# Grants to execution roles of durable functions and to nobody else: what others have is DUR005's, and a role outside the
# documents may run functions that are outside too.
grants := [object.union(grant, {"actions": actions}) |
	some grant in durable.written
	count(grant.policy.heldBy) > 0
	every address in grant.policy.heldBy {
		runs_durable(inventory.principals[address])
	}
	actions := durable.named(grant.statement, durable.checkpointing)
	count(actions) > 0
]

runs_durable(principal) if {
	principal.external == false
	some address in principal.functions
	inventory.functions[address].durable
}

# What can match nothing is DUR002's, and what is wider than a function DUR003's.
is_of_some_function(pattern) if {
	not durable.flaw(pattern)
	not durable.reach(pattern)
}

# Is an execution of a durable function that runs with the policy among what the pattern covers? What covers those of the
# next version covers those of $LATEST.
used(policy, pattern) := value.yes if {
	some f in durable.functions_named(pattern)
	f.durable
	f.address in policy.functions
}

else := value.any_of([iam.covers(pattern, execution) |
	some address in policy.functions
	f := inventory.functions[address]
	f.durable
	some execution in array.concat([f.latestExecution], f.namedExecutions)
])

why(pattern) := $"{f.address} is not durable" if {
	f := named_function(pattern)
	not f.durable
}

else := $"{f.address} runs with role {f.role.address}" if f := named_function(pattern)

else := "it is the name of no function in the documents"

named_function(pattern) := durable.functions_named(pattern)[0]
