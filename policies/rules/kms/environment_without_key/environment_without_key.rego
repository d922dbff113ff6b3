# METADATA
# title: Environment variables are not under a customer managed key
# description: >-
#   Lambda encrypts the environment with an AWS managed key, which everyone who may read the function's configuration may use.
#   Under a customer managed key, reading it can be refused and is audited.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
#     description: Securing Lambda environment variables
# custom:
#   id: KMS009
#   level: warn
#   severity: medium
#   remediation: Set KmsKeyArn (Terraform kms_key_arn), or read the values from Parameter Store or Secrets Manager instead.
#   related:
#     - Checkov CKV_AWS_173
#   sources:
#     - A10
#     - B7
package durable_guard.rules.kms.environment_without_key

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.kms
import data.durable_guard.lib.value

finding contains result.judged(has_environment(f), f, message, evidence) if {
	some f in with_environment
	not has_key(f)
	message := $"Environment variables of {f.address} are not under a customer managed key"
	evidence := array.concat(
		[fact | some variable in variables(f); fact := result.fact($"variable {variable.name}")],
		[result.fact($"the environment cannot be read: {why}") | why := f.environmentUnread],
	)
}

examined contains f.address if some f in with_environment

with_environment := [f |
	some f in input.functions
	has_environment(f)
]

has_environment(f) := value.yes if count(variables(f)) > 0

else := value.unknown if f.environmentUnread

# CDK sets that one in every Node.js function: a switch of the AWS SDK, which tells nothing to anybody.
variables(f) := [variable |
	some variable in f.environment
	variable.name != "AWS_NODEJS_CONNECTION_REUSE_ENABLED"
]

has_key(f) if kms.is_given(f.kmsKey)
