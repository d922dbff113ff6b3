# METADATA
# title: A policy allows kms:*, or key actions on every key
# description: >-
#   Who may decrypt with every key of the account may read whatever any of them protects, durable state of other functions
#   included; with kms:* also hand the key on or have it deleted.
# related_resources:
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1
#     description: Security Hub KMS.1 and KMS.2
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
#     description: Best practices for IAM policies, AWS KMS
# custom:
#   id: KMS004
#   level: deny
#   severity: high
#   remediation: Name the actions and the ARN of each key the code uses; an alias in Resource never matches a key action.
#   related:
#     - Checkov CKV_AWS_111
#     - Security Hub KMS.1
#     - Security Hub KMS.2
#     - cdk-nag AwsSolutions-IAM5
#   sources:
#     - A4
#     - A7
package durable_guard.rules.kms.every_key

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.value

# Every action on keys, be it one key.
finding contains grant.at_level(granted, found) if {
	some granted in grant.identity
	statement := granted.statement
	width := value.any_of([w | some action in statement.actions; w := whole_service(action)])
	answer := value.all_of([grant.allows(statement), width])
	verdict := result.verdict(answer)
	found := result.finding(verdict, statement, "Action kms:* allows every action on keys", grant.facts(granted))
}

# Some actions, on every key.
finding contains grant.at_level(granted, graded(statement, actions, found)) if {
	some granted in grant.identity
	statement := granted.statement
	not is_narrowed(statement)
	reach := value.any_of([r | some resource in statement.resources; r := every_key(resource)])
	accusation := value.any_of([a | some action in statement.actions; a := accused(statement, action)])
	answer := value.all_of([grant.allows(statement), reach, accusation, settled(statement)])
	verdict := result.verdict(answer)
	resources := [resource.text | some resource in statement.resources; every_key(resource) == reach]
	actions := [action.text | some action in statement.actions; accused(statement, action) == accusation]
	message := $"Resource {grant.listed(resources)} {verb(answer)} {grant.listed(actions)} reach every key"
	found := result.finding(verdict, statement, message, grant.facts(granted))
}

# A key policy speaks of its own key, and kms:* is right for the account; not for a function.
finding contains result.deny(statement, message, [result.fact($"function {address} runs with it") | some address in role.functions]) if {
	some key in input.keys
	some statement in key.statements
	value.all_of([grant.allows(statement), value.any_of([w | some action in statement.actions; w := grant.every_action(action)])]) == value.yes
	some named in statement.principals
	some role in roles_of_functions[named.id.text]
	message := $"The policy of key {key.address} allows role {role.address} every action on it"
}

examined := grant.identity_examined | {key.address | some key in input.keys}

whole_service(action) := grant.every_action(action) if is_of_kms(action)

every_key(resource) := value.yes if regex.match(`:key/\*+$`, resource.text)

else := grant.every_resource(resource)

# `kms:*` is told of above. Actions that AWS cannot limit to keys (ListKeys, ListAliases, CreateKey, …) only work on `*`.
accused(statement, action) := value.yes if {
	is_of_kms(action)
	grant.every_action(action) == value.no
	action.text in statement.scopable
}

else := value.unknown if {
	is_of_kms(action)
	grant.every_action(action) == value.no
	action.open
}

is_of_kms(action) if regex.match(`(?i)^kms:`, action.text)

verb(answer) := "lets" if answer == value.yes

else := "may let"

# Milder where the keys are only used through a service or for some data.
graded(statement, actions, found) := described(actions, object.union(found, {"level": "warn"})) if {
	some condition in statement.conditions
	regex.match(`^kms:(?:viaservice|encryptioncontext)`, condition.key)
}

else := described(actions, found)

# What only describes keys opens nothing.
described(actions, found) := result.with_severity(found, "medium") if {
	every action in actions {
		regex.match(`(?i)^kms:(?:describe|get|list)`, action)
	}
}

else := found

# A condition that picks keys: then it is not every key.
is_narrowed(statement) if {
	some condition in statement.conditions
	regex.match(`^(?:kms:resourcealiases|kms:requestalias|aws:resourcetag/.+)$`, condition.key)
}

# A condition that cannot be read may do so.
settled(statement) := value.unknown if {
	some condition in statement.conditions
	condition.key == ""
}

else := value.yes

roles_of_functions[principal.arn.text] contains principal if {
	some principal in input.principals
	count(principal.functions) > 0
}
