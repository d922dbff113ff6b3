package durable_guard.rules.durable.durable_function_invoked_unqualified_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.durable_function_invoked_unqualified as rule

test_qualified if {
	every qualifier in ["live", "7", "${OrderVersion.Version}", "$LATEST.PUBLISHED"] {
		rule.finding == set() with input as edge({"qualifier": {"known": qualifier}})
		rule.finding == set() with input as permission({"qualifier": {"known": qualifier}})
	}
}

test_unqualified if {
	rule.finding == {{
		"address": "Rule",
		"at": "t.yaml#/Resources/Rule/Properties/Targets/0",
		"verdict": "deny",
		"message": "Durable function Fn is invoked by its unqualified ARN, which Lambda refuses (rule)",
		"evidence": [{
			"text": "alias \"live\" could be named instead",
			"address": "Alias",
			"at": "t.yaml#/Resources/Alias",
		}],
	}} with input as edge({"qualifier": {"known": ""}})
}

test_latest if {
	rule.finding == {{
		"address": "Rule",
		"at": "t.yaml#/Resources/Rule/Properties/Targets/0",
		"verdict": "deny",
		"level": "warn",
		"message": "Durable function Fn is invoked at $LATEST, which changes under running executions (rule)",
		"evidence": [{
			"text": "alias \"live\" could be named instead",
			"address": "Alias",
			"at": "t.yaml#/Resources/Alias",
		}],
	}} with input as edge({"qualifier": {"known": "$LATEST"}})
}

test_unknown if {
	rule.finding == {{
		"address": "Rule",
		"at": "t.yaml#/Resources/Rule/Properties/Targets/0",
		"verdict": "unknown",
		"message": "Whether durable function Fn is invoked by a version or alias cannot be said (rule)",
		"evidence": [{"text": "the qualifier is unknown (Ref Qualifier)"}],
	}} with input as edge({"qualifier": {"unknown": "Ref Qualifier"}})
}

# The alias is what has to change, not each edge to it.
test_alias_that_is_latest if {
	inventory := aliased({"known": "$LATEST"}, {"known": "live"})
	rule.finding == {{
		"address": "Alias",
		"at": "t.yaml#/Resources/Alias",
		"verdict": "deny",
		"level": "warn",
		"message": "Alias Alias of durable function Fn is $LATEST, which changes under running executions",
		"evidence": [],
	}} with input as inventory
}

test_such_an_alias_is_not_offered if {
	some found in rule.finding with input as aliased({"known": "$LATEST"}, {"known": ""})
	found.address == "Rule"
	found.evidence == []
}

# Version numbers are known after deployment.
test_alias_of_a_version_not_known if {
	every version in [{"unknown": "known after apply"}, {"known": "${OrderVersion.Version}"}] {
		rule.finding == set() with input as aliased(version, {"known": "live"})
	}
}

test_permission if {
	every action in ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl", "lambda:*"] {
		rule.finding == {{
			"address": "Permission",
			"at": "t.yaml#/Resources/Permission",
			"verdict": "deny",
			"message": "Durable function Fn is invoked by its unqualified ARN, which Lambda refuses (permission)",
			"evidence": [{
				"text": "alias \"live\" could be named instead",
				"address": "Alias",
				"at": "t.yaml#/Resources/Alias",
			}],
		}} with input as permission({"statements": [sample.allow([action], ["*"])]})
	}
}

# Reading a function is not invoking it; a resource policy's statements name their own resources.
test_permissions_of_other_kinds if {
	rule.finding == set() with input as permission({"statements": [sample.allow(["lambda:GetFunction"], ["*"])]})
	rule.finding == set() with input as permission({"kind": "resource policy"})
}

# SAM's permission for an event stands where the event stands.
test_permission_beside_its_edge if {
	inventory := both({"at": "t.yaml#/Resources/Rule/Properties/Targets/0"})
	{found.address | some found in rule.finding} == {"Rule"} with input as inventory
	rule.examined == {"Alias", "Rule"} with input as inventory
	apart := both({})
	{found.address | some found in rule.finding} == {"Permission", "Rule"} with input as apart
	rule.examined == {"Alias", "Permission", "Rule"} with input as apart
}

test_functions_that_are_not_durable_for_certain if {
	uncertain := {"at": "t.yaml#/Resources/Fn/Properties/DurableConfig", "certain": false, "malformed": false}
	plain := [object.remove(f, ["durable"]) | some f in edge({}).functions]
	every functions in [[sample.durable_function({"durable": uncertain, "aliases": [alias({"known": "$LATEST"})]})], plain] {
		rule.finding == set() with input as object.union(both({}), {"functions": functions})
		rule.examined == set() with input as object.union(both({}), {"functions": functions})
	}
}

edge(fields) := sample.inventory({
	"functions": [sample.durable_function({"aliases": [alias({"known": "7"})]})],
	"invocations": [object.union(
		{
			"address": "Rule",
			"at": "t.yaml#/Resources/Rule/Properties/Targets/0",
			"kind": "rule",
			"function": "Fn",
		},
		fields,
	)],
})

permission(fields) := sample.inventory({
	"functions": [sample.durable_function({"aliases": [alias({"known": "7"})]})],
	"resourcePolicies": [object.union(
		{
			"address": "Permission",
			"at": "t.yaml#/Resources/Permission",
			"kind": "permission",
			"function": "Fn",
			"qualifier": {"known": ""},
			"viaUrl": false,
			"statements": [sample.allow(["lambda:InvokeFunction"], ["*"])],
		},
		fields,
	)],
})

both(fields) := object.union(
	edge({"qualifier": {"known": ""}}),
	{"resourcePolicies": permission(fields).resourcePolicies},
)

aliased(version, qualifier) := object.union(
	edge({"qualifier": qualifier}),
	{"functions": [sample.durable_function({"aliases": [alias(version)]})]},
)

alias(version) := {
	"address": "Alias",
	"at": "t.yaml#/Resources/Alias",
	"name": {"known": "live"},
	"version": version,
}
