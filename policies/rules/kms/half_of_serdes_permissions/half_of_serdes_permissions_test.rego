package durable_guard.rules.kms.half_of_serdes_permissions_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.half_of_serdes_permissions as rule

at := "t.yaml#/Resources/Fn/Properties/Environment/Variables/KEY_ARN"

test_both_are_right if {
	every actions in [
		["kms:Encrypt", "kms:Decrypt"],
		["kms:GenerateDataKey", "kms:Decrypt"],
		["kms:ReEncrypt*", "kms:Decrypt"],
		["kms:*"],
	] {
		rule.finding == set() with input as given([sample.allow(actions, [sample.key_arn])])
		rule.examined == {"Fn"} with input as given([sample.allow(actions, [sample.key_arn])])
	}
}

test_encrypt_alone if {
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may encrypt but not decrypt with key Key",
		"evidence": [{"text": "kms:Encrypt is allowed"}, {"text": "kms:Decrypt is not allowed"}],
		"paste": {"actions": ["kms:Decrypt"], "resources": [sample.key_arn]},
	}} with input as given([sample.allow(["kms:Encrypt"], [sample.key_arn])])
}

test_data_keys_alone if {
	every action in [
		"kms:GenerateDataKey",
		"kms:GenerateDataKeyWithoutPlaintext",
		"kms:GenerateDataKeyPair",
		"kms:GenerateDataKeyPairWithoutPlaintext",
		"kms:ReEncryptTo",
	] {
		evidence([sample.allow([action], [sample.key_arn])]) == [
			{"text": $"{action} is allowed"},
			{"text": "kms:Decrypt is not allowed"},
		]
	}
}

test_decrypt_alone if {
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may decrypt but not encrypt with key Key",
		"evidence": [{"text": "kms:Decrypt is allowed"}, {"text": "kms:Encrypt is not allowed"}],
		"paste": {"actions": ["kms:Encrypt"], "resources": [sample.key_arn]},
	}} with input as given([sample.allow(["kms:Decrypt"], [sample.key_arn])])
}

# Reading back under the old key is not encrypting under it.
test_re_encrypt_from_does_not_encrypt if {
	some found in rule.finding with input as given([sample.allow(["kms:ReEncryptFrom", "kms:Decrypt"], [sample.key_arn])])
	found.message == "Role Role may decrypt but not encrypt with key Key"
}

# On different keys each half is missing.
test_halves_on_different_keys if {
	rule.finding == set() with input as given([sample.allow(["kms:Encrypt", "kms:Decrypt"], [sample.foreign_key_arn])])
	some found in rule.finding with input as given([
		sample.allow(["kms:Encrypt"], [sample.key_arn]),
		sample.allow(["kms:Decrypt"], [sample.foreign_key_arn]),
	])
	found.message == "Role Role may encrypt but not decrypt with key Key"
}

test_deny_is_told_and_not_pasted_over if {
	statements := [sample.allow(["kms:*"], ["*"]), sample.deny(["kms:Decrypt"], ["*"])]
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may encrypt but not decrypt with key Key",
		"evidence": [
			{"text": "kms:Encrypt is allowed"},
			{"text": "kms:Decrypt is not allowed"},
			{
				"text": "a statement denies kms:Decrypt",
				"address": "Role",
				"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/1",
			},
		],
	}} with input as given(statements)
}

# A statement that would not allow it anyway, or that is not needed, is no obstacle.
test_only_what_stands_in_the_way_is_told if {
	via := sample.condition("StringEquals", "kms:ViaService", ["lambda.eu-west-1.amazonaws.com"])
	evidence([
		sample.allow(["kms:Encrypt"], [sample.key_arn]),
		sample.with_conditions(sample.allow(["kms:Encrypt"], [sample.key_arn]), [via]),
		sample.with_conditions(sample.allow(["kms:Decrypt"], [sample.foreign_key_arn]), [via]),
	]) == [{"text": "kms:Encrypt is allowed"}, {"text": "kms:Decrypt is not allowed"}]
}

# The function's own code does not call KMS through a service.
test_condition_that_is_never_met if {
	via := sample.condition("StringEquals", "kms:ViaService", ["lambda.eu-west-1.amazonaws.com"])
	decrypt := sample.with_conditions(sample.allow(["kms:Decrypt"], [sample.key_arn]), [via])
	evidence([sample.allow(["kms:Encrypt"], [sample.key_arn]), decrypt]) == [
		{"text": "kms:Encrypt is allowed"},
		{"text": "kms:Decrypt is not allowed"},
		{
			"text": "a statement allows kms:Decrypt on a condition that is never met: kms:viaservice",
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
		},
	]
}

