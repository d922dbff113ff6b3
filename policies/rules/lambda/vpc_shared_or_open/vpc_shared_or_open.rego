# METADATA
# title: A function's place in its VPC is shared, open, or in one Availability Zone
# description: >-
#   Whatever shares a security group or a subnet with a function shares the rules made for it, and egress to everywhere lets
#   code that has been tampered with send data out. A function in one Availability Zone stops with it, and a durable function
#   that cannot reach the Lambda API cannot checkpoint.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-5
#     description: "Security Hub Lambda.5: VPC Lambda functions should operate in multiple Availability Zones"
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html
#     description: Security best practices for your VPC
# custom:
#   id: LAM011
#   level: warn
#   severity: medium
#   remediation: >-
#     Give the function subnets in two Availability Zones, a security group of its own that lets it reach only what it calls,
#     and a network ACL that allows no more.
#   related:
#     - Security Hub Lambda.5
#     - Security Hub EC2.2
#     - Checkov CKV_AWS_382
#   sources:
#     - B1
package durable_guard.rules.lambda.vpc_shared_or_open

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.unknown(place(f), $"Where function {f.address} is in its VPC is not settled", [result.fact(why)]) if {
	some f in in_vpc
	why := f.vpc.unread
}

finding contains result.deny(place(f), $"Function {f.address} is in the default security group of its VPC", []) if {
	some f in in_vpc
	in_default_group(f)
}

finding contains result.judged(answer, place(f), $"Function {f.address} is in one Availability Zone", subnets) if {
	some f in in_vpc
	not f.vpc.unread
	answer := in_one_zone(f)
	subnets := [result.fact(text) |
		some subnet in f.vpc.subnets
		text := $"it is in subnet {value.text(subnet)}"
	]
}

finding contains result.deny(group, $"Security group {group.address} is not of one function alone", told(users)) if {
	some group in groups
	users := array.concat(group.functions, group.others)
	count(users) > 1
}

finding contains result.judged(answer, group, message, told(group.functions)) if {
	some group in groups
	answer := value.equals(group.openEgress, true)
	message := $"Security group {group.address} lets functions reach every address on every port"
}

finding contains result.deny(subnet, $"Subnet {subnet.address} is not of one function alone", told(subnet.functions)) if {
	some subnet in input.subnets
	count(subnet.functions) > 1
}

finding contains result.judged(answer, acl, $"Network ACL {acl.address} lets everything pass", told(users)) if {
	some acl in input.networkAcls
	users := behind[acl.address]
	answer := value.equals(acl.open, true)
}

examined contains f.address if some f in in_vpc

in_vpc := [f | some f in input.functions; f.vpc]

place(f) := {"address": f.address, "at": f.vpc.at}

told(users) := [result.fact($"{user} is in it") | some user in users]

groups := [group | some group in input.securityGroups; count(group.functions) > 0]

# Functions in the subnets of a network ACL.
behind[acl] contains f if {
	some subnet in input.subnets
	some acl in subnet.networkAcls
	some f in subnet.functions
}

in_default_group(f) if {
	some group in f.vpc.securityGroups
	endswith(value.known(group), ".DefaultSecurityGroup}")
}

in_default_group(f) if {
	some group in groups
	group.isDefault
	f.address in group.functions
}

# One subnet is in one zone, if it is one: a parameter may be a list.
in_one_zone(f) := value.yes if {
	[subnet] := f.vpc.subnets
	is_one(f, value.known(subnet))
}

else := value.no if count(zones(f)) > 1

else := value.yes if {
	count(zones(f)) == 1
	count(placed(f)) == count(f.vpc.subnets)
}

else := value.unknown

is_one(f, _) if count(f.vpc.subnetAddresses) == 1

is_one(_, subnet) if regex.match(`^subnet-[0-9a-z]+$`, subnet)

zones(f) := {zone | some zone in placed(f)}

# The zones of its subnets that are known.
placed(f) := [zone |
	some address in f.vpc.subnetAddresses
	zone := value.known(value.optional(subnets[address], "zone"))
]

subnets[subnet.address] := subnet if some subnet in input.subnets
