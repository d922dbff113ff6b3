package durable_guard.rules.durable.nothing_published_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.nothing_published as rule

version := {"address": "Version", "at": "t.yaml#/Resources/Version"}

found := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn",
	"verdict": "deny",
	"message": "No version of Fn is published",
	"evidence": [],
}

test_version_or_alias_of_one if {
	every fields in [
		{"versions": [version]},
		{"versions": [version], "aliases": [alias({"known": "$LATEST"})]},
		{"aliases": [alias({"known": "3"})]},
		{"aliases": [alias({"known": "$LATEST"}), alias({"known": "3"})]},
	] {
		rule.finding == set() with input as given(fields)
		rule.examined == {"Fn"} with input as given(fields)
	}
}

test_nothing if {
	rule.finding == {found} with input as given({})
}

test_an_alias_of_latest_is_none if {
	rule.finding == {sample.with_fields(found, {"evidence": [{
		"text": `the version of alias "live" is "$LATEST"`,
		"address": "Alias",
		"at": "t.yaml#/Resources/Alias",
	}]})} with input as given({"aliases": [alias({"known": "$LATEST"})]})
}

test_unknown_is_neither_right_nor_wrong if {
	some each in rule.finding with input as given({"aliases": [alias({"unknown": "Ref V"})]})
	each.verdict == "unknown"
}

test_only_durable_functions if {
	plain := object.remove(sample.function({}), ["durable"])
	maybe := sample.function({"durable": sample.durable({"certain": false})})
	every f in [plain, maybe] {
		rule.finding == set() with input as sample.inventory({"functions": [f]})
		rule.examined == set() with input as sample.inventory({"functions": [f]})
	}
}

alias(of) := {"address": "Alias", "at": "t.yaml#/Resources/Alias", "name": {"known": "live"}, "version": of}

given(fields) := sample.inventory({"functions": [sample.function(fields)]})
