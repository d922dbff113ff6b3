package durable_guard.rules.durable.role_cannot_checkpoint_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.role_cannot_checkpoint as rule

arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

checkpoint := "lambda:CheckpointDurableExecution"

state := "lambda:GetDurableExecutionState"

both := [checkpoint, state]

test_each_form_that_covers_every_version if {
	every resource in [$"{arn}:*", $"{arn}:*/durable-execution/*", $"{arn}*", "*", "arn:aws:lambda:*:*:function:*"] {
		rule.finding == set() with input as of([sample.allow(both, [resource])])
	}
}

test_actions_by_wildcard_or_notaction if {
	every actions in [["lambda:*"], ["lambda:*Durable*"], ["*"], ["lambda:Checkpoint*", "lambda:Get*"]] {
		rule.finding == set() with input as of([sample.allow(actions, [$"{arn}:*"])])
	}
	all_but_iam := object.union(sample.allow([], ["*"]), {"notActions": [sample.action("iam:*")]})
	rule.finding == set() with input as of([all_but_iam])
}

test_nothing_speaks_of_the_actions if {
	rule.finding == {denied(
		$"Role Role does not let Fn checkpoint: {checkpoint} and {state} are not allowed on {arn}:*",
		[{
			"address": "Role",
			"at": "t.yaml#/Resources/Role",
			"text": $"no statement of the role speaks of {checkpoint} and {state}",
		}],
		both,
	)} with input as of([sample.allow(["logs:PutLogEvents"], ["*"])])
}

test_one_of_the_two_is_missing if {
	rule.finding == {denied(
		$"Role Role does not let Fn checkpoint: {state} is not allowed on {arn}:*",
		[{
			"address": "Role",
			"at": "t.yaml#/Resources/Role",
			"text": $"no statement of the role speaks of {state}",
		}],
		[state],
	)} with input as of([sample.allow([checkpoint], [$"{arn}:*"])])
}

test_allowed_on_what_never_matches if {
	why := concat("; ", [
		$"{arn} names the function without a version",
		$"{arn}:live/durable-execution/* names an alias, and executions carry version numbers",
		"arn:aws:lambda:eu-west-1:111122223333:function:invoices:* does not cover Fn",
	])
	resources := [arn, $"{arn}:live/durable-execution/*", "arn:aws:lambda:eu-west-1:111122223333:function:invoices:*"]
	rule.finding == {denied(
		$"Role Role does not let Fn checkpoint: {checkpoint} and {state} are not allowed on {arn}:*",
		[by_statement($"an Allow of {checkpoint} and {state} does not count: {why}")],
		both,
	)} with input as of([sample.allow(both, resources)])
}

test_each_action_for_a_reason_of_its_own if {
	rule.finding == {denied(
		$"Role Role does not let Fn checkpoint: {checkpoint} and {state} are not allowed on {arn}:*",
		[
			{"address": "Role", "at": "t.yaml#/Resources/Role", "text": $"no statement of the role speaks of {state}"},
			by_statement($"an Allow of {checkpoint} does not count: {arn} names the function without a version"),
		],
		both,
	)} with input as of([sample.allow([checkpoint], [arn])])
}

test_not_resource_leaves_them_out if {
	elsewhere := object.union(sample.allow(both, []), {"notResources": [sample.pattern($"{arn}*")]})
	rule.finding == {denied(
		$"Role Role does not let Fn checkpoint: {checkpoint} and {state} are not allowed on {arn}:*",
		[by_statement($"an Allow of {checkpoint} and {state} does not count: its NotResource leaves these executions out")],
		both,
	)} with input as of([elsewhere])
}

# The IAM user guide, "Policy evaluation logic": no further Allow helps, so there is nothing to paste.
test_explicit_deny if {
	rule.finding == {object.remove(
		denied(
			$"Role Role does not let Fn checkpoint: {checkpoint} is not allowed on {arn}:*",
			[{
				"address": "Role",
				"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/1",
				"text": $"an explicit Deny of {checkpoint} wins",
			}],
			[],
		),
		["paste"],
	)} with input as of([sample.allow(both, ["*"]), sample.deny(["lambda:Checkpoint*"], ["*"])])
}

# A request that a function's code makes carries no aws:SourceArn (IAM user guide, "AWS global condition context keys").
test_condition_that_never_holds if {
	statement := sample.with_conditions(sample.allow(both, ["*"]), [sample.condition("ArnLike", "aws:SourceArn", ["*"])])
	rule.finding == {denied(
		$"Role Role does not let Fn checkpoint: {checkpoint} and {state} are not allowed on {arn}:*",
		[by_statement($"an Allow of {checkpoint} and {state} does not count: its condition on aws:sourcearn does not hold")],
		both,
	)} with input as of([statement])
}

