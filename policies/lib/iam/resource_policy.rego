# What policies on a resource say to a principal (IAM user guide, "AWS JSON policy elements: Principal" and "NotPrincipal").
# `policy` is anything with statements that may be unread: a key with its key policy, a function's resource policy.
package durable_guard.lib.iam

# May the principal do this by its own policies or, being named there, by one of these? One of the two is enough within an
# account.
decide_with(principal, policies, request) := min({
	2 - max({_denied(principal, request)} | {answer | some policy in policies; answer := _denied_by(policy, principal, request)}),
	max({decide(principal, request)} | {answer | some policy in policies; answer := _allowed_by_name(policy, principal, request)}),
})

# What a policy allows a role by its ARN the role's boundary must allow too; for a user it need not ("Permissions boundaries
# for IAM entities").
_allowed_by_name(policy, principal, request) := min({
	_allowed_by(policy, principal.arn, request),
	_limit(principal, request),
})

_limit(principal, request) := _boundary_allows(principal, request) if principal.kind != "user"

else := 2

_allowed_by(policy, arn, request) := _greatest(policy, {answer |
	some statement in policy.statements
	answer := min({names_principal(statement, arn), applies(statement, "Allow", request)})
})

_denied_by(policy, principal, request) := _greatest(policy, {answer |
	some statement in policy.statements
	answer := min({_denies_principal(statement, principal), applies(statement, "Deny", request)})
})

# Does the statement's Principal or NotPrincipal take in this ARN? With an Allow NotPrincipal is not supported: then nobody
# is named for certain.
names_principal(statement, arn) := min({1, 2 - _excepted(statement, arn)}) if count(statement.notPrincipals) > 0

else := _named(statement, arn)

# A Deny of an account denies everyone in it. NotPrincipal excepts a principal for certain only where its account is listed
# beside it, and never one that has a boundary.
_denies_principal(statement, principal) := max({
	_named(statement, principal.arn),
	_named(statement, input.accountRoot),
}) if {
	count(statement.notPrincipals) == 0
}

else := 2 if principal.boundary

else := 2 - min({
	_excepted(statement, principal.arn),
	max({1, _excepted(statement, input.accountRoot)}),
})

_named(statement, arn) := max((({0} | {_anyone(p) | some p in statement.principals}) | {answer |
	some p in statement.principals
	p.type == "AWS"
	answer := speaks_of(statement, [p.id], arn)
}))

_excepted(statement, arn) := max((({0} | {_anyone(p) | some p in statement.notPrincipals}) | {answer |
	some p in statement.notPrincipals
	p.type == "AWS"
	answer := leaves_out(statement, [p.id], arn)
}))

_anyone(p) := 2 if p.type == "*"

else := 1 if p.type == "unknown"

# Does it take in this service principal?
names_service(statement, service) := 2 - _among_services(statement.notPrincipals, service) if count(statement.notPrincipals) > 0

else := _among_services(statement.principals, service)

_among_services(principals, service) := max({0} | {answer | some p in principals; answer := _is_service(p, service)})

_is_service(p, service) := covers(p.id, literal(service)) if p.type == "Service"

else := _anyone(p)
