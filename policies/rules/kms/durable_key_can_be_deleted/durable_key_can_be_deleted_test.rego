package durable_guard.rules.kms.durable_key_can_be_deleted_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.durable_key_can_be_deleted as rule

found := {
	"address": "Key",
	"at": "t.yaml#/Resources/Key",
	"verdict": "deny",
	"message": "Key Key must be retained, or wait 30 days before it is deleted",
	"evidence": [
		{"text": `DeletionPolicy is "Delete"`},
		{"text": "the pending window is 7 days"},
		{"text": "Fn encrypts its durable state with it"},
	],
}

test_either_is_enough if {
	every fields in [
		{},
		{"deletionPolicy": {"known": "Retain"}, "pendingWindow": {"known": 7}},
		{"deletionPolicy": {"known": "RetainExceptOnCreate"}, "pendingWindow": {"known": 7}},
	] {
		rule.finding == set() with input as given(fields)
		rule.examined == {"Key"} with input as given(fields)
	}
}

test_neither if {
	rule.finding == {found} with input as given({"pendingWindow": {"known": 7}})
	some almost in rule.finding with input as given({"pendingWindow": {"known": 29}})
	almost.verdict == "deny"
}

test_unknown_is_neither_right_nor_wrong if {
	rule.finding == {sample.with_fields(found, {"verdict": "unknown", "evidence": [
		{"text": "DeletionPolicy is unknown (a plan)"},
		{"text": "the pending window is 7 days"},
		{"text": "Fn encrypts its durable state with it"},
	]})} with input as given({"pendingWindow": {"known": 7}, "deletionPolicy": {"unknown": "a plan"}})
	some window in rule.finding with input as given({"pendingWindow": {"unknown": "Ref Days"}})
	window.verdict == "unknown"
	rule.finding == set() with input as given({"deletionPolicy": {"unknown": "a plan"}})
}

test_only_keys_of_durable_state if {
	short := {"keys": [sample.key([], {"pendingWindow": {"known": 7}})]}
	environment := sample.function({"kmsKey": sample.key_reference("/Properties/KmsKeyArn")})
	maybe := sample.function({"durable": sample.durable({
		"certain": false,
		"kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn"),
	})})
	every f in [environment, maybe] {
		rule.finding == set() with input as sample.inventory(object.union(short, {"functions": [f]}))
		rule.examined == set() with input as sample.inventory(object.union(short, {"functions": [f]}))
	}
}

given(fields) := sample.inventory({
	"functions": [sample.function({"durable": sample.durable({"kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn")})})],
	"keys": [sample.key([], fields)],
})
