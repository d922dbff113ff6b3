package durable_guard.rules.durable.durability_switched_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.durability_switched as rule

config_at := "t.yaml#/Resources/Fn/Properties/DurableConfig"

on := {
	"address": "Fn",
	"at": config_at,
	"verdict": "deny",
	"message": "Durability of Fn is switched on, and the function exists",
	"evidence": [{"text": "the plan is to replace it"}, {"text": "its name stays the same"}],
}

test_unchanged if {
	every action in ["update", "replace", "no-op"] {
		rule.finding == set() with input as durable_now(change(action, true, true))
		rule.finding == set() with input as plain_now(change(action, false, true))
		rule.examined == {"Fn"} with input as durable_now(change(action, true, true))
	}
}

test_switched_on if {
	rule.finding == {on} with input as durable_now(change("replace", false, true))
	rule.finding == {sample.with_fields(on, {"evidence": [
		{"text": "the plan is to update it"},
		{"text": "its name stays the same"},
	]})} with input as durable_now(change("update", false, true))
}

test_switched_off if {
	rule.finding == {sample.with_fields(on, {
		"at": "t.yaml#/Resources/Fn",
		"message": "Durability of Fn is switched off, and the function exists",
	})} with input as plain_now(change("replace", true, true))
}

# Both can be there for a while.
test_another_name_is_milder if {
	milder := object.union(on, {"level": "warn", "evidence": [{"text": "the plan is to replace it"}]})
	rule.finding == {milder} with input as durable_now(change("replace", false, false))
	some each in rule.finding with input as durable_now(change("update", false, false))
	not each.level
}

test_unknown_is_neither_right_nor_wrong if {
	every was in [true, false] {
		some each in rule.finding with input as given({
			"durable": sample.durable({"certain": false}),
			"change": change("replace", was, true),
		})
		each.verdict == "unknown"
		each.at == config_at
	}
}

test_new_functions_and_templates if {
	new := {"action": "create", "replaceBecause": [], "fixedName": true}
	rule.finding == set() with input as durable_now(new)
	rule.examined == set() with input as durable_now(new)
	rule.examined == set() with input as given({})
}

change(action, was, fixed) := {"action": action, "wasDurable": was, "replaceBecause": [], "fixedName": fixed}

durable_now(changed) := given({"change": changed})

plain_now(changed) := sample.inventory({"functions": [object.remove(sample.function({"change": changed}), ["durable"])]})

given(fields) := sample.inventory({"functions": [sample.function(fields)]})
