# Values that may not be known. The inventory wraps each of them: {"known": v} or {"unknown": why}. Rego would find a raw
# unknown greater than any number and different from any text, so only this package looks inside: a rule asks a question,
# gets `yes`, `unknown` or `no`, and says of each what follows.
#
#     value.above(value.optional(f, "timeout"), 900) == value.yes
#
# Answers are numbers, so that they combine as in Kleene's logic: `and` is the least, `or` the greatest, `not` is 2 - x.
package durable_guard.lib.value

yes := 2

unknown := 1

no := 0

# A field that may be missing. Every question about a missing one is answered `no`, except `is_absent`.
# `name` is written out: the build refuses a name that the inventory does not have.
optional(thing, name) := object.get(thing, name, {})

is_absent(v) if v == {}

is_known(v) if v.known == v.known

is_unknown(v) if v.unknown

# What is known, to look it up elsewhere or to iterate; undefined for anything else, so never to be used below `not`.
known(v) := v.known

# For messages: the value as JSON writes it, or what it depends on.
text(v) := $"unknown ({v.unknown})" if is_unknown(v)

else := "not set" if is_absent(v)

else := json.marshal(v.known)

# Numbers.

above(v, limit) := yes if v.known > limit

else := unknown if is_unknown(v)

else := no

below(v, limit) := yes if v.known < limit

else := unknown if is_unknown(v)

else := no

# Texts, numbers and booleans. A text may hold holes, `${…}`: what it begins and ends with can still rule an answer out.

equals(v, x) := yes if v.known == x

else := unknown if is_unknown(v)

else := unknown if {
	_has_hole(v)
	startswith(x, _head(v.known))
	endswith(x, _tail(v.known))
}

else := no

one_of(v, xs) := any_of([equals(v, x) | some x in xs])

starts_with(v, beginning) := yes if startswith(v.known, beginning)

else := unknown if is_unknown(v)

else := unknown if {
	_has_hole(v)
	startswith(beginning, _head(v.known))
}

else := no

# `expression` is RE2. A text with holes may match whatever stands in it.
matches(v, expression) := unknown if is_unknown(v)

else := unknown if _has_hole(v)

else := yes if regex.match(expression, v.known)

else := no

# Answers combined.

all_of(answers) := min({yes} | {a | some a in answers})

any_of(answers) := max({no} | {a | some a in answers})

negated(answer) := 2 - answer

_has_hole(v) if {
	contains(v.known, "${")
	contains(v.known, "}")
}

_head(text) := split(text, "${")[0]

_tail(text) := array.reverse(split(text, "}"))[0]

# Names what looks like a hole in a text and is none (`plain` in `src/inventory/text.ts`), and why nobody fills it in.
# Undefined for other texts. Between its `$` and `{` stands a character that no document has.
unfilled(text) := $"{found} {_stays}" if {
	contains(text, "$\ufdd0{")
	found := regex.find_all_string_submatch_n(`\$\x{FDD0}\{[^{}]*\}`, text, 1)[0][0]
}

_stays := "stands in a text without Fn::Sub" if input.format == "cloudformation"

else := "stays as it is, since Terraform has filled in the text"

# The text as somebody meant it who wrote `${…}` where nobody fills it in: with holes.
filled_in(text) := replace(text, "\ufdd0", "")
