# METADATA
# title: Somebody other than the deployer may change every function
# description: >-
#   Who may put code into any function has what every execution role has. That belongs to the role that deploys, and to
#   nobody in between.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/security_iam_id-based-policy-examples.html
#     description: Identity-based policy examples for AWS Lambda
# custom:
#   id: WLD007
#   level: warn
#   severity: medium
#   remediation: Name the functions, leave it to the deploying role, or name that role in the settings as a deployer.
#   related:
#     - Checkov CKV_AWS_111
#   sources:
#     - B2
#     - B12
package durable_guard.rules.wildcards.change_all_functions

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.value

finding contains result.finding(verdict, granted.statement, message, grant.facts(granted)) if {
	some granted in grant.identity
	held := {[a, action, principal] |
		some [a, action, principal] in grant.on_all_functions(granted, changing)
		not deploys(principal)
	}
	answer := value.any_of([a | some [a, _, _] in held])
	verdict := result.verdict(answer)
	actions := sort({action | some [a, action, _] in held; a == answer})
	who := sort({principal.address | some [a, _, principal] in held; a == answer})
	message := $"{grant.listed(who)} {may(answer)} change every function ({grant.listed(actions)})"
}

examined := grant.identity_examined

changing := grant.by_lower_case({
	"lambda:AddPermission",
	"lambda:CreateFunction",
	"lambda:DeleteFunction",
	"lambda:PutResourcePolicy",
	"lambda:UpdateFunctionCode",
	"lambda:UpdateFunctionConfiguration",
})

may(answer) := "may" if answer == value.yes

else := "might"

# Named in the settings, or assumed by a service or pipeline that deploys.
deploys(principal) if {
	some deployer in input.settings.deployers
	deployer in {principal.address, principal.name, principal.arn.text}
}

deploys(principal) if {
	some statement in principal.trust
	some trusted in statement.principals
	regex.match(`^(?:cloudformation|codebuild|codedeploy|codepipeline)\.|token\.actions\.githubusercontent\.com|gitlab|bitbucket|circleci|app\.terraform\.io`, trusted.id.text)
}
