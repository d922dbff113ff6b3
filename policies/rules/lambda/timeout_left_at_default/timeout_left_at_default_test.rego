package durable_guard.rules.lambda.timeout_left_at_default_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.timeout_left_at_default as rule

test_chosen if {
	rule.finding == set() with input as function({"timeout": {"known": 30}})
	rule.examined == {"Fn"} with input as function({"timeout": {"known": 30}})
}

test_default_not_set_or_planned if {
	said := {"3": {"timeout": {"known": 3}}, "not set": {}}
	every timeout, fields in said {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/Resources/Fn",
			"verdict": "deny",
			"message": "Function Fn has the default timeout of 3 seconds",
			"evidence": [{"text": $"the timeout is {timeout}"}],
		}} with input as function(fields)
	}
}

test_unknown_timeout if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "unknown",
		"message": "Function Fn has the default timeout of 3 seconds",
		"evidence": [{"text": "the timeout is unknown (Ref Timeout)"}],
	}} with input as function({"timeout": {"unknown": "Ref Timeout"}})
}

function(fields) := sample.inventory({"functions": [sample.function(fields)]})
