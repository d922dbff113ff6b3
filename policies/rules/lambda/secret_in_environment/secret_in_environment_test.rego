package durable_guard.rules.lambda.secret_in_environment_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.secret_in_environment as rule

test_by_whatever_gives_it_away if {
	said := {
		"content": "given away by its content, which is not shown",
		"name": "given away by its name; the value is not shown",
		"parameter": "it has the value of a parameter that is hidden as a secret",
	}
	every by, reason in said {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/here",
			"verdict": "deny",
			"message": "Environment variable DB_PASSWORD holds a secret in clear text (password)",
			"evidence": [{"text": reason}],
		}} with input as holding([object.union(password, {"by": by})])
	}
}

test_what_may_be_something_else_is_unknown if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "unknown",
		"message": "Environment variable DB_PASSWORD holds a secret in clear text (password)",
		"evidence": [{"text": "given away by its name; the value is not shown"}],
	}} with input as holding([object.union(password, {"certain": false})])
}

test_environment_that_cannot_be_read_is_unknown if {
	f := sample.function({"secrets": [], "environmentUnread": "aws_sqs_queue.jobs.url"})
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "unknown",
		"message": "A secret in the environment would not be seen",
		"evidence": [{"text": "the environment cannot be read: aws_sqs_queue.jobs.url"}],
	}} with input as sample.inventory({"functions": [f]})
}

test_aws_credentials_and_other_places_are_another_rule if {
	rule.finding == set() with input as holding([object.union(password, {"aws": true})])
	every place in ["code", "description"] {
		rule.finding == set() with input as holding([object.union(password, {"place": place})])
	}
}

test_nothing_secret if {
	rule.finding == set() with input as holding([])
	rule.examined == {"Fn"} with input as holding([])
}

password := {
	"at": "t.yaml#/here",
	"place": "environment",
	"name": "DB_PASSWORD",
	"kind": "password",
	"aws": false,
	"by": "name",
	"certain": true,
}

holding(secrets) := sample.inventory({"functions": [sample.function({"secrets": secrets})]})
