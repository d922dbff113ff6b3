package durable_guard.rules.lambda.tracing_off_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.tracing_off as rule

test_active if {
	rule.finding == set() with input as function({"tracing": {"known": "Active"}})
	rule.examined == {"Fn"} with input as function({"tracing": {"known": "Active"}})
}

test_passed_through_or_not_set if {
	said := {`"PassThrough"`: {"tracing": {"known": "PassThrough"}}, "not set": {}}
	every mode, fields in said {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/Resources/Fn",
			"verdict": "deny",
			"message": "Function Fn has no active tracing",
			"evidence": [{"text": $"the tracing mode is {mode}"}],
		}} with input as function(fields)
	}
}

test_unknown_mode if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "unknown",
		"message": "Function Fn has no active tracing",
		"evidence": [{"text": "the tracing mode is unknown (Ref Mode)"}],
	}} with input as function({"tracing": {"unknown": "Ref Mode"}})
}

function(fields) := sample.inventory({"functions": [sample.function(fields)]})
