# METADATA
# title: Somebody may invoke every function
# description: >-
#   lambda:InvokeFunction on every function lets a caller start workflows that were never meant for it, with input of its
#   choice.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/security_iam_id-based-policy-examples.html
#     description: Identity-based policy examples for AWS Lambda
# custom:
#   id: WLD008
#   level: warn
#   severity: medium
#   remediation: List the functions it calls; a durable function by its ARN followed by `:*` or an alias.
#   related:
#     - Checkov CKV_AWS_111
#   sources:
#     - B10
#     - B12
package durable_guard.rules.wildcards.invoke_all_functions

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.value

finding contains result.finding(verdict, granted.statement, message, grant.facts(granted)) if {
	some granted in grant.identity
	held := grant.on_all_functions(granted, {"lambda:invokefunction": "lambda:InvokeFunction"})
	answer := value.any_of([a | some [a, _, _] in held])
	verdict := result.verdict(answer)
	who := sort({principal.address | some [_, _, principal] in held})
	message := $"{grant.listed(who)} {may(answer)} invoke every function"
}

examined := grant.identity_examined

may(answer) := "may" if answer == value.yes

else := "might"
