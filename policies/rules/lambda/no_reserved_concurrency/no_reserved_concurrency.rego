# METADATA
# title: No reserved concurrency
# description: >-
#   Without a limit of its own a function may take all the concurrency of the account, or find none left. Reserving some
#   keeps its share free and is the most it can use.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
#     description: Configuring reserved concurrency for a function
# custom:
#   id: LAM015
#   level: "off"
#   severity: low
#   remediation: Set ReservedConcurrentExecutions to what the function needs at most.
#   related:
#     - Checkov CKV_AWS_115
#   sources:
#     - A10
package durable_guard.rules.lambda.no_reserved_concurrency

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

# A number that is not known yet is one all the same.
finding contains result.deny(f, $"Function {f.address} has no reserved concurrency", []) if {
	some f in input.functions
	value.is_absent(value.optional(f, "reservedConcurrency"))
}

examined contains f.address if some f in input.functions
