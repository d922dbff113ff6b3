# Who may use a KMS key (KMS guide, "Determining access to AWS KMS keys"): the key policy allows the principal itself, or
# it lets the account decide and an identity policy allows; or a grant does. A Deny anywhere wins.
package durable_guard.lib.iam

decide_key(principal, key, action, context) := min({
	2 - _denied(principal, request),
	2 - _denied_by(key, principal, request),
	max({
		_allowed_by_name(key, principal, request),
		min({key_delegates(key, action, context), decide(principal, request)}),
		_granted(key, principal, action),
	}),
}) if {
	request := _on_key(key, action, context)
}

# A service principal has no identity policies: the key policy must name it.
decide_key_for_service(key, service, action, context) := min({
	_says_to_service(key, service, "Allow", request),
	2 - _says_to_service(key, service, "Deny", request),
}) if {
	request := _on_key(key, action, context)
}

_says_to_service(key, service, effect, request) := _greatest(key, {answer |
	some statement in key.statements
	answer := min({names_service(statement, service), applies(statement, effect, request)})
})

# AWS's default key policy, and any statement for the account root, lets identity policies decide.
key_delegates(key, action, context) := _allowed_by(key, input.accountRoot, _on_key(key, action, context)) if {
	not key.defaultPolicy
}

else := 2

_on_key(key, action, context) := {"action": action, "resource": key.arn, "context": context}

_granted(key, principal, action) := max({0} | {answer |
	some grant in key.grants
	some operation in grant.operations
	lower(action) == lower($"kms:{operation}")
	answer := min({covers(grant.grantee, principal.arn), _unconstrained(grant)})
})

_unconstrained(grant) := 1 if grant.constrained

else := 2
