# METADATA
# title: A key that cannot serve the function
# description: >-
#   Lambda encrypts with symmetric keys of the function's own Region. With an asymmetric or HMAC key, or one of another
#   Region, the deployment fails; with a disabled key, the next checkpoint fails the execution for good.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-encryption.html
#     description: Encrypting durable execution data
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
#     description: Key spec reference, AWS KMS
# custom:
#   id: KMS006
#   level: deny
#   severity: high
#   remediation: Give the function an enabled symmetric encryption key (SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT) of its own Region.
#   sources:
#     - F§7
package durable_guard.rules.kms.key_that_cannot_serve

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.kms
import data.durable_guard.lib.value

finding contains result.judged(answer, use.place, message, [result.fact($"its spec is {value.text(key.spec)}")]) if {
	some use in uses
	key := inventory.keys[use.key.key]
	answer := value.negated(value.equals(key.spec, "SYMMETRIC_DEFAULT"))
	message := $"Key {key.address} must be symmetric to encrypt {use.what}"
}

finding contains result.judged(answer, use.place, message, [result.fact($"its usage is {value.text(key.usage)}")]) if {
	some use in uses
	key := inventory.keys[use.key.key]
	value.equals(key.spec, "SYMMETRIC_DEFAULT") == value.yes
	answer := value.negated(value.equals(key.usage, "ENCRYPT_DECRYPT"))
	message := $"Key {key.address} must be one to encrypt with, for {use.what}"
}

finding contains result.deny(use.place, message, evidence) if {
	some use in uses
	region := region_of(use.key)
	here := input.deployment.region
	not startswith(here, "${")
	region != here
	message := $"Key {kms.name(use.key)} must be of the function's own Region to encrypt {use.what}"
	evidence := [result.fact($"the key is of {region}, the function of {here}")]
}

# The key's own text has to change.
finding contains result.judged(answer, key, message, evidence) if {
	some key in input.keys
	count(key.usedBy) > 0
	answer := value.negated(value.equals(key.enabled, true))
	message := $"Key {key.address} must be enabled, as functions use it"
	evidence := {result.fact($"{f} uses it") | some f in key.usedBy}
}

examined contains use.place.address if some use in uses

examined contains key.address if {
	some key in input.keys
	count(key.usedBy) > 0
}

# What Lambda itself encrypts for a function.
uses contains use(f, "durable state", f.durable.kmsKey) if {
	some f in input.functions
	f.durable.certain
}

uses contains use(f, "the environment", f.kmsKey) if some f in input.functions

uses contains use(f, "the code package", f.sourceKmsKey) if some f in input.functions

use(f, what, key) := {
	"place": {"address": f.address, "at": key.at},
	"what": $"{what} of {f.address}",
	"key": key,
}

# Of a key's ARN.
region_of(key) := regex.find_all_string_submatch_n(`^arn:(?:aws[a-z-]*|\$\{[^}]*\}):kms:([a-z0-9-]+):`, value.known(key.text), 1)[0][1]
