# Why a role may not do something to a function's executions: the statements that were considered and what keeps each from
# counting, as evidence of a finding.
package durable_guard.lib.durable

import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# The facts of several requests, each of lib/iam and on an execution of function `f`. A fact that holds for more than one of
# the actions is told once.
considered(role, f, requests) := [fact |
	some reason in sort({reason | some request in requests; some reason in _reasons(role, f, request)})
	actions := [request.action | some request in requests; reason in _reasons(role, f, request)]
	text := concat("", [reason.before, concat(" and ", actions), reason.after])
	fact := object.union(reason.place, {"text": text})
]

# What no further Allow mends.
forbidden(role, request) := array.concat(
	[_reason(statement, "an explicit Deny of ", " wins") |
		some statement in _statements(role)
		iam.applies(statement, "Deny", request) == value.yes
	],
	[_reason(boundary, "the permissions boundary does not allow ", "") |
		boundary := role.boundary
		iam.allowed_by_policies({"policies": [boundary]}, request) == value.no
	],
)

_reasons(role, f, request) := array.concat(forbidden(role, request), array.concat(
	array.concat(_maybe_denied(role, request), _not_named(role, request)),
	[_reason(statement, "an Allow of ", after) |
		some statement in _statements(role)
		value.equals(statement.effect, "Allow") > value.no
		iam.names_action(statement, request.action) > value.no
		after := concat("", [_counts[iam.applies(statement, "Allow", request)], _why_not(statement, request, f)])
	],
))

_counts := {value.no: " does not count: ", value.unknown: " may not count: "}

_reason(place, before, after) := {
	"place": {"address": place.address, "at": place.at},
	"before": before,
	"after": after,
}

_statements(role) := [statement | some held in role.policies; some statement in inventory.policies[held.policy].statements]

_maybe_denied(role, request) := [_reason(statement, "an explicit Deny of ", " may apply") |
	some statement in _statements(role)
	value.equals(statement.effect, "Deny") == value.yes
	iam.applies(statement, "Deny", request) == value.unknown
]

_not_named(role, request) := [_reason(role, "no statement of the role speaks of ", "") |
	role.external == false
	every statement in _statements(role) {
		iam.names_action(statement, request.action) == value.no
	}
]

_why_not(statement, request, f) := concat("; ", [off | some pattern in statement.resources; off := _miss(pattern, f)]) if {
	count(statement.resources) > 0
	iam.names_resource(statement, request.resource) == value.no
}

else := "its NotResource leaves these executions out" if iam.names_resource(statement, request.resource) == value.no

else := $"its condition on {condition.key} does not hold" if some condition in _unmet(statement, request, value.no)

else := $"whether its Resource covers these executions cannot be said{iam.its_resources(statement)}" if {
	iam.names_resource(statement, request.resource) == value.unknown
}

else := $"whether its condition on {condition.key} holds cannot be said" if {
	some condition in _unmet(statement, request, value.unknown)
}

else := "whether it names the action cannot be said" if iam.names_action(statement, request.action) == value.unknown

else := "whether it is an Allow cannot be said"

# The first condition that is answered so.
_unmet(statement, request, answer) := array.slice(
	[condition |
		some condition in statement.conditions
		iam.condition_holds(statement, condition, request.context) == answer
	],
	0, 1,
)

_miss(pattern, f) := concat(" ", [pattern.text, _defect(pattern, f)])

_defect(pattern, f) := "covers only $LATEST or fixed versions" if {
	some execution in array.concat([f.latestExecution], f.namedExecutions)
	iam.covers(pattern, execution) > value.no
}

else := why if why := flaw(pattern)

else := $"does not cover {f.address}"
