package durable_guard.rules.durable.durable_grant_never_matches_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.durable_grant_never_matches as rule

arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

other := "arn:aws:lambda:eu-west-1:111122223333:function:invoices"

success := "lambda:SendDurableExecutionCallbackSuccess"

failure := "lambda:SendDurableExecutionCallbackFailure"

test_grants_that_can_match if {
	every resources in [[$"{arn}:*"], [arn, $"{arn}:*"], ["*"], ["${ResourceArn}"], [arn, $"{other}:*"]] {
		rule.finding == set() with input as of([sample.allow([success], resources)])
	}
}

test_grant_that_matches_nothing if {
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
		"verdict": "deny",
		"message": $"The grant of {failure}, {success} matches no durable execution",
		"evidence": [
			{"text": $"{arn} names the function without a version"},
			{"text": $"{arn}:live/durable-execution/* names an alias, and executions carry version numbers"},
			{"text": $"{other} names the function without a version"},
		],
		"paste": {"actions": [failure, success], "resources": [$"{other}:*", $"{arn}:*"]},
	}} with input as of([sample.allow([success, failure], [arn, $"{arn}:live/durable-execution/*", other])])
}

test_what_names_no_function_has_no_paste if {
	some found in rule.finding with input as of([sample.allow([success], ["order-workflow"])])
	object.keys(found) == {"address", "at", "verdict", "message", "evidence"}
}

# CDK and people write the two forms in statements or policies of their own.
test_another_statement_of_the_role_matches if {
	idle := sample.allow([success], [arn])
	every matching in [
		sample.allow([success], [$"{arn}:*"]),
		sample.allow(["lambda:*"], ["*"]),
		object.union(sample.allow([success], []), {"notResources": [sample.pattern(other)]}),
		object.union(sample.allow([], ["*"]), {"notActions": [sample.action("iam:*")]}),
		with_effect(sample.allow([success], [$"{arn}:*"]), {"unknown": "Ref Effect"}),
	] {
		rule.finding == set() with input as of([idle, matching])
		rule.finding == set() with input as two_policies(sample.role(["inline", "other"], {}), [idle], [matching])
	}
	every elsewhere in [
		sample.allow([failure], [$"{arn}:*"]),
		sample.deny([success], [$"{arn}:*"]),
	] {
		count(rule.finding) == 1 with input as of([idle, elsewhere])
	}
}

# One of those who have the policy has nothing else.
test_policy_held_by_two if {
	shared := object.union(sample.policy("shared", [sample.allow([success], [arn])]), {"heldBy": ["Role", "Other"]})
	own := sample.policy("own", [sample.allow([success], [$"{arn}:*"])])
	inventory := sample.inventory({
		"policies": [shared, own],
		"principals": [sample.role(["shared", "own"], {}), sample.role(["shared"], {"address": "Other"})],
	})
	{found.verdict | some found in rule.finding} == {"deny"} with input as inventory
}

# Somebody who does not have it says nothing about it.
test_policy_of_another if {
	right := of([sample.allow([success], [arn, $"{arn}:*"])])
	other_role := sample.role([], {"address": "Other"})
	rule.finding == set() with input as object.union(right, {"principals": array.concat(right.principals, [other_role])})
}

test_policy_nobody_holds if {
	alone := object.union(sample.policy("alone", [sample.allow([success], [arn])]), {"heldBy": []})
	{found.verdict | some found in rule.finding} == {"deny"} with input as sample.inventory({"policies": [alone]})
	right := object.union(alone, {"statements": array.concat(alone.statements, [sample.allow([success], ["*"])])})
	rule.finding == set() with input as sample.inventory({"policies": [right]})
}

test_what_is_not_read_may_match if {
	idle := [sample.allow([success], [arn])]
	{found.verdict | some found in rule.finding} == {"unknown"} with input as object.union(
		of(idle),
		{"principals": [sample.role(["inline"], {"external": true})]},
	)
	inventory := two_policies(sample.role(["inline", "other"], {}), idle, [])
	lost := [p | some policy in inventory.policies; p := object.union(policy, {"unread": "Ref Document"})]
	{found.verdict | some found in rule.finding} == {"unknown"} with input as object.union(inventory, {"policies": lost})
	{found.verdict | some found in rule.finding} == {"unknown"} with input as of([with_effect(idle[0], {"unknown": "Ref Effect"})])
}

# Not durable grants, or not on executions.
test_other_statements if {
	every statement in [
		sample.allow(["lambda:ListDurableExecutionsByFunction"], [arn]),
		sample.allow(["lambda:GetFunction"], [arn]),
		sample.allow(["lambda:*"], [arn]),
		sample.deny([success], [arn]),
		object.union(sample.allow([success], []), {"notResources": [sample.pattern(arn)]}),
	] {
		rule.finding == set() with input as of([statement])
	}
}

test_invoking_the_unqualified_arn if {
	every action in ["lambda:InvokeFunction", "lambda:Invoke*"] {
		rule.finding == {{
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
			"verdict": "deny",
			"message": invoke_message,
			"evidence": [],
			"paste": {"actions": ["lambda:InvokeFunction"], "resources": [$"{arn}:*"]},
		}} with input as of([sample.allow([action], [arn])])
	}
}

