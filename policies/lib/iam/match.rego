# Does a pattern of a statement cover what is asked? Three-valued: 2 yes, 1 unknown, 0 no. The inventory prepares patterns
# and texts (`src/inventory/pattern.ts`); here they are compared.
package durable_guard.lib.iam

import data.durable_guard.lib.value

# A pattern covers a text whatever the holes of both turn out to be; or it may; or it cannot. Expressions cost a thousand
# times what beginnings do.
covers(pattern, text) := 0 if _leads_part(pattern, text)

else := _compared(pattern, text)

# Most patterns begin otherwise: for those nothing is built, since what a policy builds stays in memory to its end.
any_covers(patterns, text) := _greatest_of([c |
	some pattern in patterns
	not _leads_part(pattern, text)
	c := _compared(pattern, text)
])

# An action asked for is always a literal, and letter case does not count.
covers_action(pattern, action) := any_covers_action([pattern], action)

any_covers_action(patterns, action) := _greatest_of([c |
	name := {"literal": lower(action)}
	some pattern in patterns
	not _begins_otherwise(pattern, name)
	c := _compared(pattern, literal(action))
])

_begins_otherwise(pattern, name) if _differ(pattern.lead[0], name)

_greatest_of(answers) := answer if answer := max(answers)

else := 0

_compared(pattern, text) := 2 if regex.match(pattern.sure, text.form)

else := 1 if _may_cover(pattern, text)

else := 0

# As `covers`, but sure only of what is so wherever the stack is deployed. `covers` takes a literal partition, Region or
# account to be the deployment's own, which may be any: a template that names a place is meant for it. That is the benefit
# of the doubt, and nobody is refused for certain by it. Who writes `arn:aws:` deploys there: that partition is not doubted.
covers_anywhere(pattern, text) := answer if {
	answer := covers(pattern, text)
	answer < 2
}

else := 1 if _supposes_place(pattern, text)

else := 2

# A literal of the pattern was taken to be the text's own place: elsewhere it is not.
_supposes_place(pattern, text) if not regex.match(pattern.sure, strings.replace_n(_elsewhere, text.form))

# A literal of the text was taken to be the pattern's.
_supposes_place(pattern, text) if {
	some own, _ in _places
	contains(pattern.text, own)
	not contains(text.text, own)
	not _is_usual(own, text)
}

_is_usual("${AWS::Partition}", text) if startswith(text.text, "arn:aws:")

# Well-formed places that no policy names, in the usual partition.
_places := {
	"${AWS::Partition}": "aws",
	"${AWS::Region}": "xx-elsewhere-1",
	"${AWS::AccountId}": "734190528617",
}

_elsewhere := {literal(own).form: place | some own, place in _places}

# What a statement speaks of: its Resource, Principal, `StringLike`. An Allow has the benefit of the doubt.
speaks_of(statement, patterns, text) := _any_covers_anywhere(patterns, text) if {
	value.equals(statement.effect, "Deny") > value.no
}

else := any_covers(patterns, text)

# What it leaves out: NotResource, NotPrincipal, `StringNotLike`. There a Deny has it.
leaves_out(statement, patterns, text) := any_covers(patterns, text) if value.equals(statement.effect, "Deny") > value.no

else := _any_covers_anywhere(patterns, text)

_any_covers_anywhere(patterns, text) := _greatest_of([c |
	some pattern in patterns
	c := covers_anywhere(pattern, text)
])

# A text written out in Rego, to be covered by patterns. Its holes, if any, match themselves only.
literal(text) := {
	"text": text,
	"form": replace(replace(text, "${", "\u0001"), "}", "\u0002"),
	"lead": [],
	"tail": "",
	"open": false,
	"arn": false,
}

_may_cover(pattern, text) if regex.match(pattern.possible, text.form)

# More is open in the text than the deployment's own: then all that neither the ARN fields nor the ends rule out.
_may_cover(pattern, text) if {
	text.open
	_in_scope(pattern, text)
	_ends_agree(pattern.tail, text.tail)
}

_in_scope(_, text) if not text.arn

_in_scope(pattern, text) if regex.match(pattern.scope, text.form)

# Up to some step both leads are the same, and there they part for certain. Leads of an ARN begin at its resource.
_leads_part(pattern, text) if {
	pattern.arn == text.arn
	some i, step in pattern.lead
	_differ(step, text.lead[i])
	array.slice(pattern.lead, 0, i) == array.slice(text.lead, 0, i)
}

_differ(a, b) if {
	not startswith(a.literal, b.literal)
	not startswith(b.literal, a.literal)
}

_differ(a, b) if a.identity != b.identity

_ends_agree(a, b) if endswith(a, b)

_ends_agree(a, b) if endswith(b, a)
