package durable_guard.lib.iam_test

import data.durable_guard.lib.iam
import data.durable_guard.lib.sample

role_arn := "arn:aws:iam::111122223333:role/order-workflow-role"

root_arn := "arn:aws:iam::111122223333:root"

# A statement of a resource policy on whatever it is on, for these principals.
to(principals, effect) := sample.with_fields(sample.allow(["lambda:Invoke*"], ["*"]), {
	"effect": {"known": effect},
	"principals": principals,
})

to_all_but(principals, effect) := sample.with_fields(to([], effect), {"notPrincipals": principals})

aws(arn) := {"at": "", "type": "AWS", "id": sample.pattern(arn)}

everyone := {"at": "", "type": "*", "id": sample.pattern("*")}

unread_element := {"at": "", "type": "unknown", "id": sample.pattern("${any}")}

# A wildcard of one type names nobody of another ("AWS JSON policy elements: Principal"): neither roles nor services come
# from an identity provider.
federated := {"at": "", "type": "Federated", "id": sample.pattern("*")}

service(name) := {"at": "", "type": "Service", "id": sample.pattern(name)}

# What the principal may do who has these identity statements, with these on the resource.
with_resource(identity, fields, statements) := answer if {
	principal := object.union(sample.role(["own"], {}), fields)
	policies := [sample.policy("own", identity), sample.policy("boundary", [no])]
	on_resource := [{"statements": []}, {"statements": statements}]
	answer := iam.decide_with(principal, on_resource, request) with input as sample.inventory({"policies": policies})
}

test_either_is_enough if {
	with_resource([yes], {}, []) == 2
	with_resource([], {}, [to([aws(role_arn)], "Allow")]) == 2
	with_resource([maybe], {}, [to([aws(role_arn)], "Allow")]) == 2
	with_resource([], {}, [to([everyone], "Allow")]) == 2
	with_resource([], {}, [to([aws("${any}")], "Allow")]) == 1
	with_resource([], {}, [to([unread_element], "Allow")]) == 1
	with_resource([], {}, [to([aws("arn:aws:iam::111122223333:role/other")], "Allow")]) == 0
	with_resource([], {}, [to([service("lambda.amazonaws.com")], "Allow")]) == 0
	with_resource([], {}, [to([federated], "Allow")]) == 0
	with_resource([], {}, [sample.with_fields(to([everyone], "Allow"), {"actions": [sample.action("lambda:Get*")]})]) == 0
	with_resource([], {}, []) == 0
}

# A statement for the account lets identity policies decide; it allows no one by itself.
test_the_account_is_nobody_in_it if with_resource([], {}, [to([aws(root_arn)], "Allow")]) == 0

test_a_deny_wins if {
	with_resource([yes], {}, [to([aws(role_arn)], "Deny")]) == 0
	with_resource([yes], {}, [to([everyone], "Deny")]) == 0
	with_resource([yes], {}, [to([unread_element], "Deny")]) == 1
	with_resource([yes], {}, [to([aws("arn:aws:iam::111122223333:role/other")], "Deny")]) == 2
	with_resource([never], {}, [to([aws(role_arn)], "Allow")]) == 0
	denied_elsewhere := sample.with_fields(to([everyone], "Deny"), {"actions": [sample.action("lambda:Get*")]})
	with_resource([yes], {}, [denied_elsewhere]) == 2
}

# IAM user guide, "AWS JSON policy elements: NotPrincipal": "When you explicitly deny access to an AWS account, you deny
# access to all users contained in that account", and the account of whom NotPrincipal excepts must be listed too.
test_denied_accounts if {
	with_resource([yes], {}, [to([aws(root_arn)], "Deny")]) == 0
	with_resource([yes], {}, [to([aws("arn:aws:iam::444455556666:root")], "Deny")]) == 2
	with_resource([yes], {}, [to_all_but([aws(role_arn), aws(root_arn)], "Deny")]) == 2
	with_resource([yes], {}, [to_all_but([aws(role_arn)], "Deny")]) == 1
	with_resource([yes], {}, [to_all_but([aws(root_arn)], "Deny")]) == 0
	with_resource([yes], {}, [to_all_but([federated], "Deny")]) == 0
	with_resource([yes], {}, [to_all_but([aws("arn:aws:iam::111122223333:role/other")], "Deny")]) == 0
}

# The same page: "NotPrincipal must be used with Deny. Using it with Allow is not supported." So nobody is named for certain.
test_not_principal_with_allow if {
	with_resource([], {}, [to_all_but([aws(role_arn)], "Allow")]) == 0
	with_resource([], {}, [to_all_but([everyone], "Allow")]) == 0
	with_resource([], {}, [to_all_but([unread_element], "Allow")]) == 1
	with_resource([], {}, [to_all_but([aws("arn:aws:iam::111122223333:role/other")], "Allow")]) == 1
}

# "Permissions boundaries for IAM entities": what a resource policy allows a role by its ARN the boundary must allow too,
# what it allows a user it need not. NotPrincipal with Deny always denies who has a boundary.
test_boundaries_and_resource_policies if {
	role := {"boundary": {"address": "Role", "at": "", "policy": "boundary"}}
	user := object.union(role, {"kind": "user"})
	with_resource([], role, [to([aws(role_arn)], "Allow")]) == 0
	with_resource([], user, [to([aws(role_arn)], "Allow")]) == 2
	with_resource([], user, [to([aws(role_arn)], "Allow"), to_all_but([aws(role_arn), aws(root_arn)], "Deny")]) == 0
}

test_a_boundary_denies_what_a_resource_policy_allows if {
	user := sample.role([], {"kind": "user", "boundary": {"address": "Role", "at": "", "policy": "boundary"}})
	iam.decide_with(user, [{"statements": [to([everyone], "Allow")]}], request) == 0 with input as sample.inventory({"policies": [sample.policy("boundary", [never])]})
}

test_unread_resource_policies if {
	unread := [{"statements": [], "unread": "not in the documents"}]
	role := sample.role(["own"], {})
	iam.decide_with(role, unread, request) == 1 with input as sample.inventory({"policies": [sample.policy("own", [yes])]})
	iam.decide_with(role, unread, request) == 1 with input as sample.inventory({"policies": [sample.policy("own", [])]})
	iam.decide_with(role, unread, request) == 0 with input as sample.inventory({"policies": [sample.policy("own", [never])]})
}

test_names_service if {
	lambda := "lambda.amazonaws.com"
	answers := [
		[[service(lambda)], 2],
		[[service("events.amazonaws.com"), service("${any}")], 1],
		[[service("events.amazonaws.com")], 0],
		[[everyone], 2],
		[[unread_element], 1],
		[[aws(role_arn)], 0],
		[[federated], 0],
		[[], 0],
	]
	every row in answers {
		iam.names_service(to(row[0], "Allow"), lambda) == row[1]
	}
	iam.names_service(to_all_but([service(lambda)], "Allow"), lambda) == 0
	iam.names_service(to_all_but([aws(role_arn)], "Allow"), lambda) == 2
}
