package durable_guard.rules.kms.key_rotation_off_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.kms.key_rotation_off as rule

off := {
	"address": "Key",
	"at": "t.yaml#/Resources/Key",
	"verdict": "deny",
	"message": "Key Key must be rotated",
	"evidence": [{"text": "Fn uses it"}],
}

test_rotated if {
	rule.finding == set() with input as given({})
	rule.examined == {"Key"} with input as given({})
}

test_not_rotated if {
	rule.finding == {off} with input as given({"rotation": {"known": false}})
	rule.finding == {off} with input as given({"rotation": {"known": false}, "origin": {"known": "AWS_KMS"}})
}

test_unknown_is_neither_right_nor_wrong if {
	rule.finding == {sample.with_fields(off, {"verdict": "unknown"})} with input as given({"rotation": {"unknown": "a replica"}})
}

# Security Hub KMS.4 asks it of every customer managed key.
test_milder_where_no_function_uses_it if {
	unused := {"rotation": {"known": false}, "usedBy": []}
	rule.finding == {object.union(off, {"severity": "low", "evidence": []})} with input as given(unused)
	rule.examined == {"Key"} with input as given(unused)
}

test_keys_that_cannot_be_rotated if {
	every fields in [
		{"spec": {"known": "RSA_2048"}},
		{"spec": {"unknown": "Ref Spec"}},
		{"origin": {"known": "EXTERNAL"}},
		{"origin": {"unknown": "Ref Origin"}},
	] {
		without := object.union({"rotation": {"known": false}}, fields)
		rule.finding == set() with input as given(without)
		rule.examined == set() with input as given(without)
	}
}

given(fields) := sample.inventory({"keys": [sample.key([], fields)]})
