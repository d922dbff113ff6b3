# METADATA
# title: A layer of another account without a fixed version
# description: >-
#   A layer runs with all of the function's permissions. Published versions never change, so a fixed one is what somebody
#   has looked at; a version that is looked up at deployment is whatever its owner published last.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
#     description: Adding layers to functions
# custom:
#   id: LAM021
#   level: warn
#   severity: medium
#   remediation: Write the ARN of the layer with the number of a version that has been looked at.
#   sources:
#     - B12
package durable_guard.rules.lambda.foreign_layer_not_pinned

import data.durable_guard.lib.account
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, {"address": f.address, "at": layer.at}, message, [result.fact(given)]) if {
	some f in input.functions
	some layer in f.layers
	answer := not_fixed(layer.arn)
	message := $"Function {f.address} takes a layer of another account without a fixed version"
	given := $"the layer is {value.text(layer.arn)}"
}

examined contains f.address if {
	some f in input.functions
	count(f.layers) > 0
}

# AWS publishes the newest versions of its own layers as public parameters, which may be asked for one version.
not_fixed(arn) := answer if {
	text := value.known(arn)
	startswith(text, "${resolve:ssm:/aws/service/")
	answer := value.negated(fixed(regex.match(`:[0-9]+\}$`, text)))
}

else := answer if {
	parts := regex.find_all_string_submatch_n(layer_arn, value.known(arn), 1)[0]
	answer := value.all_of([foreign(parts[1]), value.negated(version(parts[2]))])
}

# A layer that is declared here, by its reference.
else := value.no if declared(value.known(arn))

else := value.unknown

# The account and what follows the layer's name.
layer_arn := `^arn:(?:\$\{[^{}]*\}|[^:{}])*:lambda:(?:\$\{[^{}]*\}|[^:{}])*:((?:\$\{[^{}]*\}|[^:{}])*):layer:(?:\$\{[^{}]*\}|[^:{}])*(.*)$`

foreign(text) := value.no if text in account.own

else := value.yes if regex.match("^[0-9]{12}$", text)

else := value.unknown

version(text) := value.unknown if contains(text, "${")

else := fixed(regex.match(`^:[0-9]+$`, text))

fixed(is) := value.yes if is

else := value.no

declared(text) if {
	name := trim_suffix(trim_prefix(text, "${"), "}")
	some candidate in [name, split(name, ".")[0]]
	candidate in addresses
}

addresses := {resource.address | some resource in input.resources}
