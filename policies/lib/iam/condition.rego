package durable_guard.lib.iam

# Conditions of a statement, all of which must hold: 2 yes, 1 unknown, 0 no. `context` is what the documents say about the
# request: {"present": {key: text}, "absent": [key]}. A key that is in neither may have any value.
conditions_hold(conditions, context) := min({2} | {c | some condition in conditions; c := condition_holds(condition, context)})

condition_holds(condition, context) := _on_value(condition, context.present[condition.key]) if context.present[condition.key]

else := _on_nothing(condition) if condition.key in context.absent

else := 1

# The key is in the request (IAM user guide, "IAM JSON policy elements: Condition operators").
_on_value(condition, value) := any_covers(condition.values, value) if lower(condition.operator) in _positive

else := 2 - any_covers(condition.values, value) if lower(condition.operator) in _negative

else := 2 * count([v | some v in condition.values; v.text == "false"]) if lower(condition.operator) == "null"

else := 1

# The key is not in the request: negated operators, `IfExists` and `ForAllValues` hold then.
_on_nothing(condition) := 2 * count([v | some v in condition.values; v.text == "true"]) if lower(condition.operator) == "null"

else := 2 if condition.ifExists

else := 2 if lower(condition.quantifier) == "forallvalues"

else := 2 if lower(condition.operator) in _negative

else := 0

_positive := {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "bool"}

_negative := {"stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike"}
