package durable_guard.rules.lambda.code_signing_not_enforced_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.code_signing_not_enforced as rule

test_enforced if {
	enforced := signed({"codeSigningPolicy": {"known": "Enforce"}})
	rule.finding == set() with input as enforced
	rule.examined == {"Fn"} with input as enforced
}

test_not_signed if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "Function Fn takes unsigned code",
		"evidence": [{"text": "it has no code signing configuration"}],
	}} with input as function({})
}

test_only_warned if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "Function Fn takes unsigned code",
		"evidence": [{"text": `what its code signing configuration does with unsigned code is "Warn"`}],
	}} with input as signed({"codeSigningPolicy": {"known": "Warn"}})
}

test_images_are_not_signed if {
	rule.finding == set() with input as function({"packageType": {"known": "Image"}})
}

test_unknown if {
	said := {
		"its code signing configuration is not in the documents": {},
		"what its code signing configuration does with unsigned code is unknown (Ref Policy)": {"codeSigningPolicy": {"unknown": "Ref Policy"}},
	}
	every text, fields in said {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/Resources/Fn",
			"verdict": "unknown",
			"message": "Function Fn takes unsigned code",
			"evidence": [{"text": text}],
		}} with input as signed(fields)
	}
	found := rule.finding with input as function({"packageType": {"unknown": "Ref Package"}})
	{f.verdict | some f in found} == {"unknown"}
}

function(fields) := sample.inventory({"functions": [sample.function(fields)]})

signed(fields) := function(object.union({"codeSigning": {"unknown": "aws_lambda_code_signing_config.this.arn"}}, fields))
