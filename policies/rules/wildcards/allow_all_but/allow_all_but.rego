# METADATA
# title: A policy allows everything but what it names
# description: >-
#   Allow with NotAction or NotResource grants what nobody has listed: every other action, every other resource, and
#   whatever AWS adds tomorrow. With Deny the same elements are fine.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
#     description: IAM JSON policy elements, NotAction
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
#     description: IAM JSON policy elements, NotResource
# custom:
#   id: WLD003
#   level: deny
#   severity: high
#   remediation: List what is allowed in Action and Resource, or turn the statement into a Deny.
#   related:
#     - Checkov CKV_AWS_107
#     - Security Hub IAM.21
#   subsumes:
#     - KMS004
#     - DUR003
#     - DUR016
#   sources:
#     - B3
package durable_guard.rules.wildcards.allow_all_but

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.value

finding contains grant.at_level(granted, graded(statement, found)) if {
	some granted in grant.everywhere
	statement := granted.statement
	elements := array.concat(element("NotAction", statement.notActions), element("NotResource", statement.notResources))
	count(elements) > 0
	answer := grant.allows(statement)
	message := $"{verb(answer)} everything but {concat(" and ", elements)}"
	found := result.judged(answer, statement, message, grant.facts(granted))
}

examined := grant.everywhere_examined

verb(answer) := "The policy allows" if answer == value.yes

else := "The policy may allow"

element(name, patterns) := [$"{name} {grant.listed(grant.texts(patterns))}" | count(patterns) > 0]

# The actions are listed, only where they reach is not.
graded(statement, found) := result.with_severity(found, "medium") if count(statement.notActions) == 0

else := found
