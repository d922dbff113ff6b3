package durable_guard.rules.durable.durable_action_does_not_exist_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.durable_action_does_not_exist as rule

# The service authorization reference, "Actions defined by AWS Lambda"; Pause, Resume and Delete by the Lambda guide. Letter
# case does not count in an action.
test_actions_that_exist if {
	every action in [
		"lambda:CheckpointDurableExecution",
		"lambda:GetDurableExecutionState",
		"lambda:GetDurableExecution",
		"lambda:GetDurableExecutionHistory",
		"lambda:ListDurableExecutionsByFunction",
		"lambda:StopDurableExecution",
		"lambda:SendDurableExecutionCallbackSuccess",
		"lambda:SendDurableExecutionCallbackFailure",
		"lambda:SendDurableExecutionCallbackHeartbeat",
		"lambda:PauseDurableExecution",
		"lambda:ResumeDurableExecution",
		"lambda:DeleteDurableExecution",
		"lambda:checkpointdurableexecution",
		"lambda:*Durable*",
		"lambda:SendDurableExecutionCallback*",
		"lambda:*Checkpoint*",
		"lambda:InvokeFunction",
		"states:SendCallback",
		"*",
	] {
		rule.finding == set() with input as of([action])
	}
}

test_misspelt if {
	meant := {
		"lambda:CheckpointDurableExecutions": "lambda:CheckpointDurableExecution",
		"Lambda:checkpointdurableexecutions": "lambda:CheckpointDurableExecution",
		"lambda:CheckpointExecution": "lambda:CheckpointDurableExecution",
		"lambda:CheckpointDurableFunction": "lambda:CheckpointDurableExecution",
		"lambda:ManageDurableState": "lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState",
		"lambda:ManageDurableExecution": "lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState",
		"lambda:SaveDurableExecutionState": "lambda:CheckpointDurableExecution",
		"lambda:UpdateDurableExecutionState": "lambda:CheckpointDurableExecution",
		"lambda:PutDurableState": "lambda:CheckpointDurableExecution",
		"lambda:PutDurableCheckpoint": "lambda:CheckpointDurableExecution",
		"lambda:GetDurableState": "lambda:GetDurableExecutionState",
		"lambda:ReadDurableState": "lambda:GetDurableExecutionState",
		"lambda:GetDurableCheckpoint": "lambda:GetDurableExecutionState",
		"lambda:GetDurableExecutions": "lambda:GetDurableExecution",
		"lambda:DescribeDurableExecution": "lambda:GetDurableExecution",
		"lambda:GetDurableHistory": "lambda:GetDurableExecutionHistory",
		"lambda:ListDurableExecutionHistory": "lambda:GetDurableExecutionHistory",
		"lambda:ListDurableExecutionCheckpoints": "lambda:GetDurableExecutionHistory",
		"lambda:ListDurableExecutions": "lambda:ListDurableExecutionsByFunction",
		"lambda:ListDurableExecutionByFunction": "lambda:ListDurableExecutionsByFunction",
		"lambda:AbortDurableExecution": "lambda:StopDurableExecution",
		"lambda:CancelDurableExecution": "lambda:StopDurableExecution",
		"lambda:TerminateDurableExecution": "lambda:StopDurableExecution",
		"lambda:StartDurableExecution": "lambda:InvokeFunction",
		"lambda:CreateDurableExecution": "lambda:InvokeFunction",
		"lambda:InvokeDurableExecution": "lambda:InvokeFunction",
		"lambda:InvokeDurableFunction": "lambda:InvokeFunction",
		"lambda:SendDurableExecutionCallback": "lambda:SendDurableExecutionCallbackSuccess",
		"lambda:SendCallbackSuccess": "lambda:SendDurableExecutionCallbackSuccess",
		"lambda:SendDurableCallbackSucceeded": "lambda:SendDurableExecutionCallbackSuccess",
		"lambda:SendDurableCallbackSucceed": "lambda:SendDurableExecutionCallbackSuccess",
		"lambda:SendDurableCallbackFail": "lambda:SendDurableExecutionCallbackFailure",
		"lambda:SendDurableCallbackFailed": "lambda:SendDurableExecutionCallbackFailure",
	}
	every action, right in meant {
		rule.finding == {found("deny", $"{action} is not an action of Lambda; {right} is meant", [])} with input as of([action])
	}
}

test_nobody_knows_what_is_meant if {
	every action in ["lambda:TuneDurableExecution", "lambda:Frob*Durable*"] {
		rule.finding == {found("deny", $"{action} is not an action of Lambda", [{"text": all_of_them}])} with input as of([action])
	}
}

all_of_them := concat(" ", [
	"Lambda's actions for durable executions are lambda:CheckpointDurableExecution, lambda:GetDurableExecutionState,",
	"lambda:DeleteDurableExecution, lambda:GetDurableExecution, lambda:GetDurableExecutionHistory,",
	"lambda:PauseDurableExecution, lambda:ResumeDurableExecution, lambda:SendDurableExecutionCallbackFailure,",
	"lambda:SendDurableExecutionCallbackHeartbeat, lambda:SendDurableExecutionCallbackSuccess,",
	"lambda:StopDurableExecution, lambda:ListDurableExecutionsByFunction",
])

test_unknown_part_of_the_name if {
	action := "lambda:${verb}DurableExecution"
	rule.finding == {found(
		"unknown",
		$"{action} is not an action of Lambda",
		[{"text": all_of_them}],
	)} with input as of([action])
}

# A Deny or a NotAction of what does not exist leaves in what it was to leave out.
test_deny_and_notaction if {
	message := "lambda:CheckpointDurableExecutions is not an action of Lambda; lambda:CheckpointDurableExecution is meant"
	deny := object.union(sample.deny(["lambda:CheckpointDurableExecutions"], ["*"]), {"at": "t.yaml#/Resources/Role/0"})
	but := object.union(sample.allow([], ["*"]), {
		"at": "t.yaml#/Resources/Role/0",
		"notActions": [sample.action("lambda:CheckpointDurableExecutions")],
	})
	every statement in [deny, but] {
		rule.finding == {object.union(found("deny", message, []), {"at": "t.yaml#/Resources/Role/0"})} with input as sample.inventory({"policies": [sample.policy("inline", [statement])]})
	}
}

test_resource_policies if {
	message := "lambda:ListDurableExecutions is not an action of Lambda; lambda:ListDurableExecutionsByFunction is meant"
	statement := sample.allow(["lambda:ListDurableExecutions"], ["*"])
	inventory := sample.inventory({"resourcePolicies": [
		{"address": "Policy", "kind": "resource policy", "statements": [statement]},
		{"address": "Layer", "kind": "layer permission", "statements": [statement]},
	]})
	rule.finding == {found("deny", message, [])} with input as inventory
	rule.examined == {"Policy"} with input as inventory
}

test_policies_of_aws_are_not_examined if {
	inventory := of(["lambda:CheckpointDurableExecutions"])
	rule.examined == {"Role"} with input as inventory
	of_aws := object.union(inventory, {"policies": [object.union(policy, {"kind": "aws"}) | some policy in inventory.policies]})
	rule.examined == set() with input as of_aws
	rule.finding == set() with input as of_aws
}

found(verdict, message, evidence) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"verdict": verdict,
	"message": message,
	"evidence": evidence,
}

of(actions) := sample.inventory({"policies": [sample.policy("inline", [sample.allow(actions, ["*"])])]})
