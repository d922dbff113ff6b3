# Parts of an inventory, for tests of rules: written as short as a policy is, prepared as `src/inventory/pattern.ts` does
# (without the deployment's own Region and account standing for literals). In texts a hole whose name begins with a
# capital letter, `${Key}`, is the generated name of a declared resource; any other hole may be anything.
package durable_guard.lib.sample

# The thing with these fields in place of its own: `object.union` would leave {"known"} beside {"unknown"}.
with_fields(thing, fields) := object.union(object.remove(thing, object.keys(fields)), fields)

region := "eu-west-1"

account := "111122223333"

# An inventory with these fields, deployed to one Region and account.
inventory(fields) := with_fields(
	{
		"format": "cloudformation",
		"deployment": {"partition": "aws", "region": region, "account": account},
		"context": [
			{"key": "aws:requestedregion", "value": text(region)},
			{"key": "aws:principalaccount", "value": text(account)},
			{"key": "aws:resourceaccount", "value": text(account)},
			{"key": "kms:calleraccount", "value": text(account)},
			{"key": "kms:viaservice", "value": text($"lambda.{region}.amazonaws.com")},
		],
		"accountRoot": text($"arn:aws:iam::{account}:root"),
		"ownAccounts": [account],
		"today": "2026-11-22",
		"settings": {"audit": "optional", "serdesKeys": [], "sensitiveTags": [], "durableRuntimes": []},
		"functions": [],
		"principals": [],
		"policies": [],
		"keys": [],
		"invocations": [],
		"resourcePolicies": [],
		"trails": [],
	},
	fields,
)

# A resource of the template, at the place of its properties' path.
at(address, path) := $"t.yaml#/Resources/{address}{path}"

# A durable function `Fn` and its role `Role`, with these fields.
function(fields) := with_fields(
	{
		"address": "Fn",
		"at": at("Fn", ""),
		"name": "order-workflow",
		"arn": text($"arn:aws:lambda:{region}:{account}:function:order-workflow"),
		"role": {"at": at("Fn", "/Properties/Role"), "arn": {"known": "…"}, "address": "Role"},
		"durable": durable({}),
		"packageType": {"known": "Zip"},
		"serdesKeys": [],
		"environment": [],
		"destinations": [],
		"versions": [],
		"aliases": [],
		"tags": [],
		"managedInstances": false,
	},
	fields,
)

durable(fields) := with_fields(
	{
		"at": at("Fn", "/Properties/DurableConfig"),
		"certain": true,
		"malformed": false,
		"executionTimeout": {"known": 3600},
	},
	fields,
)

# The role `Role` of function `Fn`, holding the policies of these ids.
role(policies, fields) := with_fields(
	{
		"address": "Role",
		"at": at("Role", ""),
		"kind": "role",
		"name": "order-workflow-role",
		"arn": text($"arn:aws:iam::{account}:role/order-workflow-role"),
		"external": false,
		"policies": [{"address": "Role", "at": at("Role", "/Properties/Policies"), "policy": id} | some id in policies],
		"functions": ["Fn"],
	},
	fields,
)

# An inline policy of that role.
policy(id, statements) := {
	"address": "Role",
	"at": at("Role", $"/Properties/Policies/{id}"),
	"id": id,
	"name": id,
	"kind": "inline",
	"statements": statements,
	"heldBy": ["Role"],
	"functions": ["Fn"],
	"boundaryOnly": false,
}

key(statements, fields) := with_fields(
	{
		"address": "Key",
		"at": at("Key", ""),
		"arn": text(key_arn),
		"aliases": [],
		"spec": {"known": "SYMMETRIC_DEFAULT"},
		"usage": {"known": "ENCRYPT_DECRYPT"},
		"enabled": {"known": true},
		"rotation": {"known": true},
		"pendingWindow": {"known": 30},
		"deletionPolicy": {"known": "Delete"},
		"statements": [with_fields(statement, {"address": "Key"}) | some statement in statements],
		"defaultPolicy": false,
		"policyAt": at("Key", "/Properties/KeyPolicy"),
		"grants": [],
		"usedBy": ["Fn"],
	},
	fields,
)

key_arn := $"arn:aws:kms:{region}:{account}:key/1234abcd"

# A mention of that key in the function's properties.
key_reference(path) := {
	"at": at("Fn", path),
	"text": {"known": key_arn},
	"arn": text(key_arn),
	"key": "Key",
}

foreign_key_arn := $"arn:aws:kms:{region}:{account}:key/9999ffff"

# A mention of a key that is not in the documents.
foreign_key_reference(path) := {
	"at": at("Fn", path),
	"text": {"known": foreign_key_arn},
	"arn": text(foreign_key_arn),
}

allow(actions, resources) := statement({
	"at": at("Role", "/Properties/Policies/0/PolicyDocument/Statement/0"),
	"actions": [action(each) | some each in actions],
	"resources": [pattern(each) | some each in resources],
})

deny(actions, resources) := with_fields(allow(actions, resources), {
	"at": at("Role", "/Properties/Policies/0/PolicyDocument/Statement/1"),
	"effect": {"known": "Deny"},
})

# A statement of a resource policy; `who` is [type, id].
allow_to(who, actions) := with_fields(allow(actions, ["*"]), {
	"at": at("Key", "/Properties/KeyPolicy/Statement/0"),
	"principals": principals(who),
})

principals(who) := [{"at": at("Key", "/Properties/KeyPolicy/Statement/0/Principal"), "type": who[0], "id": pattern(who[1])}]

# Statement that lets the account's identity policies decide.
to_account := allow_to(["AWS", $"arn:aws:iam::{account}:root"], ["kms:*"])

