package durable_guard.rules.durable.other_account_gets_more_than_invoke_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.other_account_gets_more_than_invoke as rule

partner := "arn:aws:iam::999999999999:root"

# Account 111122223333 is the sample's own.
ours := "arn:aws:iam::111122223333:role/caller"

test_invoking_is_what_callers_need if {
	every action in ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl", "lambda:Invoke*", "lambda:GetFunction"] {
		every principal in [["AWS", partner], ["*", "*"]] {
			rule.finding == set() with input as permission(sample.allow_to(principal, [action]))
		}
	}
}

test_more_than_invoking if {
	every action in ["lambda:*", "*", "lambda:StopDurableExecution", "lambda:Get*", "lambda:SendDurableExecutionCallback*"] {
		rule.finding == {of_permission(
			"deny",
			$"{partner} may use durable actions on durable function Fn; callers need lambda:InvokeFunction only",
			[{"text": $"it allows {action}"}],
		)} with input as permission(sample.allow_to(["AWS", partner], [action]))
	}
}

test_all_actions_but_some if {
	statement := object.union(sample.allow_to(["AWS", partner], []), {"notActions": [sample.action("lambda:DeleteFunction")]})
	rule.finding == {of_permission(
		"deny",
		$"{partner} may use durable actions on durable function Fn; callers need lambda:InvokeFunction only",
		[{"text": "it allows all but lambda:DeleteFunction"}],
	)} with input as permission(statement)
}

# Of several, those who are foreign are named.
test_ours_beside_others if {
	statement := object.union(sample.allow_to(["AWS", partner], ["lambda:*"]), {"principals": array.concat(
		sample.principals(["AWS", ours]),
		sample.principals(["AWS", partner]),
	)})
	{found.message | some found in rule.finding} == {$"{partner} may use durable actions on durable function Fn; callers need lambda:InvokeFunction only"} with input as permission(statement)
}

test_role_of_a_function_that_is_not_durable if {
	inventory := trusting(sample.allow_to(["AWS", partner], ["sts:AssumeRole"]))
	plain := [object.union(role, {"functions": ["Plain"]}) | some role in inventory.principals]
	rule.finding == set() with input as object.union(inventory, {"principals": plain})
}

test_ours_and_services if {
	every principal in [["AWS", ours], ["Service", "events.amazonaws.com"]] {
		rule.finding == set() with input as permission(sample.allow_to(principal, ["lambda:*"]))
	}
	allowed := object.union(permission(sample.allow_to(["AWS", partner], ["lambda:*"])), {"ownAccounts": ["999999999999"]})
	rule.finding == set() with input as allowed
	denied := object.union(sample.allow_to(["AWS", partner], ["lambda:*"]), {"effect": {"known": "Deny"}})
	rule.finding == set() with input as permission(denied)
}

test_everyone if {
	but := object.union(sample.allow_to(["*", "*"], ["lambda:*"]), {
		"principals": [],
		"notPrincipals": sample.principals(["AWS", ours]),
	})
	every statement in [sample.allow_to(["*", "*"], ["lambda:*"]), but] {
		rule.finding == {of_permission(
			"deny",
			"Everyone may use durable actions on durable function Fn; callers need lambda:InvokeFunction only",
			[{"text": "it allows lambda:*"}],
		)} with input as permission(statement)
	}
}

test_everyone_on_a_condition if {
	verdicts := {"aws:PrincipalOrgID": ["deny", "may"], "aws:PrincipalOrgPaths": ["deny", "may"], "aws:SourceAccount": ["unknown", "might"]}
	every key, expected in verdicts {
		statement := sample.with_conditions(
			sample.allow_to(["*", "*"], ["lambda:*"]),
			[sample.condition("StringEquals", key, ["x"])],
		)
		rule.finding == {of_permission(
			expected[0],
			$"Everyone {expected[1]} use durable actions on durable function Fn; callers need lambda:InvokeFunction only",
			[{"text": "it allows lambda:*"}, {"text": $"a condition on {lower(key)} applies"}],
		)} with input as permission(statement)
	}
}

test_unknown_principal_action_effect if {
	every statement in [
		sample.allow_to(["AWS", "${partner}"], ["lambda:*"]),
		sample.allow_to(["AWS", partner], ["lambda:${verb}"]),
		object.union(object.remove(sample.allow_to(["AWS", partner], ["lambda:*"]), ["effect"]), {"effect": {"unknown": "Ref Effect"}}),
	] {
		{found.verdict | some found in rule.finding} == {"unknown"} with input as permission(statement)
	}
}

