# METADATA
# title: A sensitive durable function keeps its state under an AWS owned key
# description: >-
#   Durable state holds what steps return. Under a customer managed key, reading it can be refused, audited and ended. Which
#   functions are sensitive is told by their tags, `settings.sensitiveTags`: `Name` or `Name=Value`.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-encryption.html
#     description: Encrypting durable execution data
# custom:
#   id: KMS008
#   level: "off"
#   severity: medium
#   remediation: Set DurableConfig.KMSKeyArn, or encrypt in the function with a key of its own (SerDes).
#   sources:
#     - A6
#     - A7
package durable_guard.rules.kms.sensitive_without_own_key

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.kms
import data.durable_guard.lib.value

finding contains result.judged(is_sensitive(f), place(f), message, evidence) if {
	some f in sensitive
	not has_own_key(f)
	message := $"Durable state of {f.address}, which is sensitive, is not under a customer managed key"
	evidence := [fact | some tag in f.tags; marks(tag) != value.no; fact := result.fact($"it is tagged {tag.name}")]
}

examined contains f.address if some f in sensitive

sensitive := [f |
	some f in input.functions
	f.durable.certain
	is_sensitive(f) != value.no
]

is_sensitive(f) := value.any_of([marks(tag) | some tag in f.tags])

marks(tag) := value.yes if tag.name in input.settings.sensitiveTags

else := value.any_of([value.equals(tag.value, wanted) |
	some setting in input.settings.sensitiveTags
	startswith(setting, $"{tag.name}=")
	wanted := trim_prefix(setting, $"{tag.name}=")
])

has_own_key(f) if count(f.serdesKeys) > 0

has_own_key(f) if kms.is_given(f.durable.kmsKey)

place(f) := {"address": f.address, "at": f.durable.at}
