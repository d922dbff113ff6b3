# METADATA
# title: Log format is not JSON
# description: >-
#   Logs in JSON can be filtered by level and searched by field, and each line names the request, and the durable execution,
#   that wrote it. Text is the default.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
#     description: Configuring JSON and plain text log formats
#   - ref: https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-log-format-json.html
#     description: AWS Config rule lambda-function-log-format-json
# custom:
#   id: LAM009
#   level: warn
#   severity: low
#   remediation: Set the log format of the function's logging settings to JSON.
#   sources:
#     - B11
#     - B13
package durable_guard.rules.lambda.log_format_not_json

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, place(f), $"Function {f.address} does not log in JSON", [result.fact(given)]) if {
	some f in input.functions
	format := value.optional(object.get(f, "logging", {}), "format")
	answer := value.negated(value.equals(format, "JSON"))
	given := $"the log format is {value.text(format)}"
}

examined contains f.address if some f in input.functions

place(f) := {"address": f.address, "at": object.get(f, "logging", f).at}
