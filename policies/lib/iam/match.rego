# Does a pattern of a statement cover what is asked? Three-valued: 2 yes, 1 unknown, 0 no. The inventory prepares patterns
# and texts (`src/inventory/pattern.ts`); here they are compared.
package durable_guard.lib.iam

# A pattern covers a text whatever the holes of both turn out to be; or it may; or it cannot.
covers(pattern, text) := 2 if regex.match(pattern.sure, text.text)

else := 1 if _may_cover(pattern, text)

else := 0

any_covers(patterns, text) := max({0} | {c | some pattern in patterns; c := covers(pattern, text)})

covers_action(pattern, action) := 2 if regex.match(pattern.sure, action)

else := 1 if {
	pattern.open
	not _differ(pattern.lead[0], {"literal": lower(action)})
}

else := 0

any_covers_action(patterns, action) := max({0} | {c | some pattern in patterns; c := covers_action(pattern, action)})

# Something is left open, and neither the ARN fields, nor the beginnings, nor the ends rule it out.
_may_cover(pattern, text) if {
	true in {pattern.open, text.open}
	_in_scope(pattern, text)
	not _leads_part(pattern.lead, text.lead)
	_ends_agree(pattern.tail, text.tail)
}

_in_scope(_, text) if text.arn == false

_in_scope(pattern, text) if {
	text.arn
	regex.match(pattern.scope, text.text)
}

# Up to some step both leads are the same, and there they part for certain.
_leads_part(a, b) if {
	some i, step in a
	array.slice(a, 0, i) == array.slice(b, 0, i)
	_differ(step, b[i])
}

_differ(a, b) if {
	not startswith(a.literal, b.literal)
	not startswith(b.literal, a.literal)
}

_differ(a, b) if a.identity != b.identity

_ends_agree(a, b) if endswith(a, b)

_ends_agree(a, b) if endswith(b, a)