test_boundary_that_leaves_an_action_out if {
	rule.finding == {object.remove(
		denied(
			$"Role Role does not let Fn checkpoint: {checkpoint} is not allowed on {arn}:*",
			[{
				"address": "Role",
				"at": "t.yaml#/Resources/Role/Properties/PermissionsBoundary",
				"text": $"the permissions boundary does not allow {checkpoint}",
			}],
			[],
		),
		["paste"],
	)} with input as bounded(sample.policy("boundary", [sample.allow(["lambda:Get*"], ["*"])]))
}

test_boundary_that_does_not if {
	wide := sample.policy("boundary", [sample.allow(["lambda:*"], ["*"])])
	rule.finding == set() with input as bounded(wide)
}

test_boundary_that_cannot_be_read if {
	lost := object.union(sample.policy("boundary", []), {"name": "Frame", "unread": "it is not in the documents"})
	rule.finding == {unsettled(
		cannot_be_said,
		[{
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/PermissionsBoundary",
			"text": "policy Frame cannot be read: it is not in the documents",
		}],
		both,
	)} with input as bounded(lost)
}

test_policy_that_cannot_be_read if {
	inventory := of([])
	lost := [object.union(policy, {"unread": "Ref Document"}) | some policy in inventory.policies]
	rule.finding == {unsettled(
		cannot_be_said,
		[
			{
				"address": "Role",
				"at": "t.yaml#/Resources/Role/Properties/Policies",
				"text": "policy inline cannot be read: Ref Document",
			},
			{
				"address": "Role",
				"at": "t.yaml#/Resources/Role",
				"text": $"no statement of the role speaks of {checkpoint} and {state}",
			},
		],
		both,
	)} with input as object.union(inventory, {"policies": lost})
}

test_policy_without_a_name_that_cannot_be_read if {
	lost := [object.union(policy, {"name": "", "unread": "Ref Document"}) | some policy in of([]).policies]
	some found in rule.finding with input as object.union(of([]), {"policies": lost})
	found.evidence[0].text == "policy Role cannot be read: Ref Document"
}

test_role_outside_the_documents_by_name if {
	inventory := with_role([], {"external": true, "address": "role imported"}, {"role": {
		"at": "t.yaml#/Resources/Fn/Properties/Role",
		"arn": {"known": "imported"},
		"address": "role imported",
	}})
	some found in rule.finding with input as inventory
	startswith(found.message, "Whether role imported lets Fn checkpoint cannot be said")
	found.evidence[0].text == "role imported is not in the documents, nor are all of its policies"
}

test_role_outside_the_documents if {
	rule.finding == {unsettled(
		cannot_be_said,
		[{"text": "role Role is not in the documents, nor are all of its policies"}],
		both,
	)} with input as with_role([], {"external": true}, {})
}

# What the documents attach to it still counts against it.
test_role_outside_the_documents_that_is_denied if {
	deny := sample.deny(both, ["*"])
	rule.finding == {object.remove(
		denied(
			$"Role Role does not let Fn checkpoint: {checkpoint} and {state} are not allowed on {arn}:*",
			[
				{"text": "role Role is not in the documents, nor are all of its policies"},
				{
					"address": "Role",
					"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/1",
					"text": $"an explicit Deny of {checkpoint} and {state} wins",
				},
			],
			[],
		),
		["paste"],
	)} with input as with_role([deny], {"external": true}, {})
}

test_unknown_resource_condition_effect_action if {
	sourced := sample.with_conditions(sample.allow(both, ["*"]), [sample.condition("StringEquals", "aws:PrincipalTag/Team", ["orders"])])
	reasons := {
		"whether its Resource covers these executions cannot be said; its Resource is ${ResourceArn}": sample.allow(both, ["${ResourceArn}"]),
		"whether its condition on aws:principaltag/team holds cannot be said": sourced,
		"whether it is an Allow cannot be said": object.union(
			object.remove(sample.allow(both, ["*"]), ["effect"]),
			{"effect": {"unknown": "Ref Effect"}},
		),
		"whether it names the action cannot be said": sample.allow(["${Actions}"], ["*"]),
	}
	every why, statement in reasons {
		rule.finding == {unsettled(
			cannot_be_said,
			[by_statement($"an Allow of {checkpoint} and {state} may not count: {why}")],
			both,
		)} with input as of([statement])
	}
}

