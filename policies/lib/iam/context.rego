# What the documents say about a request: condition keys with their values, and keys that are certainly not there.
package durable_guard.lib.iam

_deployment := {entry.key: entry.value | some entry in input.context}

_keys_of_services := ["aws:sourcearn", "aws:sourceaccount"]

# Lambda and KMS answer over TLS only.
_always := {"aws:securetransport": literal("true")}

_own := object.union(_always, object.remove(_deployment, ["kms:viaservice"]))

# A request that the function's own code makes under its execution role.
from_function(principal, f) := {
	"present": object.union(_own, {
		"aws:principalarn": principal.arn,
		"aws:principalisawsservice": literal("false"),
		"aws:viaawsservice": literal("false"),
		"lambda:sourcefunctionarn": f.arn,
	}),
	"absent": array.concat(_keys_of_services, ["kms:viaservice"]),
}

# A request that Lambda makes with the execution role's credentials, for durable state (Lambda guide, "Encrypting durable
# execution data": they do not carry aws:SourceArn and aws:SourceAccount).
through_lambda(principal, f) := {
	"present": object.union(object.union(_always, _deployment), {
		"aws:principalarn": principal.arn,
		"aws:principalisawsservice": literal("false"),
		"aws:viaawsservice": literal("true"),
		"kms:encryptioncontext:aws:lambda:functionarn": f.arn,
	}),
	"absent": _keys_of_services,
}

# A request that Lambda makes as a service, for durable state.
from_lambda(f) := {
	"present": object.union(object.remove(_own, ["aws:principalaccount", "kms:calleraccount"]), {
		"aws:principalisawsservice": literal("true"),
		"aws:sourcearn": f.arn,
		"aws:sourceaccount": _deployment["aws:principalaccount"],
		"kms:encryptioncontext:aws:lambda:functionarn": f.arn,
	}),
	"absent": [],
}

# A request of which only the principal is known: it is no service. A user's name is in it, a role has none (IAM user guide,
# "AWS global condition context keys", aws:username).
from_principal(principal) := {
	"present": object.union(
		object.remove(_deployment, ["kms:viaservice"]),
		object.union(_user_name(principal), {
			"aws:principalarn": principal.arn,
			"aws:principalisawsservice": literal("false"),
		}),
	),
	"absent": ["aws:username" | principal.kind == "role"],
}

_user_name(principal) := {"aws:username": literal(principal.name) | principal.kind == "user"}
