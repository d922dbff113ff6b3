package durable_guard.rules.lambda.role_cannot_write_logs_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.role_cannot_write_logs as rule

group := "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/order-workflow"

both := ["logs:CreateLogStream", "logs:PutLogEvents"]

test_allowed if {
	every resource in [$"{group}:*", $"{group}:log-stream:*", "arn:aws:logs:*:*:*", "*"] {
		rule.finding == set() with input as given([sample.allow(both, [resource])])
	}
	rule.examined == {"Fn"} with input as given([])
}

test_not_allowed if {
	rule.finding == {found("Role Role does not let Fn write its logs: logs:CreateLogStream and logs:PutLogEvents on", {})} with input as given([])
	one := found("Role Role does not let Fn write its logs: logs:PutLogEvents on", {})
	rule.finding == {one} with input as given([sample.allow(["logs:CreateLogStream"], ["*"])])
	rule.finding == {one} with input as given([sample.allow(both, ["*"]), sample.deny(["logs:Put*"], ["*"])])
	another := sample.allow(both, ["arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/other:*"])
	count(rule.finding) == 1 with input as given([another])
	without_streams := sample.allow(both, [group])
	count(rule.finding) == 1 with input as given([without_streams])
}

test_policies_are_named if {
	unnamed := object.union(sample.policy("inline", []), {"name": ""})
	{fact.text | some f in rule.finding; some fact in f.evidence} == {$"policy {unnamed.address} of the role was considered"} with input as object.union(given([]), {"policies": [unnamed]})
}

test_unknown if {
	open := found("Role Role may not let Fn write its logs: logs:CreateLogStream and logs:PutLogEvents on", {"verdict": "unknown"})
	rule.finding == {open} with input as given([sample.allow(both, ["${logs}"])])
}

test_group_that_nobody_creates if {
	lonely := object.union(given([sample.allow(both, ["*"])]), {"logGroups": [{"functions": ["Another"]}]})
	rule.finding == {object.union(
		found("", {}),
		{
			"level": "warn",
			"severity": "low",
			"message": "Role Role does not let Fn create its log group, and nothing here creates it",
			"paste": {"actions": ["logs:CreateLogGroup"], "resources": [$"{group}:*"]},
		},
	)} with input as lonely
	created := sample.allow(array.concat(both, ["logs:CreateLogGroup"]), ["*"])
	rule.finding == set() with input as object.union(given([created]), {"logGroups": []})
	perhaps := [sample.allow(both, ["*"]), sample.allow(["logs:CreateLogGroup"], ["${logs}"])]
	rule.finding == set() with input as object.union(given(perhaps), {"logGroups": []})
	neither := object.union(given([]), {"logGroups": []})
	{f.paste.actions | some f in rule.finding} == {array.concat(both, ["logs:CreateLogGroup"])} with input as neither
	half := object.union(given([sample.allow(["logs:PutLogEvents"], ["*"])]), {"logGroups": []})
	{f.level | some f in rule.finding} == set() with input as half
}

# DUR001 says of a role or policy that it cannot be read.
test_unread_is_silent if {
	unread := object.union(sample.policy("inline", []), {"unread": "it is not in the documents"})
	rule.finding == set() with input as object.union(given([]), {"policies": [unread]})
	outside := sample.role([], {"external": true})
	rule.finding == set() with input as object.union(given([]), {"principals": [outside]})
	bounded := sample.role(["inline"], {"boundary": {"policy": "boundary"}})
	boundary := object.union(sample.policy("boundary", []), {"unread": "it is not in the documents"})
	rule.finding == set() with input as object.union(given([]), {
		"principals": [bounded],
		"policies": [sample.policy("inline", [sample.allow(both, ["*"])]), boundary],
	})
}

# What is denied whatever the unread policy says is told all the same.
test_denied_beside_an_unread_policy if {
	unread := object.union(sample.policy("inline", [sample.deny(both, ["*"])]), {"unread": "it is not in the documents"})
	{f.verdict | some f in rule.finding} == {"deny"} with input as object.union(given([]), {"policies": [unread]})
}

test_functions_without_a_known_log_stream if {
	rule.examined == set() with input as sample.inventory({"functions": [sample.function({})]})
	rule.finding == set() with input as sample.inventory({"functions": [sample.function({})]})
}

found(beginning, fields) := object.union(
	{
		"address": "Fn",
		"at": sample.at("Fn", "/Properties/Role"),
		"verdict": "deny",
		"message": $"{beginning} {group}:*",
		"evidence": [{
			"text": "policy inline of the role was considered",
			"address": "Role",
			"at": sample.at("Role", "/Properties/Policies"),
		}],
		"paste": {"actions": both, "resources": [$"{group}:*"]},
	},
	fields,
)

given(statements) := sample.inventory({
	"functions": [sample.function({"logStream": sample.text($"{group}:log-stream:2026/11/22/[$LATEST]0")})],
	"principals": [sample.role(["inline"], {})],
	"policies": [sample.policy("inline", statements)],
	"logGroups": [{"functions": ["Fn"]}],
})
