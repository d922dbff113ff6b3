package durable_guard.rules.lambda.function_outside_vpc_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.function_outside_vpc as rule

test_inside if {
	rule.finding == set() with input as function({"vpc": vpc})
	rule.examined == {"Fn"} with input as function({"vpc": vpc})
}

test_outside if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "Function Fn is outside a VPC",
		"evidence": [],
	}} with input as function({})
}

test_unread_settings_are_unknown if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "unknown",
		"message": "Whether function Fn is in a VPC is not settled",
		"evidence": [{"text": "Ref Vpc"}],
	}} with input as function({"vpc": {"at": "t.yaml#/here", "subnets": [], "unread": "Ref Vpc"}})
	rule.finding == set() with input as function({"vpc": object.union(vpc, {"unread": "Ref Vpc"})})
}

vpc := {"at": "t.yaml#/here", "subnets": [{"known": "subnet-1"}]}

function(fields) := sample.inventory({"functions": [sample.function(fields)]})
