# METADATA
# title: KmsKeyArn is set and DurableConfig.KMSKeyArn is not
# description: >-
#   The function's KmsKeyArn encrypts environment variables, snapshots and code, not durable state. Setting one does not set
#   the other, and whoever sets the first often believes that it does. Not said of `aws_lambda_function` of Terraform while
#   it has no argument for the second.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-encryption.html
#     description: Encrypting durable execution data
# custom:
#   id: KMS011
#   level: warn
#   severity: low
#   remediation: Set DurableConfig.KMSKeyArn too, and let the key's policy allow what Lambda and the role need.
#   sources:
#     - F§7
package durable_guard.rules.kms.key_for_environment_only

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.kms

finding contains result.deny(place(f), message, [result.fact($"KmsKeyArn is {kms.name(f.kmsKey)}")]) if {
	some f in with_key
	not has_own_key(f)
	message := $"Durable state of {f.address} is not encrypted with its KmsKeyArn, nor with another customer managed key"
}

examined contains f.address if some f in with_key

# Where the resource type cannot express it (aws_lambda_function of Terraform), nobody is asked to.
with_key := [f |
	some f in input.functions
	f.durable.certain
	not f.durable.keyless
	kms.is_given(f.kmsKey)
]

# A function that encrypts its state itself has no need of another.
has_own_key(f) if count(f.serdesKeys) > 0

has_own_key(f) if kms.is_given(f.durable.kmsKey)

place(f) := {"address": f.address, "at": f.durable.at}
