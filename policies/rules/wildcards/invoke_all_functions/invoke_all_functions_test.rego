package durable_guard.rules.wildcards.invoke_all_functions_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.wildcards.invoke_all_functions as rule

functions := "arn:aws:lambda:eu-west-1:111122223333:function:*"

test_every_function if {
	every resource in ["*", functions] {
		rule.finding == {found("deny", "Role may invoke every function", resource)} with input as given([sample.allow(["lambda:InvokeFunction"], [resource])])
	}
	{f.message | some f in rule.finding} == {"Role may invoke every function"} with input as given([sample.allow(["lambda:Invoke*"], ["*"])])
}

test_unknown if {
	rule.finding == {found("unknown", "Role might invoke every function", "${arn}")} with input as given([sample.allow(["lambda:InvokeFunction"], ["${arn}"])])
}

test_all_who_have_it_are_named if {
	one := given([sample.allow(["lambda:InvokeFunction"], ["*"])])
	two := object.union(one, {
		"principals": [sample.role(["inline"], {}), sample.role(["inline"], {"address": "Another"})],
		"policies": [object.union(one.policies[0], {"heldBy": ["Role", "Another"]})],
	})
	{f.message | some f in rule.finding} == {"Another, Role may invoke every function"} with input as two
}

test_nothing_wrong if {
	rule.finding == set() with input as given([sample.allow(["lambda:InvokeFunction"], ["arn:aws:lambda:eu-west-1:111122223333:function:orders:*"])])
	rule.finding == set() with input as given([sample.allow(["lambda:*", "lambda:GetFunction"], ["*"])])
	rule.finding == set() with input as given([
		sample.allow(["lambda:InvokeFunction"], ["*"]),
		sample.deny(["lambda:InvokeFunction"], ["*"]),
	])
}

test_examined if rule.examined == {"Role"} with input as given([])

found(verdict, message, resource) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"verdict": verdict,
	"message": message,
	"evidence": [
		{"text": $"Resource is {resource}"},
		{"text": "function Fn runs with it", "address": "Fn", "at": "t.yaml#/Resources/Fn"},
	],
}

given(statements) := object.union(
	{"format": "cloudformation", "resources": []},
	sample.inventory({
		"functions": [sample.function({})],
		"principals": [sample.role(["inline"], {})],
		"policies": [sample.policy("inline", statements)],
	}),
)
