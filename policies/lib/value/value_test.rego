package durable_guard.lib.value_test

import data.durable_guard.lib.value

unread := {"unknown": "Ref Env"}

absent := value.optional({"timeout": {"known": 3}}, "memory")

test_exactly_one_state if {
	value.optional({"timeout": {"known": 3}}, "timeout") == {"known": 3}
	states({"known": 3}) == ["known"]
	states({"known": false}) == ["known"]
	states(unread) == ["unknown"]
	states(absent) == ["absent"]
}

states(v) := array.concat(
	[name | name := "known"; value.is_known(v)],
	array.concat(
		[name | name := "unknown"; value.is_unknown(v)],
		[name | name := "absent"; value.is_absent(v)],
	),
)

test_known if {
	value.known({"known": false}) == false
	not value.known(unread)
	not value.known(absent)
}

test_text if {
	value.text({"known": 3}) == "3"
	value.text({"known": false}) == "false"
	value.text({"known": "a\"b"}) == `"a\"b"`
	value.text(unread) == "unknown (Ref Env)"
	value.text(absent) == "not set"
}

test_above if {
	value.above({"known": 901}, 900) == value.yes
	value.above({"known": 900}, 900) == value.no
	value.above(unread, 900) == value.unknown
	value.above(absent, 900) == value.no
}

test_below if {
	value.below({"known": 0}, 1) == value.yes
	value.below({"known": 1}, 1) == value.no
	value.below(unread, 1) == value.unknown
	value.below(absent, 1) == value.no
}

test_equals if {
	value.equals({"known": false}, false) == value.yes
	value.equals({"known": true}, false) == value.no
	value.equals({"known": "NONE"}, "NONE") == value.yes
	value.equals({"known": "none"}, "NONE") == value.no
	value.equals(unread, "NONE") == value.unknown
	value.equals(absent, "NONE") == value.no
}

test_equals_with_holes if {
	value.equals({"known": "${Role}"}, "${Role}") == value.yes
	value.equals({"known": "${Type}"}, "NONE") == value.unknown
	value.equals({"known": "nodejs${Major}.x"}, "nodejs24.x") == value.unknown
	value.equals({"known": "nodejs${Major}.x"}, "python3.14") == value.no
	value.equals({"known": "python${V}"}, "nodejs24.x") == value.no
	value.equals({"known": "${V}.x"}, "python3.14") == value.no
	value.equals({"known": "${Number}"}, 3) == value.no

	# Without holes, a common beginning and end say nothing; `${` without an end is text.
	value.equals({"known": "a"}, "aa") == value.no
	value.equals({"known": "a${"}, "ab") == value.no
}

test_one_of if {
	value.one_of({"known": "b"}, {"a", "b"}) == value.yes
	value.one_of({"known": "c"}, ["a", "b"]) == value.no
	value.one_of({"known": "c"}, []) == value.no
	value.one_of(unread, {"a"}) == value.unknown
	value.one_of(absent, {"a"}) == value.no
}

test_starts_with if {
	value.starts_with({"known": "arn:aws:"}, "arn:") == value.yes
	value.starts_with({"known": "ARN:"}, "arn:") == value.no
	value.starts_with({"known": "ar"}, "arn:") == value.no
	value.starts_with({"known": "arn:${P}"}, "arn:") == value.yes
	value.starts_with({"known": "ar${P}"}, "arn:") == value.unknown
	value.starts_with({"known": "role/${P}"}, "arn:") == value.no
	value.starts_with(unread, "arn:") == value.unknown
	value.starts_with(absent, "arn:") == value.no

	# `${` without an end is text.
	value.starts_with({"known": "ar${"}, "arn:") == value.no
}

test_matches if {
	value.matches({"known": "AKIA1"}, "^AKIA[0-9]$") == value.yes
	value.matches({"known": "AKIAX"}, "^AKIA[0-9]$") == value.no
	value.matches({"known": "AKIA${X}"}, "^AKIA") == value.unknown
	value.matches({"known": "AKIA${"}, "^AKIA") == value.yes
	value.matches({"known": "AKIA}"}, "^AKIA") == value.yes
	value.matches(unread, "^AKIA") == value.unknown
	value.matches(absent, "^AKIA") == value.no
}

# Kleene's tables for all nine pairs.
test_combined if {
	some_answers := [value.no, value.unknown, value.yes]
	[value.all_of([a, b]) | some a in some_answers; some b in some_answers] == [0, 0, 0, 0, 1, 1, 0, 1, 2]
	[value.any_of([a, b]) | some a in some_answers; some b in some_answers] == [0, 1, 2, 1, 1, 2, 2, 2, 2]
	[value.negated(a) | some a in some_answers] == [2, 1, 0]
	value.all_of([]) == value.yes
	value.any_of([]) == value.no
	value.all_of({value.yes, value.no}) == value.no
	value.any_of({value.yes, value.no}) == value.yes
}

test_unfilled if {
	value.unfilled("a:$\ufdd0{Fn.Arn}:$\ufdd0{B}") == "$\ufdd0{Fn.Arn} stands in a text without Fn::Sub" with input.format as "cloudformation"
	value.unfilled("$\ufdd0{foo}") == "$\ufdd0{foo} stays as it is, since Terraform has filled in the text" with input.format as "terraform"
	every text in ["${Fn}", "Fn", "$\ufdd0{Fn"] {
		not value.unfilled(text)
	}
}

test_filled_in if {
	value.filled_in("a:$\ufdd0{Fn}:${B}") == "a:${Fn}:${B}"
}
