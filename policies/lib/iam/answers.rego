# `can`: the decision asked directly, with every statement that was considered and why it matched or not.
package durable_guard.lib.iam

import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

answers := [answer |
	some question in input.questions
	principal := inventory.principals[question.principal]
	request := {"action": question.action, "resource": question.resource, "context": _context(principal, question.resource)}
	gates := array.concat([key | some key in input.keys; key.arn.text == question.resource.text], _trust(principal, question))
	policies := array.concat(_policies_on(question.resource), _not_read(question.resource))
	elsewhere := _of_another_account(principal, question.resource)
	resources := array.concat(array.concat(gates, policies), array.concat(elsewhere, _foreign_key(principal, gates, question)))
	answer := {
		"decision": ["deny", "unknown", "allow"][_decide_on(principal, gates, policies, elsewhere, request)],
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
	"absent": from_principal(principal).absent,
}

_of_arn(resource) := {key: literal(field) |
	some [_, region, account] in regex.find_all_string_submatch_n($"^arn:{_field}:{_field}:({_field}):({_field}):", resource.text, 1)
	some key, field in {"aws:requestedregion": region, "aws:resourceaccount": account}
	regex.match(`^(?:[^${}]+|\$\{AWS::(?:Region|AccountId)\})$`, field)
}

# A field of an ARN; holes may have colons in their names.
_field := `(?:\$\{[^}]*\}|[^:$])*`

# Gates are policies that nobody passes whom they do not name or leave to identity policies: key policies, trust policies.
# What another account owns its policies must allow too (IAM user guide, "Cross-account policy evaluation logic").
_decide_on(principal, gates, policies, elsewhere, request) := min({value.unknown, decide(principal, request)}) if count(elsewhere) > 0

else := answer if answer := decide_key(principal, gates[0], request.action, request.context)

else := decide_with(principal, policies, request)

# The trust policy of the role that is to be assumed.
_trust(principal, question) := _trusts(question.resource) if {
	_is_assuming(question)
	count(_trusts(question.resource)) > 0
}

else := [{
	"address": question.resource.text,
	"at": principal.at,
	"arn": question.resource,
	"unread": "the role and its trust policy are not in the documents",
}] if {
	_is_assuming(question)
}

else := []

_is_assuming(question) if startswith(lower(question.action), "sts:assumerole")

# It has no Resource: it speaks of its role.
_trusts(resource) := [trust |
	some role in input.principals
	not role.external
	role.arn.text == resource.text
	statements := [object.union(statement, {"resources": [_everything]}) | some statement in role.trust]
	trust := object.union(
		{"address": role.address, "at": role.at, "arn": role.arn, "statements": statements},
		{"unread": why | why := role.trustUnread},
	)
]

# The expression matches any text.
_everything := {"sure": ""}

# Resource policies of the function that is asked about, whatever the qualifier; of a permission the Resource says which.
_policies_on(resource) := [policy |
	some policy in input.resourcePolicies
	policy.kind != "layer permission"
	_is_on(resource.text, $":function:{inventory.functions[policy.function].name}")
]

_is_on(arn, f) if endswith(arn, f)

_is_on(arn, f) if contains(arn, $"{f}:")

# Policies on what other services own: that there are some is seen, what they say is not read.
_not_read(resource) := [{"address": each.address, "at": each.at, "unread": why} |
	some [_, service] in regex.find_all_string_submatch_n($"^arn:{_field}:([a-z0-9-]+):", resource.text, 1)
	not service in {"iam", "kms", "lambda"}
	some each in input.resources
	regex.match($"(?i)^(?:AWS::{service}::|aws_{service}_).*policy$", each.type)
	why := $"what {each.type} says is not read"
]

# The policies there that nobody has shown.
_of_another_account(principal, resource) := [{"address": resource.text, "at": principal.at, "unread": why} |
	account := _account(resource)
	account != _account(principal.arn)
	why := $"account {account} must allow it too, and its policies are not in the documents"
]

_account(arn) := account if {
	account := _of_arn(arn)["aws:resourceaccount"].text
	regex.match(`^[0-9]{12}$`, account)
}

# As AWS's default key policy does.
_foreign_key(principal, gates, question) := [{"address": question.resource.text, "at": principal.at, "unread": why} |
	regex.match($"^arn:{_field}:kms:{_field}:{_field}:key/", question.resource.text)
	count(gates) == 0
	why := "the key is not in the documents: its key policy is taken to leave the decision to IAM policies"
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

else := "key policy" if policy.policyAt

else := "trust policy"

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

else := $"it does not cover the resource: {unfilled}" if {
	names_resource(statement, request.resource) == 0
	unfilled := [why | some pattern in statement.resources; why := value.unfilled(pattern.text)][0]
}

else := $"it does not cover the resource{its_resources(statement)}" if names_resource(statement, request.resource) == 0

else := $"it may not cover the resource{its_resources(statement)}" if names_resource(statement, request.resource) == 1

else := $"the condition on {key} does not hold" if key := _keys_at(statement, request, 0)[0]

else := $"the condition on {key} may not hold" if key := _keys_at(statement, request, 1)[0]

else := "it names the action and covers the resource"

# What a statement is on, if that is short enough to be told.
its_resources(statement) := $"; its Resource is {concat(", ", [resource.text | some resource in statement.resources])}" if {
	count(statement.resources) in {1, 2, 3}
}

else := ""

_keys_at(statement, request, answer) := [condition.key |
	some condition in statement.conditions
	condition_holds(statement, condition, request.context) == answer
]

_unread_policies(principal, resources) := array.concat(
	[{"address": held.address, "at": held.at, "why": policy.unread} |
		some held in array.concat(principal.policies, [b | b := principal.boundary])
		policy := inventory.policies[held.policy]
	],
	[{"address": policy.address, "at": policy.at, "why": policy.unread} |
		some policy in resources
	],
)
