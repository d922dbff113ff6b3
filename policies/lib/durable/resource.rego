# Resource patterns for durable executions. An execution's ARN is
# `arn:…:function:NAME:(VERSION|$LATEST)/durable-execution/NAME/ID` (service authorization reference, Lambda, "durable
# execution"), and the Lambda guide, "Security and permissions for durable functions", says what never matches one.
package durable_guard.lib.durable

import data.durable_guard.lib.grant
import data.durable_guard.lib.inventory
import data.durable_guard.lib.value

# Why the pattern matches no execution of any function; undefined when it may match one.
flaw(pattern) := $"matches nothing: {why}" if why := value.unfilled(pattern.text)

else := "names the function without a version" if _after_name(pattern.text) == ""

else := "has no version between the function and /durable-execution" if startswith(_after_name(pattern.text), "/")

else := "names an alias, and executions carry version numbers" if regex.match("^:[0-9]*[A-Za-z_-]", _after_name(pattern.text))

else := "ends at the version, before /durable-execution" if regex.match($`^:{_version}$`, _after_name(pattern.text))

else := "does not go on with /durable-execution/ after the version" if {
	path := regex.find_all_string_submatch_n($`^:{_version}/([^*?$]*)`, _after_name(pattern.text), 1)[0][1]
	not startswith(path, "durable-execution/")
	not startswith("durable-execution/", path)
}

else := "is no ARN of a durable execution" if {
	not regex.match(`[*?]|\$\{`, pattern.text)
	not _after_name(pattern.text)
}

_version := `(?:[0-9]+|\$LATEST(?:\.PUBLISHED)?)`

# What follows the function's name in a function ARN; undefined when the pattern is none, or when its name is a hole that
# may hold more than a name.
_after_name(text) := after if {
	[name, after] := name_and_rest(text)
	_is_name(name)
}

# The function's name in the pattern, up to the first wildcard, and all that follows; undefined when it is no function ARN.
name_and_rest(text) := [name, rest] if {
	some [_, name, rest] in regex.find_all_string_submatch_n(_function_arn, text, 1)
}

_function_arn := `^arn:(?:\$\{[^{}]*\}|[^:{}])*:lambda:(?:\$\{[^{}]*\}|[^:{}])*:(?:\$\{[^{}]*\}|[^:{}])*:function:((?:\$\{[^{}]*\}|[^:*?/{}])*)((?s).*)$`

_is_name(name) if regex.match(`^(?:[A-Za-z0-9_-]|\$\{AWS::[A-Za-z]+\})+$`, name)

_is_name(name) if functions_by_name[name]

# The declared functions whose name the pattern spells out.
functions_named(pattern) := [f |
	[name, rest] := name_and_rest(pattern.text)
	some address in sort(_named(name, rest))
	f := inventory.functions[address]
]

_named(name, rest) := _generated[name] if startswith(rest, "*")

else := functions_by_name[name]

# Declared functions by name; a generated name is a hole, and known to be nothing but a name.
functions_by_name[name] contains f.address if {
	some f in input.functions
	name := f.name
}

# Does the pattern take in every function? A hole that is the whole text may be `*`.
every_function(pattern) := value.yes if {
	["", rest] = name_and_rest(pattern.text)
	regex.match(`^\*+(?:[:/]|$)`, rest)
}

else := grant.every_resource(pattern)

# What a pattern takes in beyond the functions that it names, in words and with an answer of lib/value; undefined when it is
# confined to them.
reach(pattern) := {"answer": value.yes, "of": "every function"} if every_function(pattern) == value.yes

else := {"answer": value.yes, "of": "functions of every account"} if regex.match(_any_account, pattern.text)

else := {"answer": value.yes, "of": $"every function named {name}{wildcards}"} if {
	[name, rest] := name_and_rest(pattern.text)
	regex.match(`^[*?]`, rest)
	wildcards := regex.find_all_string_submatch_n(`^(?:\$\{[^{}]*\}|[^:/{}])*`, rest, 1)[0][0]
	not _generated[name]
}

else := {"answer": value.unknown, "of": "a Resource that is not known"} if every_function(pattern) == value.unknown

_any_account := `^arn:(?:\$\{[^{}]*\}|[^:{}])*:lambda:(?:\$\{[^{}]*\}|[^:{}])*:[^:]*[*?][^:]*:function:`

# Functions by what their generated name begins with, and no other's does: CloudFormation makes it of the stack's name, the
# logical id and random characters. So people write it who must not refer to the function itself.
_generated[beginning] contains f.address if {
	some f in input.functions
	f.name == concat("", ["${", f.address, "}"])
	some beginning in [f.name, concat("", ["${AWS::StackName}-", f.address, "-"])]
}
