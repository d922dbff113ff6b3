package durable_guard.rules.kms.environment_without_key_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.environment_without_key as rule

table := {"at": "t.yaml#", "name": "TABLE", "value": {"known": "orders"}, "source": "literal"}

found := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn",
	"verdict": "deny",
	"message": "Environment variables of Fn are not under a customer managed key",
	"evidence": [{"text": "variable TABLE"}],
}

test_under_a_key if {
	keyed := {"environment": [table], "kmsKey": sample.key_reference("/Properties/KmsKeyArn")}
	rule.finding == set() with input as given(keyed)
	rule.examined == {"Fn"} with input as given(keyed)
}

test_no_environment if {
	rule.finding == set() with input as given({})
	rule.examined == set() with input as given({})
}

test_under_no_key if {
	rule.finding == {found} with input as given({"environment": [table]})
	empty := {"at": "t.yaml#", "text": {"known": ""}, "arn": sample.text("")}
	rule.finding == {found} with input as given({"environment": [table], "kmsKey": empty})
}

test_a_switch_of_the_sdk_is_nothing_to_protect if {
	switch := {"at": "t.yaml#", "name": "AWS_NODEJS_CONNECTION_REUSE_ENABLED", "value": {"known": "1"}, "source": "literal"}
	rule.finding == set() with input as given({"environment": [switch]})
	rule.examined == set() with input as given({"environment": [switch]})
	rule.finding == {found} with input as given({"environment": [switch, table]})
}

test_unknown_is_neither_right_nor_wrong if {
	rule.finding == {sample.with_fields(found, {
		"verdict": "unknown",
		"evidence": [{"text": "the environment cannot be read: Ref Variables"}],
	})} with input as given({"environmentUnread": "Ref Variables"})
}

# Which key it is may be unknown, that there is one is not.
test_a_key_that_is_not_known_is_one if {
	key := {"at": "t.yaml#", "text": {"unknown": "Ref Key"}, "arn": sample.text("${key}")}
	rule.finding == set() with input as given({"environment": [table], "kmsKey": key})
}

given(fields) := sample.inventory({"functions": [sample.function(fields)]})
