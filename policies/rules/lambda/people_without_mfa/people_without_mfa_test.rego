package durable_guard.rules.lambda.people_without_mfa_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.people_without_mfa as rule

test_password_alone if {
	rule.finding == {{
		"address": "Ana",
		"at": "t.yaml#/Resources/Ana",
		"verdict": "deny",
		"message": "User Ana may sign in to the console without a second factor",
		"evidence": [],
	}} with input as account([allow({})], [strong])
}

test_second_factor if {
	every statements in [
		[allow({}), deny_without([condition("Bool", "false")], ["*"], [])],
		[allow({}), deny_without([condition("Bool", "False")], [], ["iam:EnableMFADevice"])],
		[allow({"conditions": [condition("Bool", "true")]})],
		[],
	] {
		rule.finding == set() with input as account(statements, [strong])
		rule.examined == {"Ana", "Passwords"} with input as account(statements, [strong])
	}
}

test_what_is_no_second_factor if {
	every statements in [
		# One action, another key, another operator, the other way round, some of what is allowed.
		[allow({}), deny_without([condition("Bool", "false")], ["s3:GetObject"], [])],
		[allow({}), deny_without([object.union(condition("Bool", "false"), {"key": "aws:securetransport"})], ["*"], [])],
		[allow({}), deny_without([condition("StringEquals", "false")], ["*"], [])],
		[allow({}), deny_without([condition("Bool", "true")], ["*"], [])],
		[allow({}), deny_without([], ["*"], [])],
		[allow({"conditions": [condition("Bool", "true")]}), allow({})],
		[allow({"conditions": [condition("Bool", "false")], "actions": [{"text": "*"}]})],
	] {
		verdicts(account(statements, [strong])) == {"deny"}
	}
}

test_policies_that_are_not_read if {
	unread := {"policies": [{"id": "P", "statements": [], "unread": "Ref Document"}]}
	verdicts(object.union(account([], [strong]), unread)) == {"unknown"}
	verdicts(object.union(account([], [strong]), {"policies": []})) == {"unknown"}
	partly := {"policies": [{"id": "P", "statements": [allow({})], "unread": "Ref Statement"}]}
	verdicts(object.union(account([], [strong]), partly)) == {"unknown"}
	asks := [allow({"conditions": [condition("Bool", "true")]})]
	verdicts(object.union(account([], [strong]), {"policies": [{"id": "P", "statements": asks, "unread": "Ref Statement"}]})) == {"unknown"}
	denies := [deny_without([condition("Bool", "false")], ["*"], [])]
	verdicts(object.union(account([], [strong]), {"policies": [{"id": "P", "statements": denies, "unread": "Ref Statement"}]})) == set()
	effect := sample.with_fields(allow({}), {"effect": {"unknown": "Ref Effect"}})
	verdicts(account([effect], [strong])) == {"unknown"}
}

test_only_users_with_a_console_password if {
	every other in [object.remove(ana, ["console"]), object.union(ana, {"kind": "role"}), object.union(ana, {"kind": "group"})] {
		others := {"principals": [other]}
		rule.finding == set() with input as object.union(account([allow({})], [strong]), others)
		rule.examined == {"Passwords"} with input as object.union(account([allow({})], [strong]), others)
	}
}

test_first_password_may_stay if {
	kept := {
		"address": "Ana",
		"at": "t.yaml#/Resources/Ana/LoginProfile",
		"verdict": "deny",
		"severity": "low",
		"message": "User Ana may keep the first password",
		"evidence": [{"text": "that another one has to be chosen at first sign-in is false"}],
	}
	rule.finding == {kept} with input as resetting({"known": false})
	rule.finding == {object.union(kept, {
		"verdict": "unknown",
		"evidence": [{"text": "that another one has to be chosen at first sign-in is unknown (var.reset)"}],
	})} with input as resetting({"unknown": "var.reset"})
}

resetting(required) := object.union(
	account([], [strong]),
	{"principals": [sample.with_fields(ana, {"console": sample.with_fields(ana.console, {"resetRequired": required})})]},
)

test_password_policy_elsewhere_is_unknown if {
	rule.finding == {{
		"address": "Ana",
		"at": "t.yaml#/Resources/Ana",
		"verdict": "unknown",
		"message": "The account's password policy is not in the documents",
		"evidence": [],
	}} with input as object.union(account([], []), {"format": "terraform"})
	rule.finding == set() with input as object.union(account([], []), {"format": "cloudformation"})
	rule.finding == set() with input as object.union(account([], [strong]), {"format": "terraform"})
	rule.finding == set() with input as sample.inventory({"format": "terraform", "passwordPolicies": []})
}

test_weak_passwords if {
	weak := object.union(strong, {"minimumLength": {"known": 13}, "requireSymbols": {"known": false}})
	rule.finding == {{
		"address": "Passwords",
		"at": "t.yaml#/Resources/Passwords",
		"verdict": "deny",
		"message": "The account's password policy is weak",
		"evidence": [
			{"text": "passwords need 13 characters, not 14"},
			{"text": "that they need a symbol is false"},
		],
	}} with input as account([], [weak])
}

test_each_kind_of_character_is_asked_for if {
	said := {
		"requireLowercase": "that they need a lower case letter is false",
		"requireNumbers": "that they need a number is false",
		"requireSymbols": "that they need a symbol is false",
		"requireUppercase": "that they need a upper case letter is false",
	}
	every field, text in said {
		found := rule.finding with input as account([], [object.union(strong, {field: {"known": false}})])
		{f.evidence | some f in found} == {[{"text": text}]}
	}
}

test_password_policy_that_is_not_known if {
	unread := sample.with_fields(strong, {"minimumLength": {"unknown": "var.length"}})
	rule.finding == {{
		"address": "Passwords",
		"at": "t.yaml#/Resources/Passwords",
		"verdict": "unknown",
		"message": "The account's password policy is weak",
		"evidence": [{"text": "passwords need unknown (var.length) characters, not 14"}],
	}} with input as account([], [unread])
}

verdicts(inventory) := {f.verdict | some f in found} if {
	found := rule.finding with input as inventory
}

account(statements, password_policies) := sample.inventory({
	"principals": [ana],
	"policies": [{"id": "P", "statements": statements}],
	"passwordPolicies": password_policies,
})

ana := {
	"address": "Ana",
	"at": "t.yaml#/Resources/Ana",
	"kind": "user",
	"console": {"at": "t.yaml#/Resources/Ana/LoginProfile", "resetRequired": {"known": true}},
	"policies": [{"policy": "P"}],
}

strong := {
	"address": "Passwords",
	"at": "t.yaml#/Resources/Passwords",
	"minimumLength": {"known": 14},
	"requireSymbols": {"known": true},
	"requireNumbers": {"known": true},
	"requireUppercase": {"known": true},
	"requireLowercase": {"known": true},
}

allow(fields) := sample.with_fields(sample.statement({"actions": [{"text": "lambda:UpdateFunctionCode"}]}), fields)

deny_without(conditions, actions, not_actions) := sample.statement({
	"effect": {"known": "Deny"},
	"actions": [{"text": action} | some action in actions],
	"notActions": [{"text": action} | some action in not_actions],
	"conditions": conditions,
})

condition(operator, value) := {
	"operator": operator,
	"key": "aws:multifactorauthpresent",
	"values": [{"text": value}],
}
