# METADATA
# title: An event source mapping onto a durable function that may run longer than it waits
# description: >-
#   An event source mapping invokes synchronously, so AWS Lambda refuses to create one for a durable function whose
#   executions may take longer than an invocation: 15 minutes, 90 on Lambda Managed Instances.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html
#     description: Event source mappings with durable functions
# custom:
#   id: DUR009
#   level: deny
#   severity: high
#   remediation: >-
#     Set ExecutionTimeout to 900 seconds or less, or map the source to a function that is not durable and invokes this one
#     asynchronously.
#   sources:
#     - F§9
package durable_guard.rules.durable.execution_outlasts_event_source_mapping

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.judged(answer, place, message, evidence) if {
	some address, mappings in mappings_by_function
	f := inventory.functions[address]
	timeout := value.optional(f.durable, "executionTimeout")
	answer := value.above(timeout, longest(f))
	place := {"address": address, "at": f.durable.at}
	message := $"ExecutionTimeout of {address} must be at most {longest(f)} seconds, as an event source mapping invokes it"
	evidence := array.concat(
		[result.fact($"ExecutionTimeout is {value.text(timeout)}")],
		sort([result.fact_at(mapping, "an event source mapping") | some mapping in mappings]),
	)
}

examined contains address if some address, _ in mappings_by_function

mappings_by_function[edge.function] contains edge if {
	some edge in input.invocations
	edge.kind == "event source mapping"
	inventory.functions[edge.function].durable.certain
}

# Seconds an invocation may take.
longest(f) := 5400 if f.managedInstances

else := 900
