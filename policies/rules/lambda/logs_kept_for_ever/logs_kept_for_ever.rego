# METADATA
# title: No log group of its own, or logs kept for ever
# description: >-
#   A function without a declared log group gets one from Lambda, which keeps its logs for ever, costs more each month and
#   stays when the function is gone. Logs of a workflow hold what it worked on; they should go when nobody needs them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
#     description: Configuring CloudWatch log groups
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention
#     description: Change log data retention in CloudWatch Logs
# custom:
#   id: LAM007
#   level: warn
#   severity: low
#   remediation: Declare the function's log group with a retention, as /aws/lambda/NAME or named in its logging settings.
#   related:
#     - Checkov CKV_AWS_66
#     - Security Hub CloudWatch.16
#   sources:
#     - B11
#     - B13
package durable_guard.rules.lambda.logs_kept_for_ever

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

# A log group that is named and not declared may be anybody's, with any retention.
finding contains result.judged(answer, f, message, [result.fact($"its log group is {value.text(group)}")]) if {
	some f in input.functions
	not f.address in with_log_group
	group := value.optional(object.get(f, "logging", {}), "group")
	answer := undeclared(group)
	message := $"Function {f.address} has no log group of its own, so its logs are kept for ever"
}

finding contains result.judged(kept_for_ever(group), group, $"Log group {group.address} keeps its logs for ever", writers) if {
	some group in input.logGroups
	writers := [result.fact($"{f} writes to it") | some f in group.functions]
}

examined contains f.address if some f in input.functions

examined contains group.address if some group in input.logGroups

with_log_group contains f if {
	some group in input.logGroups
	some f in group.functions
}

undeclared(group) := value.yes if value.is_absent(group)

else := value.unknown

kept_for_ever(group) := value.yes if value.is_absent(value.optional(group, "retentionDays"))

else := value.unknown if value.is_unknown(group.retentionDays)
