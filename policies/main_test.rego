package durable_guard_test

import data.durable_guard

# One inventory in which nothing is declared: every rule still answers, with both of its names.
test_every_rule_has_both_names_under_its_own_key if {
	every key, result in durable_guard.results {
		count(split(key, "/")) == 2
		object.keys(result) == {"finding", "examined"}
	}
	durable_guard.results["durable/durable_config_limits"] == {"finding": set(), "examined": set()}
}

test_a_finding_reaches_its_rule if {
	bad := {"functions": [{"address": "Fn", "durable": {"at": "t#/D", "certain": true, "malformed": true}}]}
	durable_guard.results["durable/durable_config_limits"].examined == {"Fn"} with input as bad
	count(durable_guard.results["durable/durable_config_limits"].finding) == 1 with input as bad
}

test_answers_are_the_decisions if {
	durable_guard.answers == ["as told"] with data.durable_guard.lib.iam.answers as ["as told"]
}
