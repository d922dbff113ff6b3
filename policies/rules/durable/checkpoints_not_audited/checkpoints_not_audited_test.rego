package durable_guard.rules.durable.checkpoints_not_audited_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.checkpoints_not_audited as rule

arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

other := "arn:aws:lambda:eu-west-1:111122223333:function:other"

found(checkpoints, read, about) := {
	"address": "Trail",
	"at": "t.yaml#/Resources/Trail",
	"verdict": "deny",
	"message": "No trail records all that durable functions checkpoint and read back",
	"evidence": array.concat(
		[fact |
			some each in [["checkpoints", checkpoints], ["state read back", read]]
			each[1] != "recorded"
			fact := {"text": $"{each[0]} of Fn: {each[1]}", "address": "Fn", "at": "t.yaml#/Resources/Fn"}
		],
		[{"text": about, "address": "Trail", "at": "t.yaml#/Resources/Trail"}],
	),
}

test_recorded if {
	every selectors in [
		[selector("All", [])],
		[selector("All", [arn])],
		[selector("All", ["arn:aws:lambda:eu-west-1:111122223333:function:order-*"])],
		[selector("All", [$"{arn}:*"])],
		[selector("All", [other, arn])],
		[selector("ReadOnly", []), selector("WriteOnly", [])],
		[excluding, selector("All", [])],
	] {
		rule.finding == set() with input as given([trail(selectors)])
		rule.examined == {"Trail"} with input as given([trail(selectors)])
	}
}

# What one trail leaves out another may record.
test_trails_count_together if {
	writes := trail([selector("WriteOnly", [])])
	reads := sample.with_fields(trail([selector("ReadOnly", [])]), {"address": "Reads"})
	rule.finding == set() with input as given([writes, reads])
	management := sample.with_fields(trail([]), {"address": "Management"})
	rule.finding == set() with input as given([management, trail([selector("All", [])])])
}

test_no_data_events if {
	about := "trail Trail has no selector for data events of functions"
	rule.finding == {found("not recorded", "not recorded", about)} with input as given([trail([])])
}

test_half_of_them if {
	rule.finding == {found("not recorded", "recorded", `trail Trail records "ReadOnly"`)} with input as given([trail([selector("ReadOnly", [])])])
	rule.finding == {found("recorded", "not recorded", `trail Trail records "WriteOnly"`)} with input as given([trail([selector("WriteOnly", [])])])
}

test_other_functions if {
	rule.finding == {found("not recorded", "not recorded", `trail Trail records "All", "All"`)} with input as given([trail([
		selector("All", [other]),
		selector("All", [other]),
	])])
}

test_not_logging if {
	off := sample.with_fields(trail([selector("All", [])]), {"logging": {"known": false}})
	rule.finding == {found("not recorded", "not recorded", "trail Trail is not logging")} with input as given([off])
}

# Told at the trail that records functions at all.
test_nearest_trail if {
	management := sample.with_fields(trail([]), {"address": "Management"})
	some each in rule.finding with input as given([management, trail([selector("ReadOnly", [])])])
	each.address == "Trail"
	count(each.evidence) == 3
}

test_unknown_is_neither_right_nor_wrong if {
	unsure := sample.with_fields(found("not settled", "not settled", `trail Trail records "All"`), {"verdict": "unknown"})
	rule.finding == {unsure} with input as given([trail([excluding])])
	maybe_off := sample.with_fields(trail([selector("All", [])]), {"logging": {"unknown": "Ref On"}})
	rule.finding == {unsure} with input as given([maybe_off])
	rule.finding == {unsure} with input as given([trail([selector("All", ["${functions}"])])])
	unread := sample.with_fields(trail([]), {"unread": "ImportValue Selectors"})
	about := "selectors of trail Trail cannot be read: ImportValue Selectors"
	rule.finding == {sample.with_fields(found("not settled", "not settled", about), {"verdict": "unknown"})} with input as given([unread])
	kind := sample.with_fields(selector("All", []), {"readWrite": {"unknown": "Ref Kind"}})
	some each in rule.finding with input as given([trail([kind])])
	each.verdict == "unknown"
}

# A selector that leaves functions out may still name this one.
test_excluding_and_naming if {
	both := sample.with_fields(selector("All", [arn]), {"excludes": true})
	some each in rule.finding with input as given([trail([both])])
	each.verdict == "unknown"
}

test_no_trail_says_nothing if {
	rule.finding == set() with input as given([])
	rule.examined == set() with input as given([])
}

test_no_trail_where_one_is_required if {
	required := sample.with_fields(given([]), {"settings": {"audit": "required"}})
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn",
		"verdict": "deny",
		"message": "No trail records checkpoints, and settings.audit is required",
		"evidence": [{"text": "Fn is durable", "address": "Fn", "at": "t.yaml#/Resources/Fn"}],
	}} with input as required
	rule.examined == {"Fn"} with input as required
	with_trail := sample.with_fields(given([trail([selector("All", [])])]), {"settings": {"audit": "required"}})
	rule.finding == set() with input as with_trail
}

test_without_durable_functions if {
	plain := object.remove(sample.function({}), ["durable"])
	maybe := sample.function({"durable": sample.durable({"certain": false})})
	every f in [plain, maybe] {
		of := sample.with_fields(given([trail([])]), {"functions": [f], "settings": {"audit": "required"}})
		rule.finding == set() with input as of
		rule.examined == set() with input as of
		none := sample.with_fields(of, {"trails": []})
		rule.finding == set() with input as none
	}
}

trail(selectors) := {
	"address": "Trail",
	"at": "t.yaml#/Resources/Trail",
	"logging": {"known": true},
	"selectors": selectors,
}

selector(read_write, functions) := {
	"at": "t.yaml#/Resources/Trail/Properties/EventSelectors/0",
	"readWrite": {"known": read_write},
	"functions": [sample.pattern(each) | some each in functions],
	"excludes": false,
}

excluding := sample.with_fields(selector("All", []), {"excludes": true})

given(trails) := sample.inventory({
	"functions": [sample.function({"nextExecution": sample.text(concat("", [arn, ":${durable:Version}/durable-execution/x/y"]))})],
	"trails": trails,
})
