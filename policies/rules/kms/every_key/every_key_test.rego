package durable_guard.rules.kms.every_key_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.every_key as rule

at := "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0"

runs := {"text": "function Fn runs with it", "address": "Fn", "at": "t.yaml#/Resources/Fn"}

test_named_keys_are_right if {
	every resource in [sample.key_arn, "arn:aws:kms:eu-west-1:111122223333:key/${Key}", "arn:aws:kms:eu-west-1:111122223333:key/mrk-*"] {
		rule.finding == set() with input as given([allow(["kms:Decrypt"], [resource])])
		rule.examined == {"Role"} with input as given([allow(["kms:Decrypt"], [resource])])
	}
}

test_decrypt_with_every_key if {
	rule.finding == {{
		"address": "Role",
		"at": at,
		"verdict": "deny",
		"message": "Resource * lets kms:Decrypt, kms:GenerateDataKey* reach every key",
		"evidence": [{"text": "Resource is *"}, runs],
	}} with input as given([allow(["kms:Decrypt", "kms:GenerateDataKey*", "s3:GetObject"], ["*"])])
}

test_ways_to_write_every_key if {
	every resource in [
		"arn:aws:kms:*:*:*",
		"arn:aws:kms:*",
		"arn:aws:kms:eu-west-1:111122223333:key/*",
		"arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*",
	] {
		some found in rule.finding with input as given([allow(["kms:Decrypt"], [sample.key_arn, resource])])
		found.message == $"Resource {resource} lets kms:Decrypt reach every key"
		found.verdict == "deny"
	}
}

# ListKeys and the like only work on `*`; AWS says which those are, the front end notes the others as scopable.
test_actions_that_cannot_be_limited_are_not_accused if {
	unscopable := not_scopable(allow(["kms:ListKeys"], ["*"]))
	rule.finding == set() with input as given([unscopable, allow(["s3:GetObject", "s3:Get${what}"], ["*"])])
}

test_what_only_describes_is_less_severe if {
	{found.severity | some found in rule.finding} == {"medium"} with input as given([allow(["kms:DescribeKey", "kms:ListGrants"], ["*"])])
	some found in rule.finding with input as given([allow(["kms:DescribeKey", "kms:Decrypt"], ["*"])])
	not found.severity
}

test_use_through_a_service_is_milder if {
	every key in ["kms:ViaService", "kms:EncryptionContext:app"] {
		through := sample.with_conditions(allow(["kms:Decrypt"], ["*"]), [sample.condition("StringEquals", key, ["x"])])
		rule.finding == {{
			"address": "Role",
			"at": at,
			"verdict": "deny",
			"level": "warn",
			"message": "Resource * lets kms:Decrypt reach every key",
			"evidence": [{"text": "Resource is *"}, {"text": $"a condition on {lower(key)} applies"}, runs],
		}} with input as given([through])
	}
	account := sample.condition("StringEquals", "kms:CallerAccount", ["111122223333"])
	some found in rule.finding with input as given([sample.with_conditions(allow(["kms:Decrypt"], ["*"]), [account])])
	not found.level
}

test_a_condition_can_pick_keys if {
	every key in ["kms:ResourceAliases", "kms:RequestAlias", "aws:ResourceTag/app"] {
		picked := sample.with_conditions(allow(["kms:Decrypt"], ["*"]), [sample.condition("StringEquals", key, ["x"])])
		rule.finding == set() with input as given([picked])
	}
}

test_kms_star_even_on_one_key if {
	rule.finding == {{
		"address": "Role",
		"at": at,
		"verdict": "deny",
		"message": "Action kms:* allows every action on keys",
		"evidence": [{"text": $"Resource is {sample.key_arn}"}, runs],
	}} with input as given([allow(["KMS:*"], [sample.key_arn])])
}

test_kms_star_is_told_once if {
	every action in ["kms:*", "kms:${what}"] {
		count(rule.finding) == 1 with input as given([allow([action], ["*"])])
	}
}

