package durable_guard.rules.kms.durable_key_without_its_policy_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.durable_key_without_its_policy as rule

at := "t.yaml#/Resources/Fn/Properties/DurableConfig/KMSKeyArn"

function_arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

role_arn := "arn:aws:iam::111122223333:role/order-workflow-role"

statement_at := "t.yaml#/Resources/Key/Properties/KeyPolicy/Statement/0"

context_key := "kms:EncryptionContext:aws:lambda:FunctionArn"

# The statements of "Encrypting durable execution data".
for_lambda := sample.with_conditions(
	sample.allow_to(["Service", "lambda.amazonaws.com"], ["kms:GenerateDataKey", "kms:Decrypt"]),
	[
		sample.condition("StringEquals", "aws:SourceAccount", ["111122223333"]),
		sample.condition("StringEquals", "aws:SourceArn", [function_arn]),
		sample.condition("StringEquals", context_key, [function_arn]),
	],
)

for_role := sample.with_conditions(sample.allow_to(["AWS", role_arn], ["kms:Decrypt"]), [
	sample.condition("StringEquals", "kms:ViaService", ["lambda.eu-west-1.amazonaws.com"]),
	sample.condition("StringEquals", context_key, [function_arn]),
])

lambda_message := "The policy of key Key must let lambda.amazonaws.com generate data keys and decrypt for Fn"

lambda_paste := {
	"principal": "lambda.amazonaws.com",
	"actions": ["kms:GenerateDataKey", "kms:Decrypt"],
	"resources": ["*"],
	"conditions": [
		{"operator": "StringEquals", "key": "aws:SourceAccount", "value": "111122223333"},
		{"operator": "StringEquals", "key": "aws:SourceArn", "value": function_arn},
		{"operator": "StringEquals", "key": context_key, "value": function_arn},
	],
}

role_message := "Role Role must be allowed to decrypt with key Key when Lambda reads the state of Fn"

role_paste := {
	"principal": role_arn,
	"actions": ["kms:Decrypt"],
	"resources": ["*"],
	"conditions": [
		{"operator": "StringEquals", "key": "kms:ViaService", "value": "lambda.eu-west-1.amazonaws.com"},
		{"operator": "StringEquals", "key": context_key, "value": function_arn},
	],
}

without_lambda := {
	"address": "Fn",
	"at": at,
	"verdict": "deny",
	"message": lambda_message,
	"evidence": [{"text": "kms:GenerateDataKey is not allowed"}, {"text": "kms:Decrypt is not allowed"}],
	"paste": lambda_paste,
}

test_as_aws_writes_it if {
	rule.finding == set() with input as given([for_lambda, for_role])
	rule.examined == {"Fn"} with input as given([for_lambda, for_role])
}

# The role's half by the account's statement and an identity policy.
test_role_by_identity_policy if {
	rule.finding == set() with input as holding([sample.allow(["kms:Decrypt"], [sample.key_arn])], [for_lambda, sample.to_account])
}

# AWS's default key policy says nothing of services; neither does a policy for the account.
test_lambda_is_not_of_the_account if {
	rule.finding == {without_lambda} with input as holding([sample.allow(["kms:*"], ["*"])], [sample.to_account])
	plain := object.union(
		holding([sample.allow(["kms:*"], ["*"])], []),
		{"keys": [sample.key([], {"defaultPolicy": true})]},
	)
	rule.finding == {without_lambda} with input as plain
}

test_lambda_lacks_one_action if {
	decrypt := sample.with_conditions(
		sample.allow_to(["Service", "lambda.amazonaws.com"], ["kms:Decrypt"]),
		for_lambda.conditions,
	)
	rule.finding == {sample.with_fields(without_lambda, {"evidence": [
		{"text": "kms:GenerateDataKey is not allowed"},
		{"text": "kms:Decrypt is allowed"},
	]})} with input as given([decrypt, for_role])
}

# aws:SourceArn is the unqualified ARN.
test_source_arn_with_a_qualifier if {
	qualified := sample.with_conditions(
		for_lambda,
		[sample.condition("StringEquals", "aws:SourceArn", [$"{function_arn}:live"])],
	)
	never := {
		"text": "a statement allows kms:Decrypt on a condition that is never met: aws:sourcearn",
		"address": "Key",
		"at": statement_at,
	}
	rule.finding == {sample.with_fields(without_lambda, {"evidence": [
		{"text": "kms:GenerateDataKey is not allowed"},
		object.union(never, {"text": "a statement allows kms:GenerateDataKey on a condition that is never met: aws:sourcearn"}),
		{"text": "kms:Decrypt is not allowed"},
		never,
	]})} with input as given([qualified, for_role])

	# Nothing stands in the way of what another statement allows.
	generate := sample.with_fields(for_lambda, {"actions": [sample.action("kms:GenerateDataKey")]})
	rule.finding == {sample.with_fields(without_lambda, {"evidence": [
		{"text": "kms:GenerateDataKey is allowed"},
		{"text": "kms:Decrypt is not allowed"},
		never,
	]})} with input as given([generate, qualified, for_role])
}