test_functions_outside_the_documents if {
	named := unplaced(permission(sample.allow_to(["AWS", partner], ["lambda:StopDurableExecution"])))
	rule.finding == {of_permission(
		"deny",
		$"{partner} may use durable actions on a function outside the documents; callers need lambda:InvokeFunction only",
		[{"text": "it allows lambda:StopDurableExecution"}],
	)} with input as named
	reached := unplaced(permission(sample.allow_to(["AWS", partner], ["lambda:*"])))
	rule.finding == set() with input as reached
	rule.examined == {"Role"} with input as reached
}

unplaced(inventory) := object.union(inventory, {"resourcePolicies": [p |
	some policy in inventory.resourcePolicies
	p := object.remove(policy, ["function"])
]})

test_role_that_another_account_may_assume if {
	external_id := [sample.condition("StringEquals", "sts:ExternalId", ["orders"])]
	every action in ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"] {
		rule.finding == {{
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/AssumeRolePolicyDocument/Statement/0",
			"verdict": "deny",
			"message": $"{partner} may assume execution role Role and checkpoint as its functions do",
			"evidence": [{"text": $"it allows {action}"}, {"text": "a condition on sts:externalid applies"}],
		}} with input as trusting(sample.with_conditions(sample.allow_to(["AWS", partner], [action]), external_id))
	}
	unsettled := "${partner} might assume execution role Role and checkpoint as its functions do"
	open := trusting(sample.allow_to(["AWS", "${partner}"], ["sts:AssumeRole"]))
	{found.message | some found in rule.finding} == {unsettled} with input as open
}

test_role_that_ours_may_assume if {
	every statement in [
		sample.allow_to(["Service", "lambda.amazonaws.com"], ["sts:AssumeRole"]),
		sample.allow_to(["AWS", ours], ["sts:AssumeRole"]),
		sample.allow_to(["AWS", partner], ["sts:TagSession"]),
		object.union(sample.allow_to(["AWS", partner], ["sts:AssumeRole"]), {"effect": {"known": "Deny"}}),
	] {
		rule.finding == set() with input as trusting(statement)
	}
}

# What shares a layer gives nothing of the function.
test_layers if {
	inventory := permission(sample.allow_to(["AWS", partner], ["lambda:*"]))
	layer := [object.union(policy, {"kind": "layer permission"}) | some policy in inventory.resourcePolicies]
	rule.finding == set() with input as object.union(inventory, {"resourcePolicies": layer})
}

test_functions_that_are_not_durable_for_certain if {
	uncertain := sample.durable_function({"durable": {"at": "t.yaml#/Resources/Fn", "certain": false, "malformed": false}})
	every f in [uncertain, object.remove(uncertain, ["durable"])] {
		every inventory in [
			permission(sample.allow_to(["AWS", partner], ["lambda:*Durable*"])),
			trusting(sample.allow_to(["AWS", partner], ["sts:AssumeRole"])),
		] {
			rule.finding == set() with input as object.union(inventory, {"functions": [f]})
			rule.examined == set() with input as object.union(inventory, {"functions": [f]})
		}
	}
}

test_examined if {
	rule.examined == {"Permission", "Role"} with input as permission(sample.allow_to(["AWS", ours], ["lambda:*"]))
}

of_permission(verdict, message, evidence) := {
	"address": "Permission",
	"at": "t.yaml#/Resources/Permission",
	"verdict": verdict,
	"message": message,
	"evidence": evidence,
}

permission(statement) := sample.inventory({
	"functions": [sample.durable_function({})],
	"principals": [sample.role([], {"trust": []})],
	"resources": [],
	"resourcePolicies": [{
		"address": "Permission",
		"at": "t.yaml#/Resources/Permission",
		"kind": "permission",
		"function": "Fn",
		"qualifier": {"known": "live"},
		"viaUrl": false,
		"statements": [object.union(statement, {"address": "Permission", "at": "t.yaml#/Resources/Permission"})],
	}],
})

trusting(statement) := sample.inventory({
	"functions": [sample.durable_function({})],
	"resources": [],
	"principals": [sample.role([], {"trust": [object.union(
		statement,
		{"address": "Role", "at": "t.yaml#/Resources/Role/Properties/AssumeRolePolicyDocument/Statement/0"},
	)]})],
})
