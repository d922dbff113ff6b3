package durable_guard.rules.lambda.foreign_layer_not_pinned_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.foreign_layer_not_pinned as rule

test_newest_version_of_another_account if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "deny",
		"message": "Function Fn takes a layer of another account without a fixed version",
		"evidence": [{"text": `the layer is "${resolve:ssm:/aws/service/powertools/python/arm64/python3.13/latest}"`}],
	}} with input as layer({"known": "${resolve:ssm:/aws/service/powertools/python/arm64/python3.13/latest}"})
}

test_other_account if {
	verdict("arn:aws:lambda:eu-west-1:017000801446:layer:Powertools:12") == set()
	verdict("arn:aws:lambda:${AWS::Region}:017000801446:layer:Powertools-${Arch}:12") == set()
	verdict("arn:aws:lambda:eu-west-1:017000801446:layer:Powertools") == {"deny"}
	verdict("arn:aws:lambda:eu-west-1:017000801446:layer:Powertools:") == {"deny"}
	verdict("arn:aws:lambda:eu-west-1:017000801446:layer:Powertools:latest") == {"deny"}
	verdict("arn:aws:lambda:eu-west-1:017000801446:layer:Powertools:${Version}") == {"unknown"}
}

test_own_account if {
	verdict("arn:aws:lambda:eu-west-1:111122223333:layer:shared:latest") == set()
	verdict("arn:aws:lambda:eu-west-1:444455556666:layer:shared:latest") == set()
}

test_some_account if {
	verdict("arn:aws:lambda:eu-west-1:${Tools}:layer:shared:3") == set()
	verdict("arn:aws:lambda:eu-west-1:${Tools}:layer:shared:latest") == {"unknown"}
}

test_parameters_of_aws if {
	verdict("${resolve:ssm:/aws/service/aws-parameters-layer:7}") == set()
	verdict("${resolve:ssm:/own/layer}") == {"unknown"}
}

test_declared_here if {
	verdict("${Shared}") == set()
	verdict("${Shared.LayerVersionArn}") == set()
	verdict("${aws_lambda_layer_version.shared}") == set()
	verdict("${LayerArn}") == {"unknown"}
}

test_not_known if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "unknown",
		"message": "Function Fn takes a layer of another account without a fixed version",
		"evidence": [{"text": "the layer is unknown (Ref LayerArn)"}],
	}} with input as layer({"unknown": "Ref LayerArn"})
}

test_examined if {
	rule.examined == {"Fn"} with input as layer({"unknown": "Ref LayerArn"})
	rule.examined == set() with input as sample.inventory({"functions": [sample.function({"layers": []})]})
}

verdict(text) := {f.verdict | some f in found} if {
	found := rule.finding with input as layer({"known": text})
}

layer(arn) := sample.inventory({
	"functions": [sample.function({"layers": [{"at": "t.yaml#/here", "arn": arn}]})],
	"resources": [{"address": "Shared"}, {"address": "aws_lambda_layer_version.shared"}],
	"ownAccounts": ["111122223333", "444455556666"],
})