# What is denied to a role is not denied to Lambda.
test_others_are_no_obstacle if {
	denies := sample.with_fields(sample.allow_to(["AWS", role_arn], ["kms:GenerateDataKey"]), {"effect": {"known": "Deny"}})
	rule.finding == {without_lambda} with input as given([for_role, denies])
}

test_no_statement_mends_a_deny if {
	everyone := sample.with_fields(sample.allow_to(["*", "*"], ["kms:Decrypt"]), {"effect": {"known": "Deny"}})
	found := rule.finding with input as given([for_lambda, for_role, everyone])
	denied := {"text": "a statement denies kms:Decrypt", "address": "Key", "at": statement_at}
	found == {
		{
			"address": "Fn",
			"at": at,
			"verdict": "deny",
			"message": lambda_message,
			"evidence": [
				{"text": "kms:GenerateDataKey is allowed"},
				{"text": "kms:Decrypt is not allowed"},
				denied,
			],
		},
		{
			"address": "Fn",
			"at": at,
			"verdict": "deny",
			"message": role_message,
			"evidence": [{"text": "kms:Decrypt is not allowed"}, denied],
		},
	}
}

test_role_is_left_out if {
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": role_message,
		"evidence": [
			{"text": "kms:Decrypt is not allowed"},
			{
				"text": "the key policy neither names the role nor leaves kms:Decrypt to IAM policies",
				"address": "Key",
				"at": "t.yaml#/Resources/Key/Properties/KeyPolicy",
			},
		],
		"paste": role_paste,
	}} with input as given([for_lambda])
}

# "which do not carry these headers": Lambda reads with the caller's credentials.
test_source_arn_on_the_role_breaks_it if {
	conditioned := sample.with_conditions(for_role, [sample.condition("StringEquals", "aws:SourceArn", [function_arn])])
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "deny",
		"message": role_message,
		"evidence": [
			{"text": "kms:Decrypt is not allowed"},
			{
				"text": "a statement allows kms:Decrypt on a condition that is never met: aws:sourcearn",
				"address": "Key",
				"at": statement_at,
			},
		],
		"paste": role_paste,
	}} with input as given([for_lambda, conditioned])
}

# A function with a generated name: its ARN in the policy of its own key would be a circular reference.
test_paste_does_not_name_a_generated_name if {
	generated := sample.function({
		"arn": sample.text("arn:aws:lambda:eu-west-1:111122223333:function:${Fn}"),
		"durable": sample.durable({"kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn")}),
	})
	found := rule.finding with input as object.union(given([]), {"functions": [generated]})
	{each.paste.conditions | some each in found} == {
		[{"operator": "StringEquals", "key": "aws:SourceAccount", "value": "111122223333"}],
		[{"operator": "StringEquals", "key": "kms:ViaService", "value": "lambda.eu-west-1.amazonaws.com"}],
	}
}

test_unconfined_service_statement_is_a_warning if {
	bare := sample.with_conditions(for_lambda, [])
	rule.finding == {{
		"address": "Key",
		"at": statement_at,
		"verdict": "deny",
		"level": "warn",
		"message": "The policy of key Key lets lambda.amazonaws.com use it for any function of any account",
		"evidence": [{"text": "Fn encrypts its durable state with it"}],
	}} with input as given([bare, for_role])
}

test_one_confining_condition_is_enough if {
	every condition in for_lambda.conditions {
		one := sample.with_conditions(for_lambda, [condition])
		rule.finding == set() with input as given([one, for_role])
	}
}

# What of the request is not known may still confine it.
test_other_confining_conditions if {
	every key in ["aws:SourceOrgID", "aws:SourceOrgPaths", ""] {
		conditions := [sample.condition("StringEquals", key, ["o-1234567890"])]
		warned := {each.level | some each in rule.finding} with input as given([sample.with_conditions(for_lambda, conditions), for_role])
		warned == set()
	}
}

test_another_condition_does_not_confine if {
	conditions := [sample.condition("StringEquals", "aws:PrincipalIsAWSService", ["true"])]
	warned := {each.level | some each in rule.finding} with input as given([sample.with_conditions(for_lambda, conditions), for_role])
	warned == {"warn"}
}

