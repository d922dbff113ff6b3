# Things of the inventory by what other things call them. Each object is built once in an evaluation, so that no rule
# searches. A missing entry is undefined.
package durable_guard.lib.inventory

functions[address] := thing if {
	some thing in input.functions
	address := thing.address
}

principals[address] := thing if {
	some thing in input.principals
	address := thing.address
}

policies[id] := thing if {
	some thing in input.policies
	id := thing.id
}

# A policy by its name, or by its address while it has none of its own: Terraform makes one up.
called(policy) := policy.name if policy.name != ""

else := policy.address

keys[address] := thing if {
	some thing in input.keys
	address := thing.address
}

# The execution role of a function; roles outside the documents are principals too.
role_of(f) := principals[f.role.address]

durable_functions contains f if {
	some f in input.functions
	f.durable
}
