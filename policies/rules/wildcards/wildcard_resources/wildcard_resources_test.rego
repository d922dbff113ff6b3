package durable_guard.rules.wildcards.wildcard_resources_test

import data.durable_guard.lib.grant_test as given
import data.durable_guard.rules.wildcards.wildcard_resources as rule

queue := {"actions": given.patterns(["sqs:SendMessage", "sqs:ListQueues"]), "scopable": ["sqs:SendMessage"]}

found := {
	"address": "Role",
	"at": "t.yaml#/Role/Statement/0",
	"verdict": "deny",
	"message": "Resource * lets sqs:SendMessage reach every resource",
	"evidence": [{"text": "Resource is *"}, given.runs_with_it],
}

test_every_resource if {
	rule.finding == {found} with input as given.on_role(queue)
}

test_names_the_resources_and_actions_that_are_wrong if {
	{f.message | some f in rule.finding} == {"Resource *, arn:aws:sqs:* lets sqs:SendMessage, sqs:Receive* reach every resource"} with input as given.on_role({
		"actions": given.patterns(["sqs:SendMessage", "sqs:Receive*", "logs:PutLogEvents", "${Actions}", "s3:Get${What}"]),
		"scopable": ["sqs:SendMessage", "sqs:Receive*", "logs:PutLogEvents"],
		"resources": given.patterns(["*", "arn:aws:sqs:*", "${Arn}", "arn:aws:s3:::orders/*"]),
	})
}

test_milder_where_no_function_has_it if {
	rule.finding == {object.union(found, {
		"level": "warn",
		"evidence": [{"text": "Resource is *"}, {"text": "Developer has it"}],
	})} with input as given.elsewhere(queue)
}

test_milder_where_a_condition_limits_what_is_reached if {
	conditions := [{"key": "aws:securetransport"}, {"key": "aws:resourceaccount"}]
	rule.finding == {object.union(found, {"level": "warn", "severity": "low", "evidence": [
		{"text": "Resource is *"},
		{"text": "a condition on aws:securetransport applies"},
		{"text": "a condition on aws:resourceaccount applies"},
		given.runs_with_it,
	]})} with input as given.on_role(object.union(queue, {"conditions": conditions}))
}

test_a_condition_on_who_asks_excuses_nothing if {
	every key in [
		"aws:principalorgid", "aws:sourceip", "aws:vpcsourceip", "aws:multifactorauthpresent", "aws:username",
		"aws:tokenissuetime", "aws:federatedprovider", "aws:securetransport", "aws:currenttime", "aws:epochtime",
		"aws:referer", "aws:requestedregion",
	] {
		result := rule.finding with input as given.on_role(object.union(queue, {"conditions": [{"key": key}]}))
		[object.get(f, "level", "deny") | some f in result] == ["deny"]
	}
}

test_milder_for_writing_logs if {
	rule.finding == {object.union(found, {
		"level": "warn",
		"severity": "low",
		"message": "Resource * lets logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents reach every resource",
	})} with input as given.on_role({
		"actions": given.patterns(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]),
		"scopable": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
	})
}

test_unknown_resource if {
	rule.finding == {object.union(found, {
		"verdict": "unknown",
		"message": "Resource ${QueueArn} may let sqs:SendMessage reach every resource",
		"evidence": [{"text": "Resource is ${QueueArn}"}, given.runs_with_it],
	})} with input as given.on_role(object.union(queue, {"resources": given.patterns(["${QueueArn}"])}))
}

test_unknown_action if {
	rule.finding == {object.union(found, {
		"verdict": "unknown",
		"message": "Resource * may let sqs:${Action}Message reach every resource",
	})} with input as given.on_role({"actions": given.patterns(["sqs:${Action}Message"])})
}

test_unknown_effect if {
	rule.finding == {object.union(found, {
		"verdict": "unknown",
		"message": "Resource * may let sqs:SendMessage reach every resource",
	})} with input as given.on_role(object.union(queue, {"effect": {"unknown": "Fn::If"}}))
}

test_unread_condition_may_limit_it if {
	rule.finding == {object.union(found, {
		"verdict": "unknown",
		"message": "Resource * may let sqs:SendMessage reach every resource",
		"evidence": [
			{"text": "Resource is *"},
			{"text": "a condition on something that cannot be read applies"},
			given.runs_with_it,
		],
	})} with input as given.on_role(object.union(queue, {"conditions": [{"key": ""}]}))
}

test_all_of_a_type_only_when_strict if {
	tables := {
		"actions": given.patterns(["dynamodb:GetItem"]),
		"scopable": ["dynamodb:GetItem"],
		"resources": given.patterns(["arn:aws:dynamodb:*:*:table/*"]),
	}
	strict := object.union(given.on_role(tables), {"settings": {"wildcards": "strict"}})
	one_table := object.union(tables, {"resources": given.patterns(["arn:aws:dynamodb:*:*:table/orders"])})
	rule.finding == set() with input as given.on_role(tables)
	rule.finding == set() with input as object.union(given.on_role(one_table), {"settings": {"wildcards": "strict"}})
	{f.message | some f in rule.finding} == {"Resource arn:aws:dynamodb:*:*:table/* lets dynamodb:GetItem reach every resource"} with input as strict
}

test_left_to_other_rules if {
	every action in ["kms:Decrypt", "KMS:Decrypt", "lambda:StopDurableExecution", "lambda:*durableExecution*", "s3:*", "${Actions}"] {
		rule.finding == set() with input as given.on_role({"actions": given.patterns([action]), "scopable": [action]})
	}
}

test_ways_up_are_told_of_where_a_function_has_them if {
	pass := {"actions": given.patterns(["IAM:PassRole", "sqs:SendMessage"]), "scopable": ["IAM:PassRole", "sqs:SendMessage"]}
	{f.message | some f in rule.finding} == {"Resource * lets sqs:SendMessage reach every resource"} with input as given.on_role(pass)
	{f.message | some f in rule.finding} == {"Resource * lets IAM:PassRole, sqs:SendMessage reach every resource"} with input as given.elsewhere(pass)
}

test_nothing_wrong if {
	rule.finding == set() with input as given.on_role({"actions": given.patterns(["sqs:ListQueues"]), "scopable": []})
	rule.finding == set() with input as given.on_role({"actions": given.patterns(["sqs:ListQueues"])})
	rule.finding == set() with input as given.on_role(object.union(queue, {"effect": {"known": "Deny"}}))
	rule.finding == set() with input as given.on_role(object.union(queue, {"resources": given.patterns(["${Queue.Arn}"])}))
	rule.finding == set() with input as given.on_function(queue)
}

test_examined if {
	rule.examined == {"Role"} with input as given.on_role({})
	rule.examined == set() with input as given.on_function({})
}
