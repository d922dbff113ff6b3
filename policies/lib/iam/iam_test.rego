package durable_guard.lib.iam_test

import data.durable_guard.lib.iam
import data.durable_guard.lib.sample

request := {
	"action": "lambda:InvokeFunction",
	"resource": sample.text(fn),
	"context": context,
}

yes := sample.allow(["lambda:Invoke*"], [fn])

maybe := sample.allow(["lambda:Invoke*"], ["${any}"])

no := sample.allow(["lambda:Invoke*"], [$"{fn}:*"])

never := sample.deny(["lambda:*"], ["*"])

perhaps_never := sample.deny(["lambda:*"], ["${any}"])

as_deny(statement) := sample.with_fields(statement, {"effect": {"known": "Deny"}})

# The role's answer with these statements in two policies of its own.
decided(first, second) := answer if {
	answer := iam.decide(sample.role(["first", "second"], {}), request) with input as sample.inventory({"policies": [
		sample.policy("first", first),
		sample.policy("second", second),
	]})
}

test_allow_and_deny if {
	decided([], []) == 0
	decided([no], [yes]) == 2
	decided([maybe], [no]) == 1
	decided([yes], [never]) == 0
	decided([yes], [perhaps_never]) == 1
	decided([maybe], [perhaps_never]) == 1
	decided([yes], [as_deny(no)]) == 2
	decided([sample.with_fields(yes, {"effect": {"unknown": "Ref Effect"}})], []) == 1
	decided([yes], [sample.with_fields(never, {"effect": {"unknown": "Ref Effect"}})]) == 1
}

# Only what may speak of the action's service is looked at: `services` says so of each statement, `*` of any.
test_statements_are_found_by_their_services if {
	every services, answer in {["lambda"]: 2, ["s3", "lambda"]: 2, ["*"]: 2, ["s3"]: 0, []: 0} {
		decided([sample.with_fields(yes, {"services": services})], []) == answer
	}
}

# The role's answer when, beside the policy `own`, it has one that cannot be read.
beside_unread(own, fields) := answer if {
	answer := iam.decide(sample.role(["own", "other"], {}), request) with input as sample.inventory({"policies": [
		sample.policy("own", own),
		sample.with_fields(sample.policy("other", []), object.union({"unread": "not in the documents"}, fields)),
	]})
}

test_policies_that_cannot_be_read if {
	beside_unread([], {}) == 1
	beside_unread([yes], {}) == 1
	beside_unread([never], {}) == 0
	beside_unread([], {"kind": "aws", "name": "AWSGlueServiceRole"}) == 1
	beside_unread([yes], {"kind": "aws", "name": "AWSGlueServiceRole"}) == 2
	beside_unread([yes], {"kind": "aws", "name": "AWSDenyAll"}) == 1
	beside_unread([yes], {"kind": "aws", "name": "AWSCompromisedKeyQuarantineV3"}) == 1
	beside_unread([yes], {"kind": "managed", "name": "AllowAll"}) == 1
}

test_roles_outside_the_documents if {
	external([]) == 1 with input as sample.inventory({"policies": []})
	external(["own"]) == 1 with input as sample.inventory({"policies": [sample.policy("own", [yes])]})
	external(["own"]) == 0 with input as sample.inventory({"policies": [sample.policy("own", [never])]})
}

external(policies) := iam.decide(sample.role(policies, {"external": true}), request)

# The boundary may be read or not; a role has at most one (IAM user guide, "Permissions boundaries for IAM entities").
bounded(statements, fields) := answer if {
	role := sample.role(["own"], {"boundary": {"address": "Role", "at": "t.yaml#/", "policy": "boundary"}})
	answer := iam.decide(role, request) with input as sample.inventory({"policies": [
		sample.policy("own", [yes]),
		object.union(sample.policy("boundary", statements), fields),
	]})
}

test_boundaries if {
	bounded([yes], {}) == 2
	bounded([no], {}) == 0
	bounded([], {}) == 0
	bounded([maybe], {}) == 1
	bounded([yes, never], {}) == 0
	bounded([yes, perhaps_never], {}) == 1
	bounded([], {"unread": "not in the documents"}) == 1
	bounded([yes], {"unread": "not in the documents"}) == 1
	bounded([never], {"unread": "not in the documents"}) == 0
	bounded([yes, as_deny(no)], {}) == 2
}

# A boundary alone allows nothing.
test_boundary_grants_nothing if {
	role := sample.role([], {"boundary": {"address": "Role", "at": "t.yaml#/", "policy": "boundary"}})
	iam.decide(role, request) == 0 with input as sample.inventory({"policies": [sample.policy("boundary", [yes])]})
	iam.allowed_by_policies(role, request) == 0 with input as sample.inventory({"policies": [sample.policy("boundary", [yes])]})
}

test_what_a_statement_speaks_of if {
	iam.applies(yes, "Allow", request) == 2
	iam.applies(yes, "Deny", request) == 0
	iam.applies(maybe, "Allow", request) == 1
	iam.applies(no, "Allow", request) == 0
	iam.applies(sample.allow(["lambda:Get*"], ["*"]), "Allow", request) == 0
	iam.applies(sample.allow(["lambda:${verb}"], ["*"]), "Allow", request) == 1
	every values, answer in {["111122223333"]: 2, ["444455556666"]: 0, ["${any}"]: 1} {
		conditional := sample.with_conditions(yes, [sample.condition("StringEquals", "aws:PrincipalAccount", values)])
		iam.applies(conditional, "Allow", request) == answer
	}
}

test_not_action_and_not_resource if {
	of_action := {["lambda:Get*"]: 2, ["s3:*", "lambda:*"]: 0, ["lambda:${verb}"]: 1}
	every patterns, answer in of_action {
		not_action := [sample.action(pattern) | some pattern in patterns]
		iam.names_action(sample.statement({"notActions": not_action}), request.action) == answer
	}
	of_resource := {[$"{fn}:*"]: 2, ["arn:aws:s3:::*", fn]: 0, ["${any}"]: 1}
	every patterns, answer in of_resource {
		not_resource := [sample.pattern(pattern) | some pattern in patterns]
		iam.names_resource(sample.statement({"notResources": not_resource}), request.resource) == answer
	}
	iam.names_action(sample.statement({}), request.action) == 0
	iam.names_resource(sample.statement({}), request.resource) == 0
}
