# METADATA
# title: An asynchronously invoked durable function has a destination, or no dead-letter queue
# description: >-
#   What was to be done asynchronously and failed is gone unless it is kept somewhere. Durable functions support dead-letter
#   queues for that, and no Lambda destinations.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html
#     description: Invoking durable Lambda functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
#     description: Retaining records of asynchronous invocations
# custom:
#   id: DUR014
#   level: warn
#   severity: medium
#   remediation: Set DeadLetterConfig (SAM DeadLetterQueue, Terraform dead_letter_config) to a queue or topic, and no destination.
#   related:
#     - Checkov CKV_AWS_116
#     - cdk-nag Serverless-LambdaDLQ
#   sources:
#     - A10
#     - F§9
package durable_guard.rules.durable.asynchronous_without_dead_letter_queue

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.judged(answer, destination, message, evidence(edges)) if {
	some address, edges in edges_by_function
	answer := is_asynchronous(edges)
	some destination in inventory.functions[address].destinations
	has_destination(destination)
	message := $"Durable function {address} has a destination, which is not supported"
}

finding contains result.judged(answer, f, message, evidence(edges)) if {
	some address, edges in edges_by_function
	answer := is_asynchronous(edges)
	f := inventory.functions[address]
	without_dead_letter(value.optional(f, "deadLetter"))
	message := $"Durable function {address} is invoked asynchronously and has no dead-letter queue"
}

examined contains address if some address, _ in edges_by_function

# Edges that are, or may be, asynchronous.
edges_by_function[edge.function] contains edge if {
	some edge in input.invocations
	value.equals(edge.asynchronous, true) != value.no
	inventory.functions[edge.function].durable.certain
}

is_asynchronous(edges) := value.any_of([value.equals(edge.asynchronous, true) | some edge in edges])

evidence(edges) := {fact |
	some edge in edges
	fact := result.fact_at(edge, $"{edge.kind} {edge.address} invokes it")
}

has_destination(destination) if not value.is_absent(value.optional(destination, "onSuccess"))

has_destination(destination) if not value.is_absent(value.optional(destination, "onFailure"))

# A target that is not known is one all the same.
without_dead_letter(target) if value.is_absent(target)

without_dead_letter(target) if value.known(target) == ""
