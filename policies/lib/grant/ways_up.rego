# Actions by which a function may get more than it was given, and what it does with them.
package durable_guard.lib.grant

import data.durable_guard.lib.iam

ways_up := {
	"iam:PassRole": "pass any role",
	"iam:AddUserToGroup": "change identities",
	"iam:AttachGroupPolicy": "change identities",
	"iam:AttachRolePolicy": "change identities",
	"iam:AttachUserPolicy": "change identities",
	"iam:CreateAccessKey": "change identities",
	"iam:CreateLoginProfile": "change identities",
	"iam:CreatePolicyVersion": "change identities",
	"iam:DeleteRolePermissionsBoundary": "change identities",
	"iam:DeleteUserPermissionsBoundary": "change identities",
	"iam:PutGroupPolicy": "change identities",
	"iam:PutRolePermissionsBoundary": "change identities",
	"iam:PutRolePolicy": "change identities",
	"iam:PutUserPermissionsBoundary": "change identities",
	"iam:PutUserPolicy": "change identities",
	"iam:SetDefaultPolicyVersion": "change identities",
	"iam:UpdateAssumeRolePolicy": "change identities",
	"iam:UpdateLoginProfile": "change identities",
	"lambda:AddPermission": "change functions",
	"lambda:PutResourcePolicy": "change functions",
	"lambda:UpdateFunctionCode": "change functions",
	"lambda:UpdateFunctionConfiguration": "change functions",
	"kms:CreateGrant": "administer keys",
	"kms:PutKeyPolicy": "administer keys",
	"kms:ScheduleKeyDeletion": "administer keys",
}

# Which of these actions a statement names, by name or by a wildcard narrower than a whole service: action to answer.
names(statement, actions) := {action: answer |
	some action in actions
	answer := max({a | some pattern in narrow; a := iam.covers_action(pattern, action)})
	answer > 0
} if {
	narrow := [pattern |
		some pattern in statement.actions
		regex.match(`(?i)^(?:iam|lambda|kms):`, pattern.text)
		every_action(pattern) == 0
	]
}

# The principal certainly may not do this, on whatever resource: a Deny on everything, or a boundary that leaves it out.
is_denied(principal, action) if {
	iam.decide(principal, {
		"action": action,
		"resource": _any_resource[split(action, ":")[0]],
		"context": iam.from_principal(principal),
	}) == 0
}

_any_resource := {
	"iam": _any("iam", "", "role/"),
	"kms": _any("kms", input.deployment.region, "key/"),
	"lambda": _any("lambda", input.deployment.region, "function:"),
}

_any(service, region, type) := {
	"text": concat(":", ["arn", input.deployment.partition, service, region, input.deployment.account, concat("", [type, "${any}"])]),
	"lead": [{"literal": type}, {"hole": "any"}],
	"tail": "",
	"open": true,
	"arn": true,
}
