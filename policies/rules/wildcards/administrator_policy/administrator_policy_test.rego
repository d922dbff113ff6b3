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
	every name in [
		"AdministratorAccess", "AdministratorAccess-Amplify", "PowerUserAccess", "IAMFullAccess", "AWSLambda_FullAccess",
		"AWSLambdaFullAccess", "AWSCloudFormationFullAccess", "AWSOrganizationsFullAccess", "AWSSSOMasterAccountAdministrator",
		"AWSSSOMemberAccountAdministrator", "job-function/SystemAdministrator",
	] {
		rule.finding == {found($"The role of a function has {name}, a policy for administrators")} with input as with_policy(name)
	}
}

test_whole_services_are_milder if {
	every name in [
		"AmazonS3FullAccess", "CloudWatchFullAccessV2", "AmazonAPIGatewayAdministrator", "AWSCodeBuildAdminAccess",
		"AmazonCognitoPowerUser",
	] {
		message := $"The role of a function has {name}, which allows every action of a service"
		rule.finding == {object.union(found(message), {"level": "warn", "severity": "medium"})} with input as with_policy(name)
	}
}

test_others_are_fine if {
	every name in [
		"service-role/AWSLambdaBasicDurableExecutionRolePolicy", "AmazonS3ReadOnlyAccess",
		"service-role/AWSSupplyChainFederationAdminAccessRole", "AWSServiceCatalogAdminReadOnlyAccess",
	] {
		rule.finding == set() with input as with_policy(name)
	}
}

test_roles_without_a_function_are_not_looked_at if {
	idle := json.unmarshal(replace(json.marshal(with_policy("AdministratorAccess")), `["Fn"]`, "[]"))
	rule.finding == set() with input as idle
	rule.examined == set() with input as idle
	rule.examined == {"Role"} with input as with_policy("AdministratorAccess")
}

# A policy of one's own may be called anything; what it is like is seen in its statements.
test_own_policies_are_not_judged_by_name if {
	own := json.unmarshal(replace(json.marshal(with_policy("AdministratorAccess")), `"aws"`, `"managed"`))
	rule.finding == set() with input as own
}

# An ARN that is not known is a policy that cannot be read: DUR001 says so.
test_unknown_policy_is_silent if {
	unread := {"id": "${PolicyArn}", "kind": "managed", "unread": "the policy PolicyArn is not in the documents"}
	held := {"address": "Role", "at": "t.yaml#/Role", "policy": "${PolicyArn}"}
	role := object.union(with_policy("x").principals[0], {"policies": [held]})
	rule.finding == set() with input as {"principals": [role], "policies": [unread], "functions": []}
}

with_policy(name) := {
	"functions": [{"address": "Fn", "at": "t.yaml#/Fn"}],
	"policies": [{"id": $"arn:aws:iam::aws:policy/{name}", "kind": "aws"}],
	"principals": [{
		"address": "Role",
		"functions": ["Fn"],
		"policies": [{
			"address": "Attachment",
			"at": "t.yaml#/Attachment",
			"policy": $"arn:aws:iam::aws:policy/{name}",
		}],
	}],
}
