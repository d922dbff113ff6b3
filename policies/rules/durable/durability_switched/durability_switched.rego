# METADATA
# title: Durability is switched on or off for a function that exists
# description: >-
#   A function is durable from its creation or never: a change of that replaces it. With the same name the new one cannot be
#   created while the old one is there, and the old one goes only when its executions have ended, for up to an hour.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-configuration.html
#     description: Configure Lambda durable functions
# custom:
#   id: DUR012
#   level: deny
#   severity: medium
#   remediation: Create a function under another name beside the old one, move the callers, let running executions end.
#   sources:
#     - F§1
package durable_guard.rules.durable.durability_switched

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains graded(f, result.judged(switched(f), place(f), message, evidence(f))) if {
	some f in existing
	message := $"Durability of {f.address} is switched {direction(f)}, and the function exists"
}

examined contains f.address if some f in existing

# Only a plan tells what there was before.
existing := [f |
	some f in input.functions
	is_boolean(f.change.wasDurable)
]

switched(f) := value.negated(is_durable(f)) if f.change.wasDurable

else := is_durable(f)

is_durable(f) := value.yes if f.durable.certain

else := value.unknown if f.durable

else := value.no

direction(f) := "off" if f.change.wasDurable

else := "on"

# Under another name the new function can be created beside the old one: its executions are lost all the same.
graded(f, found) := object.union(found, {"level": "warn"}) if {
	f.change.action == "replace"
	not f.change.fixedName
}

else := found

evidence(f) := array.concat(
	[result.fact($"the plan is to {f.change.action} it")],
	[result.fact("its name stays the same") | f.change.fixedName],
)

place(f) := {"address": f.address, "at": at} if at := f.durable.at

else := f
