# METADATA
# title: AWS::Lambda::Permission and AWS::Lambda::ResourcePolicy on one function
# description: >-
#   A ResourcePolicy puts the whole policy of a function, and with it undoes what Permissions added. Which of them wins is
#   then a matter of the order in which they are deployed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-resourcepolicy.html
#     description: AWS::Lambda::ResourcePolicy
# custom:
#   id: DUR017
#   level: warn
#   severity: medium
#   remediation: Write all statements into the ResourcePolicy and remove the Permissions.
#   sources:
#     - F§10
package durable_guard.rules.durable.two_kinds_of_resource_policy

import data.durable_guard.lib.finding as result

finding contains result.deny(policy, message, permissions_of[policy.function]) if {
	some policy in whole
	message := $"Function {policy.function} also has permissions that are added one by one, which this policy replaces"
}

examined contains policy.address if some policy in whole

whole := [policy |
	some policy in input.resourcePolicies
	policy.kind == "resource policy"
]

permissions_of[permission.function] contains result.fact_at(permission, "a permission") if {
	some permission in input.resourcePolicies
	permission.kind == "permission"
}
