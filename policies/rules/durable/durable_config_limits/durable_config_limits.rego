# METADATA
# title: DurableConfig is out of limits or incomplete
# description: >-
#   AWS Lambda refuses a durable configuration without an execution timeout, with an execution timeout outside
#   1 to 31622400 seconds (366 days) or with a retention period outside 1 to 90 days. The deployment fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-configuration.html
#     description: Configure Lambda durable functions
# custom:
#   id: DUR010
#   level: deny
#   severity: medium
#   remediation: Set ExecutionTimeout to 1 to 31622400 seconds and RetentionPeriodInDays to 1 to 90 days.
#   related:
#     - cfn-lint E3034
package durable_guard.rules.durable.durable_config_limits

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.deny(place(f), "DurableConfig is not a set of settings", []) if {
	some f in durable_functions
	f.durable.malformed
}

finding contains result.deny(place(f), "DurableConfig has no ExecutionTimeout", []) if {
	some f in durable_functions
	not f.durable.malformed
	value.is_absent(value.optional(f.durable, "executionTimeout"))
}

finding contains result.judged(outside(setting), place(f), message, [result.fact(fact)]) if {
	some f in durable_functions
	some setting in settings(f.durable)
	message := $"{setting.name} must be {setting.least} to {setting.most} {setting.unit}"
	fact := $"{setting.name} is {value.text(setting.given)}"
}

examined contains f.address if some f in durable_functions

# Whether a function is durable at all is asked by DUR001.
durable_functions := [f | some f in input.functions; f.durable.certain]

settings(durable) := [
	{
		"name": "ExecutionTimeout",
		"given": value.optional(durable, "executionTimeout"),
		"least": 1,
		"most": 31622400,
		"unit": "seconds",
	},
	{
		"name": "RetentionPeriodInDays",
		"given": value.optional(durable, "retentionDays"),
		"least": 1,
		"most": 90,
		"unit": "days",
	},
]

outside(setting) := value.any_of([value.below(setting.given, setting.least), value.above(setting.given, setting.most)])

place(f) := {"address": f.address, "at": f.durable.at}
