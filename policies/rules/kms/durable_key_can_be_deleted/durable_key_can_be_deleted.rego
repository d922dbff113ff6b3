# METADATA
# title: A durable key can be deleted under running executions
# description: >-
#   An execution uses the key it started with for its whole life, and deleting that key destroys it and its history for
#   good. A key that goes with its stack should at least wait the full 30 days.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-encryption.html
#     description: Encrypting durable execution data
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
#     description: Delete an AWS KMS key
# custom:
#   id: KMS012
#   level: warn
#   severity: medium
#   remediation: Set DeletionPolicy Retain (Terraform prevent_destroy) on the key, or a pending window of 30 days.
#   related:
#     - Security Hub KMS.3
#   sources:
#     - F§7
package durable_guard.rules.kms.durable_key_can_be_deleted

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.judged(answer, key, message, evidence) if {
	some address, functions in functions_by_key
	key := inventory.keys[address]
	answer := value.all_of([
		value.negated(value.one_of(key.deletionPolicy, ["Retain", "RetainExceptOnCreate"])),
		value.below(key.pendingWindow, 30),
	])
	message := $"Key {address} must be retained, or wait 30 days before it is deleted"
	evidence := array.concat(
		[
			result.fact($"DeletionPolicy is {value.text(key.deletionPolicy)}"),
			result.fact($"the pending window is {value.text(key.pendingWindow)} days"),
		],
		[result.fact($"{f} encrypts its durable state with it") | some f in functions],
	)
}

examined contains address if some address, _ in functions_by_key

functions_by_key[f.durable.kmsKey.key] contains f.address if {
	some f in input.functions
	f.durable.certain
}
