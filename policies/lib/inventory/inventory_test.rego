package durable_guard.lib.inventory_test

import data.durable_guard.lib.inventory
import data.durable_guard.lib.sample

fn := sample.function({})

plain := object.remove(object.union(fn, {"address": "Plain", "role": {"address": "Missing"}}), ["durable"])

given := sample.inventory({
	"functions": [fn, plain],
	"principals": [sample.role([], {})],
	"policies": [sample.policy("own", [])],
	"keys": [sample.key([], {})],
})

test_by_what_others_call_them if {
	{[name, thing.address] | some name, thing in inventory.functions} == {["Fn", "Fn"], ["Plain", "Plain"]} with input as given
	{[name, thing.address] | some name, thing in inventory.principals} == {["Role", "Role"]} with input as given
	{[name, thing.id] | some name, thing in inventory.policies} == {["own", "own"]} with input as given
	{[name, thing.address] | some name, thing in inventory.keys} == {["Key", "Key"]} with input as given
}

test_called if {
	inventory.called({"name": "own", "address": "Role"}) == "own"
	inventory.called({"name": "", "address": "aws_iam_role_policy.own"}) == "aws_iam_role_policy.own"
}

test_role_of if {
	inventory.role_of(fn).address == "Role" with input as given
	not inventory.role_of(plain) with input as given
}

test_durable_functions if {
	{f.address | some f in inventory.durable_functions} == {"Fn"} with input as given
}
