# `can`: the decision asked directly, with every statement that was considered and why it matched or not.
package durable_guard.lib.iam

import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

answers := [answer |
	some question in input.questions
	principal := inventory.principals[question.principal]
	request := {"action": question.action, "resource": question.resource, "context": from_principal(principal)}
	answer := {
		"decision": ["deny", "unknown", "allow"][_decide_on(principal, request)],
		"statements": _considered(principal, request),
		"unread": _unread_policies(principal),
	}
]

_decide_on(principal, request) := decide_key(principal, _key_asked(request), request.action, request.context) if _key_asked(request)

else := decide(principal, request)

_key_asked(request) := [key | some key in input.keys; key.arn.text == request.resource.text][0]

# Identity policies in the order they are held, then the boundary, then the key policy.
_considered(principal, request) := array.concat(
	array.concat(
		[line |
			some held in principal.policies
			some statement in inventory.policies[held.policy].statements
			line := _line(statement, request, "policy", 2)
		],
		[line |
			some statement in inventory.policies[principal.boundary.policy].statements
			line := _line(statement, request, "boundary", 2)
		],
	),
	[line |
		some statement in _key_asked(request).statements
		line := _line(statement, request, "key policy", _who(statement, principal))
	],
)

_who(statement, principal) := max({names_principal(statement, principal.arn), names_principal(statement, input.accountRoot)})

_line(statement, request, source, who) := {
	"address": statement.address,
	"at": statement.at,
	"sid": object.get(statement, "sid", ""),
	"effect": _effect(statement),
	"source": source,
	"matches": ["no", "unknown", "yes"][answer],
	"why": _why(statement, request, who),
} if {
	answer := min({
		who,
		names_action(statement, request.action),
		names_resource(statement, request.resource),
		conditions_hold(statement.conditions, request.context),
	})
}

_effect(statement) := "unknown" if value.is_unknown(statement.effect)

else := value.known(statement.effect)

# The first part that keeps a statement from matching for certain.
_why(_, _, who) := "it names other principals" if who == 0

else := "it may name other principals" if who == 1

_why(statement, request, 2) := "it does not name the action" if names_action(statement, request.action) == 0

else := "it may not name the action" if names_action(statement, request.action) == 1

else := "it does not cover the resource" if names_resource(statement, request.resource) == 0

else := "it may not cover the resource" if names_resource(statement, request.resource) == 1

else := $"the condition on {key} does not hold" if some key in _keys_at(statement, request, 0)

else := $"the condition on {key} may not hold" if some key in _keys_at(statement, request, 1)

else := "it names the action and covers the resource"

_keys_at(statement, request, answer) := [condition.key |
	some condition in statement.conditions
	condition_holds(condition, request.context) == answer
]

_unread_policies(principal) := [{"address": held.address, "at": held.at, "why": policy.unread} |
	some held in array.concat(principal.policies, [b | b := principal.boundary])
	policy := inventory.policies[held.policy]
	policy.unread
]
