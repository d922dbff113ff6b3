package durable_guard.rules.lambda.vpc_shared_or_open_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.lambda.vpc_shared_or_open as rule

test_own_place if {
	rule.finding == set() with input as own
	rule.examined == {"Fn"} with input as own
}

test_outside_a_vpc if {
	outside := sample.inventory({
		"functions": [sample.function({})],
		"securityGroups": [object.union(group, {"functions": [], "others": ["Web", "Db"], "openEgress": {"known": true}})],
		"subnets": [],
		"networkAcls": [{"address": "Acl", "at": "t.yaml#/Resources/Acl", "open": {"known": true}}],
	})
	rule.finding == set() with input as outside
	rule.examined == set() with input as outside
}

test_settings_that_cannot_be_read if {
	unread := {"at": "t.yaml#/here", "subnets": [], "securityGroups": [], "subnetAddresses": [], "unread": "Ref Vpc"}
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "unknown",
		"message": "Where function Fn is in its VPC is not settled",
		"evidence": [{"text": "Ref Vpc"}],
	}} with input as with_vpc(unread)
}

test_default_group_by_reference if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "deny",
		"message": "Function Fn is in the default security group of its VPC",
		"evidence": [],
	}} with input as with_vpc(object.union(vpc, {"securityGroups": [{"known": "${Vpc.DefaultSecurityGroup}"}]}))
}

test_declared_default_group if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "deny",
		"message": "Function Fn is in the default security group of its VPC",
		"evidence": [],
	}} with input as object.union(own, {"securityGroups": [object.union(group, {"isDefault": true})]})
	elsewhere := object.union(group, {"isDefault": true, "functions": ["Other"]})
	rule.finding == set() with input as object.union(own, {"securityGroups": [elsewhere]})
}

test_group_of_several if {
	every users in [[["Fn", "Other"], []], [["Fn"], ["Other"]]] {
		rule.finding == {{
			"address": "Group",
			"at": "t.yaml#/Resources/Group",
			"verdict": "deny",
			"message": "Security group Group is not of one function alone",
			"evidence": [{"text": "Fn is in it"}, {"text": "Other is in it"}],
		}} with input as object.union(
			own,
			{"securityGroups": [object.union(group, {"functions": users[0], "others": users[1]})]},
		)
	}
}

test_open_egress if {
	rule.finding == {{
		"address": "Group",
		"at": "t.yaml#/Resources/Group",
		"verdict": "deny",
		"message": "Security group Group lets functions reach every address on every port",
		"evidence": [{"text": "Fn is in it"}],
	}} with input as object.union(own, {"securityGroups": [object.union(group, {"openEgress": {"known": true}})]})
	unread := object.union(object.remove(group, ["openEgress"]), {"openEgress": {"unknown": "Ref Rules"}})
	verdicts(object.union(own, {"securityGroups": [unread]})) == {"unknown"}
}

test_subnet_of_several if {
	shared := object.union(subnet("A", {"known": "eu-west-1a"}), {"functions": ["Fn", "Other"]})
	rule.finding == {{
		"address": "A",
		"at": "t.yaml#/Resources/A",
		"verdict": "deny",
		"message": "Subnet A is not of one function alone",
		"evidence": [{"text": "Fn is in it"}, {"text": "Other is in it"}],
	}} with input as object.union(own, {"subnets": [shared, subnet("B", {"known": "eu-west-1b"})]})
}

test_open_network_acl if {
	acl := {"address": "Acl", "at": "t.yaml#/Resources/Acl", "open": {"known": true}}
	behind := [
		object.union(subnet("A", {"known": "eu-west-1a"}), {"networkAcls": ["Acl"]}),
		subnet("B", {"known": "eu-west-1b"}),
	]
	rule.finding == {{
		"address": "Acl",
		"at": "t.yaml#/Resources/Acl",
		"verdict": "deny",
		"message": "Network ACL Acl lets everything pass",
		"evidence": [{"text": "Fn is in it"}],
	}} with input as object.union(own, {"networkAcls": [acl], "subnets": behind})
	rule.finding == set() with input as object.union(own, {"networkAcls": [acl]})
	unread := {"address": "Acl", "at": "t.yaml#/Resources/Acl", "open": {"unknown": "Ref Entry"}}
	verdicts(object.union(own, {"networkAcls": [unread], "subnets": behind})) == {"unknown"}
}