# Action `*` is WLD001's, Allow with NotAction WLD003's.
test_every_action_of_every_service_is_left_to_others if {
	all_but := sample.with_fields(allow([], ["*"]), {"notActions": [sample.action("s3:*")]})
	rule.finding == set() with input as given([allow(["*"], ["*"]), all_but])
}

test_deny_statements_are_right if {
	rule.finding == set() with input as given([sample.deny(["kms:*"], ["*"]), sample.with_fields(sample.deny(["kms:Decrypt"], ["*"]), {"scopable": ["kms:Decrypt"]})])
}

test_milder_where_no_function_runs_with_it if {
	unused := sample.with_fields(sample.policy("0", [allow(["kms:Decrypt"], ["*"])]), {"functions": []})
	found := rule.finding with input as sample.inventory({"policies": [unused]})
	{each.level | some each in found} == {"warn"}
	all_actions := sample.with_fields(sample.policy("0", [allow(["kms:*"], ["*"])]), {"functions": []})
	found_all := rule.finding with input as sample.inventory({"policies": [all_actions]})
	{each.level | some each in found_all} == {"warn"}
}

test_unknown_is_neither_right_nor_wrong if {
	effect := sample.with_fields(allow(["kms:Decrypt"], ["*"]), {"effect": {"unknown": "Ref Effect"}})
	unread := sample.with_conditions(allow(["kms:Decrypt"], ["*"]), [sample.condition("", "", ["${condition}"])])
	whole := allow(["kms:${what}"], ["*"])
	some_actions := allow(["kms:Generate${what}"], ["*"])
	resource := allow(["kms:Decrypt"], ["${keys}"])
	every statement in [effect, unread, resource, not_scopable(whole), not_scopable(some_actions)] {
		some found in rule.finding with input as given([statement])
		found.verdict == "unknown"
	}
	some found in rule.finding with input as given([resource])
	found.message == "Resource ${keys} may let kms:Decrypt reach every key"
}

# A key policy's own `*` is its key, and kms:* there is right for the account.
test_key_policy if {
	role_arn := "arn:aws:iam::111122223333:role/order-workflow-role"
	rule.finding == set() with input as with_key([sample.to_account, sample.allow_to(["AWS", role_arn], ["kms:Decrypt"])])
	rule.examined == {"Role", "Key"} with input as with_key([])
	rule.finding == {{
		"address": "Key",
		"at": "t.yaml#/Resources/Key/Properties/KeyPolicy/Statement/0",
		"verdict": "deny",
		"message": "The policy of key Key allows role Role every action on it",
		"evidence": [{"text": "function Fn runs with it"}],
	}} with input as with_key([sample.to_account, sample.allow_to(["AWS", role_arn], ["kms:*"])])
	administrator := sample.allow_to(["AWS", "arn:aws:iam::111122223333:role/admin"], ["kms:*"])
	rule.finding == set() with input as with_key([administrator])
	denied := sample.with_fields(sample.allow_to(["AWS", role_arn], ["kms:*"]), {"effect": {"known": "Deny"}})
	rule.finding == set() with input as with_key([denied])
}

# A role of no function is its owner's business.
test_key_policy_for_an_unused_role if {
	everything := sample.allow_to(["AWS", "arn:aws:iam::111122223333:role/order-workflow-role"], ["kms:*"])
	unused := sample.with_fields(with_key([everything]), {"principals": [sample.role([], {"functions": []})]})
	rule.finding == set() with input as unused
}

allow(actions, resources) := sample.with_fields(
	sample.allow(actions, resources),
	{"scopable": actions},
)

not_scopable(statement) := sample.with_fields(statement, {"scopable": []})

given(statements) := sample.inventory({
	"functions": [sample.function({})],
	"principals": [sample.role(["0"], {})],
	"policies": [sample.policy("0", statements)],
})

with_key(statements) := sample.with_fields(given([]), {"keys": [sample.key(statements, {})]})
