package durable_guard.lib.iam_test

import data.durable_guard.lib.iam
import data.durable_guard.lib.sample

asked(question, fields) := answer if {
	questions := [object.union({"principal": "Role", "action": "lambda:InvokeFunction", "resource": sample.text(fn)}, question)]
	[answer] := iam.answers with input as sample.inventory(object.union({"questions": questions}, fields))
}

role_with(statements, fields) := {
	"principals": [sample.role(["own"], fields)],
	"policies": [sample.policy("own", statements)],
}

# All that is said of one statement.
line(at, effect, source, matches, why) := {
	"address": "Role",
	"at": sample.at("Role", at),
	"sid": "",
	"effect": effect,
	"source": source,
	"matches": matches,
	"why": why,
}

own := "/Properties/Policies/0/PolicyDocument/Statement/0"

test_decisions if {
	asked({}, role_with([yes], {})).decision == "allow"
	asked({}, role_with([maybe], {})).decision == "unknown"
	asked({}, role_with([no], {})).decision == "deny"
}

test_no_answer_about_nobody if {
	iam.answers == [] with input as sample.inventory({"questions": [{"principal": "Nobody", "action": "a", "resource": sample.text(fn)}]})
}

# Every statement that was considered, and the first thing that keeps it from matching.
test_statements_of_the_role if {
	lines := {
		"it names the action and covers the resource": ["yes", yes],
		"it may not cover the resource": ["unknown", maybe],
		"it does not cover the resource": ["no", no],
		"it does not name the action": ["no", sample.allow(["lambda:Get*"], ["*"])],
		"it may not name the action": ["unknown", sample.allow(["lambda:${verb}"], ["${any}"])],
		"the condition on aws:sourcevpc may not hold": ["unknown", with_condition("aws:SourceVpc", "*")],
		"the condition on aws:principalaccount does not hold": ["no", with_condition("aws:PrincipalAccount", "444455556666")],
	}
	every why, expected in lines {
		asked({}, role_with([expected[1]], {})).statements == [line(own, "Allow", "policy", expected[0], why)]
	}
}

with_condition(key, value) := sample.with_conditions(yes, [sample.condition("StringLike", key, [value])])

test_sid_and_effect if {
	named := sample.with_fields(yes, {"sid": "Invoke", "effect": {"unknown": "Ref Effect"}})
	asked({}, role_with([named], {})).statements == [object.union(
		line(own, "unknown", "policy", "yes", "it names the action and covers the resource"),
		{"sid": "Invoke"},
	)]
}

test_policies_and_boundary_in_order if {
	boundary := {"boundary": {"address": "Role", "at": sample.at("Role", "/Properties/PermissionsBoundary"), "policy": "boundary"}}
	given := {
		"principals": [sample.role(["own", "other"], boundary)],
		"policies": [
			sample.with_fields(sample.policy("boundary", [never]), {"unread": "Ref Boundary"}),
			sample.policy("own", [yes]),
			sample.with_fields(sample.policy("other", []), {"unread": "Ref Other"}),
		],
	}
	asked({}, given) == {
		"decision": "deny",
		"statements": [
			line(own, "Allow", "policy", "yes", "it names the action and covers the resource"),
			line(
				"/Properties/Policies/0/PolicyDocument/Statement/1", "Deny", "boundary", "yes",
				"it names the action and covers the resource",
			),
		],
		"unread": [
			{"address": "Role", "at": sample.at("Role", "/Properties/Policies"), "why": "Ref Other"},
			{"address": "Role", "at": sample.at("Role", "/Properties/PermissionsBoundary"), "why": "Ref Boundary"},
		],
	}
}

test_first_of_several_conditions if {
	wrong := sample.condition("StringEquals", "aws:PrincipalAccount", ["444455556666"])
	open := [sample.condition("StringEquals", key, ["*"]) | some key in ["aws:SourceVpc", "aws:SourceIp"]]
	first(sample.with_conditions(yes, open)) == "the condition on aws:sourcevpc may not hold"
	first(sample.with_conditions(yes, array.concat(open, [wrong]))) == "the condition on aws:principalaccount does not hold"
}

first(statement) := asked({}, role_with([statement], {})).statements[0].why

