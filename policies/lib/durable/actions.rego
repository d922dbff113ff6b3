# The IAM actions of durable executions (service authorization reference, "Actions, resources, and condition keys for AWS
# Lambda"; Pause, Resume and Delete by the Lambda guide, "Pause and resume" and "Delete durable executions").
package durable_guard.lib.durable

import data.durable_guard.lib.iam

# What Lambda asks of the execution role at each step and each replay.
checkpointing := ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]

# What operators and those who answer callbacks use, on executions too.
operating := [
	"lambda:DeleteDurableExecution",
	"lambda:GetDurableExecution",
	"lambda:GetDurableExecutionHistory",
	"lambda:PauseDurableExecution",
	"lambda:ResumeDurableExecution",
	"lambda:SendDurableExecutionCallbackFailure",
	"lambda:SendDurableExecutionCallbackHeartbeat",
	"lambda:SendDurableExecutionCallbackSuccess",
	"lambda:StopDurableExecution",
]

# The one that is authorised on the function, with or without a qualifier.
listing := "lambda:ListDurableExecutionsByFunction"

on_executions := array.concat(checkpointing, operating)

actions := array.concat(on_executions, [listing])

# Those of the actions that the statement names as durable ones: `lambda:*DurableExecution*` does, while `lambda:*` and
# `lambda:Get*` only reach them. An action with a hole in its name is asked after by DUR007.
named(statement, wanted) := [action |
	some action in wanted
	some pattern in statement.actions
	is_durable(pattern)
	iam.covers_action(pattern, action) == 2
]

is_durable(pattern) if regex.match(`(?i)^lambda:.*(?:durable|checkpoint)`, pattern.text)

# For messages.
are(actions) := $"{actions[0]} is" if count(actions) == 1

else := $"{concat(" and ", actions)} are"
