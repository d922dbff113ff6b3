# Statements that grant, and how wide their wildcards are: what the rules share that ban wildcards. AWS's own managed
# policies are judged as a whole (WLD004), a boundary grants nothing, and what cannot be read is DUR001's.
package durable_guard.lib.grant

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Statements of identity policies written in the documents.
identity := [{"statement": statement, "functions": policy.functions, "heldBy": policy.heldBy} |
	some policy in _own_policies
	some statement in policy.statements
]

# Statements of functions' resource policies. One on something outside the documents is on no function we know.
on_functions := [{"statement": statement, "functions": functions} |
	some policy in _resource_policies
	functions := [address | address := policy.function]
	some statement in policy.statements
]

# Statements of trust policies, which the roles themselves hold. Who is trusted is WLD006's.
trust := [{"statement": statement, "functions": role.functions, "heldBy": [role.address]} |
	some role in input.principals
	some statement in role.trust
]

everywhere := array.concat(array.concat(identity, on_functions), trust)

# Addresses of the policies that those are read from.
identity_examined := {policy.address | some policy in _own_policies}

everywhere_examined := (identity_examined | {policy.address | some policy in _resource_policies}) | {granted.statement.address |
	some granted in trust
}

_own_policies := [policy |
	some policy in input.policies
	policy.kind != "aws"
	not policy.boundaryOnly
]

_resource_policies := [policy |
	some policy in input.resourcePolicies
	policy.kind != "layer permission"
]

allows(statement) := value.equals(statement.effect, "Allow")

# A finding is milder where no function's role has the policy.
at_level(granted, finding) := finding if count(granted.functions) > 0

else := object.union(finding, {"level": "warn"})

# Facts about a grant: what it is on, what narrows it, and who has it. In a resource policy Resource says nothing.
facts(granted) := array.concat(array.concat(_resource(granted), _conditions(granted.statement)), _who(granted))

_resource(granted) := [result.fact($"Resource is {listed(texts(granted.statement.resources))}") |
	granted.heldBy
	count(granted.statement.resources) > 0
]

_conditions(statement) := [result.fact($"a condition on {key} applies") |
	some condition in statement.conditions
	key := _key(condition)
]

# The functions that run with it, else the principals that hold it; of a resource policy, the function it is on.
_who(granted) := [result.fact_at(f, $"function {address} runs with it") |
	some address in granted.functions
	f := inventory.functions[address]
] if {
	granted.heldBy
	count(granted.functions) > 0
}

else := [result.fact($"{holder} has it") | some holder in granted.heldBy] if granted.heldBy

else := [result.fact($"it is on function {address}") | some address in granted.functions]

_key(condition) := condition.key if condition.key != ""

else := "something that cannot be read"

texts(patterns) := [pattern.text | some pattern in patterns]

# For messages: at most three of many.
listed(names) := concat(", ", names) if count(names) <= 3

else := $"{concat(", ", array.slice(names, 0, 3))} and {count(names) - 3} more"

# `*`, or all actions of a service however that is spelled: `s3:*`, `S3:**`, `${Service}:*`.
every_action(pattern) := value.yes if regex.match(_every_action, pattern.text)

else := value.unknown if regex.match(_maybe_every_action, pattern.text)

else := value.no

_every_action := `^(?:(?:\$\{[^{}]*\}|[^:{}])*:)?[*?]*\*[*?]*$`

_maybe_every_action := `^(?:(?:\$\{[^{}]*\}|[^:{}])*:)?[*?]*\$\{[^{}]*\}(?:[*?]|\$\{[^{}]*\})*$`

# `*`, or an ARN whose whole resource part is wildcard: `arn:aws:s3:::*`, `arn:aws:logs:*:*:*:*`, `arn:aws:sqs:*`. A hole
# inside an ARN is somebody's name; a hole alone may be `*`, unless it is what a declared resource is called.
every_resource(pattern) := value.yes if regex.match(`^(?:arn(?::(?:\$\{[^{}]*\}|[^:{}])*){0,4}:)?[*?:/]*\*[*?:/]*$`, pattern.text)

else := value.unknown if {
	concat("", ["${", pattern.lead[0].hole, "}"]) == pattern.text
	not _given_by_aws(pattern.lead[0].hole)
}

else := value.no

# An ARN of all things of one type: `function:*`, `table/*`. Where the resource part begins with a name and not with a type,
# as in S3, the same form is one thing and what is in it.
every_of_a_type(pattern) if {
	regex.match(`^arn(?::(?:\$\{[^{}]*\}|[^:{}])*){4}:[A-Za-z0-9-]+[:/][*?:/]*\*[*?:/]*$`, pattern.text)
	not regex.match(`^arn:(?:\$\{[^{}]*\}|[^:{}])*:(?:s3|execute-api|sns|sqs|codecommit):`, pattern.text)
}

# An attribute of a declared resource, what another stack exports; what a Terraform plan does not know is always made by AWS
# during apply.
_given_by_aws(_) if input.format == "terraform"

_given_by_aws(name) if _declared[split(name, ".")[0]]

_given_by_aws(name) if startswith(name, "Fn::ImportValue ")

_declared[resource.address] := true if some resource in input.resources

# Keys that tell who asks, from where and when say nothing of what is reached; other conditions limit it.
limits(condition) if {
	condition.key != ""
	not regex.match(
		`^aws:(?:principal|source|vpc|multifactorauth|user|token|federatedprovider|securetransport|currenttime|epochtime|referer|requestedregion)`,
		condition.key,
	)
}

# A condition that cannot be read may limit it.
settled(statement) := value.unknown if {
	some condition in statement.conditions
	condition.key == ""
}

else := value.yes
