package durable_guard.rules.lambda.tmp_not_cleaned_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.tmp_not_cleaned as rule

test_written_and_not_removed if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "deny",
		"message": "The code of function Fn writes to /tmp and removes nothing",
		"evidence": [],
	}} with input as function({"inlineCode": {"at": "t.yaml#/here", "writesTmp": {"known": true}, "cleansTmp": {"known": false}}})
}

test_removed_or_not_written if {
	every code in [
		{"at": "t.yaml#/here", "writesTmp": {"known": true}, "cleansTmp": {"known": true}},
		{"at": "t.yaml#/here", "writesTmp": {"known": false}, "cleansTmp": {"known": false}},
	] {
		rule.finding == set() with input as function({"inlineCode": code})
	}
	rule.finding == set() with input as function({})
	rule.examined == {"Fn"} with input as function({})
}

test_code_that_is_not_known if {
	unread := {"unknown": "Fn::Transform"}
	found := rule.finding with input as function({"inlineCode": {"at": "t.yaml#/here", "writesTmp": unread, "cleansTmp": unread}})
	{f.verdict | some f in found} == {"unknown"}
}

test_enlarged_without_a_reason if {
	every fields in [{}, {"description": {"known": "Renders invoices"}}, {"tags": [{"name": "Team"}]}] {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/Resources/Fn",
			"verdict": "deny",
			"message": "Function Fn has enlarged storage in /tmp and does not say what for",
			"evidence": [{"text": "its storage is 2048 MB"}],
		}} with input as function(object.union({"ephemeralStorage": {"known": 2048}}, fields))
	}
}

test_enlarged_with_a_reason if {
	every fields in [
		{"description": {"known": "Renders invoices; ephemeral storage holds the fonts"}},
		{"description": {"known": "Unpacks archives in /tmp"}},
		{"tags": [{"name": "Team"}, {"name": "EphemeralStorage"}]},
	] {
		rule.finding == set() with input as function(object.union({"ephemeralStorage": {"known": 2048}}, fields))
	}
}

test_default_needs_no_reason if {
	rule.finding == set() with input as function({"ephemeralStorage": {"known": 512}})
}

test_size_or_reason_that_is_not_known if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "unknown",
		"message": "Function Fn has enlarged storage in /tmp and does not say what for",
		"evidence": [{"text": "its storage is unknown (Ref Size) MB"}],
	}} with input as function({"ephemeralStorage": {"unknown": "Ref Size"}})
	unread := {"ephemeralStorage": {"known": 2048}, "description": {"unknown": "Ref Text"}}
	found := rule.finding with input as function(unread)
	{f.verdict | some f in found} == {"unknown"}
}

function(fields) := sample.inventory({"functions": [sample.function(fields)]})
