package durable_guard.rules.durable.operator_actions_on_all_functions_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.operator_actions_on_all_functions as rule

arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

stop := "lambda:StopDurableExecution"

list := "lambda:ListDurableExecutionsByFunction"

test_confined if {
	every resource in [$"{arn}:*", $"{arn}:7/durable-execution/*", $"{arn}*"] {
		rule.finding == set() with input as of([sample.allow([stop], [resource])])
	}
}

test_on_every_function if {
	every action in [
		"lambda:DeleteDurableExecution",
		"lambda:GetDurableExecution",
		"lambda:GetDurableExecutionHistory",
		"lambda:PauseDurableExecution",
		"lambda:ResumeDurableExecution",
		"lambda:SendDurableExecutionCallbackFailure",
		"lambda:SendDurableExecutionCallbackHeartbeat",
		"lambda:SendDurableExecutionCallbackSuccess",
		stop,
		list,
	] {
		every resource in ["*", "arn:aws:lambda:eu-west-1:111122223333:function:*"] {
			rule.finding == {found("deny", $"{action} on every function", [{"text": $"Resource is {resource}"}])} with input as of([sample.allow([action], [$"{arn}:*", arn, resource])])
		}
	}
}

test_resource_not_known if {
	rule.finding == {found(
		"unknown",
		$"{stop} on a Resource that is not known",
		[{"text": "Resource is ${resource}"}],
	)} with input as of([sample.allow([stop], ["${resource}"])])
}

test_effect_not_known if {
	statement := object.union(object.remove(sample.allow([stop, list], ["*", arn]), ["effect"]), {"effect": {"unknown": "Ref E"}})
	{each.verdict | some each in rule.finding} == {"unknown"} with input as of([statement])
}

test_effect_of_half_a_list_not_known if {
	half := sample.allow([list], [arn])
	statement := object.union(object.remove(half, ["effect"]), {"effect": {"unknown": "Ref E"}})
	{each.verdict | some each in rule.finding} == {"unknown"} with input as of([statement])
	rule.finding == set() with input as of([sample.deny([list], [arn])])
}

# The execution role's actions are DUR003's, `lambda:*` is WLD001's.
test_other_statements if {
	every statement in [
		sample.allow(["lambda:CheckpointDurableExecution"], ["*"]),
		sample.allow(["lambda:*"], ["*"]),
		sample.deny([stop], ["*"]),
	] {
		rule.finding == set() with input as of([statement])
	}
}

test_list_on_both_forms if {
	rule.finding == set() with input as of([sample.allow([list], [arn, $"{arn}:*"])])
	rule.finding == set() with input as of([sample.allow([list], [arn]), sample.allow([list], [$"{arn}:*"])])
	rule.finding == set() with input as of([sample.allow([list], [$"{arn}:*"]), sample.allow(["lambda:List*"], ["*"])])
	rule.finding == set() with input as of([sample.allow([list], [$"{arn}*"])])
	rule.finding == set() with input as of([sample.allow([list], [$"{arn}:live"])])
}

test_list_on_one_form if {
	forms := {arn: "without", $"{arn}:*": "with"}
	every resource, granted in forms {
		rule.finding == {object.union(
			found("deny", $"{list} on {arn} is granted only {granted} a qualifier", [{"text": why}]),
			{"paste": {"actions": [list], "resources": [arn, $"{arn}:*"]}},
		)} with input as of([sample.allow([list, stop], [resource])])
	}
}

# Neither a Deny, nor another action, nor another function's ARN is the other form.
test_list_beside_what_does_not_help if {
	every other in [
		sample.deny([list], [$"{arn}:*"]),
		sample.allow([stop], [$"{arn}:*"]),
		sample.allow([list], [$"{arn}-archive*"]),
	] {
		count(rule.finding) == 1 with input as of([sample.allow([list], [arn]), other])
	}
}

test_list_where_not_all_is_read if {
	half := of([sample.allow([list], [arn])])
	external := object.union(half, {"principals": [sample.role(["inline"], {"external": true})]})
	{each.verdict | some each in rule.finding} == {"unknown"} with input as external
	rule.finding == set() with input as of([sample.allow([list], [arn]), sample.allow([list], ["${resource}:*"])])
	denied := object.union(object.remove(sample.allow([list], ["*"]), ["effect"]), {"effect": {"unknown": "Ref E"}})
	{each.message | some each in rule.finding} == {$"{list} on every function"} with input as of([sample.allow([list], [arn]), denied])
}

test_examined if {
	rule.examined == {"Role"} with input as of([sample.allow([list], [arn, $"{arn}:*"])])
	rule.examined == set() with input as of([sample.allow(["lambda:GetFunction"], ["*"])])
}

why := "it is authorised on the ARN that a request names, with or without a qualifier"

found(verdict, message, evidence) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"verdict": verdict,
	"message": message,
	"evidence": evidence,
}

of(statements) := sample.inventory({
	"format": "cloudformation",
	"resources": [],
	"principals": [sample.role(["inline"], {})],
	"policies": [sample.policy("inline", statements)],
})
