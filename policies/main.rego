# METADATA
# scope: subpackages
# schemas:
#   - input: schema.inventory
package durable_guard

# One entry per rule, keyed `family/rule_name`. An object and not a set: a set whose members hold sets is compared member
# by member, which is quadratic. A rule that lacks `finding` or `examined` has no entry; `test/judge` refuses that.
results[concat("/", [family, name])] := {
	"finding": data.durable_guard.rules[family][name].finding,
	"examined": data.durable_guard.rules[family][name].examined,
}

# What `can` asks: one answer for each of `input.questions`.
answers := data.durable_guard.lib.iam.answers
