package durable_guard.rules.durable.runtime_cannot_run_durable_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.runtime_cannot_run_durable as rule

list := {"text": "as of 2026-11-22 AWS names dotnet10, dotnet8, java17, java21, java25, nodejs22.x, nodejs24.x, python3.13, python3.14"}

cannot(runtime) := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn",
	"verdict": "deny",
	"message": "The runtime of Fn must be one that can run durable functions",
	"evidence": [{"text": $"Runtime is {runtime}"}, list],
}

outlives := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn",
	"verdict": "deny",
	"level": "warn",
	"severity": "low",
	"message": "Functions of the runtime of Fn cannot be updated from 2027-07-01 on, before its longest execution can end",
	"evidence": [
		{"text": `Runtime is "nodejs22.x"`},
		{"text": "ExecutionTimeout is 19094400 seconds, today is 2026-11-22"},
	],
}

# 2027-07-01 is 221 days after 2026-11-22: 19094400 seconds.
day := 86400

test_capable if {
	every runtime in ["nodejs24.x", "python3.14", "java25", "dotnet10"] {
		rule.finding == set() with input as given({"runtime": {"known": runtime}}, {})
		rule.examined == {"Fn"} with input as given({"runtime": {"known": runtime}}, {})
	}
}

test_incapable if {
	every runtime in ["nodejs20.x", "python3.12", "provided.al2023", "java11"] {
		rule.finding == {cannot($`"{runtime}"`)} with input as given({"runtime": {"known": runtime}}, {})
	}
}

# Newer than the list: nobody is accused, and the settings can say that it can.
test_newer_than_the_list if {
	newer := {"runtime": {"known": "nodejs26.x"}}
	rule.finding == {sample.with_fields(cannot(`"nodejs26.x"`), {"verdict": "unknown"})} with input as given(newer, {})
	settings := {"settings": {"durableRuntimes": ["nodejs26.x"]}}
	rule.finding == set() with input as given(newer, settings)
}

test_unknown_is_neither_right_nor_wrong if {
	unsure := sample.with_fields(cannot("unknown (Ref R)"), {"verdict": "unknown"})
	rule.finding == {unsure} with input as given({"runtime": {"unknown": "Ref R"}}, {})
	open := sample.with_fields(cannot(`"nodejs${V}.x"`), {"verdict": "unknown"})
	rule.finding == {open} with input as given({"runtime": {"known": "nodejs${V}.x"}}, {})
	package_type := {"packageType": {"unknown": "Ref P"}, "runtime": {"known": "nodejs20.x"}}
	rule.finding == {sample.with_fields(cannot(`"nodejs20.x"`), {"verdict": "unknown"})} with input as given(package_type, {})
}

test_images_and_missing_runtimes if {
	every fields in [{"runtime": {"known": "nodejs20.x"}, "packageType": {"known": "Image"}}, {}] {
		rule.finding == set() with input as given(fields, {})
		rule.examined == set() with input as given(fields, {})
	}
	maybe := {"runtime": {"known": "nodejs20.x"}, "durable": sample.durable({"certain": false})}
	rule.examined == set() with input as given(maybe, {})
}

test_blocked_before_the_end if {
	rule.finding == {outlives} with input as lasting({"known": 221 * day})
	rule.finding == set() with input as lasting({"known": (221 * day) - 1})
	rule.finding == set() with input as object.remove(lasting({"known": 221 * day}), ["today"])
}

test_blocked_already if {
	late := object.union(lasting({"known": 60}), {"today": "2027-07-02"})
	{each.level | some each in rule.finding} == {"warn"} with input as late
}

test_no_timeout_is_left_to_another_rule if {
	without := sample.function({
		"runtime": {"known": "nodejs22.x"},
		"durable": object.remove(sample.durable({}), ["executionTimeout"]),
	})
	rule.finding == set() with input as sample.inventory({"functions": [without]})
}

# No execution can take longer than 366 days, whatever its timeout is.
test_unknown_timeout if {
	some each in rule.finding with input as lasting({"unknown": "Ref T"})
	each.verdict == "unknown"
	each.level == "warn"
	early := object.union(lasting({"unknown": "Ref T"}), {"today": "2026-06-29"})
	rule.finding == set() with input as early
	in_time := object.union(lasting({"unknown": "Ref T"}), {"today": "2026-06-30"})
	count(rule.finding) == 1 with input as in_time
}

# A runtime that cannot run them at all is not also told to end; one in an image never.
test_only_where_it_runs if {
	durable := sample.durable({"executionTimeout": {"known": 366 * day}})
	incapable := {"runtime": {"known": "nodejs18.x"}, "durable": durable}
	{each.message | some each in rule.finding} == {"The runtime of Fn must be one that can run durable functions"} with input as given(incapable, {})
	unsure := {"runtime": {"known": "nodejs22.x"}, "durable": durable, "packageType": {"unknown": "Ref P"}}
	{each.verdict | some each in rule.finding} == {"unknown"} with input as given(unsure, {})
}

lasting(timeout) := given(
	{"runtime": {"known": "nodejs22.x"}, "durable": sample.durable({"executionTimeout": timeout})},
	{},
)

given(fields, rest) := sample.inventory(object.union(rest, {"functions": [sample.function(fields)]}))
