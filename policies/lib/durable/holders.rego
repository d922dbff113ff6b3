# Grants as people write them, and who has them.
package durable_guard.lib.durable

import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Statements of policies that people write, each with its policy. AWS's own managed policies are none, and a boundary
# grants nothing.
written := [{"policy": policy, "statement": statement} |
	some policy in input.policies
	policy.kind != "aws"
	not policy.boundaryOnly
	some statement in policy.statements
]

# The statements of each principal that has the policy, and whether those are all; of the policy alone, where nobody has it.
holders(policy) := [{"statements": statements, "all": _readable(principal)} |
	some address in policy.heldBy
	principal := inventory.principals[address]
	statements := [statement |
		some held in principal.policies
		some statement in inventory.policies[held.policy].statements
	]
] if {
	count(policy.heldBy) > 0
}

else := [{"statements": policy.statements, "all": value.yes}]

# What is not read may allow it.
_readable(principal) := value.unknown if principal.external

else := value.unknown if {
	some held in principal.policies
	inventory.policies[held.policy].unread
}

else := value.yes