# A request goes to the Region and account of the ARN it is about, whatever the deployment's.
test_context_of_the_resource if {
	local := sample.with_conditions(sample.allow(["*"], ["*"]), [
		sample.condition("StringEquals", "aws:RequestedRegion", ["eu-west-1"]),
		sample.condition("StringEquals", "aws:ResourceAccount", ["111122223333"]),
	])
	decisions := {
		fn: "allow",
		"arn:aws:lambda:us-east-1:111122223333:function:order": "deny",
		"arn:aws:lambda:eu-west-1:444455556666:function:order": "deny",
		"arn:aws:s3:::bucket": "unknown",
		"arn:aws:lambda:${region}:${account}:function:order": "unknown",
		"*": "unknown",
	}
	every resource, decision in decisions {
		asked({"resource": sample.text(resource)}, role_with([local], {})).decision == decision
	}
	by_account := with_condition("aws:PrincipalAccount", "111122223333")
	asked({}, role_with([by_account], {})).decision == "allow"
}

asked_of_key(statements, fields) := asked(
	{"action": "kms:Decrypt", "resource": sample.text(sample.key_arn)},
	object.union(role_with([], {}), {"keys": [sample.key(statements, fields)]}),
)

on_key(effect, matches, why) := [object.union(line("", effect, "key policy", matches, why), {
	"address": "Key",
	"at": sample.at("Key", "/Properties/KeyPolicy/Statement/0"),
})]

test_keys_asked_about if {
	asked_of_key([to_role], {}) == {
		"decision": "allow",
		"statements": on_key("Allow", "yes", "it names the action and covers the resource"),
		"unread": [],
	}
	asked_of_key([sample.allow_to(["AWS", "${any}"], ["kms:*"])], {}) == {
		"decision": "unknown",
		"statements": on_key("Allow", "unknown", "it may name other principals"),
		"unread": [],
	}
	asked_of_key([sample.allow_to(["Service", "lambda.amazonaws.com"], ["kms:*"])], {}) == {
		"decision": "deny",
		"statements": on_key("Allow", "no", "it names other principals"),
		"unread": [],
	}
	asked_of_key([sample.to_account], {}).statements == on_key("Allow", "yes", "it names the action and covers the resource")
	denied := asked_of_key([as_deny(sample.with_fields(to_role, {"principals": [], "notPrincipals": [aws(role_arn)]}))], {})
	denied.statements == on_key("Deny", "unknown", "it may name other principals")
	asked_of_key([], {"unread": "Ref KeyPolicy"}).unread == [{"address": "Key", "at": sample.at("Key", ""), "why": "Ref KeyPolicy"}]
	other_key := {"action": "kms:Decrypt", "resource": sample.text(sample.foreign_key_arn)}
	asked(other_key, object.union(role_with([], {}), {"keys": [sample.key([to_anyone], {})]})).decision == "deny"
}

# A permission is on one ARN, which is its statement's Resource.
asked_of_function(policies, resource) := asked(
	{"resource": sample.text(resource)},
	object.union(role_with([], {}), {"functions": [sample.function({"name": "order"})], "resourcePolicies": policies}),
)

permission := {
	"address": "Permission",
	"at": sample.at("Permission", ""),
	"kind": "permission",
	"function": "Fn",
	"statements": [sample.with_fields(to([aws(role_arn)], "Allow"), {"address": "Permission", "resources": [sample.pattern(fn)]})],
}

test_functions_asked_about if {
	allowed := asked_of_function([permission], fn)
	allowed.decision == "allow"
	allowed.statements == [object.union(
		line(own, "Allow", "resource policy", "yes", "it names the action and covers the resource"),
		{"address": "Permission"},
	)]
	asked_of_function([permission], $"{fn}:live").decision == "deny"
	unread := object.union(permission, {"statements": [], "unread": "Ref Policy"})
	asked_of_function([unread], fn) == {
		"decision": "unknown",
		"statements": [],
		"unread": [{"address": "Permission", "at": sample.at("Permission", ""), "why": "Ref Policy"}],
	}
	asked_of_function([unread], "arn:aws:lambda:eu-west-1:111122223333:function:audit").decision == "deny"
	asked_of_function([object.remove(permission, ["function"])], fn).decision == "deny"
}
