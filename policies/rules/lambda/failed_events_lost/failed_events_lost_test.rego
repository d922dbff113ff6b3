package durable_guard.rules.lambda.failed_events_lost_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.failed_events_lost as rule

test_lost if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "Events that function Fn fails on are lost",
		"evidence": [{
			"text": "rule Nightly invokes it asynchronously",
			"address": "Nightly",
			"at": "t.yaml#/Resources/Nightly",
		}],
	}} with input as given({}, [nightly({})])
	rule.examined == {"Fn"} with input as given({}, [nightly({})])
}

test_kept_in_a_queue_even_one_that_is_not_known if {
	every queue in [{"known": "arn:aws:sqs:eu-west-1:111122223333:failed"}, {"unknown": "aws_sqs_queue.failed.arn"}] {
		rule.finding == set() with input as given({"deadLetter": queue}, [nightly({})])
		rule.examined == {"Fn"} with input as given({"deadLetter": queue}, [nightly({})])
	}
}

test_kept_by_a_destination_of_the_qualifier if {
	every pair in [["", "$LATEST"], ["$LATEST", ""], ["", ""], ["live", "live"]] {
		kept := {"destinations": [destination(pair[0], {"onFailure": {"known": "arn:aws:sqs:eu-west-1:111122223333:failed"}})]}
		rule.finding == set() with input as given(kept, [nightly({"qualifier": {"known": pair[1]}})])
	}
}

test_not_by_one_of_another_qualifier if {
	every pair in [["live", "$LATEST"], ["$LATEST", "live"], ["live", "beta"]] {
		kept := {"destinations": [destination(pair[0], {"onFailure": {"known": "arn:aws:sqs:eu-west-1:111122223333:failed"}})]}
		verdicts(given(kept, [nightly({"qualifier": {"known": pair[1]}})])) == {"deny"}
	}
}

test_not_by_a_destination_of_successes if {
	kept := {"destinations": [destination("", {"onSuccess": {"known": "arn:aws:sqs:eu-west-1:111122223333:done"}})]}
	verdicts(given(kept, [nightly({})])) == {"deny"}
}

test_unknown_qualifier_or_edge if {
	failing := destination("live", {"onFailure": {"unknown": "aws_sqs_queue.failed.arn"}})
	kept := {"destinations": [failing]}
	verdicts(given(kept, [nightly({"qualifier": {"unknown": "Ref Alias"}})])) == {"unknown"}
	unread := {"destinations": [object.union(object.remove(failing, ["qualifier"]), {"qualifier": {"unknown": "Ref Alias"}})]}
	verdicts(given(unread, [nightly({"qualifier": {"known": "live"}})])) == {"unknown"}
	verdicts(given({}, [nightly({"asynchronous": {"unknown": "Ref Type"}})])) == {"unknown"}
}

test_evidence_is_what_decides if {
	weekly := sample.with_fields(nightly({"asynchronous": {"unknown": "Ref Type"}}), {"address": "Weekly"})
	found := rule.finding with input as given({}, [nightly({}), weekly])
	{[f.verdict, [e.address | some e in f.evidence]] | some f in found} == {["deny", ["Nightly"]]}
}

test_others_are_not_judged if {
	every other in [
		given({}, []),
		given({}, [nightly({"asynchronous": {"known": false}})]),
		given({}, [nightly({"function": "Other"})]),
		sample.inventory({"functions": [sample.function({})], "invocations": [nightly({})]}),
	] {
		rule.finding == set() with input as other
		rule.examined == set() with input as other
	}
}

given(fields, invocations) := sample.inventory({
	"functions": [object.union(object.remove(sample.function({}), ["durable"]), fields)],
	"invocations": invocations,
})

nightly(fields) := sample.with_fields(
	{
		"address": "Nightly",
		"at": "t.yaml#/Resources/Nightly",
		"kind": "rule",
		"function": "Fn",
		"qualifier": {"known": ""},
		"asynchronous": {"known": true},
	},
	fields,
)

destination(qualifier, fields) := object.union({"address": "Config", "qualifier": {"known": qualifier}}, fields)

verdicts(inventory) := {f.verdict | some f in found} if {
	found := rule.finding with input as inventory
}
