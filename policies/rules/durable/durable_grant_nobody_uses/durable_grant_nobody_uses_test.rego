package durable_guard.rules.durable.durable_grant_nobody_uses_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.durable_grant_nobody_uses as rule

arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

elsewhere := "arn:aws:lambda:eu-west-1:111122223333:function:invoices:*"

checkpoint := "lambda:CheckpointDurableExecution"

test_used if {
	every resource in [$"{arn}:*", $"{arn}:$LATEST/*", $"{arn}:7/durable-execution/*"] {
		rule.finding == set() with input as of([sample.allow([checkpoint], [resource])], [])
	}
}

# `${AWS::StackName}-Fn-*` is how one writes the generated name of Fn without referring to it.
test_beginning_of_a_generated_name if {
	beginning := "arn:aws:lambda:eu-west-1:111122223333:function:${AWS::StackName}-Fn-*"
	granted := of([sample.allow([checkpoint], [beginning])], [])
	generated := sample.durable_function({"name": "${Fn}"})
	rule.finding == set() with input as object.union(granted, {"functions": [generated]})
	plain := object.remove(generated, ["durable"])
	other_durable := sample.durable_function({"address": "Other", "name": "other"})
	shared := [object.union(policy, {"functions": ["Fn", "Other"]}) | some policy in granted.policies]
	run_both := [object.union(role, {"functions": ["Fn", "Other"]}) | some role in granted.principals]
	{each.evidence[0].text | some each in rule.finding} == {$"{beginning}: Fn is not durable"} with input as object.union(granted, {
		"functions": [plain, other_durable],
		"policies": shared,
		"principals": run_both,
	})
	elsewhere_run := object.union(generated, {"role": {"at": "t", "arn": {"known": "…"}, "address": "FnRole"}})
	{each.evidence[0].text | some each in rule.finding} == {$"{beginning}: Fn runs with role FnRole"} with input as object.union(granted, {
		"functions": [elsewhere_run, other_durable],
		"policies": [object.union(policy, {"functions": ["Other"]}) | some policy in granted.policies],
		"principals": [object.union(role, {"functions": ["Other"]}) | some role in granted.principals],
	})
}

test_unknown_part_may_be_the_function if {
	every versions in ["*", "$LATEST/*", "7/durable-execution/*"] {
		name := concat("", ["arn:aws:lambda:eu-west-1:111122223333:function:${name}:", versions])
		rule.finding == {found(
			"unknown",
			$"{checkpoint} is granted on what no durable function of the role uses: {name}",
			[{"text": $"{name}: it is the name of no function in the documents"}],
		)} with input as of([sample.allow([checkpoint], [name])], [])
	}
}

test_effect_not_known if {
	statement := object.union(object.remove(sample.allow([checkpoint], [elsewhere]), ["effect"]), {"effect": {"unknown": "Ref E"}})
	{each.verdict | some each in rule.finding} == {"unknown"} with input as of([statement], [])
}

test_function_outside_the_documents if {
	rule.finding == {found(
		"deny",
		$"{checkpoint} is granted on what no durable function of the role uses: {elsewhere}",
		[{"text": $"{elsewhere}: it is the name of no function in the documents"}],
	)} with input as of([sample.allow([checkpoint], [$"{arn}:*", elsewhere])], [])
}

test_function_that_is_not_durable if {
	plain := object.remove(other("Role"), ["durable"])
	rule.finding == {found(
		"deny",
		$"{checkpoint} is granted on what no durable function of the role uses: {elsewhere}",
		[{"text": $"{elsewhere}: Invoices is not durable"}],
	)} with input as of([sample.allow([checkpoint], [elsewhere])], [plain])
}

# Nor does it help that it runs with the same role.
test_function_of_the_role_that_is_not_durable if {
	plain := object.remove(other("Role"), ["durable"])
	inventory := of([sample.allow([checkpoint], [elsewhere])], [plain])
	shared := [object.union(policy, {"functions": ["Fn", "Invoices"]}) | some policy in inventory.policies]
	{each.evidence[0].text | some each in rule.finding} == {$"{elsewhere}: Invoices is not durable"} with input as object.union(inventory, {"policies": shared})
}