# The boundary is told of where the policies themselves allow.
test_permissions_boundary if {
	boundary := {
		"address": "Role",
		"at": "t.yaml#/Resources/Role/Properties/PermissionsBoundary",
		"policy": "boundary",
	}
	bounded := sample.inventory({
		"functions": [using(sample.key_reference("/Properties/Environment/Variables/KEY_ARN"))],
		"principals": [sample.role(["0"], {"boundary": boundary})],
		"policies": [
			sample.policy("0", [sample.allow(["kms:*"], ["*"])]),
			sample.policy("boundary", [sample.allow(["kms:Encrypt"], ["*"])]),
		],
		"keys": [sample.key([sample.to_account], {})],
	})
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may encrypt but not decrypt with key Key",
		"evidence": [
			{"text": "kms:Encrypt is allowed"},
			{"text": "kms:Decrypt is not allowed"},
			{
				"text": "the permissions boundary does not allow kms:Decrypt",
				"address": "Role",
				"at": "t.yaml#/Resources/Role/Properties/PermissionsBoundary",
			},
		],
	}} with input as bounded
}

# It is no obstacle where it allows what the policies do not, nor told of what neither allows.
test_permissions_boundary_that_is_not_the_cause if {
	every bounds in [["kms:*"], ["kms:Encrypt"]] {
		boundary := {"address": "Role", "at": "t.yaml#/Resources/Role", "policy": "boundary"}
		bounded := sample.with_fields(given([]), {
			"principals": [sample.role(["0"], {"boundary": boundary})],
			"policies": [
				sample.policy("0", [sample.allow(["kms:Encrypt"], ["*"])]),
				sample.policy("boundary", [sample.allow(bounds, ["*"])]),
			],
		})
		{found.evidence | some found in rule.finding} == {[
			{"text": "kms:Encrypt is allowed"},
			{"text": "kms:Decrypt is not allowed"},
		]} with input as bounded
	}
}

# A key policy that does not leave the decision to identity policies has to name the role.
test_key_policy_that_allows_one_half if {
	encrypt := sample.allow_to(["AWS", "arn:aws:iam::111122223333:role/order-workflow-role"], ["kms:Encrypt"])
	held := object.union(given([sample.allow(["kms:*"], ["*"])]), {"keys": [sample.key([encrypt], {})]})
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may encrypt but not decrypt with key Key",
		"evidence": [{"text": "kms:Encrypt is allowed"}, {"text": "kms:Decrypt is not allowed"}],
		"paste": {
			"principal": "arn:aws:iam::111122223333:role/order-workflow-role",
			"actions": ["kms:Decrypt"],
			"resources": ["*"],
			"conditions": [],
		},
	}} with input as held
}

# Its id is written when it is made: a statement refers to it.
test_key_with_a_generated_id if {
	generated := "arn:aws:kms:eu-west-1:111122223333:key/${Key}"
	reference := sample.with_fields(sample.key_reference("/Properties"), {"arn": sample.text(generated)})
	of := sample.with_fields(given([sample.allow(["kms:Encrypt"], ["*"])]), {
		"functions": [using(reference)],
		"keys": [sample.key([sample.to_account], {"arn": sample.text(generated)})],
	})
	some found in rule.finding with input as of
	found.paste == {"actions": ["kms:Decrypt"], "resources": [generated]}
}

# The key policy is not known and taken to be AWS's default.
test_key_outside_the_documents if {
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": $"Role Role may encrypt but not decrypt with key {sample.foreign_key_arn}",
		"evidence": [
			{"text": "kms:Encrypt is allowed"},
			{"text": "kms:Decrypt is not allowed"},
			{"text": "the key is not in the documents: its key policy is taken to leave the decision to IAM policies"},
		],
		"paste": {"actions": ["kms:Decrypt"], "resources": [sample.foreign_key_arn]},
	}} with input as using_foreign(sample.foreign_key_reference("/Properties/Environment/Variables/KEY_ARN"))
}

# No statement can be written for a key of which only the alias is known.
test_key_of_which_the_arn_is_not_known if {
	reference := {
		"at": at,
		"text": {"known": "alias/orders"},
		"arn": sample.text("arn:aws:kms:eu-west-1:111122223333:key/${alias/orders}"),
	}
	statements := [sample.allow(["kms:Encrypt"], ["*"])]
	some found in rule.finding with input as sample.inventory({
		"functions": [using(reference)],
		"principals": [sample.role(["0"], {})],
		"policies": [sample.policy("0", statements)],
	})
	found.message == "Role Role may encrypt but not decrypt with key alias/orders"
	not found.paste
}

test_unknown_condition_is_neither_right_nor_wrong if {
	context := sample.condition("StringEquals", "kms:EncryptionContext:order", ["x"])
	decrypt := sample.with_conditions(sample.allow(["kms:Decrypt"], [sample.key_arn]), [context])
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "unknown",
		"message": "Whether role Role may decrypt with key Key is not settled",
		"evidence": [{"text": "kms:Encrypt is allowed"}, {"text": "kms:Decrypt is not settled"}],
	}} with input as given([sample.allow(["kms:Encrypt"], [sample.key_arn]), decrypt])
}

