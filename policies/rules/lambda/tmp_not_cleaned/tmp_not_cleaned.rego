# METADATA
# title: /tmp is not cleaned
# description: >-
#   Files in /tmp outlive an invocation, also a failed one: the next invocation in the same environment finds them, perhaps
#   another customer's data, until the storage is full. Storage beyond the 512 MB of the default is a sign of large files,
#   so what it is for should be written down.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html
#     description: Configure ephemeral storage for Lambda functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
#     description: Understanding the Lambda execution environment lifecycle
# custom:
#   id: LAM018
#   level: warn
#   severity: low
#   remediation: >-
#     Remove what was written before the handler returns, also when it fails. Say in the function's description or in a tag
#     (EphemeralStorage) what enlarged storage is for.
#   sources:
#     - B9
package durable_guard.rules.lambda.tmp_not_cleaned

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, place, $"The code of function {f.address} writes to /tmp and removes nothing", []) if {
	some f in input.functions
	code := f.inlineCode
	place := {"address": f.address, "at": code.at}
	answer := value.all_of([value.equals(code.writesTmp, true), value.equals(code.cleansTmp, false)])
}

finding contains result.judged(answer, f, message, [result.fact(given)]) if {
	some f in input.functions
	size := value.optional(f, "ephemeralStorage")
	answer := value.all_of([value.above(size, 512), value.negated(explained(f))])
	message := $"Function {f.address} has enlarged storage in /tmp and does not say what for"
	given := $"its storage is {value.text(size)} MB"
}

examined contains f.address if some f in input.functions

explained(f) := value.yes if {
	some tag in f.tags
	regex.match(storage, tag.name)
}

else := value.matches(value.optional(f, "description"), storage)

storage := `(?i)/tmp|ephemeral|storage|scratch|temporary|disk`
