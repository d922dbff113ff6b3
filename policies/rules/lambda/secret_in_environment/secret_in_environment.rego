# METADATA
# title: A secret in clear text in the environment
# description: >-
#   Everyone who may read the function's configuration reads its environment, and so does everyone who may read the template
#   or the plan. A hidden parameter (NoEcho, sensitive) hides the value on the way there and not in the configuration, nor
#   in a plan or state. Right are names and ARNs of secrets, and dynamic references to Secrets Manager and Parameter Store.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html
#     description: Use Secrets Manager secrets in Lambda functions
# custom:
#   id: LAM003
#   level: deny
#   severity: high
#   remediation: >-
#     Keep the secret in Secrets Manager or Parameter Store, give the function its name or ARN, and let it read the secret
#     when it starts; or store only ciphertext of a KMS key that the role may decrypt with.
#   related:
#     - Checkov CKV_AWS_45
#   sources:
#     - B7
package durable_guard.rules.lambda.secret_in_environment

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer(secret), {"address": f.address, "at": secret.at}, message, evidence) if {
	some f in input.functions
	some secret in f.secrets
	secret.place == "environment"
	not secret.aws
	message := $"Environment variable {secret.name} holds a secret in clear text ({secret.kind})"
	evidence := [result.fact(sign[secret.by])]
}

finding contains result.unknown(f, "A secret in the environment would not be seen", [result.fact(reason)]) if {
	some f in input.functions
	unread := f.environmentUnread
	reason := $"the environment cannot be read: {unread}"
}

examined contains f.address if some f in input.functions

answer(secret) := value.yes if secret.certain

else := value.unknown

# What gives a secret away.
sign := {
	"content": "given away by its content, which is not shown",
	"name": "given away by its name; the value is not shown",
	"parameter": "it has the value of a parameter that is hidden as a secret",
}
