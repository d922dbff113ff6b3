package durable_guard.rules.durable.durable_config_limits_test

import data.durable_guard.rules.durable.durable_config_limits as rule

test_nothing_wrong_at_either_limit if {
	every settings in [
		{"executionTimeout": {"known": 1}, "retentionDays": {"known": 1}},
		{"executionTimeout": {"known": 31622400}, "retentionDays": {"known": 90}},
		{"executionTimeout": {"known": 60}},
	] {
		rule.finding == set() with input as durable(settings)
	}
}

test_timeout_below_and_above_its_limits if {
	every timeout in [0, 31622401] {
		rule.finding == {{
			"address": "Fn",
			"at": "template.yaml#/Resources/Fn/Properties/DurableConfig",
			"verdict": "deny",
			"message": "ExecutionTimeout must be 1 to 31622400 seconds",
			"evidence": [{"text": $"ExecutionTimeout is {timeout}"}],
		}} with input as durable({"executionTimeout": {"known": timeout}})
	}
}

test_retention_below_and_above_its_limits if {
	every days in [0, 91] {
		rule.finding == {{
			"address": "Fn",
			"at": "template.yaml#/Resources/Fn/Properties/DurableConfig",
			"verdict": "deny",
			"message": "RetentionPeriodInDays must be 1 to 90 days",
			"evidence": [{"text": $"RetentionPeriodInDays is {days}"}],
		}} with input as durable({"executionTimeout": {"known": 60}, "retentionDays": {"known": days}})
	}
}

test_timeout_missing if {
	rule.finding == {{
		"address": "Fn",
		"at": "template.yaml#/Resources/Fn/Properties/DurableConfig",
		"verdict": "deny",
		"message": "DurableConfig has no ExecutionTimeout",
		"evidence": [],
	}} with input as durable({})
}

test_unknown_is_neither_right_nor_wrong if {
	rule.finding == {{
		"address": "Fn",
		"at": "template.yaml#/Resources/Fn/Properties/DurableConfig",
		"verdict": "unknown",
		"message": "ExecutionTimeout must be 1 to 31622400 seconds",
		"evidence": [{"text": "ExecutionTimeout is unknown (Ref Timeout)"}],
	}} with input as durable({"executionTimeout": {"unknown": "Ref Timeout"}})
}

test_malformed_says_only_that if {
	rule.finding == {{
		"address": "Fn",
		"at": "template.yaml#/Resources/Fn/Properties/DurableConfig",
		"verdict": "deny",
		"message": "DurableConfig is not a set of settings",
		"evidence": [],
	}} with input as durable({"malformed": true})
}

test_examined_are_the_durable_functions if {
	plain := {"functions": [{"address": "Plain", "at": "template.yaml#/Resources/Plain"}]}
	rule.examined == {"Fn"} with input as durable({"executionTimeout": {"known": 60}})
	rule.examined == set() with input as durable({"certain": false, "why": "Fn::If IsDurable"})
	rule.finding == set() with input as durable({"certain": false, "why": "Fn::If IsDurable"})
	rule.examined == set() with input as plain
}

# An inventory of one function with these durable settings.
durable(settings) := {"functions": [{
	"address": "Fn",
	"at": "template.yaml#/Resources/Fn",
	"durable": object.union(
		{"at": "template.yaml#/Resources/Fn/Properties/DurableConfig", "certain": true, "malformed": false},
		settings,
	),
}]}
