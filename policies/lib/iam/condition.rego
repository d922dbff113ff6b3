package durable_guard.lib.iam

# Conditions of a statement, all of which must hold: 2 yes, 1 unknown, 0 no. `context` is what the documents say about the
# request: {"present": {key: text}, "absent": [key]}. A key that is in neither may have any value.
conditions_hold(statement, context) := min({2} | {c |
	some condition in statement.conditions
	c := condition_holds(statement, condition, context)
})

condition_holds(statement, condition, context) := answer if {
	answer := _on_value(statement, condition, context.present[condition.key])
}

else := _on_nothing(condition) if condition.key in context.absent

else := 1

# The key is in the request, with one value: then quantifiers change nothing (IAM user guide, "IAM JSON policy elements:
# Condition operators" and "Set operators for multivalued context keys"). Undefined for numbers, dates and addresses, which
# are not compared.
_on_value(statement, condition, value) := any_covers(condition.values, literal("false")) if _operator(condition) == "null"

else := speaks_of(statement, condition.values, value) if _operator(condition) in _comparing

else := 2 - leaves_out(statement, condition.values, value) if _affirmed(condition) in _comparing

# The key is not in the request.
_on_nothing(condition) := any_covers(condition.values, literal("true")) if _operator(condition) == "null"

else := 2 if condition.ifExists

else := 2 if lower(condition.quantifier) == "forallvalues"

else := 0 if lower(condition.quantifier) == "foranyvalue"

else := 2 if _affirmed(condition) != _operator(condition)

else := 0

_operator(condition) := lower(condition.operator)

# `StringNotLike` denies what `StringLike` affirms.
_affirmed(condition) := replace(_operator(condition), "not", "")

_comparing := {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "bool"}