test_deny_that_may_apply if {
	rule.finding == {unsettled(
		cannot_be_said,
		[{
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/1",
			"text": $"an explicit Deny of {checkpoint} and {state} may apply",
		}],
		both,
	)} with input as of([sample.allow(both, ["*"]), sample.deny(["lambda:*"], ["${ResourceArn}"])])
}

# One that is denied is told; the other, which is not settled, waits.
test_denied_before_unsettled if {
	rule.finding == {denied(
		$"Role Role does not let Fn checkpoint: {state} is not allowed on {arn}:*",
		[{
			"address": "Role",
			"at": "t.yaml#/Resources/Role",
			"text": $"no statement of the role speaks of {state}",
		}],
		[state],
	)} with input as of([sample.allow([checkpoint], ["${ResourceArn}"])])
}

# The next version breaks, once there is one. A function without versions runs $LATEST only.
test_only_latest_is_covered if {
	granted := [sample.allow(both, [$"{arn}:$LATEST/*"])]
	rule.finding == set() with input as of(granted)
	rule.finding == set() with input as with_role(granted, {}, {"aliases": [alias({"known": "$LATEST"})]})
	every fields in [
		{"versions": [{"address": "Version", "at": "t.yaml#/Resources/Version"}]},
		{"aliases": [alias({"unknown": "GetAtt Version.Version"})]},
		{"aliases": [alias({"known": "7"})]},
	] {
		rule.finding == {unsettled(only_fixed, [by_statement(partly($"{arn}:$LATEST/*"))], both)} with input as with_role(granted, {}, fields)
	}
}

# Lambda guide, durable functions, best practices: "Use numbered versions or aliases for production durable functions rather
# than `$LATEST`". Who forbids `$LATEST` for that reason publishes versions, here or elsewhere.
test_latest_may_be_denied if {
	no_latest := sample.deny(both, [$"{arn}:$LATEST/*"])
	rule.finding == set() with input as of([sample.allow(both, [$"{arn}:*"]), no_latest])
	[f.verdict | some f in rule.finding] == ["unknown"] with input as of([sample.allow(both, ["${ResourceArn}"]), no_latest])
}

test_only_a_fixed_version_is_covered if {
	granted := [sample.allow(both, [$"{arn}:7/durable-execution/*"])]
	named := {"namedExecutions": [sample.execution(arn, "7")]}
	behind_alias := object.union(named, {"aliases": [alias({"known": "7"})]})
	rule.finding == set() with input as with_role(granted, {}, behind_alias)
	of_plan := object.union(named, {"versions": [{"address": "Fn", "at": "t.yaml#/Resources/Fn", "number": {"known": "7"}}]})
	rule.finding == set() with input as with_role(granted, {}, of_plan)
	reported := {unsettled(only_fixed, [by_statement(partly($"{arn}:7/durable-execution/*"))], both)}
	rule.finding == reported with input as with_role(granted, {}, named)
	next_alias := object.union(named, {"aliases": [alias({"known": "70"})]})
	rule.finding == reported with input as with_role(granted, {}, next_alias)
}

# IAM, "Policy evaluation logic": an explicit Deny wins. Other versions may go on, and those that are behind no alias do not
# matter.
test_version_that_is_started_and_denied if {
	statements := [sample.allow(both, [$"{arn}:*"]), sample.deny([state], [$"{arn}:7/*"])]
	named := {"namedExecutions": [sample.execution(arn, "7")]}
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/Resources/Fn/Properties/Role",
		"verdict": "deny",
		"message": $"Role Role does not let Fn checkpoint in version 7, which is started here: {state} is not allowed on its executions",
		"evidence": [{
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/1",
			"text": $"an explicit Deny of {state} wins",
		}],
	}} with input as with_role(statements, {}, object.union(named, {"aliases": [alias({"known": "7"})]}))
	rule.finding == set() with input as with_role(statements, {}, object.union(named, {"aliases": [alias({"known": "8"})]}))
	rule.finding == set() with input as with_role(statements, {}, object.union(named, {"aliases": [alias({"unknown": "Ref Version"})]}))
	rule.finding == set() with input as with_role(statements, {}, named)
}

test_edges_and_permissions_say_what_is_started if {
	granted := [sample.allow(both, [$"{arn}:$LATEST/*"])]
	reported := {unsettled(only_fixed, [by_statement(partly($"{arn}:$LATEST/*"))], both)}
	latest := {"known": "$LATEST"}
	every qualifier in [{"known": "7"}, {"known": "${Version.Version}"}, {"unknown": "Ref Qualifier"}] {
		rule.finding == reported with input as started(granted, "invocations", qualifier, latest)
		rule.finding == reported with input as started(granted, "resourcePolicies", qualifier, latest)
	}
	every qualifier in [{"known": "$LATEST"}, {"known": ""}] {
		rule.finding == set() with input as started(granted, "invocations", qualifier, latest)
		rule.finding == set() with input as started(granted, "resourcePolicies", qualifier, latest)
	}
}

