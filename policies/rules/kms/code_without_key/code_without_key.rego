# METADATA
# title: The code package is not under a customer managed key
# description: Lambda keeps the .zip package under an AWS owned key unless SourceKMSKeyArn names another.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html
#     description: Encrypting Lambda .zip deployment packages
# custom:
#   id: KMS010
#   level: "off"
#   severity: low
#   remediation: Set Code.SourceKMSKeyArn (SAM SourceKMSKeyArn, Terraform source_kms_key_arn).
#   sources:
#     - B11
package durable_guard.rules.kms.code_without_key

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.kms
import data.durable_guard.lib.value

finding contains result.judged(value.equals(f.packageType, "Zip"), f, $"The code package of {f.address} is not under a customer managed key", []) if {
	some f in packaged
	not has_key(f)
}

examined contains f.address if some f in packaged

# The key of an image is the registry's.
packaged := [f |
	some f in input.functions
	value.equals(f.packageType, "Zip") != value.no
]

has_key(f) if kms.is_given(f.sourceKmsKey)
