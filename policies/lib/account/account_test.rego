package durable_guard.lib.account_test

import data.durable_guard.lib.account
import data.durable_guard.lib.value

aws(text) := {"type": "AWS", "id": {"text": text, "lead": lead(text)}}

lead(text) := [{"hole": trim_suffix(trim_prefix(text, "${"), "}")}] if startswith(text, "${")

else := [{"literal": text}]

inventory := {
	"deployment": {"account": "${AWS::AccountId}"},
	"settings": {"accounts": ["222222222222"]},
	"functions": [{"arn": {"text": "arn:aws:lambda:eu-west-1:333333333333:function:f"}}],
	"keys": [{"arn": {"text": "arn:aws:kms:eu-west-1:444444444444:key/1"}}],
	"principals": [
		{"arn": {"text": "arn:aws:iam::555555555555:role/own"}, "external": false},
		{"arn": {"text": "arn:aws:iam::666666666666:role/theirs"}, "external": true},
	],
	"resources": [{"address": "User"}],
}

test_is_everyone if {
	account.is_everyone({"type": "*"})
	not account.is_everyone(aws("arn:aws:iam::999999999999:root"))
}

test_foreign if {
	every id in ["999999999999", "666666666666", "*", "9?9999999999"] {
		account.foreign(aws($"arn:aws:iam::{id}:root")) == value.yes with input as inventory
	}
	account.foreign(aws("arn:${AWS::Partition}:sts::999999999999:assumed-role/a/b")) == value.yes with input as inventory
}

test_own if {
	every id in ["${AWS::AccountId}", "222222222222", "333333333333", "444444444444", "555555555555"] {
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
