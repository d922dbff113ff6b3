# Why a role or service may or may not use a key.
package durable_guard.lib.kms

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Evidence of what a role may do with a key: the answer to one action, {action, answer}, then what stands in its way.
# A use has `principal`, `key` (the reference) and `context`.
told(use, asked) := array.concat(
	[result.fact($"{asked.action} is {_words[asked.answer]}")],
	[fact | asked.answer != value.yes; some fact in _obstacles(use, _request(use, asked.action))],
)

# The same for a service, which only the key policy can allow.
told_service(key, service, context, asked) := array.concat(
	[result.fact($"{asked.action} is {_words[asked.answer]}")],
	[fact |
		asked.answer != value.yes
		request := {"action": asked.action, "resource": key.arn, "context": context}
		some fact in sort(_stopping(_naming_service(key, service), request))
	],
)

_words := ["not allowed", "not settled", "allowed"]

_request(use, action) := {"action": action, "resource": use.key.arn, "context": use.context}

_obstacles(use, request) := sort(((_stopping(_spoken(use), request) | _bounded(use, request)) | _left_out(use, request)))

# Statements that forbid the action, and those that would allow it were it not for a condition.
_stopping(statements, request) := _denied(statements, request) | _conditioned(statements, request)

_denied(statements, request) := {fact |
	some statement in _forbidding(statements, request)
	fact := result.fact_at(statement, $"a statement denies {request.action}")
}

_conditioned(statements, request) := {fact |
	some statement in statements
	iam.applies(object.union(statement, {"conditions": []}), "Allow", request) == value.yes
	some condition in statement.conditions
	iam.condition_holds(statement, condition, request.context) == value.no
	fact := result.fact_at(statement, $"a statement allows {request.action} on a condition that is never met: {condition.key}")
}

_bounded(use, request) := {fact |
	_is_bounded(use.principal, request)
	fact := result.fact_at(use.principal.boundary, $"the permissions boundary does not allow {request.action}")
}

_left_out(use, request) := {fact |
	key := inventory.keys[use.key.key]
	_leaves_out(key, use.principal, request)
	place := {"address": key.address, "at": key.policyAt}
	fact := result.fact_at(place, $"the key policy neither names the role nor leaves {request.action} to IAM policies")
}

_forbidding(statements, request) := [statement |
	some statement in statements
	iam.applies(statement, "Deny", request) == value.yes
]

# The role's own statements, and those of the key policy that name it.
_spoken(use) := array.concat(
	[statement | some held in use.principal.policies; some statement in inventory.policies[held.policy].statements],
	[statement |
		some statement in inventory.keys[use.key.key].statements
		iam.names_principal(statement, use.principal.arn) == value.yes
	],
)

_naming_service(key, service) := [statement |
	some statement in key.statements
	iam.names_service(statement, service) == value.yes
]

_is_bounded(principal, request) if {
	iam.allowed_by_policies(principal, request) == value.yes
	iam.decide(principal, request) == value.no
}

_leaves_out(key, principal, request) if {
	iam.key_delegates(key, request.action, request.context) == value.no
	every statement in key.statements {
		iam.names_principal(statement, principal.arn) == value.no
	}
}

# That the key policy is not known, where it is not.
outside(reference) := [result.fact("the key is not in the documents: its key policy is taken to leave the decision to IAM policies") |
	not reference.key
]
