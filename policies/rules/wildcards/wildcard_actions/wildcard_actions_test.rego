package durable_guard.rules.wildcards.wildcard_actions_test

import data.durable_guard.lib.grant_test as given
import data.durable_guard.rules.wildcards.wildcard_actions as rule

test_every_action_of_a_service if {
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Role/Statement/0",
		"verdict": "deny",
		"message": "Action s3:* allows every action of the service",
		"evidence": [{"text": "Resource is *"}, given.runs_with_it],
	}} with input as given.on_role({"actions": given.patterns(["sqs:SendMessage", "s3:*"])})
}

test_every_action_of_every_service if {
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Role/Statement/0",
		"verdict": "deny",
		"message": "Action *, s3:* allows every action of every service",
		"evidence": [{"text": "Resource is *"}, given.runs_with_it],
	}} with input as given.on_role({"actions": given.patterns(["*", "s3:*"])})
}

test_services if {
	{f.message | some f in rule.finding} == {"Action s3:*, sqs:* allows every action of the services"} with input as given.on_role({"actions": given.patterns(["s3:*", "sqs:*", "${Actions}"])})
}

test_a_resource_or_a_condition_does_not_excuse_it if {
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Role/Statement/0",
		"verdict": "deny",
		"message": "Action s3:* allows every action of the service",
		"evidence": [
			{"text": "Resource is arn:aws:s3:::orders/*"},
			{"text": "a condition on aws:resourceaccount applies"},
			given.runs_with_it,
		],
	}} with input as given.on_role({
		"actions": given.patterns(["s3:*"]),
		"resources": given.patterns(["arn:aws:s3:::orders/*"]),
		"conditions": [{"key": "aws:resourceaccount"}],
	})
}

test_milder_where_no_function_has_it if {
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Role/Statement/0",
		"verdict": "deny",
		"level": "warn",
		"message": "Action s3:* allows every action of the service",
		"evidence": [{"text": "Resource is *"}, {"text": "Developer has it"}],
	}} with input as given.elsewhere({"actions": given.patterns(["s3:*"])})
}

test_resource_policy if {
	rule.finding == {{
		"address": "Permission",
		"at": "t.yaml#/Permission",
		"verdict": "deny",
		"message": "Action lambda:* allows every action of the service",
		"evidence": [{"text": "it is on function Fn"}],
	}} with input as given.on_function({"actions": given.patterns(["lambda:*"]), "resources": []})
}

test_unknown if {
	open := {
		"address": "Role",
		"at": "t.yaml#/Role/Statement/0",
		"verdict": "unknown",
		"message": "Action ${Actions} may allow every action of every service",
		"evidence": [{"text": "Resource is *"}, given.runs_with_it],
	}
	rule.finding == {open} with input as given.on_role({"actions": given.patterns(["${Actions}", "s3:GetObject"])})
	rule.finding == {object.union(open, {"message": "Action s3:* may allow every action of the service"})} with input as given.on_role({
		"actions": given.patterns(["s3:*"]),
		"effect": {"unknown": "Fn::If"},
	})
}

test_nothing_wrong if {
	rule.finding == set() with input as given.on_role({"actions": given.patterns(["s3:Get*", "s3:PutObject"])})
	rule.finding == set() with input as given.on_role({"notActions": given.patterns(["*"])})
	rule.finding == set() with input as given.on_role({"actions": given.patterns(["*"]), "effect": {"known": "Deny"}})
}

test_examined if {
	rule.examined == {"Role"} with input as given.on_role({})
	rule.examined == {"Permission"} with input as given.on_function({})
}
