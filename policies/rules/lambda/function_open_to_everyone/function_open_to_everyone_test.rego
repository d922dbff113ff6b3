package durable_guard.rules.lambda.function_open_to_everyone_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.function_open_to_everyone as rule

everyone := [["*", "*"]]

test_everyone if {
	open := object.union(found("Function Fn is open to everyone", []), {"severity": "critical"})
	rule.finding == {open} with input as given(everyone, [])
	excepted := sample.with_fields(statement([], []), {"notPrincipals": principals([["AWS", "arn:aws:iam::999999999999:root"]])})
	rule.finding == {open} with input as holding({}, excepted)
}

test_service if {
	rule.finding == {found("Function Fn is open to sns.amazonaws.com on behalf of every account", [])} with input as given([["Service", "sns.amazonaws.com"]], [])
}

test_accounts_and_roles_are_right if {
	rule.finding == set() with input as given([["AWS", "arn:aws:iam::999999999999:root"]], [])
}

test_restricted if {
	every who in [everyone, [["Service", "sns.amazonaws.com"]]] {
		every pair in [
			["aws:SourceArn", "arn:aws:sns:eu-west-1:111122223333:orders"],
			["aws:SourceArn", "arn:aws:execute-api:eu-west-1:111122223333:*"],
			["aws:SourceArn", "${topic}"],
			["aws:SourceAccount", "111122223333"],
			["aws:SourceOrgID", "o-1234567890"],
			["aws:SourceOrgPaths", "o-1234567890/r-ab12/*"],
			["aws:PrincipalOrgID", "o-1234567890"],
			["aws:PrincipalOrgPaths", "o-1234567890/r-ab12/*"],
			["aws:PrincipalArn", "arn:aws:iam::111122223333:role/ci"],
			["aws:PrincipalAccount", "111122223333"],
			["aws:SourceVpc", "vpc-1"],
			["aws:SourceVpce", "vpce-1"],
			["aws:SourceIp", "192.0.2.0/24"],
			["aws:userid", "AROA:session"],
			["lambda:EventSourceToken", "amzn1.ask.skill.x"],
		] {
			rule.finding == set() with input as given(who, [sample.condition("StringLike", pair[0], [pair[1]])])
		}
	}
}

test_a_condition_that_leaves_nothing_out if {
	every triple in [
		["StringLike", "aws:SourceArn", "*"],
		["ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:*"],
		["ArnLike", "aws:SourceArn", "arn:aws:s3:::*"],
		["StringNotEquals", "aws:SourceAccount", "999999999999"],
		["Null", "aws:SourceArn", "false"],
		["Bool", "aws:SecureTransport", "true"],
	] {
		condition := sample.condition(triple[0], triple[1], [triple[2]])
		facts := [{"text": $"a condition on {lower(triple[1])} applies"}]
		open := found("Function Fn is open to sns.amazonaws.com on behalf of every account", facts)
		rule.finding == {open} with input as given([["Service", "sns.amazonaws.com"]], [condition])
	}
}

test_bucket_without_its_account if {
	bucket := sample.condition("ArnLike", "aws:SourceArn", ["arn:${AWS::Partition}:s3:::orders"])
	message := "Function Fn is open to a bucket of any account that takes its name: SourceAccount is missing"
	open := object.union(
		found(message, [{"text": "a condition on aws:sourcearn applies"}]),
		{"level": "warn", "severity": "medium"},
	)
	rule.finding == {open} with input as given([["Service", "s3.amazonaws.com"]], [bucket])
	own := sample.condition("StringEquals", "aws:SourceAccount", ["111122223333"])
	rule.finding == set() with input as given([["Service", "s3.amazonaws.com"]], [bucket, own])
	rule.finding == set() with input as given([["Service", "s3.amazonaws.com"]], [own])
	rule.finding == set() with input as given([["Service", "sns.amazonaws.com"]], [bucket])
	anybody := "Function Fn is open to s3.amazonaws.com on behalf of every account"
	{f.message | some f in rule.finding} == {anybody} with input as given([["Service", "s3.amazonaws.com"]], [])
	arn := sample.condition("ArnLike", "aws:SourceArn", ["arn:aws:s3:eu-west-1:111122223333:accesspoint/x"])
	rule.finding == set() with input as given([["Service", "s3.amazonaws.com"]], [arn])
	denied := sample.with_fields(statement([["Service", "s3.amazonaws.com"]], [bucket]), {"effect": {"known": "Deny"}})
	rule.finding == set() with input as holding({}, denied)
}

test_public_url_is_told_of_elsewhere if {
	via_url := sample.condition("StringEquals", "lambda:FunctionUrlAuthType", ["NONE"])
	invoked := sample.condition("Bool", "lambda:InvokedViaFunctionUrl", ["true"])
	every condition in [via_url, invoked] {
		statement_via_url := statement(everyone, [condition])
		every auth in [{"known": "NONE"}, {"unknown": "Ref Auth"}] {
			url := {"invocations": [{"function": "Fn", "url": {"authType": auth}}]}
			rule.finding == set() with input as holding(url, statement_via_url)
		}
		private := {"invocations": [{"function": "Fn", "url": {"authType": {"known": "AWS_IAM"}}}]}
		count(rule.finding) == 1 with input as holding(private, statement_via_url)
		another := {"invocations": [{"function": "Another", "url": {"authType": {"known": "NONE"}}}]}
		count(rule.finding) == 1 with input as holding(another, statement_via_url)
	}
	public := {"invocations": [{"function": "Fn", "url": {"authType": {"known": "NONE"}}}]}
	count(rule.finding) == 1 with input as holding(public, statement(everyone, []))
	over_tls := sample.condition("Bool", "aws:SecureTransport", ["true"])
	count(rule.finding) == 1 with input as holding(public, statement(everyone, [over_tls]))
}

