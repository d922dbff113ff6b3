# METADATA
# title: Log group without a key
# description: >-
#   CloudWatch Logs encrypts with a key of its own. With a customer managed key the account decides who may decrypt, sees
#   each use in CloudTrail, and can withdraw the key.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
#     description: Encrypt log data in CloudWatch Logs using AWS Key Management Service
# custom:
#   id: LAM010
#   level: "off"
#   severity: low
#   remediation: Give the log group a KMS key whose policy lets CloudWatch Logs use it.
#   related:
#     - Checkov CKV_AWS_158
#   sources:
#     - B13
package durable_guard.rules.lambda.log_group_without_key

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

# A key that is not known yet is a key all the same.
finding contains result.deny(group, $"Log group {group.address} has no key", writers) if {
	some group in input.logGroups
	value.is_absent(value.optional(group, "kmsKey"))
	writers := [result.fact($"{f} writes to it") | some f in group.functions]
}

examined contains group.address if some group in input.logGroups
