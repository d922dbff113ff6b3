package durable_guard.rules.wildcards.administrator_policy_test

import data.durable_guard.rules.wildcards.administrator_policy as rule

found(message) := {
	"address": "Attachment",
	"at": "t.yaml#/Attachment",
	"verdict": "deny",
	"message": message,
	"evidence": [{"text": "function Fn runs with it", "address": "Fn", "at": "t.yaml#/Fn"}],
}

test_administrators if {
	message := "The role of a function has PowerUserAccess, a policy for administrators"
	rule.finding == {found(message)} with input as with_policy("PowerUserAccess", {"administratorLike": true})
	whole := "The role of a function has AWSLambda_FullAccess, a policy for administrators"
	rule.finding == {found(whole)} with input as with_policy("AWSLambda_FullAccess", {"administratorLike": true})
}

test_whole_services_are_milder if {
	every name in [
		"AmazonS3FullAccess", "CloudWatchFullAccessV2", "AmazonAPIGatewayAdministrator", "AWSCodeBuildAdminAccess",
		"AmazonCognitoPowerUser",
	] {
		message := $"The role of a function has {name}, which allows every action of a service"
		milder := object.union(found(message), {"level": "warn", "severity": "medium"})
		rule.finding == {milder} with input as with_policy(name, {})
	}
}

test_others_are_fine if {
	every name in [
		"AWSLambdaBasicDurableExecutionRolePolicy", "AmazonS3ReadOnlyAccess", "AWSServiceCatalogAdminReadOnlyAccess",
	] {
		rule.finding == set() with input as with_policy(name, {})
	}
}

test_roles_without_a_function_are_not_looked_at if {
	administrators := with_policy("AdministratorAccess", {"administratorLike": true})
	idle := json.unmarshal(replace(json.marshal(administrators), `["Fn"]`, "[]"))
	rule.finding == set() with input as idle
	rule.examined == set() with input as idle
	rule.examined == {"Role"} with input as administrators
}

# A policy of one's own may be called anything; what it is like is seen in its statements.
test_own_policies_are_not_judged_by_name if {
	rule.finding == set() with input as with_policy("AmazonS3FullAccess", {"kind": "managed"})
}

# An ARN that is not known is a policy that cannot be read: DUR001 says so.
test_unknown_policy_is_silent if {
	unread := {"kind": "managed", "unread": "the policy PolicyArn is not in the documents"}
	rule.finding == set() with input as with_policy("${PolicyArn}", unread)
}

with_policy(name, fields) := {
	"functions": [{"address": "Fn", "at": "t.yaml#/Fn"}, {"address": "Another", "at": "t.yaml#/Another"}],
	"policies": [object.union({"id": "policy", "name": name, "kind": "aws"}, fields)],
	"principals": [{
		"address": "Role",
		"functions": ["Fn"],
		"policies": [{"address": "Attachment", "at": "t.yaml#/Attachment", "policy": "policy"}],
	}],
}
