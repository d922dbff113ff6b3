# METADATA
# title: The role of a function cannot write its logs
# description: >-
#   Lambda writes logs with the execution role. Without these permissions the function runs and what it did is lost; of a
#   durable execution that takes weeks, nobody can say why it failed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
#     description: Using CloudWatch Logs with Lambda
#   - ref: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicDurableExecutionRolePolicy.html
#     description: AWSLambdaBasicDurableExecutionRolePolicy
# custom:
#   id: LAM008
#   level: deny
#   severity: medium
#   remediation: Allow logs:CreateLogStream and logs:PutLogEvents on the function's log group, or attach AWS's basic policy.
#   sources:
#     - A5
#     - B11
#     - B13
package durable_guard.rules.lambda.role_cannot_write_logs

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.with_paste(found, result.role_statement(role, f, array.concat(writing, creating(role, f)), [log_streams(f)])) if {
	some f in written
	role := inventory.role_of(f)
	answers := {action: answer | some action in writing; answer := may(role, f, action)}
	answer := value.negated(value.all_of([a | some a in answers]))
	not hangs_on_unread(role, answer)
	verdict := result.verdict(answer)
	actions := sort([action | some action, a in answers; a == value.negated(answer)])
	message := $"Role {role.address} {does(answer)} not let {f.address} write its logs: {concat(" and ", actions)} on {log_streams(f)}"
	found := result.finding(verdict, place(f), message, policies(role))
}

# A group that the documents do not make has to be made by Lambda.
finding contains result.with_paste(result.with_severity(found, "low"), paste) if {
	some f in written
	role := inventory.role_of(f)
	value.all_of([may(role, f, action) | some action in writing]) == value.yes
	count(creating(role, f)) > 0
	message := $"Role {role.address} does not let {f.address} create its log group, and nothing here creates it"
	found := result.warn(place(f), message, policies(role))
	paste := result.role_statement(role, f, creating(role, f), [log_streams(f)])
}

examined := {f.address | some f in written}

written := [f | some f in input.functions; f.logStream]

writing := ["logs:CreateLogStream", "logs:PutLogEvents"]

# The action that is missing where Lambda has to make the group.
creating(role, f) := ["logs:CreateLogGroup"] if {
	not with_a_group[f.address]
	may(role, f, "logs:CreateLogGroup") == value.no
}

else := []

with_a_group[address] := true if {
	some group in input.logGroups
	some address in group.functions
}

may(role, f, action) := iam.decide(role, {
	"action": action,
	"resource": f.logStream,
	"context": iam.from_function(role, f),
})

does(answer) := "does" if answer == value.yes

else := "may"

# What is not known because a role or policy is not in the documents is DUR001's.
hangs_on_unread(role, answer) if {
	answer == value.unknown
	is_unread(role)
}

is_unread(role) if role.external

is_unread(role) if {
	some held in role.policies
	inventory.policies[held.policy].unread
}

is_unread(role) if inventory.policies[role.boundary.policy].unread

place(f) := {"address": f.address, "at": f.role.at}

log_streams(f) := $"{split(f.logStream.text, ":log-stream:")[0]}:*"

policies(role) := [result.fact_at(held, $"policy {name} of the role was considered") |
	some held in role.policies
	name := inventory.called(inventory.policies[held.policy])
]
