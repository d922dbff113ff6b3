# METADATA
# title: A policy allows actions on every resource
# description: >-
#   Resource `*` lets the function act on every queue, table, secret or function of the account, not only on its own.
#   Actions that AWS cannot limit to resources are not accused: they only work on `*`.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
#     description: IAM JSON policy elements, Resource
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
#     description: Service Authorization Reference, which actions can be limited to which resources
# custom:
#   id: WLD002
#   level: deny
#   severity: medium
#   remediation: Name the resources the code uses, by reference where they are in the same template.
#   related:
#     - Checkov CKV_AWS_111
#     - Checkov CKV_AWS_355
#     - cdk-nag AwsSolutions-IAM5
#   subsumes:
#     - WLD007
#     - WLD008
#   sources:
#     - A4
#     - B3
package durable_guard.rules.wildcards.wildcard_resources

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.value

finding contains grant.at_level(granted, graded(granted.statement, actions, found)) if {
	some granted in grant.identity
	statement := granted.statement
	reach := value.any_of([r | some resource in statement.resources; r := everything(resource)])
	accusation := value.any_of([a | some action in statement.actions; a := accused(granted, action)])
	answer := value.all_of([grant.allows(statement), reach, accusation, grant.settled(statement)])
	verdict := result.verdict(answer)
	resources := [resource.text | some resource in statement.resources; everything(resource) == reach]
	actions := serious([action.text | some action in statement.actions; accused(granted, action) == accusation])
	message := $"Resource {grant.listed(resources)} {verb(answer)} {grant.listed(actions)} reach every resource"
	found := result.finding(verdict, statement, message, grant.facts(granted))
}

examined := grant.identity_examined

verb(answer) := "lets" if answer == value.yes

else := "may let"

everything(resource) := value.yes if {
	input.settings.wildcards == "strict"
	grant.every_of_a_type(resource)
}

else := grant.every_resource(resource)

# Undefined for an action that is not accused. Whole services are WLD001's, keys KMS004's, durable actions DUR003's and DUR016's.
accused(granted, action) := value.no if regex.match(`(?i)^kms:|durable`, action.text)

else := value.no if grant.every_action(action) != value.no

# What leads up from a function's role is WLD005's.
else := value.no if {
	count(granted.functions) > 0
	grant.ways_up_by_lower_case[lower(action.text)]
}

else := value.yes if action.text in granted.statement.scopable

else := value.unknown if action.open

# The actions to name. Writing logs is named only where there is nothing else: AWS's own policies for functions allow it on
# every log group (AWSLambdaBasicExecutionRole, AWSLambdaBasicDurableExecutionRolePolicy).
serious(actions) := others if {
	others := [action | some action in actions; not writes_logs(action)]
	count(others) > 0
}

else := actions

writes_logs(action) if lower(action) in {"logs:createloggroup", "logs:createlogstream", "logs:putlogevents"}

# Milder: a condition limits what is reached, or it is only logs.
graded(statement, actions, found) := result.with_severity(object.union(found, {"level": "warn"}), "low") if {
	mild(statement, actions)
}

else := found

mild(statement, _) if {
	some condition in statement.conditions
	grant.limits(condition)
}

mild(_, actions) if {
	every action in actions {
		writes_logs(action)
	}
}
