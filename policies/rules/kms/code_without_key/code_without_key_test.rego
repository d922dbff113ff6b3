package durable_guard.rules.kms.code_without_key_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.code_without_key as rule

found := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn",
	"verdict": "deny",
	"message": "The code package of Fn is not under a customer managed key",
	"evidence": [],
}

test_under_a_key if {
	keyed := {"sourceKmsKey": sample.key_reference("/Properties/Code/SourceKMSKeyArn")}
	rule.finding == set() with input as given(keyed)
	rule.examined == {"Fn"} with input as given(keyed)
}

test_under_no_key if {
	rule.finding == {found} with input as given({})
	rule.finding == {found} with input as given({"sourceKmsKey": mention({"known": ""})})
}

test_images_have_none if {
	rule.finding == set() with input as given({"packageType": {"known": "Image"}})
	rule.examined == set() with input as given({"packageType": {"known": "Image"}})
}

test_unknown_is_neither_right_nor_wrong if {
	unsure := sample.with_fields(found, {"verdict": "unknown"})
	rule.finding == {unsure} with input as given({"packageType": {"unknown": "Ref Type"}})
}

# Which key it is may be unknown, that there is one is not.
test_a_key_that_is_not_known_is_one if {
	rule.finding == set() with input as given({"sourceKmsKey": mention({"unknown": "Ref Key"})})
}

mention(text) := {"at": "t.yaml#", "text": text, "arn": sample.text("${key}")}

given(fields) := sample.inventory({"functions": [sample.function(fields)]})
