package durable_guard.lib.finding_test

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

role := {"address": "Role", "at": "t.yaml#/Resources/Role", "name": "left out"}

found := {
	"address": "Role",
	"at": "t.yaml#/Resources/Role",
	"verdict": "deny",
	"message": "wrong",
	"evidence": [{"text": "why"}],
}

test_deny if result.deny(role, "wrong", [result.fact("why")]) == found

test_warn if result.warn(role, "wrong", [result.fact("why")]) == object.union(found, {"level": "warn"})

test_unknown if result.unknown(role, "wrong", [result.fact("why")]) == object.union(found, {"verdict": "unknown"})

test_judged if {
	result.judged(value.yes, role, "wrong", [result.fact("why")]) == found
	result.judged(value.unknown, role, "wrong", [result.fact("why")]) == object.union(found, {"verdict": "unknown"})
	not result.judged(value.no, role, "wrong", [result.fact("why")])
}

test_fact_at if result.fact_at(role, "why") == {"text": "why", "address": "Role", "at": "t.yaml#/Resources/Role"}

test_additions if {
	result.with_severity(found, "critical") == object.union(found, {"severity": "critical"})
	result.with_paste(found, result.statement(["kms:Decrypt"], ["${Key.Arn}"])) == object.union(
		found,
		{"paste": {"actions": ["kms:Decrypt"], "resources": ["${Key.Arn}"]}},
	)
}

test_resource_statement if {
	condition := {"operator": "StringEquals", "key": "aws:SourceAccount", "value": "${AWS::AccountId}"}
	result.resource_statement("lambda.amazonaws.com", ["kms:Decrypt"], ["*"], [condition]) == {
		"principal": "lambda.amazonaws.com",
		"actions": ["kms:Decrypt"],
		"resources": ["*"],
		"conditions": [condition],
	}
}

test_ten_facts_are_told_and_the_rest_counted if {
	ten := [result.fact($"{n}") | some n in numbers.range(10, 19)]
	all_told := result.deny(role, "wrong", ten)
	all_told.evidence == ten
	not all_told.more

	some_told := result.deny(role, "wrong", array.concat(ten, [result.fact("20"), result.fact("21")]))
	some_told.evidence == ten
	some_told.more == 2
}

test_a_set_of_facts_is_put_in_order if {
	set_told := result.deny(role, "wrong", {result.fact("b"), result.fact("a")})
	set_told.evidence == [{"text": "a"}, {"text": "b"}]
	list_told := result.deny(role, "wrong", [result.fact("b"), result.fact("a")])
	list_told.evidence == [{"text": "b"}, {"text": "a"}]
}

test_role_statement if {
	plain := {"actions": ["logs:PutLogEvents"], "resources": ["log-group:/aws/lambda/${Fn}:*"]}
	noted := object.union(
		plain,
		{"note": "In an AWS::IAM::Policy of its own: within the role the reference to the function would be circular"},
	)
	role_statement(false, plain.resources) == noted with input.format as "cloudformation"
	role_statement(false, plain.resources) == plain with input.format as "terraform"
	role_statement(true, plain.resources) == plain with input.format as "cloudformation"
	other := ["log-group:/aws/lambda/${Fn2}:*"]
	role_statement(false, other) == object.union(plain, {"resources": other}) with input.format as "cloudformation"
}

role_statement(external, resources) := result.role_statement(
	{"external": external},
	{"address": "Fn"},
	["logs:PutLogEvents"],
	resources,
)
