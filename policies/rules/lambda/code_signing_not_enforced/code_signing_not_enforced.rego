# METADATA
# title: Code signing is not enforced
# description: >-
#   With an enforced code signing configuration Lambda deploys only packages that a trusted signer has signed, so that who
#   gets hold of the pipeline or of a deployer's permissions cannot upload code of their own. A configuration without a
#   policy only warns. Container images are not signed this way.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
#     description: Using code signing to verify code integrity with Lambda
# custom:
#   id: LAM013
#   level: warn
#   severity: low
#   remediation: >-
#     Give the function a code signing configuration with trusted signing profiles that enforces signatures
#     (UntrustedArtifactOnDeployment Enforce).
#   related:
#     - Checkov CKV_AWS_272
#   sources:
#     - A10
#     - B12
package durable_guard.rules.lambda.code_signing_not_enforced

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, f, $"Function {f.address} takes unsigned code", [result.fact(state.text)]) if {
	some f in input.functions
	state := signing(f)
	answer := value.all_of([value.equals(f.packageType, "Zip"), state.unsigned])
}

examined contains f.address if some f in input.functions

signing(f) := {"unsigned": value.yes, "text": "it has no code signing configuration"} if {
	value.is_absent(value.optional(f, "codeSigning"))
}

else := {"unsigned": value.unknown, "text": "its code signing configuration is not in the documents"} if {
	value.is_absent(value.optional(f, "codeSigningPolicy"))
}

else := {
	"unsigned": value.negated(value.equals(f.codeSigningPolicy, "Enforce")),
	"text": $"what its code signing configuration does with unsigned code is {value.text(f.codeSigningPolicy)}",
}