with_conditions(given, conditions) := with_fields(given, {"conditions": conditions})

condition(operator, key_name, values) := {
	"at": at("Role", "/Properties/Policies/0/PolicyDocument/Statement/0/Condition"),
	"operator": operator,
	"ifExists": false,
	"quantifier": "",
	"key": lower(key_name),
	"values": [pattern(each) | some each in values],
}

statement(fields) := with_fields(
	{
		"address": "Role",
		"effect": {"known": "Allow"},
		"actions": [],
		"notActions": [],
		"services": ["*"],
		"resources": [],
		"notResources": [],
		"principals": [],
		"notPrincipals": [],
		"conditions": [],
	},
	fields,
)

# Texts and patterns.

text(given) := {
	"text": given,
	"form": _form(given),
	"lead": _steps($"{_body(given)}{_end}"),
	"tail": _tail(_body(given)),
	"open": _is_open(given),
	"arn": _is_settled(given),
}

pattern(given) := with_fields(object.remove(text(given), ["form"]), {
	"lead": _pattern_lead(given),
	"sure": $"(?s)^{_expression(given)}$",
	"possible": $"(?s)^{_possible(given)}$",
	"scope": $"(?s)^{_scope(given)}",
})

action(given) := with_fields(pattern(given), {
	"lead": [],
	"tail": "",
	"sure": $"(?is)^{_expression(given)}$",
	"possible": $"(?is)^{_possible(given)}$",
})

_end := "\u0003"

_field := `(?:\$\{[^}]*\}|[^:$])*`

_arn := $"^(arn:{_field}:{_field}:{_field}:{_field}:)(.+)$"

_parts(given) := regex.find_all_string_submatch_n(_arn, given, 1)[0]

_is_settled(given) if not regex.match(`[*?]|\$\{[^A]`, _parts(given)[1])

else := false

_body(given) := _parts(given)[2] if _is_settled(given)

else := given

_is_open(given) if regex.match(`\$\{`, _body(given))

else if regex.match("\\$\\{[a-z]", given)

else := false

# Of an ARN whose fields are not settled the lead says nothing.
_pattern_lead(given) := [] if {
	_parts(given)
	not _is_settled(given)
}

else := _lead(_body(given))

_lead(body) := _steps(regex.find_all_string_submatch_n(`^[^*?]*`, body, 1)[0][0]) if regex.match(`[*?]`, body)

else := _steps($"{body}{_end}")

_steps(body) := [step |
	some match in regex.find_all_string_submatch_n(`\$\{([^}]*)\}|((?:[^$]|\$[^{])+)`, body, -1)
	step := _step(match[1], match[2])
]

_step("", literal) := {"literal": literal}

_step(name, "") := {"identity": name} if regex.match(`^[A-Z]\w*$`, name)

else := {"hole": name}

_tail(body) := regex.find_all_string_submatch_n(`[^}*?]*$`, body, 1)[0][0]

# Holes stand between two characters that no document has.
_form(given) := replace(replace(given, "${", "\u0001"), "}", "\u0002")

_anything := "(?:[^\u0001]|\u0001[^\u0002]*\u0002)*"

_expression(given) := strings.replace_n(object.union(_escapes, {"*": _anything, "?": "[^\u0001]"}), _form(given))

_possible(given) := concat("", [expression |
	some [_, literal, hole] in regex.find_all_string_submatch_n(`((?:[^$]|\$[^{])+)|(\$\{[^}]*\})`, given, -1)
	expression := _piece(literal, hole)
])

_piece(literal, "") := _expression(literal)

_piece("", hole) := _anything if hole != ""

_escapes := {special: $"\\{special}" | some special in ["\\", "^", "$", ".", "+", "(", ")", "[", "]", "{", "}", "|"]}

_scope(given) := strings.replace_n(_escapes, _form(_parts(given)[1])) if _is_settled(given)

else := ""

test_text if {
	text("arn:aws:kms:eu-west-1:111122223333:key/1") == {
		"text": "arn:aws:kms:eu-west-1:111122223333:key/1",
		"form": "arn:aws:kms:eu-west-1:111122223333:key/1",
		"lead": [{"literal": "key/1\u0003"}],
		"tail": "key/1",
		"open": false,
		"arn": true,
	}
	text("key/${Key}/${param}/x") == {
		"text": "key/${Key}/${param}/x",
		"form": "key/\u0001Key\u0002/\u0001param\u0002/x",
		"lead": [
			{"literal": "key/"},
			{"identity": "Key"},
			{"literal": "/"},
			{"hole": "param"},
			{"literal": "/x\u0003"},
		],
		"tail": "/x",
		"open": true,
		"arn": false,
	}
}

test_pattern if {
	star := pattern("*")
	object.remove(star, ["sure", "possible", "scope"]) == {"text": "*", "lead": [], "tail": "", "open": false, "arn": false}
	regex.match(star.sure, text("arn:aws:kms:eu-west-1:111122223333:key/${Key}").form)
	keys := pattern("arn:aws:kms:eu-west-1:111122223333:key/*")
	keys.lead == [{"literal": "key/"}]
	regex.match(keys.sure, "arn:aws:kms:eu-west-1:111122223333:key/1")
	not regex.match(keys.sure, "arn:aws:kms:eu-west-1:111122223333:alias/1")
	regex.match(keys.scope, "arn:aws:kms:eu-west-1:111122223333:alias/1")
	not regex.match(keys.scope, "arn:aws:kms:eu-west-2:111122223333:key/1")
	regex.match(pattern("key/${param}").possible, "key/1")
	not regex.match(pattern("key/${param}").possible, "alias/1")
	regex.match(action("kms:Re*").sure, "KMS:ReEncryptTo")
}
