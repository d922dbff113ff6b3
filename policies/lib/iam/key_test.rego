package durable_guard.lib.iam_test

import data.durable_guard.lib.iam
import data.durable_guard.lib.sample

decrypt := sample.allow(["kms:Decrypt"], [sample.key_arn])

to_role := sample.allow_to(["AWS", role_arn], ["kms:Decrypt"])

to_anyone := sample.allow_to(["*", "*"], ["kms:*"])

# May the role, which has these statements, decrypt with the key, which has these?
decrypts(identity, on_key, fields) := key_decided(identity, sample.key(on_key, fields), {})

key_decided(identity, key, fields) := answer if {
	principal := object.union(sample.role(["own"], {}), fields)
	answer := iam.decide_key(principal, key, "kms:Decrypt", context) with input as sample.inventory({"policies": [
		sample.policy("own", identity),
		sample.policy("boundary", [sample.allow(["lambda:*"], ["*"])]),
	]})
}

# KMS guide, "Determining access to AWS KMS keys".
test_keys if {
	decrypts([], [to_role], {}) == 2
	decrypts([], [to_anyone], {}) == 2
	decrypts([decrypt], [sample.to_account], {}) == 2
	decrypts([], [sample.to_account], {}) == 0
	decrypts([decrypt], [], {}) == 0
	decrypts([decrypt], [sample.allow_to(["AWS", "arn:aws:iam::444455556666:root"], ["kms:*"])], {}) == 0
	decrypts([decrypt], [sample.allow_to(["AWS", root_arn], ["kms:Encrypt"])], {}) == 0
	decrypts([decrypt], [], {"defaultPolicy": true}) == 2
	decrypts([], [], {"defaultPolicy": true}) == 0
}

test_denied_on_keys if {
	decrypts([decrypt], [sample.to_account, as_deny(to_role)], {}) == 0
	decrypts([decrypt], [sample.to_account, as_deny(sample.to_account)], {}) == 0
	decrypts([as_deny(decrypt)], [to_role], {}) == 0
	decrypts([decrypt], [sample.to_account, as_deny(sample.allow_to(["AWS", role_arn], ["kms:Encrypt"]))], {}) == 2
}

test_key_policies_that_cannot_be_read if {
	decrypts([], [], {"unread": "Ref Policy"}) == 1
	decrypts([decrypt], [sample.to_account], {"unread": "Ref Policy"}) == 1
}

# KMS guide, "Grants in AWS KMS": no policy needs to allow what a grant does; of constraints nothing is known.
test_grants if {
	grant := {"address": "Grant", "at": "", "grantee": sample.pattern(role_arn), "operations": ["Encrypt", "Decrypt"], "constrained": false}
	decrypts([], [], {"grants": [grant]}) == 2
	decrypts([], [], {"grants": [object.union(grant, {"constrained": true})]}) == 1
	decrypts([], [], {"grants": [object.union(grant, {"operations": ["Encrypt"]})]}) == 0
	decrypts([], [], {"grants": [sample.with_fields(grant, {"grantee": sample.pattern("${any}")})]}) == 1
	decrypts([], [], {"grants": [sample.with_fields(grant, {"grantee": sample.pattern(root_arn)})]}) == 0
	decrypts([as_deny(decrypt)], [], {"grants": [grant]}) == 0
	every action in ["kms:decrypt", "KMS:Decrypt"] {
		iam.decide_key(sample.role([], {}), sample.key([], {"grants": [grant]}), action, context) == 2 with input as sample.inventory({})
	}
}

test_boundaries_and_keys if {
	role := {"boundary": {"address": "Role", "at": "", "policy": "boundary"}}
	key_decided([decrypt], sample.key([sample.to_account], {}), role) == 0
	key_decided([], sample.key([to_role], {}), role) == 0
	key_decided([], sample.key([to_role], {}), object.union(role, {"kind": "user"})) == 2
}

test_delegates if {
	delegating([], {"defaultPolicy": true}) == 2
	delegating([sample.to_account], {}) == 2
	delegating([to_role], {}) == 0
	delegating([sample.with_conditions(sample.to_account, [sample.condition("StringEquals", "kms:ViaService", ["*"])])], {}) == 1
}

delegating(statements, fields) := answer if {
	answer := iam.key_delegates(sample.key(statements, fields), "kms:Decrypt", context) with input as sample.inventory({})
}

# A service has no policies of its own.
test_services if {
	lambda := ["Service", "lambda.amazonaws.com"]
	serves([sample.allow_to(lambda, ["kms:*"])], {}) == 2
	serves([sample.allow_to(lambda, ["kms:Encrypt"])], {}) == 0
	serves([sample.to_account], {}) == 0
	serves([], {"defaultPolicy": true}) == 0
	serves([], {"unread": "Ref Policy"}) == 1
	serves([sample.allow_to(lambda, ["kms:*"]), as_deny(to_anyone)], {}) == 0
	conditions := [sample.condition("StringEquals", "aws:PrincipalAccount", ["444455556666"])]
	serves([sample.with_conditions(sample.allow_to(lambda, ["kms:*"]), conditions)], {}) == 0
}

serves(statements, fields) := iam.decide_key_for_service(sample.key(statements, fields), "lambda.amazonaws.com", "kms:Decrypt", context)
