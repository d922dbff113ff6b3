package durable_guard.rules.durable.two_kinds_of_resource_policy_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.two_kinds_of_resource_policy as rule

whole := resource_policy("Policy", "resource policy", {"function": "Fn"})

permission := resource_policy("Permission", "permission", {"function": "Fn"})

test_one_kind if {
	rule.finding == set() with input as given([whole])
	rule.examined == {"Policy"} with input as given([whole])
	rule.finding == set() with input as given([permission, permission])
	rule.examined == set() with input as given([permission])
}

test_both_kinds if {
	rule.finding == {{
		"address": "Policy",
		"at": "t.yaml#/Resources/Policy",
		"verdict": "deny",
		"message": "Function Fn also has permissions that are added one by one, which this policy replaces",
		"evidence": [
			{"text": "a permission", "address": "Another", "at": "t.yaml#/Resources/Another"},
			{"text": "a permission", "address": "Permission", "at": "t.yaml#/Resources/Permission"},
		],
	}} with input as given([permission, whole, resource_policy("Another", "permission", {"function": "Fn"})])
}

test_on_different_things if {
	every each in [
		resource_policy("Permission", "permission", {"function": "Other"}),
		resource_policy("Permission", "permission", {}),
		resource_policy("Layer", "layer permission", {"function": "Fn"}),
	] {
		rule.finding == set() with input as given([whole, each])
	}
}

# Which function a policy is on is not known: silence, as they may be on different ones.
test_unknown_is_neither_right_nor_wrong if {
	rule.finding == set() with input as given([resource_policy("Policy", "resource policy", {}), resource_policy("P", "permission", {})])
}

resource_policy(address, kind, fields) := object.union(
	{
		"address": address,
		"at": sample.at(address, ""),
		"kind": kind,
		"qualifier": {"known": ""},
		"statements": [],
		"viaUrl": false,
	},
	fields,
)

given(policies) := sample.inventory({"functions": [sample.function({})], "resourcePolicies": policies})
