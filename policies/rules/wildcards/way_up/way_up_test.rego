package durable_guard.rules.wildcards.way_up_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.wildcards.way_up as rule

role_arn := "arn:aws:iam::111122223333:role/order-workflow-role"

test_passing_any_role if {
	every resource in ["*", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/*"] {
		rule.finding == {found("deny", "may pass any role (iam:PassRole)", resource)} with input as given(["iam:PassRole"], [resource])
	}
	rule.finding == set() with input as given(["iam:PassRole"], ["arn:aws:iam::111122223333:role/task"])
	rule.finding == set() with input as given(["iam:PassRole"], ["arn:aws:iam::111122223333:role/task-*"])
}

test_changing_identities if {
	wide := found("deny", "may change identities (iam:AttachRolePolicy, iam:PutRolePolicy)", "*")
	rule.finding == {wide} with input as given(["iam:PutRolePolicy", "iam:AttachRolePolicy"], ["*"])
	other := object.union(found("deny", "may change identities (iam:PutRolePolicy)", "arn:aws:iam::111122223333:role/tenant"), {"level": "warn"})
	rule.finding == {other} with input as given(["iam:PutRolePolicy"], ["arn:aws:iam::111122223333:role/tenant"])
	own := found("deny", "may change identities (iam:PutRolePolicy)", role_arn)
	rule.finding == {own} with input as given(["iam:PutRolePolicy"], [role_arn])
}

test_changing_functions if {
	all := "arn:aws:lambda:eu-west-1:111122223333:function:*"
	wide := found("deny", "may change functions (lambda:UpdateFunctionCode, lambda:UpdateFunctionConfiguration)", all)
	rule.finding == {wide} with input as given(["lambda:UpdateFunction*"], [all])
	one := "arn:aws:lambda:eu-west-1:111122223333:function:reports"
	other := object.union(found("deny", "may change functions (lambda:UpdateFunctionCode)", one), {"level": "warn"})
	rule.finding == {other} with input as given(["lambda:UpdateFunctionCode"], [one])
}

test_administering_keys if {
	phrase := "may administer keys (kms:CreateGrant, kms:PutKeyPolicy, kms:ScheduleKeyDeletion)"
	actions := ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:CreateGrant", "kms:Decrypt"]
	rule.finding == {found("deny", phrase, sample.key_arn)} with input as given(actions, [sample.key_arn])
}

test_several_ways_in_one_statement if {
	phrase := "may pass any role (iam:PassRole) and change functions (lambda:CreateFunction, lambda:UpdateFunctionCode)"
	actions := ["lambda:CreateFunction", "iam:PassRole", "lambda:UpdateFunctionCode"]
	rule.finding == {found("deny", phrase, "*")} with input as given(actions, ["*"])
}

test_a_condition_that_limits_it_is_milder if {
	passed_to := sample.condition("StringEquals", "iam:PassedToService", ["states.amazonaws.com"])
	limited := sample.with_conditions(sample.allow(["iam:PassRole"], ["*"]), [passed_to])
	rule.finding == {object.union(found("deny", "may pass any role (iam:PassRole)", "*"), {"level": "warn", "evidence": [
		{"text": "Resource is *"},
		{"text": "a condition on iam:passedtoservice applies"},
		runs,
	]})} with input as having([limited])
}

test_a_condition_that_limits_nothing_excuses_nothing if {
	from_office := sample.with_conditions(sample.allow(["iam:PassRole"], ["*"]), [sample.condition("IpAddress", "aws:SourceIp", ["x"])])
	[object.get(f, "level", "deny") | some f in rule.finding] == ["deny"] with input as having([from_office])
}

test_unknown_is_not_made_milder if {
	passed_to := sample.condition("StringEquals", "iam:PassedToService", ["states.amazonaws.com"])
	limited := sample.with_conditions(sample.allow(["iam:PassRole"], ["${roleArn}"]), [passed_to])
	{f.verdict | some f in rule.finding} == {"unknown"} with input as having([limited])
}

test_unknown_action if {
	rule.finding == {found("unknown", "might administer keys (kms:PutKeyPolicy)", "*")} with input as given(["kms:Put${what}"], ["*"])
}

# That it covers the role of another function, which has another policy, is no worse.
test_roles_without_the_policy_do_not_count if {
	statement := sample.allow(["iam:PutRolePolicy"], ["arn:aws:iam::111122223333:role/other"])
	tenant := sample.allow(["iam:PutRolePolicy"], ["arn:aws:iam::111122223333:role/tenant"])
	other := sample.role(["others"], {"address": "Other", "arn": sample.text("arn:aws:iam::111122223333:role/other")})
	both := object.union(having([statement]), {
		"principals": [sample.role(["inline"], {}), other],
		"policies": [
			sample.policy("inline", [statement]),
			object.union(sample.policy("others", [tenant]), {"heldBy": ["Other"]}),
		],
	})
	{object.get(f, "level", "deny") | some f in rule.finding} == {"warn"} with input as both
	count(rule.finding) == 2 with input as both
}

# What a wide statement and a narrow one of the same policy say is told of each.
test_worst_of_a_statement if {
	statement := sample.allow(["iam:PutRolePolicy", "kms:PutKeyPolicy"], ["arn:aws:iam::111122223333:role/tenant", sample.key_arn])
	{f.message | some f in rule.finding} == {"Functions with this policy may administer keys (kms:PutKeyPolicy)"} with input as having([statement])
}

test_roles_that_share_a_policy_may_differ if {
	statement := sample.allow(["iam:PutRolePolicy"], [role_arn])
	other := object.union(sample.role(["inline"], {}), {
		"address": "Other",
		"arn": sample.text("arn:aws:iam::111122223333:role/other"),
	})
	shared := object.union(sample.policy("inline", [statement]), {"heldBy": ["Role", "Other"]})
	both := object.union(having([statement]), {
		"principals": [sample.role(["inline"], {}), other],
		"policies": [shared],
	})
	rule.finding == {found("deny", "may change identities (iam:PutRolePolicy)", role_arn)} with input as both
}

pass := sample.allow(["iam:PassRole"], ["*"])

test_what_is_denied_is_no_way if {
	allowed := sample.allow(["iam:PassRole", "kms:PutKeyPolicy", "lambda:AddPermission"], ["*"])
	rule.finding == set() with input as having([allowed, sample.deny(["iam:*", "kms:Put*", "lambda:AddPermission"], ["*"])])
}

test_what_is_denied_on_all_roles_is_no_way if {
	rule.finding == set() with input as having([pass, sample.deny(["iam:PassRole"], ["arn:aws:iam::111122223333:role/*"])])
}

test_what_is_denied_on_some_is_a_way if {
	some_role := sample.deny(["iam:PassRole"], ["arn:aws:iam::111122223333:role/admin"])
	count(rule.finding) == 1 with input as having([pass, some_role])
}

test_a_deny_of_something_else_leaves_the_way if {
	count(rule.finding) == 1 with input as having([pass, sample.deny(["iam:GetRole"], ["*"])])
}

test_a_deny_under_a_condition_leaves_the_way if {
	office := [sample.condition("NotIpAddress", "aws:SourceIp", ["192.0.2.0/24"])]
	count(rule.finding) == 1 with input as having([pass, sample.with_conditions(sample.deny(["iam:PassRole"], ["*"]), office)])
}

test_what_may_be_a_deny_leaves_the_way if {
	perhaps := sample.with_fields(sample.deny(["iam:PassRole"], ["*"]), {"effect": {"unknown": "Fn::If"}})
	verdicts := {f.verdict | some f in rule.finding} with input as having([pass, perhaps])
	verdicts == {"deny", "unknown"}
}

test_what_the_boundary_leaves_out_is_no_way if {
	rule.finding == set() with input as bounded(["s3:*", "iam:Get*"], {})
	count(rule.finding) == 1 with input as bounded(["s3:*", "iam:Pass*"], {})
	count(rule.finding) == 1 with input as bounded(["s3:*"], {"unread": "it is not in the documents"})
}

bounded(actions, fields) := object.union(given, {
	"principals": [object.union(role, {"boundary": {"address": "Role", "at": "t", "policy": "boundary"}})],
	"policies": array.concat(given.policies, [object.union(boundary, fields)]),
}) if {
	given := having([sample.allow(["iam:PassRole"], ["*"])])
	role := given.principals[0]
	boundary := object.union(sample.policy("boundary", [sample.allow(actions, ["*"])]), {
		"heldBy": [],
		"functions": [],
		"boundaryOnly": true,
	})
}

test_unknown_resource if {
	every action in ["iam:PassRole", "iam:PutRolePolicy"] {
		open := {f.verdict | some f in rule.finding} with input as given([action], ["${roleArn}"])
		open == {"unknown"}
	}
	rule.finding == {found("unknown", "might pass any role (iam:PassRole)", "${roleArn}")} with input as given(["iam:PassRole"], ["${roleArn}"])
}

# That one of its resources is unknown is no excuse for another, which is its own role.
test_own_role_beside_an_unknown_resource if {
	{f.verdict | some f in rule.finding} == {"deny"} with input as given(["iam:PutRolePolicy"], [role_arn, "${roleArn}"])
}

test_unknown_effect_and_condition if {
	open := sample.with_fields(sample.allow(["kms:PutKeyPolicy"], ["*"]), {"effect": {"unknown": "Fn::If"}})
	rule.finding == {found("unknown", "might administer keys (kms:PutKeyPolicy)", "*")} with input as having([open])
	unread := sample.with_conditions(sample.allow(["kms:PutKeyPolicy"], ["*"]), [sample.condition("", "", [])])
	{f.verdict | some f in rule.finding} == {"unknown"} with input as having([unread])
}

test_left_to_other_rules if {
	rule.finding == set() with input as given(["*", "iam:*", "lambda:*"], ["*"])
	nothing_listed := sample.with_fields(sample.allow([], ["*"]), {"notActions": [sample.action("s3:*")]})
	rule.finding == set() with input as having([nothing_listed])
	rule.finding == set() with input as given(["iam:GetRole", "lambda:InvokeFunction", "kms:Decrypt"], ["*"])
}

test_only_functions_roles_are_looked_at if {
	policy := object.union(sample.policy("inline", [sample.allow(["iam:PassRole"], ["*"])]), {"functions": []})
	person := object.union(having([]), {
		"policies": [policy],
		"principals": [sample.role(["inline"], {"functions": []})],
	})
	rule.finding == set() with input as person
	rule.examined == set() with input as person
	rule.examined == {"Role"} with input as having([])
}

runs := {"text": "function Fn runs with it", "address": "Fn", "at": "t.yaml#/Resources/Fn"}

found(verdict, phrase, resource) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"verdict": verdict,
	"message": $"Functions with this policy {phrase}",
	"evidence": [{"text": $"Resource is {resource}"}, runs],
}

given(actions, resources) := having([sample.allow(actions, resources)])

having(statements) := object.union(
	{"format": "cloudformation", "resources": []},
	sample.inventory({
		"functions": [sample.function({})],
		"principals": [sample.role(["inline"], {})],
		"policies": [sample.policy("inline", statements)],
	}),
)
