# METADATA
# title: The runtime cannot run durable functions, or ends before its executions
# description: >-
#   Zip packages run as durable functions only on some runtimes. An execution stays with the version it started on, for up
#   to 366 days: once its runtime can no longer be updated, a fault in it can no longer be mended.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-supported-runtimes.html
#     description: Supported runtimes for durable functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#     description: Lambda runtimes, deprecation policy
# custom:
#   id: DUR011
#   level: deny
#   severity: medium
#   remediation: >-
#     Choose a runtime of AWS's list, or a container image. Runtimes newer than the list are named in
#     `settings.durableRuntimes`.
#   related:
#     - cfn-lint W2531
#   sources:
#     - F§1
#     - F§13
package durable_guard.rules.durable.runtime_cannot_run_durable

import data.durable_guard.lib.dates
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.runtimes
import data.durable_guard.lib.value

finding contains result.judged(answer, f, message, evidence) if {
	some f in packaged
	answer := value.all_of([value.equals(f.packageType, "Zip"), incapable(f.runtime)])
	message := $"The runtime of {f.address} must be one that can run durable functions"
	evidence := [
		result.fact($"Runtime is {value.text(f.runtime)}"),
		result.fact($"as of {runtimes.date} AWS names {concat(", ", sort(runtimes.durable))}"),
	]
}

# Milder: it can run, but not be updated until the end.
finding contains result.with_severity(object.union(found, {"level": "warn"}), "low") if {
	some f in packaged
	blocked := runtimes.lifecycle[value.known(f.runtime)].updateBlocked
	days := dates.days_between(input.today, blocked)
	days <= most_days
	timeout := value.optional(f.durable, "executionTimeout")
	not value.is_absent(timeout)
	answer := value.all_of([
		value.equals(f.packageType, "Zip"),
		value.negated(incapable(f.runtime)),
		value.negated(value.below(timeout, days * 86400)),
	])
	message := $"Functions of the runtime of {f.address} cannot be updated from {blocked} on, before its longest execution can end"
	evidence := [
		result.fact($"Runtime is {value.text(f.runtime)}"),
		result.fact($"ExecutionTimeout is {value.text(timeout)} seconds, today is {input.today}"),
	]
	found := result.judged(answer, f, message, evidence)
}

examined contains f.address if some f in packaged

# An image brings its own runtime.
packaged := [f |
	some f in input.functions
	f.durable.certain
	not value.is_absent(value.optional(f, "runtime"))
	value.equals(f.packageType, "Zip") != value.no
]

# A runtime that AWS published after the list was read may be able to.
incapable(runtime) := value.all_of([
	value.negated(value.one_of(runtime, runtimes.durable)),
	value.negated(value.one_of(runtime, input.settings.durableRuntimes)),
	max({value.unknown, value.one_of(runtime, object.keys(runtimes.lifecycle))}),
])

# The longest ExecutionTimeout there is.
most_days := 366
