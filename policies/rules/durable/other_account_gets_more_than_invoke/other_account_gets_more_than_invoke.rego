# METADATA
# title: Another account gets more of a durable function than invoking it
# description: >-
#   A caller in another account needs lambda:InvokeFunction and nothing else: checkpoints always use the execution role in
#   the function's own account, and callers have no access to checkpoint data. A wider permission, or an execution role that
#   another account may assume, gives that away.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html
#     description: Granting Lambda function access to other accounts
# custom:
#   id: DUR006
#   level: deny
#   severity: high
#   remediation: Permit lambda:InvokeFunction on an alias and nothing more, and let only lambda.amazonaws.com assume the role.
#   related:
#     - Checkov CKV_AWS_301
#   sources:
#     - A9
#     - F§10
package durable_guard.rules.durable.other_account_gets_more_than_invoke

import data.durable_guard.lib.account
import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.judged(verdict, statement, message, evidence(statement)) if {
	some policy in resource_policies
	some statement in policy.statements
	beyond := value.any_of([iam.names_action(statement, action) | some action in durable.actions])
	verdict := value.all_of([value.equals(statement.effect, "Allow"), beyond, stranger(statement)])
	message := $"{who(statement)} {may[verdict]} use durable actions on {subject(policy)}; callers need lambda:InvokeFunction only"
}

finding contains result.judged(verdict, statement, message, evidence(statement)) if {
	some role in roles
	some statement in role.trust
	assuming := value.any_of([iam.names_action(statement, action) | some action in assume])
	verdict := value.all_of([value.equals(statement.effect, "Allow"), assuming, stranger(statement)])
	message := $"{who(statement)} {may[verdict]} assume execution role {role.address} and checkpoint as its functions do"
}

examined contains policy.address if some policy in resource_policies

examined contains role.address if some role in roles

assume := ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]

# On durable functions, or on functions outside the documents where they speak of durable actions.
resource_policies := [policy |
	some policy in input.resourcePolicies
	policy.kind != "layer permission"
	is_about_durable(policy)
]

is_about_durable(policy) if inventory.functions[policy.function].durable.certain

is_about_durable(policy) if {
	not policy.function
	some statement in policy.statements
	count(durable.named(statement, durable.actions)) > 0
}

# Execution roles of durable functions.
roles := [role |
	some role in input.principals
	some address in role.functions
	inventory.functions[address].durable.certain
]

# Does the statement take in somebody of another account? An organisation's accounts are other accounts; other conditions
# may leave only one's own.
stranger(statement) := value.yes if {
	is_for_everyone(statement)
	every condition in statement.conditions {
		condition.key in ["aws:principalorgid", "aws:principalorgpaths"]
	}
}

else := value.unknown if is_for_everyone(statement)

else := value.any_of([account.foreign(principal) | some principal in statement.principals])

is_for_everyone(statement) if count(statement.notPrincipals) > 0

is_for_everyone(statement) if {
	some principal in statement.principals
	account.is_everyone(principal)
}

who(statement) := "Everyone" if is_for_everyone(statement)

else := concat(", ", [principal.id.text |
	some principal in statement.principals
	account.foreign(principal) > value.no
])

subject(policy) := $"durable function {policy.function}" if policy.function

else := "a function outside the documents"

may := {value.yes: "may", value.unknown: "might"}

evidence(statement) := array.concat(
	array.concat(
		[result.fact(text) | some pattern in statement.actions; text := $"it allows {pattern.text}"],
		[result.fact(text) | some pattern in statement.notActions; text := $"it allows all but {pattern.text}"],
	),
	[result.fact(text) | some condition in statement.conditions; text := $"a condition on {condition.key} applies"],
)
