package durable_guard.rules.lambda.log_format_not_json_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.log_format_not_json as rule

test_json if {
	rule.finding == set() with input as logging({"at": "t.yaml#/here", "format": {"known": "JSON"}})
	rule.examined == {"Fn"} with input as logging({"at": "t.yaml#/here", "format": {"known": "JSON"}})
}

test_text if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "deny",
		"message": "Function Fn does not log in JSON",
		"evidence": [{"text": `the log format is "Text"`}],
	}} with input as logging({"at": "t.yaml#/here", "format": {"known": "Text"}})
}

test_text_is_the_default if {
	every logging_settings in [{"at": "t.yaml#/here"}, {"at": "t.yaml#/here", "group": {"known": "/logs"}}] {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/here",
			"verdict": "deny",
			"message": "Function Fn does not log in JSON",
			"evidence": [{"text": "the log format is not set"}],
		}} with input as logging(logging_settings)
	}
	found := rule.finding with input as sample.inventory({"functions": [sample.function({})]})
	{[f.at, f.verdict] | some f in found} == {["t.yaml#/Resources/Fn", "deny"]}
}

test_unknown_format if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "unknown",
		"message": "Function Fn does not log in JSON",
		"evidence": [{"text": "the log format is unknown (Ref Format)"}],
	}} with input as logging({"at": "t.yaml#/here", "format": {"unknown": "Ref Format"}})
}

logging(settings) := sample.inventory({"functions": [sample.function({"logging": settings})]})
