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
		$"it may not cover the resource; its Resource is {maybe.resources[0].text}": ["unknown", maybe],
		$"it does not cover the resource; its Resource is {no.resources[0].text}": ["no", no],
		"it does not cover the resource; its Resource is a:*, b:*, c:*": ["no", sample.allow(["lambda:InvokeFunction"], ["a:*", "b:*", "c:*"])],
		"it does not cover the resource": ["no", sample.allow(["lambda:InvokeFunction"], ["a:*", "b:*", "c:*", "d:*"])],
		"it does not cover the resource: $\ufdd0{Fn} stands in a text without Fn::Sub": ["no", unfilled],
		"it does not name the action": ["no", sample.allow(["lambda:Get*"], ["*"])],
		"it may not name the action": ["unknown", sample.allow(["lambda:${verb}"], ["${any}"])],
		"the condition on aws:sourcevpc may not hold": ["unknown", with_condition("aws:SourceVpc", "*")],
		"the condition on aws:principalaccount does not hold": ["no", with_condition("aws:PrincipalAccount", "444455556666")],
	}
	every why, expected in lines {
		asked({}, role_with([expected[1]], {})).statements == [line(own, "Allow", "policy", expected[0], why)]
	}
}

unfilled := sample.allow(["lambda:InvokeFunction"], ["arn:aws:lambda:eu-west-1:111122223333:function:$\ufdd0{Fn}:*"])

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
		"arn:${AWS::Partition}:lambda:eu-west-1:111122223333:function:order": "allow",
		"arn:${AWS::Partition}:lambda:us-east-1:111122223333:function:order": "deny",
		"*": "unknown",
	}
	every resource, decision in decisions {
		asked({"resource": sample.text(resource)}, role_with([local], {})).decision == decision
	}

	# The ARN of a bucket says neither where it is nor whose: the deployment's own may be others.
	every condition in local.conditions {
		alone := sample.with_conditions(local, [condition])
		asked({"resource": sample.text("arn:aws:s3:::bucket")}, role_with([alone], {})).decision == "unknown"
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

	# NotPrincipal: an Allow is not supported with it, a Deny denies all but those it lists.
	all_but := sample.with_fields(to_role, {"principals": [], "notPrincipals": [aws("arn:aws:iam::111122223333:role/other")]})
	asked_of_key([all_but], {}).statements == on_key("Allow", "unknown", "it may name other principals")
	asked_of_key([as_deny(all_but)], {}).statements == on_key("Deny", "yes", "it names the action and covers the resource")
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

test_functions_of_a_longer_name_are_others if {
	unread := object.union(permission, {"statements": [], "unread": "Ref Policy"})
	asked_of_function([unread], $"{fn}s").decision == "deny"
	asked_of_function([unread], $"{fn}:live").decision == "unknown"
	asked_of_function([object.union(unread, {"kind": "resource policy"})], fn).decision == "unknown"
	asked_of_function([sample.with_fields(unread, {"kind": "layer permission"})], fn).decision == "deny"
}

# IAM user guide, "How IAM roles differ from resource-based policies" and "Cross-account policy evaluation logic": both
# accounts must allow.
test_resources_of_another_account if {
	theirs := "arn:aws:lambda:eu-west-1:444455556666:function:order"
	anything := sample.allow(["*"], ["*"])
	asked({"resource": sample.text(theirs)}, role_with([anything], {})) == {
		"decision": "unknown",
		"statements": [line(own, "Allow", "policy", "yes", "it names the action and covers the resource")],
		"unread": [{
			"address": theirs,
			"at": sample.at("Role", ""),
			"why": "account 444455556666 must allow it too, and its policies are not in the documents",
		}],
	}
	asked({"resource": sample.text(theirs)}, role_with([], {})).decision == "deny"
	asked({"resource": sample.text("arn:aws:iam::aws:policy/ReadOnlyAccess")}, role_with([anything], {})).decision == "allow"
	asked({"resource": sample.text("arn:aws:s3:::bucket")}, role_with([anything], {})).decision == "allow"
}

# Policies on what other services own may allow and may deny.
beside(type, statements) := asked(
	{"resource": sample.text("arn:aws:s3:::bucket"), "action": "s3:GetObject"},
	object.union(role_with(statements, {}), {"resources": [{"address": "P", "at": sample.at("P", ""), "type": type}]}),
)

test_policies_that_are_not_read if {
	every type in ["AWS::S3::BucketPolicy", "aws_s3_bucket_policy"] {
		beside(type, [sample.allow(["s3:*"], ["*"])]) == {
			"decision": "unknown",
			"statements": [line(own, "Allow", "policy", "yes", "it names the action and covers the resource")],
			"unread": [{"address": "P", "at": sample.at("P", ""), "why": $"what {type} says is not read"}],
		}
		beside(type, []).decision == "unknown"
		beside(type, [sample.deny(["*"], ["*"])]).decision == "deny"
	}
	every type in ["AWS::S3::Bucket", "AWS::SQS::QueuePolicy", "aws_s3_bucket", "aws_s3control_policy"] {
		beside(type, [sample.allow(["s3:*"], ["*"])]).decision == "allow"
	}

	# Policies of IAM, on keys and on functions are read.
	iam_policy := {"resources": [{"address": "P", "at": sample.at("P", ""), "type": "AWS::IAM::ManagedPolicy"}]}
	asked({"resource": sample.text(role_arn), "action": "iam:GetRole"}, object.union(role_with([], {}), iam_policy)).decision == "deny"
	key_policy := {"resources": [{"address": "P", "at": sample.at("P", ""), "type": "aws_kms_key_policy"}]}
	decrypting := {"action": "kms:Decrypt", "resource": sample.text(sample.key_arn)}
	with_key := object.union(role_with([], {}), {"keys": [sample.key([to_role], {})]})
	asked(decrypting, object.union(with_key, key_policy)) == asked_of_key([to_role], {})
	function_policy := {"resources": [{"address": "P", "at": sample.at("P", ""), "type": "AWS::Lambda::ResourcePolicy"}]}
	asked({}, object.union(role_with([], {}), function_policy)) == {"decision": "deny", "statements": [], "unread": []}
}

# IAM user guide, "Granting a user permissions to switch roles": the trust policy names who may, or leaves it to the account.
other := "arn:aws:iam::111122223333:role/other"

assuming(statements, trusted) := asked(
	{"action": "sts:AssumeRole", "resource": sample.text(other)},
	{
		"principals": array.concat([sample.role(["own"], {})], trusted),
		"policies": [sample.policy("own", statements)],
	},
)

other_role(trust, fields) := [sample.role([], object.union({"address": "Other", "arn": sample.text(other), "trust": trust}, fields))]

trusting(who) := sample.with_fields(sample.allow(["sts:AssumeRole"], []), {"address": "Other", "principals": [who]})

test_roles_assumed if {
	may := sample.allow(["sts:*"], ["*"])
	assuming([], other_role([trusting(aws(role_arn))], {})) == {
		"decision": "allow",
		"statements": [object.union(
			line(own, "Allow", "trust policy", "yes", "it names the action and covers the resource"),
			{"address": "Other"},
		)],
		"unread": [],
	}
	assuming([may], other_role([trusting(aws(root_arn))], {})).decision == "allow"
	assuming([], other_role([trusting(aws(root_arn))], {})).decision == "deny"
	assuming([may], other_role([trusting(service("lambda.amazonaws.com"))], {})).decision == "deny"
	assuming([may], other_role([], {"trustUnread": "Ref Trust"})) == {
		"decision": "unknown",
		"statements": [line(own, "Allow", "policy", "yes", "it names the action and covers the resource")],
		"unread": [{"address": "Other", "at": sample.at("Role", ""), "why": "Ref Trust"}],
	}
	outside := {"address": other, "at": sample.at("Role", ""), "why": "the role and its trust policy are not in the documents"}
	assuming([may], []).unread == [outside]
	assuming([may], []).decision == "unknown"
	assuming([sample.deny(["*"], ["*"])], []).decision == "deny"
	assuming([may], other_role([], {"external": true})).unread == [outside]

	# Its trust policy says who may assume a role, not who may do other things with it.
	passing := {"action": "iam:PassRole", "resource": sample.text(other)}
	given := object.union(role_with([], {}), {"principals": array.concat(
		[sample.role(["own"], {})],
		other_role([sample.with_fields(trusting(aws(role_arn)), {"actions": [sample.action("*")]})], {}),
	)})
	asked(passing, given) == {"decision": "deny", "statements": [], "unread": []}
}

# What is said of the user who asks, and that nobody here is a service.
conditional(operator, key, value) := sample.with_conditions(yes, [sample.condition(operator, key, [value])])

asking(kind, statement) := asked({}, role_with([statement], {"kind": kind, "name": "alice"})).decision

test_who_asks if {
	asking("user", conditional("StringEquals", "aws:username", "alice")) == "allow"
	asking("user", conditional("StringEquals", "aws:username", "bob")) == "deny"
	asking("role", conditional("StringEquals", "aws:username", "alice")) == "deny"
	asking("role", conditional("Null", "aws:username", "true")) == "allow"
	asking("group", conditional("StringEquals", "aws:username", "alice")) == "unknown"
	asking("role", conditional("Bool", "aws:PrincipalIsAWSService", "false")) == "allow"
}

test_keys_outside_the_documents if {
	asked({"action": "kms:Decrypt", "resource": sample.text(sample.foreign_key_arn)}, role_with([sample.allow(["kms:*"], ["*"])], {})) == {
		"decision": "allow",
		"statements": [line(own, "Allow", "policy", "yes", "it names the action and covers the resource")],
		"unread": [{
			"address": sample.foreign_key_arn,
			"at": sample.at("Role", ""),
			"why": "the key is not in the documents: its key policy is taken to leave the decision to IAM policies",
		}],
	}
}

# The deployment's own Region and account are known as such.
test_context_of_the_deployments_own if {
	ours := "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:order"
	local := sample.with_conditions(sample.allow(["*"], ["*"]), [
		sample.condition("StringEquals", "aws:RequestedRegion", ["${AWS::Region}"]),
		sample.condition("StringEquals", "aws:ResourceAccount", ["${AWS::AccountId}"]),
	])
	asked({"resource": sample.text(ours)}, role_with([local], {})).decision == "allow"
}
