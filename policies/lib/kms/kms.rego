# Keys as functions use them: who may use the key a function refers to, for whatever it is meant.
package durable_guard.lib.kms

import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Every durable function with each key of its own encryption (SerDes), once per key, and what its role may do with it:
# `encrypt` and `decrypt` are {action, answer}. A role of which something cannot be read is left to DUR001.
serdes_uses := [use |
	some f in input.functions
	f.durable.certain
	principal := inventory.role_of(f)
	context := iam.from_function(principal, f)
	some reference in _first_mentions(f.serdesKeys)
	not _is_for_signing(reference)
	encrypt := _best([{"action": action, "answer": decide(principal, reference, action, context)} | some action in encrypting])
	decrypt := {"action": "kms:Decrypt", "answer": decide(principal, reference, "kms:Decrypt", context)}
	not hangs_on_unread(principal, value.all_of([encrypt.answer, decrypt.answer]))
	use := {
		"place": {"address": f.address, "at": reference.at},
		"function": f,
		"principal": principal,
		"key": reference,
		"context": context,
		"encrypt": encrypt,
		"decrypt": decrypt,
	}
]

# The action that is allowed most, the first of those.
_best(uses) := [use | some use in uses; use.answer == max([each.answer | some each in uses])][0]

# Actions that encrypt under a key, directly or by a data key (KMS API reference).
encrypting := [
	"kms:Encrypt",
	"kms:GenerateDataKey",
	"kms:GenerateDataKeyWithoutPlaintext",
	"kms:GenerateDataKeyPair",
	"kms:GenerateDataKeyPairWithoutPlaintext",
	"kms:ReEncryptTo",
]

# A key outside the documents is taken to leave the decision to IAM policies, as AWS's default key policy does.
decide(principal, reference, action, context) := iam.decide_key(principal, key, action, context) if {
	key := inventory.keys[reference.key]
}

else := iam.decide(principal, {"action": action, "resource": reference.arn, "context": context})

# A mention names a key unless it is empty, which means a key of AWS's own. One that is not known names one all the same.
is_given(reference) if value.is_unknown(reference.text)

is_given(reference) if value.known(reference.text) != ""

# What a message calls the key.
name(reference) := address if address := reference.key

else := text if text := value.known(reference.text)

else := value.text(reference.text)

# The answer is not settled and something of the principal's policies cannot be read, which DUR001 says.
hangs_on_unread(principal, answer) if {
	answer == value.unknown
	_is_unread(principal)
}

_is_unread(principal) if principal.external

_is_unread(principal) if {
	some held in principal.policies
	inventory.policies[held.policy].unread
}

_is_unread(principal) if inventory.policies[principal.boundary.policy].unread

_first_mentions(references) := {first |
	some reference in references
	first := [each | some each in references; each.arn.text == reference.arn.text][0]
}

# A key in the environment that only signs or authenticates is not one of the function's own encryption.
_is_for_signing(reference) if {
	key := inventory.keys[reference.key]
	value.one_of(key.usage, ["ENCRYPT_DECRYPT"]) == value.no
}
