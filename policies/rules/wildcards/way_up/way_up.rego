# METADATA
# title: A function's role can get itself more permissions
# description: >-
#   Passing any role, changing policies or trust, changing the code or permissions of functions, and administering keys
#   are ways from what the role may do to everything in the account.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
#     description: Grant a user permissions to pass a role to an AWS service
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
#     description: Permissions boundaries for IAM entities
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
#     description: Best practices for IAM policies, AWS KMS
# custom:
#   id: WLD005
#   level: deny
#   severity: high
#   remediation: Leave these actions to the role that deploys; pass roles by ARN and only to the service that needs them.
#   related:
#     - Checkov CKV_AWS_107
#     - Checkov CKV_AWS_109
#     - Checkov CKV_AWS_110
#   subsumes:
#     - WLD007
#   sources:
#     - B2
#     - B12
package durable_guard.rules.wildcards.way_up

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.grant
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Whole services are WLD001's, NotAction WLD003's.
finding contains found if {
	some granted in grant.identity
	roles := [role |
		some holder in granted.heldBy
		role := inventory.principals[holder]
		count(role.functions) > 0
	]
	ways := open_ways(granted.statement, roles)
	count(ways) > 0
	found := told(granted, ways)
}

examined := {policy.address | some policy in input.policies; count(policy.functions) > 0}

# Pairs of an action and what is to be said of it: "deny", "unknown" or, where it is limited to something, "warn".
open_ways(statement, roles) := {[verdict, action] |
	some action, named in grant.names(statement, grant.ways_up_by_lower_case)
	some role in roles
	not grant.is_denied(role, action)
	answer := value.all_of([
		named,
		grant.allows(statement),
		grant.settled(statement),
		reaches(statement, grant.ways_up[action], role),
	])
	verdict := weighed(statement, grant.ways_up[action], role, answer)
}

# Roles are passed by name, so only wildcards are wrong. Keys are administered by somebody else. What changes identities or
# functions is wrong wherever it reaches.
reaches(statement, "pass any role", _) := everything(statement)

reaches(_, "administer keys", _) := value.yes

reaches(statement, "change identities", role) := value.yes if covers_own(statement, role)

else := some_or_all(statement)

reaches(statement, "change functions", _) := some_or_all(statement)

some_or_all(statement) := value.unknown if everything(statement) == value.unknown

else := value.yes

covers_own(statement, role) if iam.any_covers(statement.resources, role.arn) == value.yes

weighed(statement, what, role, answer) := "warn" if {
	answer == value.yes
	is_limited(statement, what, role)
}

else := "deny" if answer == value.yes

else := "unknown" if answer == value.unknown

# Milder: a condition limits it, or it changes some identities or functions and not its own role.
is_limited(statement, _, _) if {
	some condition in statement.conditions
	grant.limits(condition)
}

is_limited(statement, what, role) if {
	what in {"change identities", "change functions"}
	everything(statement) == value.no
	not covers_own(statement, role)
}

everything(statement) := value.any_of([reach | some resource in statement.resources; reach := all_of_it(resource)])

all_of_it(resource) := value.yes if grant.every_of_a_type(resource)

else := grant.every_resource(resource)

# One finding for a statement: of the worst that can be said.
told(granted, ways) := result.deny(granted.statement, message("may", ways, "deny"), grant.facts(granted)) if {
	some ["deny", _] in ways
}

else := result.unknown(granted.statement, message("might", ways, "unknown"), grant.facts(granted)) if {
	some ["unknown", _] in ways
}

else := result.warn(granted.statement, message("may", ways, "warn"), grant.facts(granted))

message(may, ways, verdict) := $"Functions with this policy {may} {concat(" and ", phrases)}" if {
	phrases := [phrase |
		some what in ["pass any role", "change identities", "change functions", "administer keys"]
		actions := sort([action | some [v, action] in ways; v == verdict; grant.ways_up[action] == what])
		count(actions) > 0
		phrase := $"{what} ({grant.listed(actions)})"
	]
}
