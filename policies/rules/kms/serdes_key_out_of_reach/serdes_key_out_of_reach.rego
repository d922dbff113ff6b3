# METADATA
# title: A SerDes key that the execution role may neither encrypt nor decrypt with
# description: >-
#   The function is given a key to encrypt its state with (environment, settings), and neither an identity policy nor the
#   key policy lets its execution role use it. Every step that serializes a result fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions, "Encryption at rest"
# custom:
#   id: KMS002
#   level: deny
#   severity: high
#   remediation: Allow the execution role kms:Encrypt and kms:Decrypt on the key, or take the key away from the function.
#   sources:
#     - A7
#     - F§7
package durable_guard.rules.kms.serdes_key_out_of_reach

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.kms
import data.durable_guard.lib.value

finding contains kms.with_repair(result.deny(use.place, message, told(use)), use, ["kms:Encrypt", "kms:Decrypt"]) if {
	some use in kms.serdes_uses
	answers(use) == {value.no}
	message := $"Role {use.principal.address} may neither encrypt nor decrypt with key {kms.name(use.key)}"
}

# Of neither it can be said; where one of them is settled, KMS001 speaks.
finding contains result.unknown(use.place, message, told(use)) if {
	some use in kms.serdes_uses
	answers(use) == {value.unknown}
	message := $"Whether role {use.principal.address} may encrypt or decrypt with key {kms.name(use.key)} is not settled"
}

examined contains use.function.address if some use in kms.serdes_uses

answers(use) := {use.encrypt.answer, use.decrypt.answer}

told(use) := array.concat(
	array.concat(kms.told(use, use.encrypt), kms.told(use, use.decrypt)),
	kms.outside(use.key),
)
