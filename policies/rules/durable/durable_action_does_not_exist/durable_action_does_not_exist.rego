# METADATA
# title: A durable action that does not exist
# description: >-
#   IAM accepts any name after `lambda:` and never matches one that is not an action, so the statement neither allows nor
#   denies anything. Early documentation and samples spell some durable actions wrong.
# related_resources:
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
#     description: Actions, resources, and condition keys for AWS Lambda
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
# custom:
#   id: DUR007
#   level: deny
#   severity: high
#   remediation: Write the action as AWS spells it, e.g. lambda:CheckpointDurableExecution, in the singular.
#   related:
#     - cfn-lint W3037
#   sources:
#     - F§0
#     - F§6
package durable_guard.rules.durable.durable_action_does_not_exist

import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.value

finding contains result.judged(value.negated(exists), statement, message(pattern, meant), others(meant)) if {
	some policy in judged
	some statement in policy.statements
	some pattern in array.concat(statement.actions, statement.notActions)
	is_meant_durable(pattern.text)
	exists := value.any_of([iam.covers_action(pattern, action) | some action in durable.actions])
	meant := actions_meant(pattern.text)
}

examined contains policy.address if some policy in judged

# AWS spells its own policies right.
judged := array.concat(
	[policy | some policy in input.policies; policy.kind != "aws"],
	[policy | some policy in input.resourcePolicies; policy.kind != "layer permission"],
)

is_meant_durable(text) if regex.match(`(?i)^lambda:.*(?:durable|checkpoint)`, text)

is_meant_durable(text) if regex.match(`(?i)^lambda:Send\w*Callback`, text)

message(pattern, meant) := $"{pattern.text} is not an action of Lambda; {concat(" and ", meant)} is meant" if count(meant) > 0

else := $"{pattern.text} is not an action of Lambda"

others(meant) := [result.fact($"Lambda's actions for durable executions are {concat(", ", durable.actions)}") | count(meant) == 0]

# The actions that somebody who writes this has in mind; none when that cannot be told.
actions_meant(text) := [action | some action in durable.actions; essence(action) == essence(text)] if {
	essence(text) in essences
}

else := object.get(other_words, essence(text), [])

essences := {essence(action) | some action in durable.actions}

# What the spellings of an action have in common: `lambda:Checkpoint(Durable)Execution(s)` comes down to `checkpoint`.
essence(text) := trim_suffix(
	strings.replace_n({"lambda:": "", "durable": "", "execution": "", "byfunction": ""}, lower(text)),
	"s",
)

# Other words for the same.
other_words := {
	"abort": ["lambda:StopDurableExecution"],
	"cancel": ["lambda:StopDurableExecution"],
	"checkpointfunction": ["lambda:CheckpointDurableExecution"],
	"create": ["lambda:InvokeFunction"],
	"describe": ["lambda:GetDurableExecution"],
	"getcheckpoint": ["lambda:GetDurableExecutionState"],
	"invoke": ["lambda:InvokeFunction"],
	"invokefunction": ["lambda:InvokeFunction"],
	"listcheckpoint": ["lambda:GetDurableExecutionHistory"],
	"listhistory": ["lambda:GetDurableExecutionHistory"],
	"manage": durable.checkpointing,
	"managestate": durable.checkpointing,
	"putcheckpoint": ["lambda:CheckpointDurableExecution"],
	"putstate": ["lambda:CheckpointDurableExecution"],
	"readstate": ["lambda:GetDurableExecutionState"],
	"savestate": ["lambda:CheckpointDurableExecution"],
	"sendcallback": ["lambda:SendDurableExecutionCallbackSuccess"],
	"sendcallbackfail": ["lambda:SendDurableExecutionCallbackFailure"],
	"sendcallbackfailed": ["lambda:SendDurableExecutionCallbackFailure"],
	"sendcallbacksucceed": ["lambda:SendDurableExecutionCallbackSuccess"],
	"sendcallbacksucceeded": ["lambda:SendDurableExecutionCallbackSuccess"],
	"start": ["lambda:InvokeFunction"],
	"terminate": ["lambda:StopDurableExecution"],
	"updatestate": ["lambda:CheckpointDurableExecution"],
}
