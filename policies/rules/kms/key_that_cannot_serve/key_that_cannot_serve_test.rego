package durable_guard.rules.kms.key_that_cannot_serve_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.key_that_cannot_serve as rule

at := "t.yaml#/Resources/Fn/Properties/DurableConfig/KMSKeyArn"

test_a_symmetric_key_is_right if {
	rule.finding == set() with input as given({})
	rule.examined == {"Fn", "Key"} with input as given({})
}

test_asymmetric_and_hmac if {
	every spec in ["RSA_2048", "HMAC_256"] {
		rule.finding == {{
			"address": "Fn",
			"at": at,
			"verdict": "deny",
			"message": "Key Key must be symmetric to encrypt durable state of Fn",
			"evidence": [{"text": $`its spec is "{spec}"`}],
		}} with input as given({"spec": {"known": spec}, "usage": {"known": "SIGN_VERIFY"}})
	}
}

test_usage if {
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Key Key must be one to encrypt with, for durable state of Fn",
		"evidence": [{"text": `its usage is "SIGN_VERIFY"`}],
	}} with input as given({"usage": {"known": "SIGN_VERIFY"}})
}

test_disabled if {
	rule.finding == {{
		"address": "Key",
		"at": "t.yaml#/Resources/Key",
		"verdict": "deny",
		"message": "Key Key must be enabled, as functions use it",
		"evidence": [{"text": "Fn uses it"}],
	}} with input as given({"enabled": {"known": false}})
}

test_a_key_nobody_uses_may_be_disabled if {
	unused := sample.inventory({"keys": [sample.key([], {"enabled": {"known": false}, "usedBy": []})]})
	rule.finding == set() with input as unused
	rule.examined == set() with input as unused
}

test_unknown_is_neither_right_nor_wrong if {
	every case in [
		[{"spec": {"unknown": "Ref Spec"}}, "Key Key must be symmetric to encrypt durable state of Fn", "its spec is unknown (Ref Spec)"],
		[{"usage": {"unknown": "Ref Usage"}}, "Key Key must be one to encrypt with, for durable state of Fn", "its usage is unknown (Ref Usage)"],
		[{"enabled": {"unknown": "Ref On"}}, "Key Key must be enabled, as functions use it", "Fn uses it"],
	] {
		some found in rule.finding with input as given(case[0])
		found.verdict == "unknown"
		found.message == case[1]
		found.evidence == [{"text": case[2]}]
	}
}

test_other_region if {
	foreign := "arn:aws:kms:us-east-1:111122223333:key/1234abcd"
	every f in [
		sample.function({"durable": sample.durable({"kmsKey": mention("/Properties/DurableConfig/KMSKeyArn", foreign)})}),
		sample.function({"kmsKey": mention("/Properties/KmsKeyArn", foreign)}),
		sample.function({"sourceKmsKey": mention("/Properties/Code/SourceKMSKeyArn", foreign)}),
	] {
		found := rule.finding with input as sample.inventory({"functions": [f]})
		{each.evidence | some each in found} == {[{"text": "the key is of us-east-1, the function of eu-west-1"}]}
	}
	in_code := sample.function({"sourceKmsKey": mention("/Properties/Code/SourceKMSKeyArn", foreign)})
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn/Properties/Code/SourceKMSKeyArn",
		"verdict": "deny",
		"message": $"Key {foreign} must be of the function's own Region to encrypt the code package of Fn",
		"evidence": [{"text": "the key is of us-east-1, the function of eu-west-1"}],
	}} with input as sample.inventory({"functions": [in_code]})
}

# Where the function is deployed to is not known, or the mention does not say a Region.
test_region_that_is_not_said if {
	every case in [
		["arn:aws:kms:us-east-1:111122223333:key/1", "${AWS::Region}"],
		["arn:${AWS::Partition}:kms:${AWS::Region}:111122223333:key/1", "eu-west-1"],
		["alias/orders", "eu-west-1"],
		["arn:${AWS::Partition}:kms:eu-west-1:111122223333:key/1", "eu-west-1"],
	] {
		f := sample.function({"kmsKey": mention("/Properties/KmsKeyArn", case[0])})
		deployment := {"partition": "aws", "region": case[1], "account": "111122223333"}
		rule.finding == set() with input as sample.inventory({"functions": [f], "deployment": deployment})
	}
}

test_what_the_key_is_for if {
	asymmetric := sample.key([], {"spec": {"known": "RSA_2048"}})
	f := sample.function({
		"kmsKey": sample.key_reference("/Properties/KmsKeyArn"),
		"sourceKmsKey": sample.key_reference("/Properties/Code/SourceKMSKeyArn"),
	})
	found := rule.finding with input as sample.inventory({"functions": [f], "keys": [asymmetric]})
	{each.message | some each in found} == {
		"Key Key must be symmetric to encrypt the environment of Fn",
		"Key Key must be symmetric to encrypt the code package of Fn",
	}
}

# Whether the function is durable at all is DUR001's question.
test_only_certain_durable_state if {
	maybe := sample.durable({"certain": false, "kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn")})
	unsure := sample.with_fields(given({"spec": {"known": "RSA_2048"}}), {"functions": [sample.function({"durable": maybe})]})
	rule.finding == set() with input as unsure
}

mention(path, arn) := {"at": sample.at("Fn", path), "text": {"known": arn}, "arn": sample.text(arn)}

given(fields) := sample.inventory({
	"functions": [sample.function({"durable": sample.durable({"kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn")})})],
	"keys": [sample.key([], fields)],
})
