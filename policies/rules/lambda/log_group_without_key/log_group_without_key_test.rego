package durable_guard.rules.lambda.log_group_without_key_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.log_group_without_key as rule

test_with_a_key_even_one_that_is_not_known if {
	every key in [{"known": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"}, {"unknown": "aws_kms_key.logs.arn"}] {
		rule.finding == set() with input as groups({"kmsKey": key})
	}
}

test_without_a_key if {
	rule.finding == {{
		"address": "Logs",
		"at": "t.yaml#/Resources/Logs",
		"verdict": "deny",
		"message": "Log group Logs has no key",
		"evidence": [{"text": "Fn writes to it"}],
	}} with input as groups({})
	rule.examined == {"Logs"} with input as groups({})
}

groups(fields) := sample.inventory({"logGroups": [object.union(
	{"address": "Logs", "at": "t.yaml#/Resources/Logs", "functions": ["Fn"]},
	fields,
)]})
