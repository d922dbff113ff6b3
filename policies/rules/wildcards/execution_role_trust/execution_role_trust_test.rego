package durable_guard.rules.wildcards.execution_role_trust_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.wildcards.execution_role_trust as rule

test_lambda_alone_is_right if {
	rule.finding == set() with input as trusting([to_lambda])
	rule.finding == set() with input as trusting([trust([service("lambda.amazonaws.com"), service("edgelambda.amazonaws.com")])])
	rule.examined == {"Role"} with input as trusting([to_lambda])
}

test_everyone if {
	open := object.union(found("Execution role Role may be assumed by everyone", []), {"severity": "critical"})
	rule.finding == {open} with input as trusting([to_lambda, other([everyone])])
	rule.finding == {open} with input as trusting([
		to_lambda,
		sample.with_fields(other([]), {"notPrincipals": [aws("arn:aws:iam::111122223333:user/mallory")]}),
	])
}

test_everyone_under_a_condition_is_milder if {
	open := found("Execution role Role may be assumed by everyone", [{"text": "a condition on aws:principalorgid applies"}])
	rule.finding == {object.union(open, {"severity": "critical", "level": "warn"})} with input as trusting([
		to_lambda,
		sample.with_conditions(other([everyone]), [sample.condition("StringEquals", "aws:PrincipalOrgID", ["o-1234567890"])]),
	])
}

test_another_account if {
	partner := aws("arn:aws:iam::999999999999:root")
	message := "Execution role Role may be assumed from another account without a condition: arn:aws:iam::999999999999:root"
	own := aws("arn:aws:iam::111122223333:role/ci")
	rule.finding == {found(message, [])} with input as trusting([to_lambda, other([own, partner])])
	rule.finding == set() with input as trusting([to_lambda, other([own])])
	external_id := [sample.condition("StringEquals", "sts:ExternalId", ["42"])]
	rule.finding == set() with input as trusting([to_lambda, sample.with_conditions(other([partner]), external_id)])
}

test_another_service if {
	both := trust([service("lambda.amazonaws.com"), service("scheduler.amazonaws.com")])
	message := "Execution role Role may be assumed by another service: scheduler.amazonaws.com"
	open := object.union(found(message, []), {"severity": "medium", "at": both.at})
	rule.finding == {open} with input as trusting([both])
}

test_lambda_missing if {
	message := "Execution role Role does not let lambda.amazonaws.com assume it"
	own := sample.with_fields(other([aws("arn:aws:iam::111122223333:role/ci")]), {})
	missing := object.union(found(message, []), {"at": sample.at("Role", "")})
	rule.finding == {missing} with input as trusting([own])
	rule.finding == {missing} with input as trusting([])
	rule.examined == {"Role"} with input as trusting([])
	rule.finding == {missing} with input as trusting([sample.with_fields(to_lambda, {"effect": {"known": "Deny"}})])
	rule.finding == {missing} with input as trusting([sample.with_fields(to_lambda, {"actions": [sample.action("sts:TagSession")]})])
}

test_a_deny_opens_nothing if {
	denied := sample.with_fields(other([everyone, aws("arn:aws:iam::999999999999:root"), service("ec2.amazonaws.com")]), {"effect": {"known": "Deny"}})
	rule.finding == set() with input as trusting([to_lambda, denied])
}

test_statements_about_something_else_are_left_out if {
	tags := sample.with_fields(other([everyone]), {"actions": [sample.action("sts:TagSession")]})
	rule.finding == set() with input as trusting([to_lambda, tags])
	web := sample.with_fields(other([everyone]), {"actions": [sample.action("sts:AssumeRoleWithWebIdentity")]})
	count(rule.finding) == 1 with input as trusting([to_lambda, web])
	saml := sample.with_fields(other([everyone]), {"actions": [sample.action("sts:AssumeRoleWithSAML")]})
	count(rule.finding) == 1 with input as trusting([to_lambda, saml])
}

