package durable_guard.rules.kms.key_for_environment_only_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.key_for_environment_only as rule

found := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn/Properties/DurableConfig",
	"verdict": "deny",
	"message": "Durable state of Fn is not encrypted with its KmsKeyArn, nor with another customer managed key",
	"evidence": [{"text": "KmsKeyArn is Key"}],
}

keyed := {"kmsKey": sample.key_reference("/Properties/KmsKeyArn")}

test_both_or_neither if {
	both := object.union(keyed, {"durable": sample.durable({"kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn")})})
	rule.finding == set() with input as given(both)
	rule.examined == {"Fn"} with input as given(both)
	rule.examined == set() with input as given({})
	rule.examined == set() with input as given({"kmsKey": mention({"known": ""})})
}

test_only_the_function if {
	rule.finding == {found} with input as given(keyed)
	empty := object.union(keyed, {"durable": sample.durable({"kmsKey": mention({"known": ""})})})
	rule.finding == {found} with input as given(empty)
}

test_own_encryption_will_do if {
	own := object.union(keyed, {"serdesKeys": [sample.key_reference("/Properties/Environment/Variables/KEY")]})
	rule.finding == set() with input as given(own)
}

test_not_durable if {
	rule.examined == set() with input as given(object.union(keyed, {"durable": sample.durable({"certain": false})}))
	plain := object.remove(sample.function(keyed), ["durable"])
	rule.examined == set() with input as sample.inventory({"functions": [plain]})
}

test_a_type_without_the_argument if {
	keyless := object.union(keyed, {"durable": sample.durable({"keyless": true})})
	rule.finding == set() with input as given(keyless)
	rule.examined == set() with input as given(keyless)
}

# Which key it is may be unknown, that there is one is not.
test_a_key_that_is_not_known_is_one if {
	unread := mention({"unknown": "Ref Key"})
	rule.finding == {sample.with_fields(found, {"evidence": [{"text": "KmsKeyArn is unknown (Ref Key)"}]})} with input as given({"kmsKey": unread})
	rule.finding == set() with input as given(object.union(keyed, {"durable": sample.durable({"kmsKey": unread})}))
}

mention(text) := {"at": "t.yaml#", "text": text, "arn": sample.text("${key}")}

given(fields) := sample.inventory({"functions": [sample.function(fields)], "keys": [sample.key([], {})]})
