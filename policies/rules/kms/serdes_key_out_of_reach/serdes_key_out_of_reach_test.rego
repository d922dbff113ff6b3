package durable_guard.rules.kms.serdes_key_out_of_reach_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.serdes_key_out_of_reach as rule

at := "t.yaml#/Resources/Fn/Properties/Environment/Variables/KEY_ARN"

role_arn := "arn:aws:iam::111122223333:role/order-workflow-role"

# Half of it is KMS001's.
test_either_is_enough_here if {
	every actions in [["kms:Encrypt", "kms:Decrypt"], ["kms:Encrypt"], ["kms:GenerateDataKey"], ["kms:Decrypt"]] {
		rule.finding == set() with input as given([sample.allow(actions, [sample.key_arn])], [sample.to_account])
		rule.examined == {"Fn"} with input as given([sample.allow(actions, [sample.key_arn])], [sample.to_account])
	}
}

test_by_key_policy_alone if {
	direct := sample.allow_to(["AWS", role_arn], ["kms:Encrypt", "kms:Decrypt"])
	rule.finding == set() with input as given([], [direct])
}

test_neither if {
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may neither encrypt nor decrypt with key Key",
		"evidence": [{"text": "kms:Encrypt is not allowed"}, {"text": "kms:Decrypt is not allowed"}],
		"paste": {"actions": ["kms:Encrypt", "kms:Decrypt"], "resources": [sample.key_arn]},
	}} with input as given([], [sample.to_account])
}

# Its key policy is not known, which is said.
test_a_key_outside_the_documents if {
	reference := sample.foreign_key_reference("/Properties/Environment/Variables/KEY_ARN")
	given_foreign := object.union(given([], []), {"functions": [sample.function({"serdesKeys": [reference]})]})
	[f.evidence | some f in rule.finding] == [[
		{"text": "kms:Encrypt is not allowed"},
		{"text": "kms:Decrypt is not allowed"},
		{"text": "the key is not in the documents: its key policy is taken to leave the decision to IAM policies"},
	]] with input as given_foreign
}

# The commonest mistake: the policy names the alias, and actions are authorised on the key.
test_alias_as_resource if {
	alias := sample.allow(["kms:*"], ["arn:aws:kms:eu-west-1:111122223333:alias/orders"])
	count(rule.finding) == 1 with input as given([alias], [sample.to_account])
}

test_key_policy_leaves_the_role_out if {
	admin := sample.allow_to(["AWS", "arn:aws:iam::111122223333:role/admin"], ["kms:*"])
	left_out := {"address": "Key", "at": "t.yaml#/Resources/Key/Properties/KeyPolicy"}
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may neither encrypt nor decrypt with key Key",
		"evidence": [
			{"text": "kms:Encrypt is not allowed"},
			object.union(left_out, {"text": "the key policy neither names the role nor leaves kms:Encrypt to IAM policies"}),
			{"text": "kms:Decrypt is not allowed"},
			object.union(left_out, {"text": "the key policy neither names the role nor leaves kms:Decrypt to IAM policies"}),
		],
		"paste": {
			"principal": role_arn,
			"actions": ["kms:Encrypt", "kms:Decrypt"],
			"resources": ["*"],
			"conditions": [],
		},
	}} with input as given([sample.allow(["kms:*"], ["*"])], [admin])
}

test_key_policy_denies if {
	statement := sample.allow_to(["AWS", role_arn], ["kms:*"])
	denies := object.union(statement, {"effect": {"known": "Deny"}})
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": "Role Role may neither encrypt nor decrypt with key Key",
		"evidence": [
			{"text": "kms:Encrypt is not allowed"},
			{
				"text": "a statement denies kms:Encrypt",
				"address": "Key",
				"at": "t.yaml#/Resources/Key/Properties/KeyPolicy/Statement/0",
			},
			{"text": "kms:Decrypt is not allowed"},
			{
				"text": "a statement denies kms:Decrypt",
				"address": "Key",
				"at": "t.yaml#/Resources/Key/Properties/KeyPolicy/Statement/0",
			},
		],
	}} with input as given([sample.allow(["kms:*"], ["*"])], [sample.to_account, denies])
}

test_unread_key_policy_is_neither_right_nor_wrong if {
	unread := object.union(given([], []), {"keys": [sample.key([], {"unread": "ImportValue Policy"})]})
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "unknown",
		"message": "Whether role Role may encrypt or decrypt with key Key is not settled",
		"evidence": [{"text": "kms:Encrypt is not settled"}, {"text": "kms:Decrypt is not settled"}],
	}} with input as unread
}

test_silent_about_a_role_outside_the_documents if {
	external := object.union(given([], [sample.to_account]), {"principals": [sample.role([], {"external": true})]})
	rule.finding == set() with input as external
}

test_silent_about_policies_that_cannot_be_read if {
	unread := sample.with_fields(sample.policy("0", []), {"unread": "the policy is not in the documents"})
	held := sample.with_fields(given([], [sample.to_account]), {"policies": [unread]})
	rule.finding == set() with input as held
	boundary := {"address": "Role", "at": "t.yaml#/Resources/Role", "policy": "0"}
	bounded := sample.with_fields(given([], [sample.to_account]), {
		"principals": [sample.role(["1"], {"boundary": boundary})],
		"policies": [unread, sample.policy("1", [sample.allow(["kms:*"], ["*"])])],
	})
	rule.finding == set() with input as bounded
}

# A durable function with a SerDes key, its role with one policy, and the key's policy.
given(statements, key_statements) := sample.inventory({
	"functions": [sample.function({"serdesKeys": [sample.key_reference("/Properties/Environment/Variables/KEY_ARN")]})],
	"principals": [sample.role(["0"], {})],
	"policies": [sample.policy("0", statements)],
	"keys": [sample.key(key_statements, {})],
})
