package durable_guard.rules.lambda.public_function_url_test

import data.durable_guard.rules.lambda.public_function_url as rule

test_iam_is_right if {
	rule.finding == set() with input as given({})
	rule.examined == {"Url"} with input as given({})
}

test_public if {
	rule.finding == {found("The URL of function Fn is open to everyone", `"NONE"`, {})} with input as given({"authType": {"known": "NONE"}})
}

test_function_outside_the_documents if {
	outside := object.union(given({"authType": {"known": "NONE"}}), {"functions": []})
	[f.evidence | some f in rule.finding] == [[{"text": `AuthType is "NONE"`}]] with input as outside
}

test_cors_with_credentials if {
	message := "CORS of the URL of function Fn lets every origin send credentials"
	rule.finding == {found(message, `"AWS_IAM"`, {})} with input as given({
		"corsOrigins": [{"known": "https://example.com"}, {"known": "*"}],
		"corsCredentials": {"known": true},
	})
	rule.finding == set() with input as given({"corsOrigins": [{"known": "*"}]})
	rule.finding == set() with input as given({
		"corsOrigins": [{"known": "https://example.com"}],
		"corsCredentials": {"known": true},
	})
}

test_unknown if {
	auth := found("The URL of function Fn may be open to everyone", "unknown (Ref Auth)", {"verdict": "unknown"})
	rule.finding == {auth} with input as given({"authType": {"unknown": "Ref Auth"}})
	message := "CORS of the URL of function Fn may let every origin send credentials"
	rule.finding == {found(message, `"AWS_IAM"`, {"verdict": "unknown"})} with input as given({
		"corsOrigins": [{"unknown": "Ref Origin"}],
		"corsCredentials": {"known": true},
	})
}

test_other_edges_are_left_out if {
	rule.examined == set() with input as {"invocations": [{"address": "Rule", "kind": "rule", "function": "Fn"}]}
	rule.finding == set() with input as {"invocations": [{"address": "Rule", "kind": "rule", "function": "Fn"}]}
}

found(message, auth, fields) := object.union(
	{
		"address": "Url",
		"at": "t.yaml#/Url",
		"verdict": "deny",
		"message": message,
		"evidence": [{"text": $"AuthType is {auth}"}, {"text": "the function", "address": "Fn", "at": "t.yaml#/Fn"}],
	},
	fields,
)

given(fields) := {
	"functions": [{"address": "Fn", "at": "t.yaml#/Fn"}],
	"invocations": [{
		"address": "Url",
		"at": "t.yaml#/Url",
		"kind": "function url",
		"function": "Fn",
		"url": object.union(object.remove(url, object.keys(fields)), fields),
	}],
}

url := {"authType": {"known": "AWS_IAM"}, "corsOrigins": [], "corsCredentials": {"known": false}}
