# `can`: the decision asked directly, with every statement that was considered and why it matched or not.
package durable_guard.lib.iam

import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

answers := [answer |
	some question in input.questions
	principal := inventory.principals[question.principal]
	request := {"action": question.action, "resource": question.resource, "context": _context(principal, question.resource)}
	keys := [key | some key in input.keys; key.arn.text == question.resource.text]
	policies := _policies_on(question.resource)
	resources := array.concat(keys, policies)
	answer := {
		"decision": ["deny", "unknown", "allow"][_decide_on(principal, keys, policies, request)],
		"statements": _considered(principal, resources, request),
		"unread": _unread_policies(principal, resources),
	}
]

# Region and account of a request are those of the ARN asked for, where it has them.
_context(principal, resource) := {
	"present": object.union(
		object.remove(from_principal(principal).present, ["aws:requestedregion", "aws:resourceaccount"]),
		_of_arn(resource),
	),
	"absent": [],
}

_of_arn(resource) := {key: literal(field) |
	some [_, region, account] in regex.find_all_string_submatch_n(`^arn:[^:]*:[^:]*:([^:]*):([^:]*):`, resource.text, 1)
	some key, field in {"aws:requestedregion": region, "aws:resourceaccount": account}
	regex.match(`^[^${}]+$`, field)
}

_decide_on(principal, keys, policies, request) := decide_with(principal, policies, request) if count(keys) == 0

else := decide_key(principal, keys[0], request.action, request.context)

# Resource policies of the function that is asked about, whatever the qualifier; of a permission the Resource says which.
_policies_on(resource) := [policy |
	some policy in input.resourcePolicies
	f := inventory.functions[policy.function]
	contains(resource.text, $":function:{f.name}")
]

# Identity policies in the order they are held, then the boundary, then what is on the resource.
_considered(principal, resources, request) := array.concat(
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
		some policy in resources
		some statement in policy.statements
		line := _line(statement, request, _source(policy), _who(statement, principal))
	],
)

_source(policy) := "resource policy" if policy.kind

else := "key policy"

_who(statement, principal) := _denies_principal(statement, principal) if value.equals(statement.effect, "Deny") == value.yes

else := max({names_principal(statement, principal.arn), names_principal(statement, input.accountRoot)})

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
		conditions_hold(statement, request.context),
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

else := $"the condition on {key} does not hold" if key := _keys_at(statement, request, 0)[0]

else := $"the condition on {key} may not hold" if key := _keys_at(statement, request, 1)[0]

else := "it names the action and covers the resource"

_keys_at(statement, request, answer) := [condition.key |
	some condition in statement.conditions
	condition_holds(statement, condition, request.context) == answer
]

_unread_policies(principal, resources) := array.concat(
	[{"address": held.address, "at": held.at, "why": policy.unread} |
		some held in array.concat(principal.policies, [b | b := principal.boundary])
		policy := inventory.policies[held.policy]
		policy.unread
	],
	[{"address": policy.address, "at": policy.at, "why": policy.unread} |
		some policy in resources
		policy.unread
	],
)