test_one_zone if {
	rule.finding == {{
		"address": "Fn",
		"at": "t.yaml#/here",
		"verdict": "deny",
		"message": "Function Fn is in one Availability Zone",
		"evidence": [{"text": `it is in subnet "${A}"`}, {"text": `it is in subnet "${B}"`}],
	}} with input as in_zones({"known": "eu-west-1a"}, {"known": "eu-west-1a"})
}

test_zones_that_are_not_known if {
	verdicts(in_zones({"known": "eu-west-1a"}, {"unknown": "Fn::GetAZs"})) == {"unknown"}
	verdicts(in_zones({"unknown": "Fn::GetAZs"}, {"unknown": "Fn::GetAZs"})) == {"unknown"}
	foreign := object.union(vpc, {"subnets": [{"known": "subnet-01"}, {"known": "subnet-02"}], "subnetAddresses": []})
	verdicts(with_vpc(foreign)) == {"unknown"}
	verdicts(with_vpc(object.union(vpc, {"subnets": [], "subnetAddresses": []}))) == {"unknown"}
	mixed := object.union(vpc, {"subnets": [{"known": "${A}"}, {"known": "subnet-02"}], "subnetAddresses": ["A"]})
	verdicts(with_vpc(mixed)) == {"unknown"}
}

test_one_subnet if {
	one := object.union(vpc, {"subnets": [{"known": "${C}"}], "subnetAddresses": ["C"]})
	anywhere := object.remove(subnet("C", {}), ["zone"])
	verdicts(object.union(with_vpc(one), {"subnets": [anywhere]})) == {"deny"}
	verdicts(with_vpc(object.union(vpc, {"subnets": [{"known": "${A}"}], "subnetAddresses": ["A"]}))) == {"deny"}
	verdicts(with_vpc(object.union(vpc, {"subnets": [{"known": "subnet-01"}], "subnetAddresses": []}))) == {"deny"}
	verdicts(with_vpc(object.union(vpc, {"subnets": [{"known": "${SubnetIds}"}], "subnetAddresses": []}))) == {"unknown"}
	verdicts(with_vpc(object.union(vpc, {"subnets": [{"unknown": "Fn::Split"}], "subnetAddresses": []}))) == {"unknown"}
}

verdicts(inventory) := {f.verdict | some f in found} if {
	found := rule.finding with input as inventory
}

own := sample.inventory({
	"functions": [sample.function({"vpc": vpc})],
	"securityGroups": [group],
	"subnets": [subnet("A", {"known": "eu-west-1a"}), subnet("B", {"known": "eu-west-1b"})],
	"networkAcls": [],
})

with_vpc(fields) := object.union(own, {"functions": [sample.function({"vpc": fields})]})

in_zones(a, b) := object.union(own, {"subnets": [subnet("A", a), subnet("B", b)]})

vpc := {
	"at": "t.yaml#/here",
	"subnets": [{"known": "${A}"}, {"known": "${B}"}],
	"securityGroups": [{"known": "${Group}"}],
	"subnetAddresses": ["A", "B"],
}

group := {
	"address": "Group",
	"at": "t.yaml#/Resources/Group",
	"isDefault": false,
	"openEgress": {"known": false},
	"functions": ["Fn"],
	"others": [],
}

subnet(address, zone) := {
	"address": address,
	"at": $"t.yaml#/Resources/{address}",
	"zone": zone,
	"functions": ["Fn"],
	"networkAcls": [],
}
