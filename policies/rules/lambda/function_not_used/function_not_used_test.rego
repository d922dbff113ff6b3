package durable_guard.rules.lambda.function_not_used_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.function_not_used as rule

test_not_used if {
	every references in [[], ["Version", "Alias"], ["Role"], ["RolePolicy"]] {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/Resources/Fn",
			"verdict": "deny",
			"message": "Nothing invokes or refers to function Fn",
			"evidence": [],
		}} with input as given(references, [])
	}
}

test_invoked_or_referred_to if {
	rule.finding == set() with input as given([], [{"function": "Fn"}])
	rule.finding == set() with input as given(["Dashboard"], [])
	rule.finding == set() with input as given(["Version", "Dashboard"], [])
	rule.finding == set() with input as given(["output.function"], [])
	rule.examined == {"Fn"} with input as given([], [])
}

# Of a function's parts only an own version, alias or log group mentions it.
test_own_parts_are_no_use if {
	every type in [
		"AWS::Lambda::Version",
		"AWS::Lambda::Alias",
		"AWS::Lambda::EventInvokeConfig",
		"AWS::Logs::LogGroup",
		"Custom::LogRetention",
		"aws_lambda_alias",
		"aws_lambda_function_event_invoke_config",
		"aws_lambda_provisioned_concurrency_config",
		"aws_cloudwatch_log_group",
	] {
		inventory := sample.inventory({
			"functions": [sample.function({"referencedBy": ["Part"]})],
			"resources": [{"address": "Part", "type": type}],
		})
		found := rule.finding with input as inventory
		count(found) == 1
	}
}

# By whichever version or alias, and whatever it is that mentions the function: it is used.
test_unknown_is_a_use if {
	edge := {"function": "Fn", "qualifier": {"unknown": "Ref Stage"}, "asynchronous": {"unknown": "Ref Type"}}
	rule.finding == set() with input as given([], [edge])
	rule.finding == set() with input as given(["OfATypeNobodyKnows"], [])
}

test_another_is_invoked if {
	found := rule.finding with input as given([], [{"function": "Other"}])
	count(found) == 1
}

# A role without policies in the documents.
test_without_policies if {
	inventory := sample.inventory({"functions": [sample.function({"referencedBy": []})]})
	found := rule.finding with input as inventory
	count(found) == 1
}

given(references, invocations) := sample.inventory({
	"functions": [sample.function({"referencedBy": references})],
	"invocations": invocations,
	"policies": [{"address": "RolePolicy", "functions": ["Fn"]}, {"address": "Dashboard", "functions": ["Other"]}],
	"resources": [
		{"address": "Version", "type": "AWS::Lambda::Version"},
		{"address": "Alias", "type": "AWS::Lambda::Alias"},
		{"address": "Dashboard", "type": "AWS::CloudWatch::Dashboard"},
	],
})