test_layer_is_milder if {
	open := object.union(found("The layer is open to everyone", []), {"level": "warn", "severity": "medium"})
	rule.finding == {open} with input as of_kind("layer permission")
}

test_function_outside_the_documents if {
	policy := object.remove(given(everyone, []).resourcePolicies[0], ["function"])
	{f.message | some f in rule.finding} == {"A function outside the documents is open to everyone"} with input as {
		"resourcePolicies": [policy],
		"invocations": [],
	}
}

test_unknown if {
	unread := [sample.condition("", "", [])]
	anyone := object.union(found("Function Fn may be open to everyone", []), {"verdict": "unknown", "severity": "critical"})
	rule.finding == {anyone} with input as given(everyone, unread)
	service := object.union(
		found("Function Fn may be open to sns.amazonaws.com on behalf of every account", []),
		{"verdict": "unknown"},
	)
	rule.finding == {service} with input as given([["Service", "sns.amazonaws.com"]], unread)
	open := sample.with_fields(statement([["Service", "sns.amazonaws.com"]], []), {"effect": {"unknown": "Fn::If"}})
	rule.finding == {service} with input as holding({}, open)
}

test_more_than_invoking if {
	source := [sample.condition("StringEquals", "aws:SourceAccount", ["111122223333"])]
	actions := ["lambda:InvokeFunction", "lambda:UpdateFunctionCode"]
	partner := "arn:aws:iam::999999999999:root"
	rule.finding == {more(partner, [])} with input as allowing([["AWS", "arn:aws:iam::111122223333:role/ci"], ["AWS", partner]], actions, [])
	rule.finding == {more("*", source)} with input as allowing(everyone, actions, source)
	rule.finding == {more("sns.amazonaws.com", source)} with input as allowing([["Service", "sns.amazonaws.com"]], actions, source)
}

more(who, conditions) := {
	"address": "Permission",
	"at": sample.at("Permission", ""),
	"verdict": "deny",
	"level": "warn",
	"severity": "medium",
	"message": $"Function Fn lets {who} do more than invoke it: lambda:UpdateFunctionCode",
	"evidence": array.concat(
		[{"text": "it allows lambda:InvokeFunction, lambda:UpdateFunctionCode"}],
		[{"text": "a condition on aws:sourceaccount applies"} | count(conditions) > 0],
	),
}

test_what_is_no_more_than_invoking if {
	partner := [["AWS", "arn:aws:iam::999999999999:root"]]
	every actions in [
		["lambda:InvokeFunction", "lambda:InvokeFunctionUrl", "lambda:Invoke*", "LAMBDA:invokefunction"],
		# Of a whole service WLD001 speaks, of durable actions DUR006.
		["lambda:*"],
		["*"],
		["lambda:GetDurableExecution"],
	] {
		rule.finding == set() with input as allowing(partner, actions, [])
	}
	own := [["AWS", "arn:aws:iam::111122223333:role/ci"]]
	unknown := [["AWS", "${partner}"]]
	every who in [own, unknown] {
		rule.finding == set() with input as allowing(who, ["lambda:GetFunction"], [])
	}
	maybe := sample.with_fields(statement(partner, []), {"actions": [sample.action("lambda:GetFunction")], "effect": {"unknown": "Fn::If"}})
	rule.finding == set() with input as holding({}, maybe)
	layer := sample.with_fields(statement(partner, []), {"actions": [sample.action("lambda:GetLayerVersion")]})
	policies := [object.union(holding({}, layer).resourcePolicies[0], {"kind": "layer permission"})]
	rule.finding == set() with input as object.union(holding({}, layer), {"resourcePolicies": policies})
}

allowing(who, actions, conditions) := holding({}, sample.with_fields(statement(who, conditions), {"actions": [sample.action(each) |
	some each in actions
]}))

test_a_deny_opens_nothing if {
	every who in [everyone, [["Service", "sns.amazonaws.com"]]] {
		rule.finding == set() with input as holding({}, sample.with_fields(statement(who, []), {"effect": {"known": "Deny"}}))
	}
}

test_examined if rule.examined == {"Permission"} with input as given(everyone, [])

found(message, facts) := {
	"address": "Permission",
	"at": sample.at("Permission", ""),
	"verdict": "deny",
	"message": message,
	"evidence": array.concat([{"text": "it allows lambda:InvokeFunction"}], facts),
}

given(who, conditions) := holding({}, statement(who, conditions))

of_kind(kind) := object.union(one, {"resourcePolicies": [object.union(one.resourcePolicies[0], {"kind": kind})]}) if {
	one := given(everyone, [])
}

statement(who, conditions) := sample.statement({
	"address": "Permission",
	"at": sample.at("Permission", ""),
	"actions": [sample.action("lambda:InvokeFunction")],
	"principals": principals(who),
	"conditions": conditions,
})

principals(who) := [{"type": pair[0], "id": sample.pattern(pair[1])} | some pair in who]

holding(fields, granted) := object.union(
	{
		"ownAccounts": ["111122223333"],
		"functions": [],
		"principals": [],
		"keys": [],
		"resources": [],
		"invocations": [],
		"resourcePolicies": [{
			"address": "Permission",
			"at": sample.at("Permission", ""),
			"kind": "permission",
			"function": "Fn",
			"statements": [granted],
		}],
	},
	fields,
)
