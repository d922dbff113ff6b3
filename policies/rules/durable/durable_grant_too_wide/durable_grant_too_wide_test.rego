package durable_guard.rules.durable.durable_grant_too_wide_test

import data.durable_guard.lib.sample
import data.durable_guard.rules.durable.durable_grant_too_wide as rule

arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

checkpoint := "lambda:CheckpointDurableExecution"

state := "lambda:GetDurableExecutionState"

# The `:*` after a name says every version, not more.
test_confined_to_functions if {
	every resource in [$"{arn}:*", $"{arn}:*/durable-execution/*", arn, "arn:aws:lambda:*:111122223333:function:order-workflow:*"] {
		rule.finding == set() with input as of([sample.allow([checkpoint, state], [resource])])
	}
}

test_wider if {
	widths := {
		"*": "every function",
		"arn:aws:lambda:*:*:function:*": "every function",
		$"{arn}*": "every function named order-workflow*",
		"arn:aws:lambda:eu-west-1:*:function:order-workflow:*": "functions of every account",
	}
	every resource, width in widths {
		rule.finding == {{
			"address": "Role",
			"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
			"verdict": "deny",
			"message": $"{checkpoint} and {state} are granted on {width}",
			"evidence": [{"text": $"{resource}: {width}"}],
			"paste": {"actions": [checkpoint, state], "resources": [$"{arn}:*"]},
		}} with input as of([sample.allow(["lambda:*Durable*"], [$"{arn}:*", resource])])
	}
}

# The message tells of what is certain.
test_certain_before_unknown if {
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
		"verdict": "deny",
		"message": $"{state} is granted on every function",
		"evidence": [
			{"text": "${resourceArn}: a Resource that is not known"},
			{"text": "*: every function"},
		],
		"paste": {"actions": [state], "resources": [$"{arn}:*"]},
	}} with input as of([sample.allow([state], ["${resourceArn}", "*"])])
}

test_unknown_resource if {
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Resources/Role/Properties/Policies/0/PolicyDocument/Statement/0",
		"verdict": "unknown",
		"message": $"{state} is granted on a Resource that is not known",
		"evidence": [{"text": "${resourceArn}: a Resource that is not known"}],
		"paste": {"actions": [state], "resources": [$"{arn}:*"]},
	}} with input as of([sample.allow([state], ["${resourceArn}"])])
}

test_unknown_effect if {
	statement := object.union(object.remove(sample.allow([state], ["*"]), ["effect"]), {"effect": {"unknown": "Ref Effect"}})
	{found.verdict | some found in rule.finding} == {"unknown"} with input as of([statement])
}

# `lambda:*` and `lambda:Get*` on everything are WLD001 and WLD002; operators' actions are DUR016; a Deny may be wide.
test_other_statements if {
	every statement in [
		sample.allow(["lambda:*"], ["*"]),
		sample.allow(["lambda:Get*"], ["*"]),
		sample.allow(["lambda:StopDurableExecution"], ["*"]),
		sample.deny([checkpoint], ["*"]),
	] {
		rule.finding == set() with input as of([statement])
		rule.finding == set() with input as of_aws("strict", statement)
	}
}

test_nothing_to_paste_without_a_function if {
	unused := object.union(sample.policy("inline", [sample.allow([state], ["*"])]), {"functions": []})
	some found in rule.finding with input as object.union(of([]), {"policies": [unused]})
	object.keys(found) == {"address", "at", "verdict", "message", "evidence"}
}

test_paste_is_for_durable_functions if {
	plain := object.remove(sample.durable_function({}), ["durable"])
	some found in rule.finding with input as object.union(of([sample.allow([state], ["*"])]), {"functions": [plain]})
	not found.paste
}

test_managed_policy_of_aws_when_strict if {
	granting := sample.allow([checkpoint, state], ["*"])
	rule.finding == set() with input as of_aws("recommended", granting)
	rule.finding == {{
		"address": "Role",
		"at": "t.yaml#/Resources/Role/Properties/Policies",
		"verdict": "deny",
		"message": $"{checkpoint} and {state} are granted on every function",
		"evidence": [{"text": "*: every function"}],
		"paste": {"actions": [checkpoint, state], "resources": [$"{arn}:*"]},
	}} with input as of_aws("strict", granting)
	count(rule.finding) == 1 with input as object.union(of([granting]), {"settings": {"leastPrivilege": "strict"}})
}

test_examined if {
	rule.examined == {"Role"} with input as of([sample.allow([state], [$"{arn}:*"])])
	rule.examined == set() with input as of([sample.allow(["lambda:*"], ["*"])])
	rule.examined == set() with input as of_aws("recommended", sample.allow([state], ["*"]))
	rule.examined == {"Role"} with input as of_aws("strict", sample.allow([state], ["*"]))
}

of(statements) := sample.inventory({
	"settings": {"leastPrivilege": "recommended"},
	"functions": [sample.durable_function({})],
	"principals": [sample.role(["inline"], {})],
	"policies": [sample.policy("inline", statements)],
})

of_aws(strictness, statement) := object.union(of([]), {
	"settings": {"leastPrivilege": strictness},
	"policies": [object.union(sample.policy("inline", [statement]), {"kind": "aws"})],
})
