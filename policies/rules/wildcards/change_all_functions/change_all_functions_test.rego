package durable_guard.rules.wildcards.change_all_functions_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.wildcards.change_all_functions as rule

functions := "arn:aws:lambda:eu-west-1:111122223333:function:*"

test_every_function if {
	every resource in ["*", functions, "arn:aws:lambda:*:*:function:*:*"] {
		rule.finding == {found("deny", "Developer may change every function (lambda:UpdateFunctionCode)", resource)} with input as given(["lambda:UpdateFunctionCode"], resource, {})
	}
}

test_each_of_the_actions if {
	every action in ["AddPermission", "CreateFunction", "DeleteFunction", "PutResourcePolicy", "UpdateFunctionConfiguration"] {
		rule.finding == {found("deny", $"Developer may change every function (lambda:{action})", "*")} with input as given([$"lambda:{action}"], "*", {})
	}
	several := "Developer may change every function (lambda:UpdateFunctionCode, lambda:UpdateFunctionConfiguration)"
	rule.finding == {found("deny", several, "*")} with input as given(["lambda:Update*", "lambda:GetFunction"], "*", {})
}

test_deployers_may if {
	every deployers in [["Developer"], ["developer-role"], ["arn:aws:iam::111122223333:role/developer-role"]] {
		named := sample.with_fields(given(["lambda:UpdateFunctionCode"], "*", {}), {"settings": {"deployers": deployers}})
		rule.finding == set() with input as named
	}
	someone := sample.with_fields(given(["lambda:UpdateFunctionCode"], "*", {}), {"settings": {"deployers": ["Someone"]}})
	count(rule.finding) == 1 with input as someone
	by_lambda := [{"principals": [{"id": {"text": "lambda.amazonaws.com"}}]}]
	count(rule.finding) == 1 with input as given(["lambda:UpdateFunctionCode"], "*", {"trust": by_lambda})
	every trusted in [
		"cloudformation.amazonaws.com", "codebuild.amazonaws.com", "codedeploy.amazonaws.com", "codepipeline.amazonaws.com",
		"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
		"arn:aws:iam::111122223333:oidc-provider/gitlab.com",
	] {
		trust := [{"principals": [{"id": {"text": trusted}}]}]
		rule.finding == set() with input as given(["lambda:UpdateFunctionCode"], "*", {"trust": trust})
	}
}

test_others_who_share_the_policy_are_named if {
	deployer := object.union(developer({}), {
		"address": "Deployer",
		"trust": [{"principals": [{"id": {"text": "cloudformation.amazonaws.com"}}]}],
	})
	one := given(["lambda:UpdateFunctionCode"], "*", {})
	both := object.union(one, {
		"principals": [developer({}), deployer],
		"policies": [object.union(one.policies[0], {"heldBy": ["Developer", "Deployer"]})],
	})
	{f.message | some f in rule.finding} == {"Developer may change every function (lambda:UpdateFunctionCode)"} with input as both
}

test_denied if {
	one := given(["lambda:UpdateFunctionCode", "lambda:DeleteFunction"], "*", {})
	statements := array.concat(one.policies[0].statements, [sample.deny(["lambda:Update*"], [functions])])
	denied := object.union(one, {"policies": [object.union(one.policies[0], {"statements": statements})]})
	{f.message | some f in rule.finding} == {"Developer may change every function (lambda:DeleteFunction)"} with input as denied
}

test_unknown if {
	rule.finding == {found("unknown", "Developer might change every function (lambda:UpdateFunctionCode)", "${arn}")} with input as given(["lambda:UpdateFunctionCode"], "${arn}", {})
}

# Operator may at most do what is not certain.
test_only_the_certain_is_told if {
	half := sample.allow(["lambda:Delete${what}", "lambda:UpdateFunctionCode"], ["*"])
	one := given([], "*", {})
	operator := developer({
		"address": "Operator",
		"policies": [{"address": "Operator", "at": "t", "policy": "inline"}, {"address": "Operator", "at": "t", "policy": "no"}],
	})
	both := object.union(one, {
		"principals": [developer({}), operator],
		"policies": [
			object.union(one.policies[0], {"statements": [half], "heldBy": ["Developer", "Operator"]}),
			sample.policy("no", [sample.deny(["lambda:UpdateFunctionCode"], ["*"])]),
		],
	})
	{f.message | some f in rule.finding} == {"Developer may change every function (lambda:UpdateFunctionCode)"} with input as both
}

test_conditions if {
	limited := condition("lambda:FunctionArn")
	{f.verdict | some f in rule.finding} == set() with input as limited
	{f.verdict | some f in rule.finding} == {"deny"} with input as condition("aws:MultiFactorAuthPresent")
	{f.verdict | some f in rule.finding} == {"unknown"} with input as condition("")
}

test_nothing_wrong if {
	rule.finding == set() with input as given(["lambda:UpdateFunctionCode"], "arn:aws:lambda:eu-west-1:111122223333:function:orders", {})
	rule.finding == set() with input as given(["lambda:UpdateFunctionCode"], "arn:aws:lambda:eu-west-1:111122223333:layer:*", {})
	rule.finding == set() with input as given(["lambda:GetFunction", "lambda:*", "*"], "*", {})
	one := given(["lambda:UpdateFunctionCode"], "*", {})
	rule.finding == set() with input as object.union(one, {"policies": [object.union(one.policies[0], {"heldBy": []})]})
}

test_examined if rule.examined == {"Role"} with input as given([], "*", {})

found(verdict, message, resource) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"verdict": verdict,
	"message": message,
	"evidence": [{"text": $"Resource is {resource}"}, {"text": "Developer has it"}],
}

condition(key) := object.union(one, {"policies": [object.union(one.policies[0], {"statements": [statement]})]}) if {
	one := given([], "*", {})
	statement := sample.with_conditions(sample.allow(["lambda:UpdateFunctionCode"], ["*"]), [sample.condition("StringLike", key, ["x"])])
}

given(actions, resource, fields) := object.union(
	{"format": "cloudformation", "resources": []},
	sample.with_fields(
		sample.inventory({
			"principals": [developer(fields)],
			"policies": [object.union(sample.policy("inline", [sample.allow(actions, [resource])]), {
				"heldBy": ["Developer"],
				"functions": [],
			})],
		}),
		{"settings": {"deployers": []}},
	),
)

developer(fields) := sample.role(["inline"], object.union(
	{
		"address": "Developer",
		"name": "developer-role",
		"arn": sample.text("arn:aws:iam::111122223333:role/developer-role"),
		"trust": [],
		"functions": [],
	},
	fields,
))
