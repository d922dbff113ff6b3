# METADATA
# title: Failed asynchronous events are lost
# description: >-
#   Lambda tries an asynchronous event three times and then drops it. With a dead-letter queue or a failure destination the
#   event is kept and can be sent again. For durable functions DUR014 says so.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
#     description: Capturing records of Lambda asynchronous invocations
# custom:
#   id: LAM014
#   level: warn
#   severity: low
#   remediation: Give the function a dead-letter queue, or a failure destination for the qualifier that is invoked.
#   related:
#     - Checkov CKV_AWS_116
#     - cdk-nag ServerlessLambdaDLQ
#   sources:
#     - A10
#     - B11
package durable_guard.rules.lambda.failed_events_lost

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, f, $"Events that function {f.address} fails on are lost", evidence) if {
	some f in subjects
	value.is_absent(value.optional(f, "deadLetter"))
	edges := asynchronous[f.address]
	answer := value.any_of([lost(f, edge) | some edge in edges])
	evidence := {result.fact_at(edge, text) |
		some edge in edges
		lost(f, edge) == answer
		text := $"{edge.kind} {edge.address} invokes it asynchronously"
	}
}

examined contains f.address if some f in subjects

subjects := [f |
	some f in input.functions
	not f.durable
	asynchronous[f.address]
]

asynchronous[edge.function] contains edge if {
	some edge in input.invocations
	value.equals(edge.asynchronous, true) != value.no
}

# A destination serves the one qualifier it is configured for.
lost(f, edge) := value.all_of([
	value.equals(edge.asynchronous, true),
	value.negated(value.any_of([same(destination.qualifier, edge.qualifier) |
		some destination in f.destinations
		not value.is_absent(value.optional(destination, "onFailure"))
	])),
])

# Unqualified means `$LATEST`.
same(one, other) := value.one_of(one, {known} | {each | known in unqualified; some each in unqualified}) if {
	known := value.known(other)
}

else := value.unknown

unqualified := {"", "$LATEST"}
