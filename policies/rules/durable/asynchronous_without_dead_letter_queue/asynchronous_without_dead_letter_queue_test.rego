package durable_guard.rules.durable.asynchronous_without_dead_letter_queue_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.asynchronous_without_dead_letter_queue as rule

queue := {"known": "arn:aws:sqs:eu-west-1:111122223333:failed"}

by_schedule := {"text": "schedule Nightly invokes it", "address": "Nightly", "at": "t.yaml#/Resources/Nightly"}

without_queue := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn",
	"verdict": "deny",
	"message": "Durable function Fn is invoked asynchronously and has no dead-letter queue",
	"evidence": [by_schedule],
}

with_destination := {
	"address": "Config",
	"at": "t.yaml#/Resources/Config",
	"verdict": "deny",
	"message": "Durable function Fn has a destination, which is not supported",
	"evidence": [by_schedule],
}

test_with_a_queue if {
	rule.finding == set() with input as given({"deadLetter": queue}, {"known": true})
	rule.examined == {"Fn"} with input as given({"deadLetter": queue}, {"known": true})
	rule.finding == set() with input as given({"deadLetter": {"unknown": "ImportValue Queue"}}, {"known": true})
}

test_without_a_queue if {
	rule.finding == {without_queue} with input as given({}, {"known": true})
	rule.finding == {without_queue} with input as given({"deadLetter": {"known": ""}}, {"known": true})
}

test_destinations if {
	every end in ["onSuccess", "onFailure"] {
		fields := {"deadLetter": queue, "destinations": [destination({end: queue})]}
		rule.finding == {with_destination} with input as given(fields, {"known": true})
	}

	# Only the age and the attempts are set.
	rule.finding == set() with input as given({"deadLetter": queue, "destinations": [destination({})]}, {"known": true})
	both := {"destinations": [destination({"onFailure": queue})]}
	rule.finding == {with_destination, without_queue} with input as given(both, {"known": true})
}

test_nothing_asynchronous if {
	fields := {"destinations": [destination({"onFailure": queue})]}
	rule.finding == set() with input as given(fields, {"known": false})
	rule.examined == set() with input as given(fields, {"known": false})
}

test_unknown_is_neither_right_nor_wrong if {
	fields := {"destinations": [destination({"onFailure": queue})]}
	found := rule.finding with input as given(fields, {"unknown": "Ref Type"})
	{each.verdict | some each in found} == {"unknown"}
	count(found) == 2
}

test_only_durable_functions if {
	plain := object.remove(sample.function({}), ["durable"])
	maybe := sample.function({"durable": sample.durable({"certain": false})})
	every f in [plain, maybe] {
		of := sample.with_fields(given({}, {"known": true}), {"functions": [f]})
		rule.finding == set() with input as of
		rule.examined == set() with input as of
	}
}

destination(fields) := object.union({"address": "Config", "at": "t.yaml#/Resources/Config", "qualifier": {"known": "live"}}, fields)

given(fields, asynchronous) := sample.inventory({
	"functions": [sample.function(fields)],
	"invocations": [{
		"address": "Nightly",
		"at": "t.yaml#/Resources/Nightly",
		"kind": "schedule",
		"function": "Fn",
		"qualifier": {"known": "live"},
		"asynchronous": asynchronous,
	}],
})
