# What a statement lets its holders do with every function of the account.
package durable_guard.lib.grant

import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# [answer, action, principal] for each of the actions and each holder who is not denied it.
on_all_functions(granted, actions) := {[answer, action, principal] |
	some action, named in names(granted.statement, actions)
	answer := value.all_of([named, allows(granted.statement), settled(granted.statement), _reach(granted.statement)])
	answer != value.no
	some holder in granted.heldBy
	principal := inventory.principals[holder]
	not is_denied(principal, action)
}

# A condition that limits what is reached leaves less than every function.
_reach(statement) := value.no if {
	some condition in statement.conditions
	limits(condition)
}

else := value.any_of([reach | some resource in statement.resources; reach := every_function(resource)])

every_function(resource) := value.yes if {
	every_of_a_type(resource)
	contains(resource.text, ":function:")
}

else := every_resource(resource)
