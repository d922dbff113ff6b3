# METADATA
# title: Function outside a VPC
# description: >-
#   A function outside a VPC may reach every address on the internet, and no security group or flow log of the account sees
#   what it sends. A durable function inside a VPC must reach the Lambda API to checkpoint, by NAT or an endpoint.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-3
#     description: "Security Hub Lambda.3: Lambda functions should be in a VPC"
# custom:
#   id: LAM012
#   level: "off"
#   severity: low
#   remediation: Give the function subnets and a security group of its own.
#   related:
#     - Security Hub Lambda.3
#     - Checkov CKV_AWS_117
#   sources:
#     - A10
#     - B1
package durable_guard.rules.lambda.function_outside_vpc

import data.durable_guard.lib.finding as result

finding contains result.deny(f, $"Function {f.address} is outside a VPC", []) if {
	some f in input.functions
	not f.vpc
}

# Subnets that are known put it into a VPC, whichever others there are.
finding contains result.unknown({"address": f.address, "at": f.vpc.at}, $"Whether function {f.address} is in a VPC is not settled", [result.fact(why)]) if {
	some f in input.functions
	why := f.vpc.unread
	count(f.vpc.subnets) == 0
}

examined contains f.address if some f in input.functions
