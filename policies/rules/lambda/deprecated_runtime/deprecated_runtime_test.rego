package durable_guard.rules.lambda.deprecated_runtime_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.deprecated_runtime as rule

test_deprecated_on_and_after_the_day if {
	every today in ["2025-12-15", "2026-11-22"] {
		rule.finding == {{
			"address": "Fn",
			"at": "t.yaml#/Resources/Fn",
			"verdict": "deny",
			"message": "Runtime python3.9 is deprecated",
			"evidence": [
				{"text": "deprecated since 2025-12-15"},
				{"text": "no function can be created with it from 2027-02-01"},
				{"text": "no function can be updated with it from 2027-03-03"},
			],
		}} with input as running({"runtime": {"known": "python3.9"}}, today)
	}
}

test_supported_until_the_day_before if {
	rule.finding == set() with input as running({"runtime": {"known": "python3.9"}}, "2025-12-14")
	rule.finding == set() with input as running({"runtime": {"known": "nodejs24.x"}}, "2026-11-22")
}

test_days_that_are_not_set_are_left_out if {
	found := rule.finding with input as running({"runtime": {"known": "dotnet9"}}, "2026-11-22")
	{f.evidence | some f in found} == {[{"text": "deprecated since 2026-11-10"}]}
}

test_runtime_that_aws_has_not_announced_says_nothing if {
	rule.finding == set() with input as running({"runtime": {"known": "nodejs30.x"}}, "2026-11-22")
}

test_image_brings_its_own_runtime if {
	rule.finding == set() with input as running({"packageType": {"known": "Image"}}, "2026-11-22")
	image := {"packageType": {"known": "Image"}, "runtime": {"known": "python3.9"}}
	rule.finding == set() with input as running(image, "2026-11-22")
	rule.finding == set() with input as running({}, "2026-11-22")
}

test_unknown_runtime if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "unknown",
		"message": "Whether the runtime is deprecated is not settled",
		"evidence": [{"text": "the runtime is unknown (Ref Runtime)"}],
	}} with input as running({"runtime": {"unknown": "Ref Runtime"}}, "2026-11-22")
}

test_runtime_with_an_open_part if {
	verdicts := {text: verdict |
		some text in ["python${Version}", "dotnet${Version}", "nodejs99.${Version}"]
		found := rule.finding with input as running({"runtime": {"known": text}}, "2026-11-22")
		verdict := {f.verdict | some f in found}
	}
	verdicts == {"python${Version}": {"unknown"}, "dotnet${Version}": {"unknown"}, "nodejs99.${Version}": set()}
	image := {"packageType": {"known": "Image"}, "runtime": {"unknown": "Ref Runtime"}}
	rule.finding == set() with input as running(image, "2026-11-22")
}

test_unknown_package_type if {
	unread := {"runtime": {"known": "python3.9"}, "packageType": {"unknown": "Ref Package"}}
	found := rule.finding with input as running(unread, "2026-11-22")
	{[f.verdict, f.message] | some f in found} == {["unknown", "Runtime python3.9 is deprecated"]}
}

test_examined if {
	rule.examined == {"Fn"} with input as running({}, "2026-11-22")
}

running(fields, today) := sample.inventory({"functions": [sample.function(fields)], "today": today})
