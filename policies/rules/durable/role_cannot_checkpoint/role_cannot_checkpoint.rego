# METADATA
# title: The execution role cannot checkpoint
# description: >-
#   At each step Lambda saves the progress of a durable execution with the function's execution role, and reads it back at
#   each replay. Without lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState on the function's executions
#   every execution fails at its first step. SAM and CDK add the permissions only to roles they generate themselves.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
#   - ref: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicDurableExecutionRolePolicy.html
#     description: AWSLambdaBasicDurableExecutionRolePolicy
# custom:
#   id: DUR001
#   level: deny
#   severity: critical
#   remediation: >-
#     Allow lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState on the function's ARN followed by `:*`, or
#     attach AWSLambdaBasicDurableExecutionRolePolicy to the execution role.
#   sources:
#     - A1
#     - A2
#     - A3
#     - A5
#     - F§2
#     - F§3
#     - F§6
package durable_guard.rules.durable.role_cannot_checkpoint

import data.durable_guard.lib.durable
import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

finding contains result.unknown(place, message, why) if {
	some f in input.functions
	f.durable.certain == false
	place := {"address": f.address, "at": f.durable.at}
	message := $"Whether {f.address} is a durable function cannot be said"
	why := [result.fact(text) | text := f.durable.why]
}

finding contains with_repair(found, asked, missing) if {
	some asked in questions
	missing := answered(asked, value.no)
	count(missing) > 0
	message := $"Role {name(asked.role)} does not let {asked.function.address} checkpoint: {durable.are(missing)} not allowed on {arns(asked.function)}"
	found := result.deny(place(asked.function), message, evidence(asked, missing))
}

finding contains with_repair(found, asked, unsettled) if {
	some asked in questions
	count(answered(asked, value.no)) == 0
	unsettled := answered(asked, value.unknown)
	count(unsettled) > 0
	found := result.unknown(place(asked.function), unsettled_message(asked, unsettled), evidence(asked, unsettled))
}

# A Deny of a version that the documents start, where the versions to come are allowed.
finding contains result.deny(place(f), message, considered(asked.role, f, denied, execution)) if {
	some asked in questions
	f := asked.function
	some qualifier in pins(f)
	execution := execution_of(f, qualifier)
	denied := [action |
		some action in answered(asked, value.yes)
		on(asked.role, f, action, execution) == value.no
	]
	count(denied) > 0
	message := $"Role {name(asked.role)} does not let {f.address} checkpoint in version {value.known(qualifier)}, which is started here: {durable.are(denied)} not allowed on its executions"
}

examined contains f.address if {
	some f in input.functions
	f.durable
}

# The address of a role outside the documents may say that it is one.
name(role) := trim_prefix(role.address, "role ")

# The address is the function, which lacks something; the place is where it names its role.
place(f) := {"address": f.address, "at": f.role.at}

arns(f) := $"{f.arn.text}:*"

# What each durable function needs, and whether its role allows it: [action, answer].
questions := [asked |
	some f in input.functions
	f.durable.certain
	role := inventory.role_of(f)
	asked := {"function": f, "role": role, "answers": [[action, answer] |
		some action in durable.checkpointing
		answer := may(role, f, action)
	]}
]

answered(asked, wanted) := [action | some [action, answer] in asked.answers; answer == wanted]

# A grant that covers the next version covers those before it. One that does not is enough where the documents start
# nothing else than what it covers; otherwise it is good until the next deployment.
may(role, f, action) := value.yes if on(role, f, action, f.nextExecution) == value.yes

else := value.yes if value.all_of([on(role, f, action, execution) | some execution in started(f)]) == value.yes

else := value.unknown if on_any(role, f, action, [f.nextExecution, f.latestExecution]) > value.no

else := value.unknown if on_any(role, f, action, f.namedExecutions) > value.no

else := value.no

on(role, f, action, execution) := iam.decide(role, request(role, f, action, execution))

on_any(role, f, action, executions) := value.any_of([on(role, f, action, execution) | some execution in executions])

request(role, f, action, execution) := {
	"action": action,
	"resource": execution,
	"context": iam.from_function(role, f),
}

# Executions of what the documents start: of `$LATEST` alone where no version is published or named.
started(f) := [execution_of(f, qualifier) | some qualifier in pins(f)] if count(pins(f)) > 0

else := [f.latestExecution]

execution_of(f, qualifier) := f.latestExecution if value.known(qualifier) == "$LATEST"

else := named[0] if {
	named := [execution |
		some execution in f.namedExecutions
		contains(execution.text, $":{value.known(qualifier)}/")
	]
}

else := f.nextExecution

# The versions of a function that can be started: published, behind an alias, or named where it is invoked.
pins(f) := array.concat(
	array.concat(
		[value.optional(version, "number") | some version in f.versions],
		[alias.version | some alias in f.aliases],
	),
	[qualifier |
		some qualifier in qualifiers[f.address]
		not is_alias_or_none(f, qualifier)
	],
)

is_alias_or_none(_, qualifier) if value.equals(qualifier, "") == value.yes

is_alias_or_none(f, qualifier) if {
	some alias in f.aliases
	alias.name == qualifier
}

qualifiers[address] contains edge.qualifier if {
	some edge in input.invocations
	address := edge.function
}

qualifiers[address] contains policy.qualifier if {
	some policy in input.resourcePolicies
	address := policy.function
}

unsettled_message(asked, actions) := $"Role {name(asked.role)} lets {asked.function.address} checkpoint only in executions of $LATEST or of fixed versions: {durable.are(actions)} not allowed on those of the next version" if {
	every action in actions {
		on(asked.role, asked.function, action, asked.function.nextExecution) == value.no
	}
}

else := $"Whether role {name(asked.role)} lets {asked.function.address} checkpoint cannot be said: {durable.are(actions)} not settled on {arns(asked.function)}"

# The statement that is missing, unless something forbids it.
with_repair(found, asked, actions) := result.with_paste(found, statement) if {
	every action in actions {
		count(durable.forbidden(asked.role, request(asked.role, asked.function, action, asked.function.nextExecution))) == 0
	}
	statement := result.role_statement(asked.role, asked.function, actions, [arns(asked.function)])
}

else := found

# What was considered, and why it is not enough.
evidence(asked, actions) := array.concat(
	array.concat(
		[result.fact($"role {name(asked.role)} is not in the documents, nor are all of its policies") | asked.role.external],
		[result.fact_at(held, text) |
			some held in array.concat(asked.role.policies, [boundary | boundary := asked.role.boundary])
			policy := inventory.policies[held.policy]
			text := $"policy {inventory.called(policy)} cannot be read: {policy.unread}"
			policy.unread
		],
	),
	considered(asked.role, asked.function, actions, asked.function.nextExecution),
)

considered(role, f, actions, execution) := durable.considered(role, f, [request(role, f, action, execution) | some action in actions])
