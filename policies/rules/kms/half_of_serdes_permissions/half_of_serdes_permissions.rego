# METADATA
# title: Encrypt without Decrypt, or Decrypt without Encrypt, on a SerDes key
# description: >-
#   A durable function that encrypts its state itself (custom SerDes) encrypts each step's result and decrypts it at
#   replay, so its execution role needs both. With one of them the first executions seem to work, and fail when they resume.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions, "Encryption at rest"
# custom:
#   id: KMS001
#   level: deny
#   severity: high
#   remediation: Allow the execution role both kms:Encrypt and kms:Decrypt on the key.
#   sources:
#     - A7
#     - F§7
package durable_guard.rules.kms.half_of_serdes_permissions

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.kms
import data.durable_guard.lib.value

finding contains kms.with_repair(result.deny(use.place, message, evidence), use, [half.lacks]) if {
	some use in kms.serdes_uses
	some half in halves(use)
	half.lacking.answer == value.no
	half.having.answer != value.no
	message := $"Role {use.principal.address} may {half.can} but not {half.cannot} with key {kms.name(use.key)}"
	evidence := told(use, half)
}

# One of them is allowed for certain, of the other it cannot be said.
finding contains result.unknown(use.place, message, evidence) if {
	some use in kms.serdes_uses
	some half in halves(use)
	half.lacking.answer == value.unknown
	half.having.answer == value.yes
	message := $"Whether role {use.principal.address} may {half.cannot} with key {kms.name(use.key)} is not settled"
	evidence := told(use, half)
}

examined contains use.function.address if some use in kms.serdes_uses

halves(use) := [
	{"can": "encrypt", "having": use.encrypt, "cannot": "decrypt", "lacking": use.decrypt, "lacks": "kms:Decrypt"},
	{"can": "decrypt", "having": use.decrypt, "cannot": "encrypt", "lacking": use.encrypt, "lacks": "kms:Encrypt"},
]

told(use, half) := array.concat(
	array.concat(kms.told(use, half.having), kms.told(use, half.lacking)),
	kms.outside(use.key),
)
