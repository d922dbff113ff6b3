# The statement that lets a role or service use a key.
package durable_guard.lib.kms

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# With the statement that allows a role the missing actions: in the role's policy, or in the key policy where that does
# not leave the decision to IAM policies. None where something forbids them, which no further statement mends, or where
# the key's ARN is not known.
with_repair(found, use, missing) := result.with_paste(found, _repair(use, missing)) if {
	not _is_beyond_repair(use, missing)
}

else := found

_repair(use, missing) := result.resource_statement(use.principal.arn.text, missing, ["*"], []) if {
	some action in missing
	iam.key_delegates(inventory.keys[use.key.key], action, use.context) == value.no
}

else := result.statement(missing, [use.key.arn.text])

_is_beyond_repair(use, _) if {
	not use.key.key
	use.key.arn.open
}

_is_beyond_repair(use, missing) if {
	some action in missing
	count(_forbidding(_spoken(use), _request(use, action))) > 0
}

_is_beyond_repair(use, missing) if {
	some action in missing
	_is_bounded(use.principal, _request(use, action))
}

# With a statement of the key policy for the role.
with_key_repair(found, use, paste) := result.with_paste(found, paste) if not _is_beyond_repair(use, paste.actions)

else := found

# With a statement of the key policy for a service, unless it forbids one of the actions to the service.
with_service_repair(found, key, context, paste) := result.with_paste(found, paste) if {
	every action in paste.actions {
		request := {"action": action, "resource": key.arn, "context": context}
		count(_forbidding(_naming_service(key, paste.principal), request)) == 0
	}
}

else := found