invoke_message := concat(" ", [
	"The grant of lambda:InvokeFunction on the unqualified ARN of Fn never counts:",
	"a durable function is invoked by version or alias",
])

# The Lambda guide: policies must match qualified ARNs. Any qualifier is one.
test_invoking_some_version if {
	every resources in [[arn, $"{arn}:*"], [$"{arn}:live"], [arn, $"{arn}:live"], [$"{arn}*"], ["*"], [other]] {
		rule.finding == set() with input as of([sample.allow(["lambda:InvokeFunction"], resources)])
	}
	idle := sample.allow(["lambda:InvokeFunction"], [arn])
	every matching in [
		sample.allow(["lambda:*"], ["*"]),
		sample.allow(["lambda:InvokeFunction"], [$"{arn}:live"]),
		with_effect(sample.allow(["lambda:*"], ["*"]), {"unknown": "Ref Effect"}),
	] {
		rule.finding == set() with input as of([idle, matching])
	}
	every elsewhere in [
		sample.allow(["lambda:GetFunction"], ["*"]),
		sample.allow(["lambda:InvokeFunction"], [$"{other}:live"]),
		sample.deny(["lambda:InvokeFunction"], ["*"]),
	] {
		count(rule.finding) == 1 with input as of([idle, elsewhere])
	}
}

test_invoking_with_what_is_not_read if {
	idle := [sample.allow(["lambda:InvokeFunction"], [arn])]
	{found.verdict | some found in rule.finding} == {"unknown"} with input as object.union(
		of(idle),
		{"principals": [sample.role(["inline"], {"external": true})]},
	)
	{found.verdict | some found in rule.finding} == {"unknown"} with input as of([with_effect(idle[0], {"unknown": "Ref Effect"})])
}

test_invoking_is_judged_for_durable_functions_here if {
	idle := [sample.allow(["lambda:InvokeFunction"], [arn])]
	uncertain := sample.durable_function({"durable": {"at": "t.yaml#/Resources/Fn", "certain": false, "malformed": false}})
	every functions in [[uncertain], [object.remove(uncertain, ["durable"])], []] {
		rule.finding == set() with input as object.union(of(idle), {"functions": functions})
	}
	every statement in [
		sample.deny(["lambda:InvokeFunction"], [arn]),
		sample.allow(["lambda:*"], [arn]),
		sample.allow(["lambda:InvokeAsync"], [arn]),
		sample.allow(["lambda:InvokeFunction"], ["arn:aws:lambda:eu-west-1:999999999999:function:order-workflow"]),
	] {
		rule.finding == set() with input as of([statement])
	}
}

# CloudFormation leaves `${Fn}` in a text without Fn::Sub as it is.
test_texts_that_nobody_fills_in if {
	named := "arn:aws:lambda:eu-west-1:111122223333:function:$\ufdd0{Fn}:*"
	attribute := "$\ufdd0{Fn.Arn}:*"
	why := "$\ufdd0{Fn} stands in a text without Fn::Sub"
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
		"verdict": "deny",
		"message": $"The grant of {success} matches no durable execution",
		"evidence": [
			{"text": $"{named} matches nothing: {why}"},
			{"text": $"{attribute} matches nothing: $\ufdd0\{Fn.Arn} stands in a text without Fn::Sub"},
		],
		"paste": {"actions": [success], "resources": ["arn:aws:lambda:eu-west-1:111122223333:function:${Fn}:*"]},
	}} with input as of([sample.allow([success], [named, attribute])])
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
		"verdict": "deny",
		"message": "The grant of lambda:InvokeFunction on Fn matches nothing",
		"evidence": [
			{"text": $"{named}: {why}"},
			{"text": $"{attribute}: $\ufdd0\{Fn.Arn} stands in a text without Fn::Sub"},
		],
		"paste": {"actions": ["lambda:InvokeFunction"], "resources": [$"{arn}:*"]},
	}} with input as of([sample.allow(["lambda:InvokeFunction"], [named, attribute, "$\ufdd0{Other.Arn}"])])
	rule.finding == set() with input as of([
		sample.allow(["lambda:InvokeFunction"], [named]),
		sample.allow(["lambda:InvokeFunction"], [$"{arn}:*"]),
	])
	rule.finding == set() with input as of([sample.allow(["lambda:InvokeFunction"], ["$\ufdd0{Other.Arn}:*"])])
	rule.finding == set() with input as of([sample.deny(["lambda:InvokeFunction"], [named])])
}

test_examined_are_policies_with_such_a_grant if {
	rule.examined == {"Role"} with input as of([sample.allow([success], [$"{arn}:*"])])
	rule.examined == {"Role"} with input as of([sample.allow(["lambda:InvokeFunction"], [$"{arn}:*"])])
	rule.examined == set() with input as of([sample.allow(["lambda:GetFunction"], ["*"])])
}

with_effect(statement, effect) := object.union(object.remove(statement, ["effect"]), {"effect": effect})

of(statements) := sample.inventory({
	"functions": [sample.durable_function({})],
	"principals": [sample.role(["inline"], {})],
	"policies": [sample.policy("inline", statements)],
})

two_policies(role, statements, others) := sample.inventory({
	"functions": [sample.durable_function({})],
	"principals": [role],
	"policies": [sample.policy("inline", statements), sample.policy("other", others)],
})
