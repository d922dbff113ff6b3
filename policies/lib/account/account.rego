# Whose a principal is. A literal account is foreign unless it is the deployment's, one that the settings or `--account`
# name, or one that the documents' own resources stand in.
package durable_guard.lib.account

import data.durable_guard.lib.value

# Everyone: `*`, alone or as an AWS principal.
is_everyone(principal) if principal.type == "*"

# Is an entry of a Principal element in an account that is not ours?
foreign(principal) := value.unknown if principal.type == "unknown"

else := value.no if principal.type != "AWS"

else := value.no if of(principal) in own

else := value.yes if regex.match("^[0-9*?]+$", of(principal))

else := value.unknown if of(principal)

else := value.unknown if _is_hole_of_nothing(principal.id)

else := value.no

# The account in the ARN of a principal.
of(principal) := regex.find_all_string_submatch_n(_account_field, principal.id.text, 1)[0][1]

_account_field := `^arn:(?:\$\{[^{}]*\}|[^:{}])*:(?:iam|sts)::((?:\$\{[^{}]*\}|[^:{}])*):`

# A parameter or an import: not the ARN or id of something declared, nor a literal id.
_is_hole_of_nothing(id) if {
	not _declared[split(id.lead[0].hole, ".")[0]]
}

_declared[resource.address] := true if some resource in input.resources

# The accounts that are ours.
own := ({input.deployment.account} | {account | some account in input.settings.accounts}) | _of_resources

_of_resources := {found[0][1] |
	some arn in array.concat(
		[f.arn.text | some f in input.functions],
		array.concat(
			[key.arn.text | some key in input.keys],
			[principal.arn.text | some principal in input.principals; not principal.external],
		),
	)
	found := regex.find_all_string_submatch_n(`^arn:(?:[^:]*:){3}([0-9]{12}):`, arn, 1)
}
