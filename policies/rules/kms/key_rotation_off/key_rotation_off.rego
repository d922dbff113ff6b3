# METADATA
# title: Rotation is off on a key
# description: >-
#   AWS KMS replaces the material of a symmetric key once a year when told so; what was encrypted before stays readable.
#   Without rotation everything a key ever protected hangs on one secret. Of a key that no function here uses, severity is low.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
#     description: Rotate AWS KMS keys
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4
#     description: Security Hub KMS.4
# custom:
#   id: KMS007
#   level: warn
#   severity: medium
#   remediation: Switch automatic key rotation on.
#   related:
#     - Checkov CKV_AWS_7
#     - Security Hub KMS.4
#     - cdk-nag AwsSolutions-KMS5
#   sources:
#     - F§12
package durable_guard.rules.kms.key_rotation_off

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains graded(key, found) if {
	some key in rotatable
	answer := value.negated(value.equals(key.rotation, true))
	message := $"Key {key.address} must be rotated"
	evidence := {result.fact($"{f} uses it") | some f in key.usedBy}
	found := result.judged(answer, key, message, evidence)
}

graded(key, found) := result.with_severity(found, "low") if count(key.usedBy) == 0

else := found

examined contains key.address if some key in rotatable

# Only symmetric keys whose material AWS KMS makes can be rotated by it. A key that may be something else is left out.
rotatable := [key |
	some key in input.keys
	value.equals(key.spec, "SYMMETRIC_DEFAULT") == value.yes
	not has_own_material(key)
]

has_own_material(key) if {
	origin := value.optional(key, "origin")
	not value.is_absent(origin)
	value.equals(origin, "AWS_KMS") != value.yes
}
