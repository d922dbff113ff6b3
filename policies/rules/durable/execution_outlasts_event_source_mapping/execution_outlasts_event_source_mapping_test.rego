package durable_guard.rules.durable.execution_outlasts_event_source_mapping_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.execution_outlasts_event_source_mapping as rule

mapping := {
	"address": "Mapping",
	"at": "t.yaml#/Resources/Mapping",
	"kind": "event source mapping",
	"function": "Fn",
	"qualifier": {"known": "live"},
	"asynchronous": {"known": false},
}

found(limit, timeout) := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn/Properties/DurableConfig",
	"verdict": "deny",
	"message": $"ExecutionTimeout of Fn must be at most {limit} seconds, as an event source mapping invokes it",
	"evidence": [
		{"text": $"ExecutionTimeout is {timeout}"},
		{"text": "an event source mapping", "address": "Mapping", "at": "t.yaml#/Resources/Mapping"},
	],
}

test_within_the_limit if {
	rule.finding == set() with input as given({"known": 900}, false)
	rule.examined == {"Fn"} with input as given({"known": 900}, false)
	rule.finding == set() with input as given({"known": 5400}, true)
}

test_beyond_the_limit if {
	rule.finding == {found(900, 901)} with input as given({"known": 901}, false)
	rule.finding == {found(5400, 5401)} with input as given({"known": 5401}, true)
}

test_unknown_is_neither_right_nor_wrong if {
	rule.finding == {sample.with_fields(found(900, "unknown (Ref T)"), {"verdict": "unknown"})} with input as given({"unknown": "Ref T"}, false)
}

# Two mappings are one cause.
test_mappings_are_evidence if {
	other := sample.with_fields(mapping, {"address": "Another", "at": "t.yaml#/Resources/Another"})
	some each in rule.finding with input as sample.inventory({"functions": [sample.function({})], "invocations": [mapping, other]})
	[fact.address | some fact in each.evidence] == ["Another", "Mapping"]
}

test_other_edges_and_functions if {
	scheduled := sample.with_fields(mapping, {"kind": "schedule"})
	without_timeout := sample.function({"durable": object.remove(sample.durable({}), ["executionTimeout"])})
	plain := object.remove(sample.function({}), ["durable"])
	maybe := sample.function({"durable": sample.durable({"certain": false})})
	nothing([sample.function({})], [scheduled])
	nothing([plain], [mapping])
	nothing([maybe], [mapping])
	silent([without_timeout], [mapping])
}

nothing(functions, edges) if {
	rule.examined == set() with input as sample.inventory({"functions": functions, "invocations": edges})
	silent(functions, edges)
}

silent(functions, edges) if {
	rule.finding == set() with input as sample.inventory({"functions": functions, "invocations": edges})
}

given(timeout, managed) := sample.inventory({
	"functions": [sample.function({
		"managedInstances": managed,
		"durable": sample.durable({"executionTimeout": timeout}),
	})],
	"invocations": [mapping],
})
