# Whose a principal is. A literal account is foreign unless it is one's own: the deployment's, one that the settings or
# `--account` name, or one that the documents' own resources stand in.
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

own := {account | some account in input.ownAccounts}
