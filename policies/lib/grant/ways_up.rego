# Actions by which a function may get more than it was given, and what it does with them.
package durable_guard.lib.grant

import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

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
	"lambda:CreateFunction": "change functions",
	"lambda:PutResourcePolicy": "change functions",
	"lambda:UpdateFunctionCode": "change functions",
	"lambda:UpdateFunctionConfiguration": "change functions",
	"kms:CreateGrant": "administer keys",
	"kms:PutKeyPolicy": "administer keys",
	"kms:ScheduleKeyDeletion": "administer keys",
}

# Actions by the spelling that is compared.
by_lower_case(actions) := {lower(action): action | some action in actions}

ways_up_by_lower_case := by_lower_case(object.keys(ways_up))

# Which of these actions a statement names, by name or by a wildcard narrower than a whole service: action to answer. Names
# are looked up and only wildcards compared: most statements have none.
names(statement, by_lower) := object.union(by_wildcard, by_name) if {
	by_name := {action: value.yes |
		some pattern in statement.actions
		action := by_lower[lower(pattern.text)]
	}
	wildcards := [pattern |
		some pattern in statement.actions
		regex.match(`(?i)^(?:iam|lambda|kms):.*[*?$]`, pattern.text)
		every_action(pattern) == value.no
	]
	by_wildcard := {action: answer |
		count(wildcards) > 0
		some _, action in by_lower
		answer := value.any_of([iam.covers_action(pattern, action) | some pattern in wildcards])
		answer != value.no
	}
}

# The principal certainly may not do this, on whatever resource: a Deny on all of them, or a boundary that leaves it out.
is_denied(principal, action) if {
	some held in principal.policies
	some statement in inventory.policies[held.policy].statements
	value.equals(statement.effect, "Deny") == value.yes
	iam.names_action(statement, action) == value.yes
	count(statement.conditions) == 0
	some resource in statement.resources
	_is_everything(resource)
}

is_denied(principal, action) if {
	boundary := inventory.policies[principal.boundary.policy]
	not boundary.unread
	every statement in boundary.statements {
		value.all_of([allows(statement), iam.names_action(statement, action)]) == value.no
	}
}

_is_everything(resource) if every_of_a_type(resource)

_is_everything(resource) if every_resource(resource) == value.yes
