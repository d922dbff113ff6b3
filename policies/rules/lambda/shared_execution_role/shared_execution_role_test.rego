package durable_guard.rules.lambda.shared_execution_role_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.shared_execution_role as rule

test_a_role_each if {
	rule.finding == set() with input as given([role("A", ["Charge"]), role("B", ["Ship"])])
	rule.examined == {"Charge", "Ship"} with input as given([role("A", ["Charge"]), role("B", ["Ship"])])
}

test_shared if {
	rule.finding == {found({})} with input as given([role("Shared", ["Ship", "Charge"])])
}

test_shared_and_outside_the_documents if {
	outside := object.union(role("role Shared", ["Ship", "Charge"]), {"external": true})
	rule.finding == {found({"address": "Charge", "at": "t.yaml#/Charge/Role"})} with input as given([outside])
}

# Roles of which only that they are unknown is known are not the same role.
test_unknown_roles_are_not_one if {
	first := object.union(role("${FirstRole}", ["Charge"]), {"external": true})
	second := object.union(role("${SecondRole}", ["Ship"]), {"external": true})
	rule.finding == set() with input as given([first, second])
}

# Two functions that name no role at all share none.
test_a_role_that_is_not_given if {
	missing := object.union(role("role ${Role is not given}", ["Ship", "Charge"]), {"external": true})
	functions := [sample.with_fields(f, {"role": {"at": f.role.at, "arn": {"unknown": "Role is not given"}}}) |
		some f in given([]).functions
	]
	rule.finding == set() with input as object.union(given([missing]), {"functions": functions})
	half := [functions[0], given([]).functions[1]]
	rule.finding == set() with input as object.union(given([missing]), {"functions": half})
}

test_users_have_no_functions if {
	rule.examined == set() with input as given([object.union(role("User", ["Charge", "Ship"]), {"kind": "user"})])
}

found(fields) := object.union(
	{
		"address": "Shared",
		"at": "t.yaml#/Shared",
		"verdict": "deny",
		"message": "Functions Charge, Ship share execution role Shared",
		"evidence": [
			{"text": "function Charge runs with it", "address": "Charge", "at": "t.yaml#/Charge"},
			{"text": "function Ship runs with it", "address": "Ship", "at": "t.yaml#/Ship"},
		],
	},
	fields,
)

role(address, functions) := {
	"address": address,
	"at": $"t.yaml#/{address}",
	"kind": "role",
	"external": false,
	"functions": functions,
}

given(principals) := {
	"principals": principals,
	"functions": [
		{"address": "Charge", "at": "t.yaml#/Charge", "role": {"at": "t.yaml#/Charge/Role", "arn": {"known": "…"}}},
		{"address": "Ship", "at": "t.yaml#/Ship", "role": {"at": "t.yaml#/Ship/Role", "arn": {"known": "…"}}},
		{"address": "Refund", "at": "t.yaml#/Refund", "role": {"at": "t.yaml#/Refund/Role", "arn": {"known": "…"}}},
	],
}
