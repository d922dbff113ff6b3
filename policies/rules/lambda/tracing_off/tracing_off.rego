# METADATA
# title: Active tracing is off
# description: >-
#   With active tracing X-Ray records a sample of the requests and shows which call is slow or fails. PassThrough traces
#   only what the caller already traces.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
#     description: Visualize Lambda function invocations using AWS X-Ray
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-7
#     description: "Security Hub Lambda.7: Lambda functions should have AWS X-Ray active tracing enabled"
# custom:
#   id: LAM019
#   level: "off"
#   severity: low
#   remediation: Set the tracing mode to Active and let the role write traces.
#   related:
#     - Security Hub Lambda.7
#     - Checkov CKV_AWS_50
#     - cdk-nag ServerlessLambdaTracing
#   sources:
#     - F§12
package durable_guard.rules.lambda.tracing_off

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, f, $"Function {f.address} has no active tracing", [result.fact(given)]) if {
	some f in input.functions
	mode := value.optional(f, "tracing")
	answer := value.negated(value.equals(mode, "Active"))
	given := $"the tracing mode is {value.text(mode)}"
}

examined contains f.address if some f in input.functions
