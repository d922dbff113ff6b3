package durable_guard.rules.lambda.api_without_authorization_test

import data.durable_guard.rules.lambda.api_without_authorization as rule

test_open if {
	every api in ["REST", "HTTP", "WebSocket"] {
		rule.finding == {found($"{api} route POST /orders has no authorization", "NONE", {})} with input as given({"api": api})
	}
}

test_authorized if {
	every authorization in ["AWS_IAM", "CUSTOM", "JWT", "COGNITO_USER_POOLS"] {
		rule.finding == set() with input as given({"authorization": {"known": authorization}})
	}
}

test_preflight_has_none if {
	rule.finding == set() with input as given({"method": {"known": "OPTIONS"}})
}

test_restricted_by_the_apis_policy if {
	rule.finding == set() with input as given({"restrictedByPolicy": {"known": true}})
}

test_key_is_milder if {
	open := found("REST route POST /orders has no authorization", "NONE", {"level": "warn"})
	rule.finding == {open} with input as given({"apiKey": {"known": true}})
	graph := found("GraphQL route POST /orders has no authorization", "API_KEY", {"level": "warn"})
	rule.finding == {graph} with input as given({"api": "GraphQL", "authorization": {"known": "API_KEY"}})
}

test_milder_without_a_function if {
	nothing_behind := object.remove(given({}).apiRoutes[0], ["function"])
	open := found("REST route POST /orders has no authorization", "NONE", {
		"level": "warn",
		"evidence": [{"text": "authorization is NONE"}],
	})
	rule.finding == {open} with input as {"apiRoutes": [nothing_behind], "functions": []}
}

test_unknown if {
	open := found("REST route POST /orders may have no authorization", "unknown (Ref Auth)", {"verdict": "unknown"})
	rule.finding == {open} with input as given({"authorization": {"unknown": "Ref Auth"}})
	method := found("REST route unknown (Ref Method) /orders may have no authorization", "NONE", {"verdict": "unknown"})
	rule.finding == {method} with input as given({"method": {"unknown": "Ref Method"}})
	policy := found("REST route POST /orders may have no authorization", "NONE", {"verdict": "unknown"})
	rule.finding == {policy} with input as given({"restrictedByPolicy": {"unknown": "Ref Policy"}})
	path := found("REST route POST unknown (ResourceId) has no authorization", "NONE", {})
	rule.finding == {path} with input as given({"path": {"unknown": "ResourceId"}})
	keyed := found("REST route POST /orders has no authorization", "NONE", {})
	rule.finding == {keyed} with input as given({"apiKey": {"unknown": "Ref Keyed"}})
}

test_examined if rule.examined == {"Route"} with input as given({})

found(message, authorization, fields) := object.union(
	{
		"address": "Route",
		"at": "t.yaml#/Route",
		"verdict": "deny",
		"message": message,
		"evidence": [
			{"text": $"authorization is {authorization}"},
			{"text": "function Fn is behind it", "address": "Fn", "at": "t.yaml#/Fn"},
		],
	},
	fields,
)

given(fields) := {
	"functions": [{"address": "Fn", "at": "t.yaml#/Fn"}, {"address": "Another", "at": "t.yaml#/Another"}],
	"apiRoutes": [object.union(object.remove(route, object.keys(fields)), fields)],
}

route := {
	"address": "Route",
	"at": "t.yaml#/Route",
	"api": "REST",
	"method": {"known": "POST"},
	"path": {"known": "/orders"},
	"authorization": {"known": "NONE"},
	"apiKey": {"known": false},
	"restrictedByPolicy": {"known": false},
	"function": "Fn",
}
