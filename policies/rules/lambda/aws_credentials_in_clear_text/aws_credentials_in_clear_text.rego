# METADATA
# title: AWS credentials in clear text
# description: >-
#   An access key written into a template, into code or into a variable is read by everyone who may read the template, the
#   plan or the function's configuration, and it works until somebody revokes it. A function needs none: its execution role
#   gives it temporary credentials. The password in a user's LoginProfile is a credential too.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles
#     description: "Security best practices in IAM: require workloads to use temporary credentials with IAM roles"
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# custom:
#   id: LAM002
#   level: deny
#   severity: critical
#   remediation: >-
#     Remove the key, deactivate it in IAM, and allow the execution role what it was for; for another account, let the role
#     assume a role there. A first console password belongs in Secrets Manager, by dynamic reference.
#   related:
#     - Checkov CKV_AWS_45
#   sources:
#     - B6
package durable_guard.rules.lambda.aws_credentials_in_clear_text

import data.durable_guard.lib.finding as result

finding contains result.deny({"address": owner.address, "at": secret.at}, message, evidence) if {
	some owner in owners
	some secret in owner.secrets
	secret.aws
	message := $"{holder(secret)} holds an {secret.kind}"
	evidence := [result.fact($"given away by its {secret.by}, which is not shown")]
}

# A console password is one as well.
finding contains graded(user, result.deny({"address": user.address, "at": user.console.at}, message, [result.fact(sign[place])])) if {
	some user in console_users
	place := user.console.passwordIn
	message := $"The console password of user {user.address} stands in clear text"
}

examined contains owner.address if some owner in owners

examined contains user.address if some user in console_users

console_users := [user | some user in input.principals; user.console]

sign := {
	"parameters": "it is a parameter without NoEcho: whoever may describe the stack reads it; the value is not shown",
	"template": "whoever may read the template reads it; the value is not shown",
}

# Milder: it does not stand in the template.
graded(user, found) := object.union(found, {"level": "warn"}) if user.console.passwordIn == "parameters"

else := found

owners := array.concat(input.functions, input.parameters)

holder(secret) := $"Environment variable {secret.name}" if secret.place == "environment"

holder(secret) := $"Parameter {secret.name}" if secret.place == "parameter"

holder(secret) := "The function's code" if secret.place == "code"

holder(secret) := "The function's description" if secret.place == "description"