# An edge that names an alias starts what is behind the alias.
test_edge_to_an_alias if {
	granted := [sample.allow(both, [$"{arn}:$LATEST/*"])]
	rule.finding == set() with input as started(granted, "invocations", {"known": "live"}, {"known": "$LATEST"})
}

test_where_the_statement_goes if {
	fields := {"name": "${Fn}"}
	generated := "arn:aws:lambda:eu-west-1:111122223333:function:${Fn}"
	expected := denied(
		$"Role Role does not let Fn checkpoint: {checkpoint} and {state} are not allowed on {generated}:*",
		[{
			"address": "Role",
			"at": "t.yaml#/Resources/Role",
			"text": $"no statement of the role speaks of {checkpoint} and {state}",
		}],
		both,
	)
	paste := {"actions": both, "resources": [$"{generated}:*"]}
	note := {"note": "In an AWS::IAM::Policy of its own: within the role the reference to the function would be circular"}
	noted := object.union(expected, {"paste": object.union(paste, note)})
	rule.finding == {noted} with input as with_role([], {}, fields)
	bare := object.union(expected, {"paste": paste})
	some imported in rule.finding with input as with_role([], {"external": true}, fields)
	imported.paste == paste
	rule.finding == {bare} with input as object.union(with_role([], {}, fields), {"format": "terraform"})
}

test_uncertain_whether_durable if {
	place := "t.yaml#/Resources/Fn/Properties/DurableConfig"
	uncertain := {"durable": {"at": place, "certain": false, "malformed": false, "why": "Fn::If IsDurable"}}
	inventory := with_role([], {}, uncertain)
	rule.finding == {{
		"address": "Fn",
		"at": place,
		"verdict": "unknown",
		"message": "Whether Fn is a durable function cannot be said",
		"evidence": [{"text": "Fn::If IsDurable"}],
	}} with input as inventory
	rule.examined == {"Fn"} with input as inventory
}

test_examined_are_the_durable_functions if {
	rule.examined == {"Fn"} with input as of([])
	plain := sample.inventory({"functions": [{"address": "Plain", "at": "t.yaml#/Resources/Plain"}]})
	rule.examined == set() with input as plain
	rule.finding == set() with input as plain
}

cannot_be_said := $"Whether role Role lets Fn checkpoint cannot be said: {checkpoint} and {state} are not settled on {arn}:*"

only_fixed := concat(" ", [
	"Role Role lets Fn checkpoint only in executions of $LATEST or of fixed versions:",
	$"{checkpoint} and {state} are not allowed on those of the next version",
])

partly(resource) := concat(" ", [
	$"an Allow of {checkpoint} and {state} does not count: {resource}",
	"covers only $LATEST or fixed versions",
])

by_statement(text) := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
	"text": text,
}

denied(message, evidence, missing) := object.union(
	found("deny", message, evidence),
	{"paste": {"actions": missing, "resources": [$"{arn}:*"]}},
)

unsettled(message, evidence, missing) := object.union(
	found("unknown", message, evidence),
	{"paste": {"actions": missing, "resources": [$"{arn}:*"]}},
)

found(verdict, message, evidence) := {
	"address": "Fn",
	"at": "t.yaml#/Resources/Fn/Properties/Role",
	"verdict": verdict,
	"message": message,
	"evidence": evidence,
}

alias(version) := {
	"address": "Alias",
	"at": "t.yaml#/Resources/Alias",
	"name": {"known": "live"},
	"version": version,
}

# Function Fn has alias `live` on this version; an edge or permission names this qualifier.
started(statements, list, qualifier, aliased) := object.union(
	with_role(statements, {}, {"aliases": [alias(aliased)]}),
	{list: [{"address": "Edge", "at": "t.yaml#/Resources/Edge", "function": "Fn", "qualifier": qualifier}]},
)

bounded(boundary) := object.union(inventory, {"policies": array.concat(inventory.policies, [boundary])}) if {
	inventory := with_role(
		[sample.allow(both, ["*"])], {"boundary": {
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/PermissionsBoundary",
			"policy": "boundary",
		}},
		{},
	)
}

of(statements) := with_role(statements, {}, {})

with_role(statements, role, fields) := sample.inventory({
	"format": "cloudformation",
	"functions": [sample.durable_function(fields)],
	"principals": [sample.role(["inline"], role)],
	"policies": [sample.policy("inline", statements)],
})
