package durable_guard.rules.kms.key_open_to_everyone_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.key_open_to_everyone as rule

at := "t.yaml#/Resources/Key/Properties/KeyPolicy/Statement/0"

everyone := sample.allow_to(["*", "*"], ["kms:Decrypt"])

test_named_principals_are_right if {
	named := [sample.to_account, sample.allow_to(["Service", "lambda.amazonaws.com"], ["kms:Decrypt"])]
	rule.finding == set() with input as given(named)
	rule.examined == {"Key"} with input as given(named)
}

test_everyone if {
	rule.finding == {{
		"address": "Key",
		"at": at,
		"verdict": "deny",
		"message": "The policy of key Key opens it to everyone",
		"evidence": [{"text": "it allows kms:Decrypt"}],
	}} with input as given([everyone])
}

test_everyone_but_some if {
	but := sample.with_fields(sample.to_account, {"principals": [], "notPrincipals": sample.to_account.principals})
	some found in rule.finding with input as given([but])
	found.verdict == "deny"
}

test_a_deny_to_everyone_is_right if {
	rule.finding == set() with input as given([sample.with_fields(everyone, {"effect": {"known": "Deny"}})])
}

test_each_key_that_says_whose if {
	every key in [
		"aws:PrincipalAccount",
		"aws:PrincipalArn",
		"aws:PrincipalOrgID",
		"aws:PrincipalOrgPaths",
		"aws:SourceAccount",
		"aws:SourceArn",
		"aws:SourceOrgID",
		"aws:SourceOrgPaths",
		"aws:SourceVpc",
		"aws:SourceVpce",
		"aws:userid",
		"kms:CallerAccount",
	] {
		condition := sample.condition("StringEquals", key, ["111122223333"])
		rule.finding == set() with input as given([sample.with_conditions(everyone, [condition])])
	}
}

test_each_operator_that_says_whose if {
	every operator in ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"] {
		condition := sample.condition(operator, "aws:PrincipalArn", ["arn:aws:iam::111122223333:role/*"])
		rule.finding == set() with input as given([sample.with_conditions(everyone, [condition])])
	}
}

# A service, an encryption context, anything at all: none of them says whose.
test_conditions_that_do_not if {
	if_exists := sample.with_fields(sample.condition("StringEquals", "aws:PrincipalOrgID", ["o-1"]), {"ifExists": true})
	every condition in [
		sample.condition("StringEquals", "kms:ViaService", ["s3.eu-west-1.amazonaws.com"]),
		sample.condition("StringLike", "aws:PrincipalOrgID", ["o-1", "*"]),
		sample.condition("StringNotEquals", "aws:PrincipalOrgID", ["o-1"]),
		if_exists,
	] {
		rule.finding == {{
			"address": "Key",
			"at": at,
			"verdict": "deny",
			"message": "The policy of key Key opens it to everyone",
			"evidence": [{"text": "it allows kms:Decrypt"}, {"text": $"its condition on {condition.key} does not say whose"}],
		}} with input as given([sample.with_conditions(everyone, [condition])])
	}
}

test_unknown_is_neither_right_nor_wrong if {
	may_open := {
		"address": "Key",
		"at": at,
		"verdict": "unknown",
		"message": "The policy of key Key may open it to everyone",
		"evidence": [{"text": "it allows kms:Decrypt"}],
	}
	every statement in [
		sample.with_fields(everyone, {"effect": {"unknown": "Ref Effect"}}),
		sample.allow_to(["unknown", "${Principal}"], ["kms:Decrypt"]),
		sample.with_conditions(everyone, [sample.condition("", "", ["${condition}"])]),
	] {
		rule.finding == {may_open} with input as given([statement])
	}
}

test_unread_policy_is_unknown if {
	unread := sample.with_fields(given([]), {"keys": [sample.key([], {"unread": "ImportValue Policy"})]})
	rule.finding == {{
		"address": "Key",
		"at": "t.yaml#/Resources/Key/Properties/KeyPolicy",
		"verdict": "unknown",
		"message": "Whether the policy of key Key is open to everyone cannot be read",
		"evidence": [{"text": "ImportValue Policy"}],
	}} with input as unread
}

given(statements) := sample.inventory({"keys": [sample.key(statements, {})]})
