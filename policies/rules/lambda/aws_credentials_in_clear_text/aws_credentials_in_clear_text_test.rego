package durable_guard.rules.lambda.aws_credentials_in_clear_text_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.aws_credentials_in_clear_text as rule

test_each_place_is_named if {
	said := {
		["environment", "PARTNER_KEY"]: "Environment variable PARTNER_KEY holds an AWS access key",
		["code", ""]: "The function's code holds an AWS access key",
		["description", ""]: "The function's description holds an AWS access key",
	}
	every place, message in said {
		secret := object.union(access_key, {"place": place[0], "name": place[1]})
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/here",
			"verdict": "deny",
			"message": message,
			"evidence": [{"text": "given away by its content, which is not shown"}],
		}} with input as holding([secret])
	}
}

test_parameter if {
	secret := object.union(access_key, {"kind": "AWS secret key", "place": "parameter", "name": "PartnerKey"})
	rule.finding == {{
		"address": "PartnerKey",
		"at": "t.yaml#/here",
		"verdict": "deny",
		"message": "Parameter PartnerKey holds an AWS secret key",
		"evidence": [{"text": "given away by its content, which is not shown"}],
	}} with input as sample.inventory({"parameters": [{"address": "PartnerKey", "secrets": [secret]}]})
}

test_other_secrets_are_another_rule if {
	secret := object.union(access_key, {"kind": "password", "aws": false, "place": "environment", "name": "DB_PASSWORD"})
	rule.finding == set() with input as holding([secret])
}

# A value that is not known holds nothing to find; that the environment cannot be read, LAM003 says.
test_unknown_says_nothing if {
	rule.finding == set() with input as sample.inventory({
		"functions": [sample.function({"secrets": [], "environmentUnread": "known after apply"})],
		"parameters": [],
	})
}

test_console_password if {
	found := {
		"address": "Ana",
		"at": "t.yaml#/Ana/Password",
		"verdict": "deny",
		"message": "The console password of user Ana stands in clear text",
		"evidence": [{"text": "whoever may read the template reads it; the value is not shown"}],
	}
	rule.finding == {found} with input as console("template")
	rule.finding == {object.union(found, {
		"level": "warn",
		"evidence": [{"text": "it is a parameter without NoEcho: whoever may describe the stack reads it; the value is not shown"}],
	})} with input as console("parameters")
	rule.finding == set() with input as console("nowhere")
	rule.examined == {"Ana"} with input as console("nowhere")
}

console(place) := sample.inventory({"parameters": [], "principals": [
	{"address": "Ana", "console": {"at": "t.yaml#/Ana/Password", "passwordIn": place}},
	{"address": "Role"},
]})

test_examined if {
	rule.examined == {"Fn", "PartnerKey"} with input as sample.inventory({
		"functions": [sample.function({"secrets": []})],
		"parameters": [{"address": "PartnerKey", "secrets": []}],
	})
}

access_key := {"at": "t.yaml#/here", "kind": "AWS access key", "aws": true, "by": "content", "certain": true}

holding(secrets) := sample.inventory({"functions": [sample.function({"secrets": secrets})], "parameters": []})
