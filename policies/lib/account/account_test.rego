package durable_guard.lib.account_test

import data.durable_guard.lib.account
import data.durable_guard.lib.value

aws(text) := {"type": "AWS", "id": {"text": text, "lead": lead(text)}}

lead(text) := [{"hole": trim_suffix(trim_prefix(text, "${"), "}")}] if startswith(text, "${")

else := [{"literal": text}]

inventory := {
	"ownAccounts": ["${AWS::AccountId}", "222222222222"],
	"resources": [{"address": "User"}],
}

test_is_everyone if {
	account.is_everyone({"type": "*"})
	not account.is_everyone(aws("arn:aws:iam::999999999999:root"))
}

test_foreign if {
	every id in ["999999999999", "*", "9?9999999999"] {
		account.foreign(aws($"arn:aws:iam::{id}:root")) == value.yes with input as inventory
	}
	account.foreign(aws("arn:${AWS::Partition}:sts::999999999999:assumed-role/a/b")) == value.yes with input as inventory
}

test_own if {
	every id in ["${AWS::AccountId}", "222222222222"] {
		account.foreign(aws(concat("", ["arn:${AWS::Partition}:iam::", id, ":role/x"]))) == value.no with input as inventory
	}
	account.foreign(aws("${User.Arn}")) == value.no with input as inventory
	account.foreign(aws("AROA1234567890EXAMPLE")) == value.no with input as inventory
}

test_others_have_no_account if {
	account.foreign({"type": "Service", "id": {"text": "s3.amazonaws.com"}}) == value.no with input as inventory
	account.foreign({"type": "*", "id": {"text": "*"}}) == value.no with input as inventory
}

test_unknown if {
	account.foreign(aws("${Partner}")) == value.unknown with input as inventory
	account.foreign(aws("arn:aws:iam::${Partner}:root")) == value.unknown with input as inventory
	account.foreign({"type": "unknown", "id": {"text": "${X}"}}) == value.unknown with input as inventory
}

# Only an AWS principal is in an account as somebody who may come from there: an identity provider is no account's user.
test_an_identity_provider_is_nobody if {
	provider := {"type": "Federated", "id": {"text": "arn:aws:iam::999999999999:saml-provider/x"}}
	account.foreign(provider) == value.no with input as {"ownAccounts": ["111122223333"], "resources": []}
}
