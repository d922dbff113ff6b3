package durable_guard.lib.iam_test

import data.durable_guard.lib.iam
import data.durable_guard.lib.sample

keys_of(made) := {"present": {key: value.text | some key, value in made.present}, "absent": made.absent}

deployment := {
	"aws:requestedregion": "eu-west-1",
	"aws:principalaccount": "111122223333",
	"aws:resourceaccount": "111122223333",
	"kms:calleraccount": "111122223333",
}

# By whom a request is made, and what AWS puts into it then.
test_contexts if {
	f := sample.function({})
	principal := sample.role([], {})
	own := object.union(deployment, {
		"aws:principalarn": principal.arn.text,
		"aws:principalisawsservice": "false",
		"aws:securetransport": "true",
	})
	through := {
		"kms:viaservice": "lambda.eu-west-1.amazonaws.com",
		"aws:viaawsservice": "true",
		"kms:encryptioncontext:aws:lambda:functionarn": f.arn.text,
	}
	from_function := iam.from_function(principal, f) with input as sample.inventory({})
	keys_of(from_function) == {
		"present": object.union(own, {"aws:viaawsservice": "false", "lambda:sourcefunctionarn": f.arn.text}),
		"absent": ["aws:sourcearn", "aws:sourceaccount", "kms:viaservice"],
	}
	through_lambda := iam.through_lambda(principal, f) with input as sample.inventory({})
	keys_of(through_lambda) == {
		"present": object.union(own, through),
		"absent": ["aws:sourcearn", "aws:sourceaccount"],
	}
	from_lambda := iam.from_lambda(f) with input as sample.inventory({})
	keys_of(from_lambda) == {
		"present": {
			"aws:requestedregion": "eu-west-1",
			"aws:resourceaccount": "111122223333",
			"aws:principalisawsservice": "true",
			"aws:securetransport": "true",
			"aws:sourcearn": f.arn.text,
			"aws:sourceaccount": "111122223333",
			"kms:encryptioncontext:aws:lambda:functionarn": f.arn.text,
		},
		"absent": [],
	}
	from_principal := iam.from_principal(principal) with input as sample.inventory({})
	keys_of(from_principal) == {
		"present": object.union(deployment, {"aws:principalarn": principal.arn.text, "aws:principalisawsservice": "false"}),
		"absent": ["aws:username"],
	}
}
