package durable_guard.rules.kms.sensitive_without_own_key_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.sensitive_without_own_key as rule

found := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn/Properties/DurableConfig",
	"verdict": "deny",
	"message": "Durable state of Fn, which is sensitive, is not under a customer managed key",
	"evidence": [{"text": "it is tagged data"}],
}

personal := [{"name": "data", "value": {"known": "personal"}}, {"name": "team", "value": {"known": "orders"}}]

test_under_a_key if {
	durable_key := sample.durable({"kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn")})
	rule.finding == set() with input as given({"tags": personal, "durable": durable_key}, ["data=personal"])
	rule.examined == {"Fn"} with input as given({"tags": personal, "durable": durable_key}, ["data=personal"])
	rule.finding == set() with input as given({"tags": personal, "serdesKeys": [sample.key_reference("/Properties")]}, ["data"])
}

test_under_no_key if {
	every setting in ["data", "data=personal"] {
		rule.finding == {found} with input as given({"tags": personal}, [setting])
	}
	empty := sample.durable({"kmsKey": {"at": "t.yaml#", "text": {"known": ""}, "arn": sample.text("")}})
	rule.finding == {found} with input as given({"tags": personal, "durable": empty}, ["data"])
}

test_not_sensitive if {
	every settings in [[], ["data=public"], ["secrecy"], ["dat"], ["orders"]] {
		rule.finding == set() with input as given({"tags": personal}, settings)
		rule.examined == set() with input as given({"tags": personal}, settings)
	}
	maybe := {"tags": personal, "durable": sample.durable({"certain": false})}
	rule.examined == set() with input as given(maybe, ["data"])
}

test_unknown_is_neither_right_nor_wrong if {
	unread := [{"name": "data", "value": {"unknown": "Ref Class"}}]
	rule.finding == {sample.with_fields(found, {"verdict": "unknown"})} with input as given({"tags": unread}, ["data=personal"])
}

# Which key it is may be unknown, that there is one is not.
test_a_key_that_is_not_known_is_one if {
	key := sample.durable({"kmsKey": {"at": "t.yaml#", "text": {"unknown": "Ref Key"}, "arn": sample.text("${key}")}})
	rule.finding == set() with input as given({"tags": personal, "durable": key}, ["data"])
}

given(fields, tags) := sample.inventory({
	"functions": [sample.function(fields)],
	"settings": {"sensitiveTags": tags},
})
