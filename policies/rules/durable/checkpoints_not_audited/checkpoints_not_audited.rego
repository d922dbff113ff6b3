# METADATA
# title: Checkpoint activity is not audited
# description: >-
#   Checkpoints and the state read at replay are data events of AWS CloudTrail (CheckpointDurableExecution writes,
#   GetDurableExecutionState reads): a trail records them only where it is told to record data events of functions.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions, "CloudTrail logging"
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
#     description: Logging data events
# custom:
#   id: DUR015
#   level: deny
#   severity: medium
#   remediation: Record all data events, read and write, of AWS::Lambda::Function for all functions (`arn:aws:lambda`).
#   sources:
#     - A8
#     - F§8
package durable_guard.rules.durable.checkpoints_not_audited

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.value

# What the trails record together counts: one finding, at the trail that comes nearest.
finding contains result.judged(answer, nearest, message, array.concat(gaps, about_trails)) if {
	answer := value.negated(value.all_of([each.answer | some each in asked]))
	message := "No trail records all that durable functions checkpoint and read back"
}

# Without a trail there is nothing to judge, unless auditing is asked for.
finding contains result.deny(durable_functions[0], "No trail records checkpoints, and settings.audit is required", evidence) if {
	count(input.trails) == 0
	input.settings.audit == "required"
	evidence := [fact | some f in durable_functions; fact := result.fact_at(f, $"{f.address} is durable")]
}

examined contains trail.address if {
	some trail in input.trails
	count(durable_functions) > 0
}

examined contains f.address if {
	some f in durable_functions
	input.settings.audit == "required"
}

durable_functions := [f | some f in input.functions; f.durable.certain]

# Of each durable function: are its checkpoints recorded, and what it reads back?
asked := [{"function": f, "what": kind.what, "answer": answer} |
	some f in durable_functions
	some kind in [
		{"what": "checkpoints", "readWrite": "WriteOnly"},
		{"what": "state read back", "readWrite": "ReadOnly"},
	]
	answer := value.any_of([recorded(trail, f, kind.readWrite) | some trail in input.trails])
]

recorded(trail, f, read_write) := value.all_of([value.equals(trail.logging, true), value.any_of(array.concat(
	[value.unknown | trail.unread],
	[value.all_of([value.one_of(selector.readWrite, ["All", read_write]), takes(selector, f)]) |
		some selector in trail.selectors
	],
))])

# Whether an exact function ARN takes its executions' events too, AWS does not say; it is taken to.
takes(selector, f) := value.any_of([iam.any_covers(selector.functions, arn) | some arn in [f.arn, f.nextExecution]]) if {
	not selector.excludes
	count(selector.functions) > 0
}

else := value.unknown if selector.excludes

else := value.yes

nearest := array.concat([trail | some trail in input.trails; count(trail.selectors) > 0], input.trails)[0]

gaps := [fact |
	some each in asked
	each.answer != value.yes
	fact := result.fact_at(each.function, $"{each.what} of {each.function.address}: {words[each.answer]}")
]

words := ["not recorded", "not settled"]

about_trails := [result.fact_at(trail, about(trail)) | some trail in input.trails]

about(trail) := $"trail {trail.address} is not logging" if value.equals(trail.logging, true) == value.no

else := $"selectors of trail {trail.address} cannot be read: {trail.unread}" if trail.unread

else := $"trail {trail.address} has no selector for data events of functions" if count(trail.selectors) == 0

else := $"trail {trail.address} records {concat(", ", [value.text(selector.readWrite) | some selector in trail.selectors])}"
