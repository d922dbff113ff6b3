package durable_guard.rules.lambda.logs_kept_for_ever_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.logs_kept_for_ever as rule

test_declared_with_a_retention if {
	rule.finding == set() with input as given({}, [group({"retentionDays": {"known": 30}})])
	rule.examined == {"Fn", "Logs"} with input as given({}, [group({"retentionDays": {"known": 30}})])
}

test_declared_without_a_retention if {
	rule.finding == {{
		"address": "Logs",
		"at": "t.yaml#/Resources/Logs",
		"verdict": "deny",
		"message": "Log group Logs keeps its logs for ever",
		"evidence": [{"text": "Fn writes to it"}],
	}} with input as given({}, [group({})])
}

test_not_declared if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "Function Fn has no log group of its own, so its logs are kept for ever",
		"evidence": [{"text": "its log group is not set"}],
	}} with input as given({"logging": {"at": "t.yaml#/here"}}, [])
	found := rule.finding with input as given({}, [])
	count(found) == 1
}

# Another team may have declared it.
test_named_and_not_declared_is_unknown if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "unknown",
		"message": "Function Fn has no log group of its own, so its logs are kept for ever",
		"evidence": [{"text": `its log group is "/shared/workflows"`}],
	}} with input as given({"logging": {"at": "t.yaml#/here", "group": {"known": "/shared/workflows"}}}, [])
	found := rule.finding with input as given({"logging": {"at": "t.yaml#/here", "group": {"unknown": "Ref Logs"}}}, [])
	{f.verdict | some f in found} == {"unknown"}
}

test_retention_that_is_not_known if {
	rule.finding == {{
		"address": "Logs",
		"at": "t.yaml#/Resources/Logs",
		"verdict": "unknown",
		"message": "Log group Logs keeps its logs for ever",
		"evidence": [{"text": "Fn writes to it"}],
	}} with input as given({}, [group({"retentionDays": {"unknown": "Ref Days"}})])
}

test_group_of_something_else if {
	found := rule.finding with input as given({}, [group({"functions": []})])
	{[f.address, f.evidence] | some f in found} == {["Fn", [{"text": "its log group is not set"}]], ["Logs", []]}
}

given(fields, groups) := sample.inventory({"functions": [sample.function(fields)], "logGroups": groups})

group(fields) := object.union({"address": "Logs", "at": "t.yaml#/Resources/Logs", "functions": ["Fn"]}, fields)
