package durable_guard.lib.iam_test

import data.durable_guard.lib.iam
import data.durable_guard.lib.sample

context := {
	"present": {"aws:principalaccount": sample.text("111122223333"), "aws:securetransport": sample.text("true")},
	"absent": ["aws:sourcearn"],
}

holds(operator, key, values) := iam.condition_holds(sample.statement({}), sample.condition(operator, key, values), context)

# Of a key with one value, as every key of the context is (IAM user guide, "Condition operators").
test_on_a_value if {
	every operator in ["StringEquals", "StringEqualsIgnoreCase", "stringlike", "ArnEquals", "ArnLike", "Bool"] {
		holds(operator, "aws:PrincipalAccount", ["444455556666", "111122223333"]) == 2
		holds(operator, "aws:PrincipalAccount", ["444455556666"]) == 0
		holds(operator, "aws:PrincipalAccount", ["${any}"]) == 1
	}
	every operator in ["StringNotEquals", "StringNotEqualsIgnoreCase", "STRINGNOTLIKE", "ArnNotEquals", "ArnNotLike"] {
		holds(operator, "aws:PrincipalAccount", ["444455556666", "111122223333"]) == 0
		holds(operator, "aws:PrincipalAccount", ["444455556666"]) == 2
		holds(operator, "aws:PrincipalAccount", ["${any}"]) == 1
	}
	every operator in ["NumericEquals", "NumericNotEquals", "DateLessThan", "IpAddress", "NotIpAddress", "BinaryEquals", ""] {
		holds(operator, "aws:PrincipalAccount", ["111122223333"]) == 1
	}
}

test_null if {
	holds("Null", "aws:PrincipalAccount", ["false"]) == 2
	holds("Null", "aws:PrincipalAccount", ["true"]) == 0
	holds("Null", "aws:PrincipalAccount", ["${any}"]) == 1
	holds("null", "aws:SourceArn", ["true", "true"]) == 2
	holds("Null", "aws:SourceArn", ["false"]) == 0
	holds("Null", "aws:SourceArn", ["${any}"]) == 1
}

# "If the key that you specify in a policy condition is not present in the request context": the same page, and "Set
# operators for multivalued context keys".
test_on_nothing if {
	every operator in ["StringEquals", "StringLike", "ArnLike", "Bool", "NumericEquals", "DateLessThan", "IpAddress"] {
		holds(operator, "aws:SourceArn", ["*"]) == 0
	}
	every operator in ["StringNotEquals", "ArnNotLike", "NumericNotEquals", "DateNotEquals", "NotIpAddress"] {
		holds(operator, "aws:SourceArn", ["*"]) == 2
	}
	variants := {"ForAllValues": 2, "forallvalues": 2, "ForAnyValue": 0, "foranyvalue": 0}
	every quantifier, answer in variants {
		every operator in ["ArnLike", "ArnNotLike"] {
			iam.condition_holds(sample.statement({}), with_quantifier(operator, quantifier), context) == answer
		}
	}
	every quantifier in ["", "ForAnyValue"] {
		if_exists := object.union(with_quantifier("ArnLike", quantifier), {"ifExists": true})
		iam.condition_holds(sample.statement({}), if_exists, context) == 2
	}
}

with_quantifier(operator, quantifier) := object.union(
	sample.condition(operator, "aws:SourceArn", ["*"]),
	{"quantifier": quantifier},
)

test_on_a_key_nobody_knows if {
	holds("StringEquals", "aws:SourceVpc", ["*"]) == 1
	holds("Null", "aws:SourceVpc", ["true"]) == 1
}

test_all_must_hold if {
	yes := sample.condition("StringLike", "aws:PrincipalAccount", ["*"])
	no := sample.condition("StringLike", "aws:PrincipalAccount", ["x"])
	maybe := sample.condition("StringLike", "aws:SourceVpc", ["*"])
	iam.conditions_hold({"conditions": []}, context) == 2
	iam.conditions_hold(sample.statement({"conditions": [yes, maybe]}), context) == 1
	iam.conditions_hold(sample.statement({"conditions": [maybe, no, yes]}), context) == 0
}