# KMS002 speaks where neither is settled.
test_both_unknown if {
	context := sample.condition("StringEquals", "kms:EncryptionContext:order", ["x"])
	both := sample.with_conditions(sample.allow(["kms:*"], ["*"]), [context])
	rule.finding == set() with input as given([both])
}

# One half is certainly missing: with or without the other the function fails.
test_unknown_beside_a_missing_half if {
	context := sample.condition("StringEquals", "kms:EncryptionContext:order", ["x"])
	decrypt := sample.with_conditions(sample.allow(["kms:Decrypt"], [sample.key_arn]), [context])
	some found in rule.finding with input as given([decrypt])
	found.verdict == "deny"
	found.evidence == [{"text": "kms:Decrypt is not settled"}, {"text": "kms:Encrypt is not allowed"}]
}

# DUR001 says that a role cannot be read.
test_silent_about_what_cannot_be_read if {
	encrypt := [sample.allow(["kms:Encrypt"], [sample.key_arn])]
	external := object.union(given(encrypt), {"principals": [sample.role(["0"], {"external": true})]})
	rule.finding == set() with input as external
	unread := object.union(sample.policy("1", []), {"unread": "the policy is not in the documents"})
	attached := object.union(given(encrypt), {
		"principals": [sample.role(["0", "1"], {})],
		"policies": [sample.policy("0", encrypt), unread],
	})
	rule.finding == set() with input as attached
	boundary := {"address": "Role", "at": "t.yaml#/Resources/Role", "policy": "1"}
	bounded := object.union(given(encrypt), {
		"principals": [sample.role(["0"], {"boundary": boundary})],
		"policies": [sample.policy("0", [sample.allow(["kms:Encrypt", "kms:Decrypt"], ["*"])]), unread],
	})
	rule.finding == set() with input as bounded
}

# What is denied stays so, whatever the rest says.
test_denied_beside_what_cannot_be_read if {
	unread := sample.with_fields(sample.policy("1", []), {"unread": "the policy is not in the documents"})
	every actions in [["kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncryptTo"], ["kms:Decrypt"]] {
		denies := sample.policy("0", [sample.deny(actions, ["*"])])
		of := sample.with_fields(given([]), {
			"principals": [sample.role(["0", "1"], {})],
			"policies": [denies, unread],
		})
		some found in rule.finding with input as of
		found.verdict == "deny"
	}
}

test_every_key_is_told if {
	references := [sample.key_reference("/Properties/0"), sample.foreign_key_reference("/Properties/1")]
	two := sample.with_fields(given([sample.allow(["kms:Encrypt"], ["*"])]), {"functions": [sample.function({"serdesKeys": references})]})
	{found.at | some found in rule.finding} == {"t.yaml#/Resources/Fn/Properties/0", "t.yaml#/Resources/Fn/Properties/1"} with input as two
}

# A key is named once by its ARN and once by its id.
test_a_key_named_twice_is_told_once if {
	both := [
		sample.key_reference("/Properties/Environment/Variables/KEY_ARN"),
		sample.key_reference("/Properties/Environment/Variables/KEY_ID"),
	]
	twice := object.union(given([sample.allow(["kms:Encrypt"], ["*"])]), {"functions": [sample.function({"serdesKeys": both})]})
	{found.at | some found in rule.finding} == {at} with input as twice
}

test_a_signing_key_is_not_for_state if {
	signing := object.union(given([sample.allow(["kms:Encrypt"], ["*"])]), {"keys": [sample.key(
		[sample.to_account],
		{"usage": {"known": "SIGN_VERIFY"}},
	)]})
	rule.finding == set() with input as signing
	rule.examined == set() with input as signing
}

test_only_durable_functions_are_examined if {
	reference := sample.key_reference("/Properties/Environment/Variables/KEY_ARN")
	base := given([sample.allow(["kms:Encrypt"], ["*"])])
	maybe := sample.function({"serdesKeys": [reference], "durable": sample.durable({"certain": false})})
	every f in [maybe, object.remove(maybe, ["durable"])] {
		rule.examined == set() with input as object.union(base, {"functions": [f]})
		rule.finding == set() with input as object.union(base, {"functions": [f]})
	}
}

evidence(statements) := found.evidence if {
	some found in rule.finding with input as given(statements)
}

# A durable function with a SerDes key, and its role with one policy of these statements.
given(statements) := sample.inventory({
	"functions": [using(sample.key_reference("/Properties/Environment/Variables/KEY_ARN"))],
	"principals": [sample.role(["0"], {})],
	"policies": [sample.policy("0", statements)],
	"keys": [sample.key([sample.to_account], {})],
})

using(reference) := sample.function({"serdesKeys": [reference]})

using_foreign(reference) := sample.inventory({
	"functions": [using(reference)],
	"principals": [sample.role(["0"], {})],
	"policies": [sample.policy("0", [sample.allow(["kms:Encrypt"], [sample.foreign_key_arn])])],
})
