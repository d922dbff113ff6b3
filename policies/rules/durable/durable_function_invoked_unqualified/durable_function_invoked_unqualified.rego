# METADATA
# title: A durable function is invoked by its unqualified ARN
# description: >-
#   Lambda invokes a durable function only by version, alias or $LATEST and refuses its unqualified ARN; a permission on the
#   unqualified function does not cover the invocations that are left. Executions on $LATEST go on with whatever code is
#   deployed next and may fail to replay.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html
#     description: Invoking Lambda durable functions
# custom:
#   id: DUR008
#   level: deny
#   severity: high
#   remediation: >-
#     Publish a version behind an alias (AutoPublishAlias in SAM, currentVersion in CDK, publish in Terraform) and name the
#     alias wherever the function is invoked or permitted.
#   related:
#     - cdk-nag LambdaLatestVersion
#   sources:
#     - F§9
package durable_guard.rules.durable.durable_function_invoked_unqualified

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.deny(edge, message, aliases(f)) if {
	some [edge, f] in edges
	is_qualifier(edge, "")
	message := $"Durable function {f.address} is invoked by its unqualified ARN, which Lambda refuses ({edge.kind})"
}

finding contains result.warn(edge, message, aliases(f)) if {
	some [edge, f] in edges
	is_qualifier(edge, "$LATEST")
	message := $"Durable function {f.address} is invoked at $LATEST, which changes under running executions ({edge.kind})"
}

finding contains result.unknown(edge, message, [result.fact(fact)]) if {
	some [edge, f] in edges
	value.is_unknown(edge.qualifier)
	message := $"Whether durable function {f.address} is invoked by a version or alias cannot be said ({edge.kind})"
	fact := $"the qualifier is {value.text(edge.qualifier)}"
}

# A version that is only known after deployment is a number: nobody gets `$LATEST` without writing it.
finding contains result.warn(alias, message, []) if {
	some f in functions
	some alias in f.aliases
	value.equals(alias.version, "$LATEST") == value.yes
	message := $"Alias {alias.address} of durable function {f.address} is $LATEST, which changes under running executions"
}

examined contains edge.address if some [edge, _] in edges

examined contains alias.address if {
	some f in functions
	some alias in f.aliases
}

# Whether a function is durable at all is asked by DUR001.
functions := [f | some f in input.functions; f.durable.certain]

# What invokes durable functions, each with the function.
edges := array.concat(
	[[edge, f] |
		some edge in input.invocations
		f := inventory.functions[edge.function]
		f.durable.certain
	],
	[[permission, f] |
		some permission in input.resourcePolicies
		permission.kind == "permission"
		f := inventory.functions[permission.function]
		f.durable.certain
		permits_invoking(permission)
		not [f.address, permission.at] in invoked_at
	],
)

permits_invoking(permission) if {
	some statement in permission.statements
	some action in ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"]
	iam.names_action(statement, action) > value.no
}

# SAM writes permission and edge for one event: its finding is the edge's.
invoked_at contains [edge.function, edge.at] if some edge in input.invocations

# The front ends leave no qualifier open that is there: one with a hole names a version or an alias.
is_qualifier(edge, text) if value.known(edge.qualifier) == text

aliases(f) := [result.fact_at(alias, text) |
	some alias in f.aliases
	text := $"alias {value.text(alias.name)} could be named instead"
	value.equals(alias.version, "$LATEST") != value.yes
]