test_function_that_runs_with_another_role if {
	rule.finding == {found(
		"deny",
		$"{checkpoint} is granted on what no durable function of the role uses: {elsewhere}",
		[{"text": $"{elsewhere}: Invoices runs with role InvoicesRole"}],
	)} with input as of([sample.allow([checkpoint], [elsewhere])], [other("InvoicesRole")])
}

# The certain ones are named first; all are told.
test_certain_before_unknown if {
	name := "arn:aws:lambda:eu-west-1:111122223333:function:${name}:*"
	rule.finding == {found(
		"deny",
		$"{checkpoint} is granted on what no durable function of the role uses: {elsewhere}",
		[
			{"text": $"{name}: it is the name of no function in the documents"},
			{"text": $"{elsewhere}: it is the name of no function in the documents"},
		],
	)} with input as of([sample.allow([checkpoint], [name, elsewhere])], [])
}

# DUR001 asks whether it is durable; until then it may be.
test_function_that_may_be_durable if {
	uncertain := sample.durable_function({"durable": {"at": "t.yaml#/Resources/Fn", "certain": false, "malformed": false}})
	inventory := of([sample.allow([checkpoint], [$"{arn}:*"])], [])
	rule.finding == set() with input as object.union(inventory, {"functions": [uncertain]})
}

# The flawed, the wide and the hidden are other rules' (DUR002, DUR003, WLD003), and so are other actions.
test_other_statements if {
	every statement in [
		sample.allow([checkpoint], ["arn:aws:lambda:eu-west-1:111122223333:function:invoices"]),
		sample.allow([checkpoint], ["*"]),
		sample.allow([checkpoint], ["arn:aws:lambda:eu-west-1:111122223333:function:inv*"]),
		object.union(sample.allow([checkpoint], []), {"notResources": [sample.pattern(elsewhere)]}),
		sample.allow(["lambda:StopDurableExecution"], [elsewhere]),
		sample.allow(["lambda:*"], [elsewhere]),
		sample.deny([checkpoint], [elsewhere]),
	] {
		rule.finding == set() with input as of([statement], [])
	}
}

# Who has it beside: somebody that DUR005 speaks of, a role outside, nobody.
test_holders if {
	unused := sample.allow([checkpoint], [elsewhere])
	inventory := of([unused], [])
	user := sample.role(["inline"], {"address": "User", "kind": "user", "functions": []})
	plain_role := sample.role(["inline"], {"address": "Plain", "functions": ["Plain"]})
	plain := object.remove(sample.durable_function({"address": "Plain", "name": "plain"}), ["durable"])
	external := sample.role(["inline"], {"address": "Imported", "external": true})
	every holder in [user, plain_role, external] {
		both := object.union(inventory, {
			"functions": array.concat(inventory.functions, [plain]),
			"principals": array.concat(inventory.principals, [holder]),
			"policies": [object.union(sample.policy("inline", [unused]), {"heldBy": ["Role", holder.address]})],
		})
		rule.finding == set() with input as both
		rule.examined == set() with input as both
	}
	nobody := object.union(inventory, {"policies": [object.union(sample.policy("inline", [unused]), {"heldBy": []})]})
	rule.finding == set() with input as nobody
	rule.examined == set() with input as nobody
}

test_examined if {
	rule.examined == {"Role"} with input as of([sample.allow([checkpoint], [$"{arn}:*"])], [])
	rule.examined == set() with input as of([sample.allow(["lambda:*"], [$"{arn}:*"])], [])
}

found(verdict, message, evidence) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"verdict": verdict,
	"message": message,
	"evidence": evidence,
}

other(role) := sample.durable_function({
	"address": "Invoices",
	"name": "invoices",
	"role": {"at": "t.yaml#/Resources/Invoices/Properties/Role", "arn": {"known": "…"}, "address": role},
})

of(statements, functions) := sample.inventory({
	"format": "cloudformation",
	"resources": [],
	"functions": array.concat([sample.durable_function({"namedExecutions": [sample.execution(arn, "7")]})], functions),
	"principals": [sample.role(["inline"], {})],
	"policies": [sample.policy("inline", statements)],
})
