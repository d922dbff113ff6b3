# The IAM decision, as the IAM user guide's "Policy evaluation logic" gives it within one account: an explicit Deny wins,
# then there must be an Allow, in the permissions boundary too. Three-valued, 2 allow, 1 unknown, 0 deny: `and` is the
# least, `or` the greatest, `not` is 2 - x.
#
# A request is {"action", "resource" (a prepared text), "context" (condition.rego)}.
package durable_guard.lib.iam

import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# May the principal do this by its identity policies?
decide(principal, request) := min({allowed_by_policies(principal, request), _boundary(principal, request)})

allowed_by_policies(principal, request) := min({
	_some_statement(principal, "Allow", request),
	2 - _some_statement(principal, "Deny", request),
})

# The greatest answer of the principal's statements of one effect. What cannot be read may allow and may deny.
_some_statement(principal, effect, request) := max((({0} | _unread(principal, effect)) | {answer |
	services := _any_or(request.action)
	some held in principal.policies
	some service in services
	some i in _speaking[held.policy][service]
	answer := applies(inventory.policies[held.policy].statements[i], effect, request)
}))

# Where in a policy the statements are that may speak of a service: most of a role's speak of another one.
_speaking[policy.id][service] contains i if {
	some policy in input.policies
	some i, statement in policy.statements
	some service in statement.services
}

_any_or(action) := ["*", split(lower(action), ":")[0]]

_unread(principal, effect) := {1 |
	some held in principal.policies
	policy := inventory.policies[held.policy]
	policy.unread
	_may_hold(policy, effect)
} if {
	not principal.external
}

else := {1}

# AWS's own managed policies are made to allow, but for those that say so by their name: AWSDenyAll,
# AWSCompromisedKeyQuarantine.
_may_hold(_, "Allow")

_may_hold(policy, _) if policy.kind != "aws"

_may_hold(policy, _) if regex.match("Deny|Quarantine", policy.name)

# What the permissions boundary lets through; without one, everything.
_boundary(principal, request) := min({_boundary_allows(principal, request), 2 - _boundary_denies(principal, request)})

_boundary_allows(principal, request) := min({2} | _of_boundary(principal, "Allow", request))

_boundary_denies(principal, request) := max({0} | _of_boundary(principal, "Deny", request))

_of_boundary(principal, effect, request) := {answer |
	policy := inventory.policies[principal.boundary.policy]
	answer := _greatest(policy, {each | some statement in policy.statements; each := applies(statement, effect, request)})
}

# What cannot be read of a policy may say it too.
_greatest(policy, answers) := max((({0} | {1 | policy.unread}) | answers))

# An explicit Deny among the principal's own policies.
_denied(principal, request) := max({_some_statement(principal, "Deny", request), _boundary_denies(principal, request)})

# Does the statement, with this effect, speak of the request? Most do not name the action: then that is all to look at.
applies(statement, effect, request) := min({
	has_effect,
	named,
	names_resource(statement, request.resource),
	conditions_hold(statement, request.context),
}) if {
	has_effect := value.equals(statement.effect, effect)
	has_effect > 0
	named := names_action(statement, request.action)
	named > 0
}

else := 0

names_action(statement, action) := any_covers_action(statement.actions, action) if count(statement.actions) > 0

else := 2 - any_covers_action(statement.notActions, action) if count(statement.notActions) > 0

else := 0

names_resource(statement, resource) := speaks_of(statement, statement.resources, resource) if count(statement.resources) > 0

else := 2 - leaves_out(statement, statement.notResources, resource) if count(statement.notResources) > 0

else := 0
