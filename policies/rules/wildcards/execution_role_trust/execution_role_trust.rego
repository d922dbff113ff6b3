# METADATA
# title: An execution role may be assumed by others than Lambda, or a role by everyone
# description: >-
#   Who may assume the role of a function has everything the function has, without going through its code. And a role
#   that does not trust lambda.amazonaws.com lets no function run. A role that no function here runs with is only looked at
#   for a trust policy without limit, with a warning.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
#     description: The confused deputy problem
# custom:
#   id: WLD006
#   level: deny
#   severity: high
#   remediation: Let lambda.amazonaws.com and nobody else assume the role; give other services and people roles of their own.
#   related:
#     - Checkov CKV_AWS_60
#     - Checkov CKV_AWS_61
#   subsumes:
#     - DUR006
#   sources:
#     - A9
#     - B3
#     - B10
package durable_guard.rules.wildcards.execution_role_trust

import data.durable_guard.lib.account
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Everyone, or everyone but those named.
finding contains graded(statement, found) if {
	some [role, statement] in trusted
	to_everyone(statement)
	answer := value.equals(statement.effect, "Allow")
	message := $"Execution role {role.address} {may(answer)} be assumed by everyone"
	found := result.with_severity(result.judged(answer, statement, message, facts(role, statement)), "critical")
}

finding contains result.warn(statement, message, []) if {
	some role in input.principals
	count(role.functions) == 0
	some statement in role.trust
	assumes(statement)
	to_everyone(statement)
	value.equals(statement.effect, "Allow") == value.yes
	count(statement.conditions) == 0
	message := $"Role {role.address} may be assumed by everyone"
}

# Other accounts, without a condition.
finding contains result.judged(answer, statement, message, facts(role, statement)) if {
	some [role, statement] in trusted
	strange := value.any_of([a | some principal in statement.principals; a := account.foreign(principal)])
	answer := value.all_of([value.equals(statement.effect, "Allow"), strange, unconditional(statement)])
	who := [principal.id.text | some principal in statement.principals; account.foreign(principal) == strange]
	message := $"Execution role {role.address} {may(answer)} be assumed from another account without a condition: {concat(", ", who)}"
}

# Other services.
finding contains result.with_severity(result.judged(answer, statement, message, facts(role, statement)), "medium") if {
	some [role, statement] in trusted
	strange := value.any_of([a | some principal in statement.principals; a := other_service(principal)])
	answer := value.all_of([value.equals(statement.effect, "Allow"), strange])
	who := [principal.id.text | some principal in statement.principals; other_service(principal) == strange]
	message := $"Execution role {role.address} {may(answer)} be assumed by another service: {concat(", ", who)}"
}

# Lambda itself. A trust policy that cannot be read may let it in.
finding contains result.judged(value.negated(answer), role, message, runs(role)) if {
	some role in roles
	not role.trustUnread
	answer := value.any_of([a | some statement in role.trust; a := lets_lambda(statement)])
	message := $"Execution role {role.address} does not let lambda.amazonaws.com assume it"
}

examined := {role.address |
	some role in input.principals
	count(role.trust) + count(role.functions) > 0
	not role.external
}

roles := [role |
	some role in input.principals
	not role.external
	count(role.functions) > 0
]

# Statements about assuming the roles of functions.
trusted := [[role, statement] |
	some role in roles
	some statement in role.trust
	assumes(statement)
]

assumes(statement) if {
	some action in ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"]
	iam.names_action(statement, action) != value.no
}

to_everyone(statement) if {
	some principal in statement.principals
	account.is_everyone(principal)
}

to_everyone(statement) if count(statement.notPrincipals) > 0

# A condition on who it is makes it milder.
graded(statement, found) := object.union(found, {"level": "warn"}) if count(statement.conditions) > 0

else := found

# Undefined under a condition that can be read.
unconditional(statement) := value.yes if count(statement.conditions) == 0

else := value.unknown if {
	every condition in statement.conditions {
		condition.key == ""
	}
}

# Lambda@Edge replicates functions under the same role.
other_service(principal) := value.no if principal.type != "Service"

else := value.no if regex.match("^(?:edge)?lambda\\.", principal.id.text)

else := value.unknown if principal.id.open

else := value.yes

lets_lambda(statement) := value.all_of([
	value.equals(statement.effect, "Allow"),
	iam.names_action(statement, "sts:AssumeRole"),
	iam.names_service(statement, "lambda.amazonaws.com"),
])

may(answer) := "may" if answer == value.yes

else := "might"

facts(role, statement) := array.concat(
	[result.fact($"a condition on {key} applies") |
		some condition in statement.conditions
		key := condition.key
		key != ""
	],
	runs(role),
)

runs(role) := [result.fact_at(f, $"function {address} runs with it") |
	some address in role.functions
	f := inventory.functions[address]
]
