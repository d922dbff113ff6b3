# METADATA
# title: A function that nothing invokes or refers to
# description: >-
#   What is not used is not looked after: its code and libraries grow old while its role keeps its permissions. What only
#   the function itself needs (versions, aliases, its role's policies, its log group) is no use. A function may still be
#   invoked from outside the documents, which is why this rule is off unless it is switched on.
# related_resources:
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/serverless-applications-lens/welcome.html
#     description: AWS Well-Architected Serverless Applications Lens
# custom:
#   id: LAM017
#   level: "off"
#   severity: low
#   remediation: Remove the function, or declare what invokes it.
#   sources:
#     - B4
package durable_guard.rules.lambda.function_not_used

import data.durable_guard.lib.finding as result

finding contains result.deny(f, $"Nothing invokes or refers to function {f.address}", []) if {
	some f in input.functions
	not f.address in invoked
	count(users(f)) == 0
}

examined contains f.address if some f in input.functions

invoked := {edge.function | some edge in input.invocations}

users(f) := {address |
	some address in f.referencedBy
	not object.get(type_of, address, "") in own_parts
	not address in of_its_role(f)
}

own_parts := {
	"AWS::Lambda::Version",
	"AWS::Lambda::Alias",
	"AWS::Lambda::EventInvokeConfig",
	"AWS::Logs::LogGroup",
	"Custom::LogRetention",
	"aws_lambda_alias",
	"aws_lambda_function_event_invoke_config",
	"aws_lambda_provisioned_concurrency_config",
	"aws_cloudwatch_log_group",
}

type_of[resource.address] := resource.type if some resource in input.resources

# The role itself and the resources that hold its policies: a durable function's role names the function.
of_its_role(f) := {f.role.address} | object.get(held, f.address, set())

held[f] contains policy.address if {
	some policy in input.policies
	some f in policy.functions
}
