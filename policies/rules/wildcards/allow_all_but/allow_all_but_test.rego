package durable_guard.rules.wildcards.allow_all_but_test

import data.durable_guard.lib.grant_test as given
import data.durable_guard.rules.wildcards.allow_all_but as rule

not_iam := {"notActions": given.patterns(["iam:*", "organizations:*"])}

not_prod := {
	"actions": given.patterns(["s3:GetObject"]),
	"resources": [],
	"notResources": given.patterns(["arn:aws:s3:::prod/*"]),
}

found := {
	"address": "Role",
	"at": "t.yaml#/Role/Statement/0",
	"verdict": "deny",
	"message": "The policy allows everything but NotAction iam:*, organizations:*",
	"evidence": [{"text": "Resource is *"}, given.runs_with_it],
}

test_not_action if rule.finding == {found} with input as given.on_role(not_iam)

test_not_resource if {
	rule.finding == {object.union(found, {
		"severity": "medium",
		"message": "The policy allows everything but NotResource arn:aws:s3:::prod/*",
		"evidence": [given.runs_with_it],
	})} with input as given.on_role(not_prod)
}

test_both if {
	rule.finding == {object.union(found, {
		"message": "The policy allows everything but NotAction iam:*, organizations:* and NotResource arn:aws:s3:::prod/*",
		"evidence": [given.runs_with_it],
	})} with input as given.on_role(object.union(not_iam, {
		"resources": [],
		"notResources": given.patterns(["arn:aws:s3:::prod/*"]),
	}))
}

test_milder_where_no_function_has_it if {
	rule.finding == {object.union(found, {
		"level": "warn",
		"evidence": [{"text": "Resource is *"}, {"text": "Developer has it"}],
	})} with input as given.elsewhere(not_iam)
}

test_resource_policy if {
	rule.finding == {object.union(found, {
		"address": "Permission",
		"at": "t.yaml#/Permission",
		"evidence": [{"text": "it is on function Fn"}],
	})} with input as given.on_function(not_iam)
}

test_unknown_effect if {
	rule.finding == {object.union(found, {
		"verdict": "unknown",
		"message": "The policy may allow everything but NotAction iam:*, organizations:*",
	})} with input as given.on_role(object.union(not_iam, {"effect": {"unknown": "Fn::If"}}))
}

test_nothing_wrong if {
	rule.finding == set() with input as given.on_role(object.union(not_iam, {"effect": {"known": "Deny"}}))
	rule.finding == set() with input as given.on_role(object.union(not_prod, {"effect": {"known": "Deny"}}))
	rule.finding == set() with input as given.on_role({"actions": given.patterns(["s3:GetObject"])})
}

test_examined if {
	rule.examined == {"Role"} with input as given.on_role({})
	rule.examined == {"Permission"} with input as given.on_function({})
}
