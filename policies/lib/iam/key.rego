# Who may use a KMS key (KMS guide, "Determining access to AWS KMS keys"): the key policy allows the principal itself, or
# it lets the account decide and an identity policy allows; or a grant does. A Deny anywhere wins.
package durable_guard.lib.iam

decide_key(principal, key, action, context) := min({
	2 - _key_statements(key, "Deny", action, context, {answer | some s in key.statements; answer := [s, names_principal(s, principal.arn)]}),
	2 - _some_statement(principal, "Deny", request),
	max({
		min({_key_allows(key, principal.arn, action, context), _boundary(principal, request)}),
		min({key_delegates(key, action, context), decide(principal, request)}),
		_granted(key, principal, action),
	}),
}) if {
	request := {"action": action, "resource": key.arn, "context": context}
}

# A service principal has no identity policies: the key policy must name it.
decide_key_for_service(key, service, action, context) := min({
	2 - _key_statements(key, "Deny", action, context, {answer | some s in key.statements; answer := [s, names_service(s, service)]}),
	_key_statements(key, "Allow", action, context, {answer | some s in key.statements; answer := [s, names_service(s, service)]}),
})

_key_allows(key, arn, action, context) := _key_statements(
	key, "Allow", action, context,
	{answer | some s in key.statements; answer := [s, names_principal(s, arn)]},
)

# AWS's default key policy, and any statement for the account root, lets identity policies decide.
key_delegates(key, action, context) := 2 if {
	key.defaultPolicy
	action
	context
}

else := _key_statements(
	key, "Allow", action, context,
	{answer | some s in key.statements; answer := [s, names_principal(s, input.accountRoot)]},
)

# The greatest answer of the key policy's statements of one effect; `named` pairs each with whether it names who asks.
_key_statements(key, effect, action, context, named) := max((({0} | {1 | key.unread}) | {answer |
	some [statement, who] in named
	answer := min({who, applies(statement, effect, {"action": action, "resource": key.arn, "context": context})})
}))

_granted(key, principal, action) := max({0} | {answer |
	some grant in key.grants
	some operation in grant.operations
	lower(action) == lower($"kms:{operation}")
	answer := min({covers(grant.grantee, principal.arn), _unconstrained(grant)})
})

_unconstrained(grant) := 1 if grant.constrained

else := 2

# Does the statement's Principal or NotPrincipal take in this ARN?
names_principal(statement, arn) := 2 - _among(statement.notPrincipals, arn) if count(statement.notPrincipals) > 0

else := _among(statement.principals, arn)

_among(principals, arn) := max({0} | {answer | some p in principals; answer := _is_arn(p, arn)})

_is_arn(p, arn) := 2 if {
	p.type == "*"
	arn
}

else := covers(p.id, arn) if p.type == "AWS"

else := 1 if p.type == "unknown"

else := 0

names_service(statement, service) := 2 - _among_services(statement.notPrincipals, service) if count(statement.notPrincipals) > 0

else := _among_services(statement.principals, service)

_among_services(principals, service) := max({0} | {answer | some p in principals; answer := _is_service(p, service)})

_is_service(p, service) := 2 if {
	p.type == "*"
	service
}

else := 2 if {
	p.type == "Service"
	p.id.text == service
}

else := 1 if p.type == "unknown"

else := 1 if {
	p.type == "Service"
	p.id.open
}

else := 0