test_a_deny_can_confine if {
	outsiders := sample.with_fields(
		sample.with_conditions(
			sample.allow_to(["*", "*"], ["kms:*"]),
			[sample.condition("StringNotEquals", "aws:SourceAccount", ["111122223333"])],
		),
		{"effect": {"known": "Deny"}},
	)
	found := rule.finding with input as given([sample.with_conditions(for_lambda, []), outsiders])
	{each.message | some each in found} == {role_message}
}

test_another_deny_does_not_confine if {
	unencrypted := sample.with_fields(sample.allow_to(["*", "*"], ["kms:DisableKey"]), {"effect": {"known": "Deny"}})
	found := rule.finding with input as given([sample.with_conditions(for_lambda, []), for_role, unencrypted])
	{each.level | some each in found} == {"warn"}
}

# Statements for others, of other actions, or that forbid, are not unconfined.
test_other_statements_are_not_warned_of if {
	others := [
		sample.allow_to(["Service", "logs.amazonaws.com"], ["kms:Decrypt"]),
		sample.allow_to(["Service", "lambda.amazonaws.com"], ["kms:DescribeKey"]),
		sample.allow_to(["AWS", "lambda.amazonaws.com"], ["kms:Decrypt"]),
		sample.with_fields(sample.allow_to(["Service", "lambda.amazonaws.com"], ["kms:Decrypt"]), {"effect": {"unknown": "Effect"}}),
	]
	found := rule.finding with input as given(array.concat([for_role], others))
	{each.message | some each in found} == {lambda_message}
}

test_key_outside_the_documents_is_unknown if {
	reference := sample.foreign_key_reference("/Properties/DurableConfig/KMSKeyArn")
	outside := object.union(given([]), {"functions": [using(reference)], "keys": []})
	rule.finding == {{
		"address": "Fn",
		"at": at,
		"verdict": "unknown",
		"message": $"The policy of key {sample.foreign_key_arn} of Fn is not in the documents",
		"evidence": [{"text": "it must let lambda.amazonaws.com use kms:GenerateDataKey and kms:Decrypt, and role Role kms:Decrypt"}],
	}} with input as outside
	rule.examined == {"Fn"} with input as outside
}

test_key_that_is_not_known_is_unknown if {
	reference := {"at": at, "text": {"unknown": "ImportValue Key"}, "arn": sample.text("arn:aws:kms:::key/${import}")}
	some found in rule.finding with input as object.union(given([]), {"functions": [using(reference)]})
	found.verdict == "unknown"
	found.message == "The policy of key unknown (ImportValue Key) of Fn is not in the documents"
}

test_unread_key_policy_is_unknown if {
	unread := object.union(given([]), {"keys": [sample.key([], {"unread": "ImportValue Policy"})]})
	rule.finding == {
		{
			"address": "Fn",
			"at": at,
			"verdict": "unknown",
			"message": lambda_message,
			"evidence": [{"text": "kms:GenerateDataKey is not settled"}, {"text": "kms:Decrypt is not settled"}],
			"paste": lambda_paste,
		},
		{
			"address": "Fn",
			"at": at,
			"verdict": "unknown",
			"message": role_message,
			"evidence": [{"text": "kms:Decrypt is not settled"}],
			"paste": role_paste,
		},
	} with input as unread
}

# DUR001 says that a role cannot be read; Lambda's half is judged all the same.
test_role_outside_the_documents if {
	external := {"principals": [sample.role([], {"external": true})]}
	rule.finding == set() with input as object.union(given([for_lambda, for_role]), external)
	{each.message | some each in rule.finding} == {lambda_message} with input as object.union(given([sample.to_account]), external)
}

# An empty KMSKeyArn means AWS's own key.
test_nothing_to_examine_without_a_key if {
	empty := {"at": at, "text": {"known": ""}, "arn": sample.text("")}
	maybe := sample.durable({"certain": false, "kmsKey": sample.key_reference("/Properties/DurableConfig/KMSKeyArn")})
	every f in [using(empty), sample.function({}), sample.function({"durable": maybe})] {
		without := object.union(given([]), {"functions": [f]})
		rule.finding == set() with input as without
		rule.examined == set() with input as without
	}
}

# A durable function with the key, its role without policies, and the key's policy.
given(key_statements) := holding([], key_statements)

holding(statements, key_statements) := sample.inventory({
	"functions": [using(sample.key_reference("/Properties/DurableConfig/KMSKeyArn"))],
	"principals": [sample.role(["0"], {})],
	"policies": [sample.policy("0", statements)],
	"keys": [sample.key(key_statements, {})],
})

using(reference) := sample.function({"durable": sample.durable({"kmsKey": reference})})
