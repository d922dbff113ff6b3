# METADATA
# title: A function URL is open to everyone
# description: >-
#   With AuthType NONE anybody who knows the URL starts the function. CORS that lets every origin send credentials lets
#   any web page call it as its visitor.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
#     description: Control access to Lambda function URLs
# custom:
#   id: LAM005
#   level: deny
#   severity: high
#   remediation: Set AuthType AWS_IAM, or put an API with an authorizer in front; name the origins that may send credentials.
#   related:
#     - Checkov CKV_AWS_258
#     - Checkov CKV2_AWS_75
#   sources:
#     - A10
#     - B8
#     - F§13
package durable_guard.rules.lambda.public_function_url

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.judged(answer, edge, message, evidence(edge)) if {
	some edge in urls
	answer := value.equals(edge.url.authType, "NONE")
	message := $"The URL of function {edge.function} {is(answer)} open to everyone"
}

finding contains result.judged(answer, edge, message, evidence(edge)) if {
	some edge in urls
	answer := value.all_of([
		value.any_of([value.equals(origin, "*") | some origin in edge.url.corsOrigins]),
		value.equals(edge.url.corsCredentials, true),
	])
	message := $"CORS of the URL of function {edge.function} {lets(answer)} every origin send credentials"
}

examined := {edge.address | some edge in urls}

urls := [edge | some edge in input.invocations; edge.url]

is(answer) := "is" if answer == value.yes

else := "may be"

lets(answer) := "lets" if answer == value.yes

else := "may let"

evidence(edge) := array.concat(
	[result.fact($"AuthType is {value.text(edge.url.authType)}")],
	[result.fact_at(f, "the function") | f := inventory.functions[edge.function]],
)
