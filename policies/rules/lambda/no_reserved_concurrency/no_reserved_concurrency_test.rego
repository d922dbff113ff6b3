package durable_guard.rules.lambda.no_reserved_concurrency_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.no_reserved_concurrency as rule

test_reserved_even_a_number_that_is_not_known if {
	every reserved in [{"known": 10}, {"known": 0}, {"unknown": "Ref Limit"}] {
		rule.finding == set() with input as function({"reservedConcurrency": reserved})
	}
}

test_not_reserved if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "Function Fn has no reserved concurrency",
		"evidence": [],
	}} with input as function({})
	rule.examined == {"Fn"} with input as function({})
}

function(fields) := sample.inventory({"functions": [sample.function(fields)]})
