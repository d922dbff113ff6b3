package durable_guard.rules.durable.checkpoint_held_by_others_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.checkpoint_held_by_others as rule

checkpoint := "lambda:CheckpointDurableExecution"

state := "lambda:GetDurableExecutionState"

test_execution_role_of_a_durable_function if {
	rule.finding == set() with input as held_by([sample.role(["inline"], {"trust": []})])
}

# Not certain whether durable: DUR001 asks.
test_execution_role_of_a_function_that_may_be_durable if {
	uncertain := sample.durable_function({"durable": {"at": "t.yaml#/Resources/Fn", "certain": false, "malformed": false}})
	inventory := object.union(held_by([sample.role(["inline"], {"trust": []})]), {"functions": [uncertain]})
	rule.finding == set() with input as inventory
}

test_user_and_group if {
	every kind in ["user", "group"] {
		rule.finding == {found(
			"deny",
			$"{checkpoint} and {state} are granted to Someone, not to the execution role of a durable function",
			[fact($"{kind} Someone is no execution role")],
		)} with input as held_by([somebody({"kind": kind})])
	}
}

# A user outside the documents is no role either.
test_user_outside_the_documents if {
	{each.verdict | some each in rule.finding} == {"deny"} with input as held_by([somebody({"kind": "user", "external": true})])
}

# The role of a function that is not durable, e.g. of the caller.
test_role_of_another_function if {
	caller := object.remove(sample.durable_function({"address": "Caller", "name": "caller"}), ["durable"])
	every trust in [{"trust": lambda}, {"trust": [], "trustUnread": "Ref Trust"}] {
		inventory := held_by([somebody(object.union(trust, {"functions": ["Caller"]}))])
		rule.finding == {found(
			"deny",
			$"{checkpoint} and {state} are granted to Someone, not to the execution role of a durable function",
			[fact("role Someone runs Caller, not durable")],
		)} with input as object.union(inventory, {"functions": [caller]})
	}
}

test_role_of_another_service if {
	rule.finding == {found(
		"deny",
		$"{checkpoint} and {state} are granted to Someone, not to the execution role of a durable function",
		[fact("role Someone runs no function here")],
	)} with input as held_by([somebody({"trust": trusting("states.amazonaws.com")})])
}

# An IAM stack declares roles that functions of other stacks run with.
test_role_that_may_run_elsewhere if {
	whys := {
		"runs no function here": [somebody({"trust": lambda}), somebody({"trust": [], "trustUnread": "Ref Trust"})],
		"is not in the documents": [somebody({"external": true, "trust": []})],
	}
	every why, principals in whys {
		every principal in principals {
			rule.finding == {found(
				"unknown",
				concat(" ", [
					$"{checkpoint} and {state} are granted to Someone,",
					"and whether a durable function runs with that cannot be said",
				]),
				[fact($"role Someone {why}")],
			)} with input as held_by([principal])
		}
	}
}

# What another role may be does not matter where one holder is wrong for certain.
test_several_holders if {
	user := object.union(somebody({"kind": "user"}), {"address": "User", "at": "t.yaml#/Resources/User"})
	rule.finding == {found(
		"deny",
		$"{checkpoint} and {state} are granted to User, not to the execution role of a durable function",
		[{"text": "user User is no execution role", "address": "User", "at": "t.yaml#/Resources/User"}],
	)} with input as held_by([sample.role(["inline"], {"trust": []}), somebody({"trust": lambda}), user])
}

test_effect_not_known if {
	statement := object.union(object.remove(grant, ["effect"]), {"effect": {"unknown": "Ref Effect"}})
	inventory := object.union(held_by([somebody({})]), {"policies": [held_policy([statement], ["Someone"])]})
	{each.verdict | some each in rule.finding} == {"unknown"} with input as inventory
}

# Reach through wildcards is WLD001 and WLD002; operators have actions of their own.
test_other_statements if {
	every statement in [
		sample.allow(["lambda:*"], ["*"]),
		sample.allow(["lambda:Get*"], ["*"]),
		sample.allow(["*"], ["*"]),
		sample.allow(["lambda:StopDurableExecution"], ["*"]),
		sample.deny([checkpoint], ["*"]),
	] {
		inventory := object.union(held_by([somebody({})]), {"policies": [held_policy([statement], ["Someone"])]})
		rule.finding == set() with input as inventory
	}
}

# AWSLambdaBasicDurableExecutionRolePolicy on somebody else is said where it is attached.
test_managed_policy_of_aws if {
	inventory := held_by([sample.role(["inline"], {"trust": []}), somebody({"kind": "user"})])
	of_aws := object.union(inventory, {"policies": [object.union(policy, {"kind": "aws"}) | some policy in inventory.policies]})
	rule.finding == {object.union(
		found(
			"deny",
			$"{checkpoint} and {state} are granted to Someone, not to the execution role of a durable function",
			[fact("user Someone is no execution role")],
		),
		{"address": "Someone", "at": "t.yaml#/Resources/Someone/Policies"},
	)} with input as of_aws
	rule.examined == {"Role", "Someone"} with input as of_aws
}

test_other_managed_policy_of_aws if {
	reading := object.union(held_policy([sample.allow(["lambda:Get*"], ["*"])], ["Someone"]), {"kind": "aws"})
	inventory := object.union(held_by([somebody({"kind": "user"})]), {"policies": [reading]})
	rule.finding == set() with input as inventory
	rule.examined == set() with input as inventory
}

test_policy_nobody_has if {
	inventory := object.union(held_by([]), {"policies": [held_policy([grant], [])]})
	rule.finding == set() with input as inventory
	rule.examined == {"Role"} with input as inventory
}

test_examined if {
	rule.examined == {"Role"} with input as held_by([somebody({})])
	plain := object.union(held_by([]), {"policies": [held_policy([sample.allow(["lambda:*"], ["*"])], [])]})
	rule.examined == set() with input as plain
}

grant := sample.allow([checkpoint, state], ["arn:aws:lambda:eu-west-1:111122223333:function:order-workflow:*"])

held_policy(statements, holders) := object.union(sample.policy("inline", statements), {"heldBy": holders})

held_by(principals) := sample.inventory({
	"functions": [sample.durable_function({})],
	"principals": principals,
	"policies": [held_policy([grant], [principal.address | some principal in principals])],
})

somebody(fields) := object.union(
	sample.role([], {
		"address": "Someone",
		"at": "t.yaml#/Resources/Someone",
		"functions": [],
		"trust": [],
		"policies": [{"address": "Someone", "at": "t.yaml#/Resources/Someone/Policies", "policy": "inline"}],
	}),
	fields,
)

lambda := trusting("lambda.amazonaws.com")

trusting(service) := [sample.allow_to(["Service", service], ["sts:AssumeRole"])]

fact(text) := {"text": text, "address": "Someone", "at": "t.yaml#/Resources/Someone"}

found(verdict, message, evidence) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"verdict": verdict,
	"message": message,
	"evidence": evidence,
}