test_unknown if {
	message := "Execution role Role might be assumed from another account without a condition: ${partner}"
	unknown := {"verdict": "unknown"}
	rule.finding == {object.union(found(message, []), unknown)} with input as trusting([to_lambda, other([aws("${partner}")])])
	anyone := object.union(found("Execution role Role might be assumed by everyone", []), {"verdict": "unknown", "severity": "critical"})
	rule.finding == {anyone} with input as trusting([to_lambda, sample.with_fields(other([everyone]), {"effect": {"unknown": "Fn::If"}})])
	another := object.union(
		found("Execution role Role might be assumed by another service: ${service}", []),
		{"verdict": "unknown", "severity": "medium"},
	)
	may_miss := object.union(
		found("Execution role Role does not let lambda.amazonaws.com assume it", []),
		{"verdict": "unknown", "at": sample.at("Role", "")},
	)
	rule.finding == {another, may_miss} with input as trusting([other([service("${service}")])])
	unread := sample.with_conditions(other([aws("arn:aws:iam::999999999999:root")]), [sample.condition("", "", [])])
	account := "Execution role Role might be assumed from another account without a condition: arn:aws:iam::999999999999:root"
	rule.finding == {object.union(found(account, []), unknown)} with input as trusting([to_lambda, unread])
}

# DUR001 says of a role that cannot be read that it cannot be decided.
test_unread_trust_is_silent if {
	rule.finding == set() with input as holding(sample.role([], {"trust": [], "trustUnread": "Ref Trust"}))
}

test_roles_outside_the_documents_are_left_out if {
	outside := sample.role([], {"trust": [], "external": true})
	rule.finding == set() with input as holding(outside)
	rule.examined == set() with input as holding(outside)
}

# A role that no function runs with: only a trust policy without any limit is told of.
test_role_of_no_function_open_to_everyone if {
	open := object.union(found("Role Role may be assumed by everyone", []), {"level": "warn", "evidence": []})
	excepted := sample.with_fields(other([]), {"notPrincipals": [aws("arn:aws:iam::111122223333:user/mallory")]})
	every statement in [other([everyone]), excepted] {
		rule.finding == {open} with input as idle([statement])
		rule.examined == {"Role"} with input as idle([statement])
	}
}

test_role_of_no_function_with_a_limit if {
	in_org := [sample.condition("StringEquals", "aws:PrincipalOrgID", ["o-1234567890"])]
	every statement in [
		other([aws("arn:aws:iam::999999999999:root"), service("ec2.amazonaws.com")]),
		sample.with_conditions(other([everyone]), in_org),
		sample.with_fields(other([everyone]), {"effect": {"known": "Deny"}}),
		sample.with_fields(other([everyone]), {"effect": {"unknown": "Fn::If"}}),
		sample.with_fields(other([everyone]), {"actions": [sample.action("sts:TagSession")]}),
	] {
		rule.finding == set() with input as idle([statement])
		rule.examined == {"Role"} with input as idle([statement])
	}
	rule.examined == set() with input as idle([])
}

idle(statements) := holding(sample.role([], {"trust": statements, "functions": []}))

found(message, facts) := {
	"address": "Role",
	"at": sample.at("Role", "/Properties/AssumeRolePolicyDocument/Statement/1"),
	"verdict": "deny",
	"message": message,
	"evidence": array.concat(facts, [{"text": "function Fn runs with it", "address": "Fn", "at": "t.yaml#/Resources/Fn"}]),
}

to_lambda := trust([service("lambda.amazonaws.com")])

trust(principals) := sample.statement({
	"at": sample.at("Role", "/Properties/AssumeRolePolicyDocument/Statement/0"),
	"actions": [sample.action("sts:AssumeRole")],
	"principals": principals,
})

other(principals) := sample.with_fields(trust(principals), {"at": sample.at("Role", "/Properties/AssumeRolePolicyDocument/Statement/1")})

service(name) := {"type": "Service", "id": sample.pattern(name)}

aws(arn) := {"type": "AWS", "id": sample.pattern(arn)}

everyone := {"type": "*", "id": sample.pattern("*")}

trusting(statements) := holding(sample.role([], {"trust": statements}))

holding(role) := object.union(
	sample.with_fields(sample.inventory({"functions": [sample.function({}), sample.function({"address": "Another"})], "principals": [role]}), {}),
	{"resources": []},
)
