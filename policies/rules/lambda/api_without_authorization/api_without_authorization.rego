# METADATA
# title: An API route has no authorization
# description: >-
#   Anybody on the internet may call a method or route whose authorization is NONE, and start the function behind it with
#   input of their choice. An API key meters callers; AWS does not take it for authorization.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
#     description: Control and manage access to REST APIs in API Gateway
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
#     description: Control and manage access to HTTP APIs in API Gateway
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
#     description: Control and manage access to WebSocket APIs in API Gateway
# custom:
#   id: LAM004
#   level: deny
#   severity: high
#   remediation: Set AWS_IAM, a JWT or Lambda authorizer or a Cognito user pool, or restrict the API by its resource policy.
#   related:
#     - Checkov CKV_AWS_59
#     - Checkov CKV_AWS_309
#     - Security Hub APIGateway.8
#     - cdk-nag AwsSolutions-APIG4
#   sources:
#     - B8
package durable_guard.rules.lambda.api_without_authorization

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains graded(route, found) if {
	some route in input.apiRoutes
	answer := value.all_of([
		value.one_of(route.authorization, ["NONE", "API_KEY"]),
		value.negated(value.equals(route.method, "OPTIONS")),
		value.negated(value.equals(route.restrictedByPolicy, true)),
	])
	message := $"{route.api} route {shown(route.method)} {shown(route.path)} {has(answer)} no authorization"
	found := result.judged(answer, route, message, evidence(route))
}

examined := {route.address | some route in input.apiRoutes}

has(answer) := "has" if answer == value.yes

else := "may have"

# Milder: callers need at least a key, or no function of ours is behind it.
graded(route, found) := object.union(found, {"level": "warn"}) if is_milder(route)

else := found

is_milder(route) if not route.function

is_milder(route) if value.equals(route.apiKey, true) == value.yes

is_milder(route) if value.equals(route.authorization, "API_KEY") == value.yes

evidence(route) := array.concat(
	[result.fact($"authorization is {text}") | text := shown(route.authorization)],
	[result.fact_at(f, $"function {address} is behind it") |
		address := route.function
		f := inventory.functions[address]
	],
)

shown(v) := text if text := value.known(v)

else := value.text(v)
