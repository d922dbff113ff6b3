# How a rule says what it found. A finding is
#
#     address   the resource whose text must change
#     at        where that stands: `file#/json/pointer`
#     verdict   "deny": it is wrong; "unknown": the documents do not settle whether it is
#     message   what is wrong, one sentence without a full stop
#     evidence  why, as facts: {text, address and at where it has a place of its own}; at most ten
#     more      how many facts are left out; only when some are
#     level     "warn": this finding is milder than its rule; only then
#     severity  only when it differs from the rule's
#     paste     a statement that repairs it; only when there is one. Its `note` says where it must stand, if that matters
#
# Title, level, severity and remediation of the rule come from its METADATA and are not repeated.
#
# A `place` is anything with `address` and `at`: an inventory resource, or {"address": f.address, "at": f.durable.at}.
package durable_guard.lib.finding

import data.durable_guard.lib.value

deny(place, message, evidence) := finding("deny", place, message, evidence)

# Milder than the rule itself.
warn(place, message, evidence) := object.union(deny(place, message, evidence), {"level": "warn"})

unknown(place, message, evidence) := finding("unknown", place, message, evidence)

# `deny`, `unknown` or nothing, as an answer of lib/value says.
judged(answer, place, message, evidence) := finding(verdict(answer), place, message, evidence)

# The same in two steps, where evidence is long or subjects are many: most give no finding, and what is written for those
# stays in memory to the end.
verdict(answer) := "deny" if answer == value.yes

else := "unknown" if answer == value.unknown

# A fact of the evidence; `fact_at` has a place of its own.
fact(text) := {"text": text}

fact_at(place, text) := {"text": text, "address": place.address, "at": place.at}

with_severity(finding, severity) := object.union(finding, {"severity": severity})

with_paste(finding, paste) := object.union(finding, {"paste": paste})

# The Allow statement of an identity policy that repairs a finding; texts may hold holes. A report writes it in the
# format of the input.
statement(actions, resources) := {"actions": actions, "resources": resources}

# The same for the role that a function runs with. The function refers to its role; the role must not refer back to the
# function for its name.
role_statement(role, f, actions, resources) := object.union(
	statement(actions, resources),
	{"note": "In an AWS::IAM::Policy of its own: within the role the reference to the function would be circular"},
) if {
	input.format == "cloudformation"
	role.external == false
	some resource in resources
	contains(resource, concat("", ["${", f.address, "}"]))
}

else := statement(actions, resources)

# The same for a key policy or another resource policy: `principal` is a service or an ARN, `conditions` are
# {operator, key, value}.
resource_statement(principal, actions, resources, conditions) := {
	"principal": principal,
	"actions": actions,
	"resources": resources,
	"conditions": conditions,
}

finding(given, place, message, evidence) := object.union(
	{
		"address": place.address,
		"at": place.at,
		"verdict": given,
		"message": message,
		"evidence": array.slice(_in_order(evidence), 0, 10),
	},
	_more(count(evidence) - 10),
)

_more(left) := {"more": left} if left > 0

else := {}

# A set has no order of its own in WebAssembly.
_in_order(evidence) := sort(evidence) if is_set(evidence)

else := evidence
