# METADATA
# title: Deprecated runtime
# description: >-
#   A deprecated runtime gets no more security patches and no support, and after a while AWS refuses to create functions
#   with it and then to update them. What can run durable functions and when it ends is DUR011's matter; a container image
#   brings its own runtime.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtime-support-policy
#     description: "Lambda runtimes: runtime deprecation policy"
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2
#     description: "Security Hub Lambda.2: Lambda functions should use supported runtimes"
# custom:
#   id: LAM016
#   level: deny
#   severity: medium
#   remediation: Move the function to a supported runtime.
#   related:
#     - Security Hub Lambda.2
#     - Checkov CKV_AWS_363
#     - cfn-lint W2531
#     - cfn-lint E2531
#     - cdk-nag AwsSolutions-L1
#   sources:
#     - F§12
#     - F§13
package durable_guard.rules.lambda.deprecated_runtime

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.runtimes
import data.durable_guard.lib.value

finding contains result.judged(value.equals(f.packageType, "Zip"), f, $"Runtime {runtime} is deprecated", days(life)) if {
	some f in input.functions
	runtime := value.known(value.optional(f, "runtime"))
	life := deprecated[runtime]
}

finding contains result.unknown(f, "Whether the runtime is deprecated is not settled", [result.fact(given)]) if {
	some f in input.functions
	runtime := value.optional(f, "runtime")
	value.equals(f.packageType, "Zip") != value.no
	value.one_of(runtime, object.keys(deprecated)) == value.unknown
	given := $"the runtime is {value.text(runtime)}"
}

examined contains f.address if some f in input.functions

deprecated[runtime] := life if {
	some runtime, life in runtimes.lifecycle
	life.deprecated <= input.today
}

days(life) := array.concat(
	[result.fact($"deprecated since {life.deprecated}")],
	[result.fact(text) |
		some stage, done in {"createBlocked": "created", "updateBlocked": "updated"}
		day := life[stage]
		text := $"no function can be {done} with it from {day}"
	],
)
