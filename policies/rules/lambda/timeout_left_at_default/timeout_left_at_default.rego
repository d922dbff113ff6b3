# METADATA
# title: Timeout left at its default
# description: >-
#   Three seconds are Lambda's default, and rarely what somebody chose: too short for a call to another service, and no
#   statement of how long one invocation may take. The execution timeout of a durable function is another setting.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
#     description: Configure Lambda function timeout
# custom:
#   id: LAM022
#   level: "off"
#   severity: low
#   remediation: Set Timeout to what an invocation takes at most, with a margin.
#   related:
#     - cdk-nag ServerlessLambdaDefaultTimeout
#   sources:
#     - B11
package durable_guard.rules.lambda.timeout_left_at_default

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

# Terraform writes the default into its plan, so that a chosen 3 and a default 3 look the same.
finding contains result.judged(answer, f, $"Function {f.address} has the default timeout of 3 seconds", [result.fact(given)]) if {
	some f in input.functions
	timeout := value.optional(f, "timeout")
	answer := left(timeout)
	given := $"the timeout is {value.text(timeout)}"
}

examined contains f.address if some f in input.functions

left(timeout) := value.yes if value.is_absent(timeout)

else := value.equals(timeout, 3)
