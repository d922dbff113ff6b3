# METADATA
# title: DurableConfig names a key whose policy does not let Lambda and the execution role use it
# description: >-
#   Lambda encrypts durable state with its own service principal and reads it back with the execution role's credentials,
#   so the key's policy must let lambda.amazonaws.com generate data keys and decrypt, and the role decrypt. Without either
#   half the first checkpoint, or the first replay, fails the execution for good.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-encryption.html
#     description: Encrypting durable execution data
# custom:
#   id: KMS003
#   level: deny
#   severity: high
#   remediation: >-
#     In the key policy allow lambda.amazonaws.com kms:GenerateDataKey and kms:Decrypt, limited to the function, and the
#     execution role kms:Decrypt, without aws:SourceArn.
#   sources:
#     - A6
#     - F§7
package durable_guard.rules.kms.durable_key_without_its_policy

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.iam
import data.durable_guard.lib.inventory
import data.durable_guard.lib.kms
import data.durable_guard.lib.value

# Lambda's half.
finding contains kms.with_service_repair(found, use.declared, context, service_statement(use.function)) if {
	some use in declared
	context := iam.from_lambda(use.function)
	asked := [{"action": action, "answer": iam.decide_key_for_service(use.declared, lambda, action, context)} | some action in needed]
	missing := value.negated(value.all_of([each.answer | some each in asked]))
	message := $"The policy of key {use.declared.address} must let {lambda} generate data keys and decrypt for {use.function.address}"
	evidence := [fact | some each in asked; some fact in kms.told_service(use.declared, lambda, context, each)]
	found := result.judged(missing, use.place, message, evidence)
}

# The execution role's half. A role of which something cannot be read is left to DUR001.
finding contains kms.with_key_repair(found, use, role_statement(use)) if {
	some use in declared
	asked := {"action": "kms:Decrypt", "answer": kms.decide(use.principal, use.key, "kms:Decrypt", use.context)}
	not kms.hangs_on_unread(use.principal, asked.answer)
	message := $"Role {use.principal.address} must be allowed to decrypt with key {use.declared.address} when Lambda reads the state of {use.function.address}"
	found := result.judged(value.negated(asked.answer), use.place, message, kms.told(use, asked))
}

finding contains result.unknown(use.place, message, [result.fact(what)]) if {
	some use in uses
	not use.key.key
	message := $"The policy of key {kms.name(use.key)} of {use.function.address} is not in the documents"
	what := $"it must let {lambda} use kms:GenerateDataKey and kms:Decrypt, and role {use.principal.address} kms:Decrypt"
}

# Milder: Lambda may use the key for any function of any account.
finding contains result.warn(statement, message, evidence) if {
	some address, functions in functions_by_key
	key := inventory.keys[address]
	some statement in key.statements
	is_for_lambda(statement)
	not is_confined(statement)
	not is_confined_by_deny(key)
	message := $"The policy of key {address} lets {lambda} use it for any function of any account"
	evidence := [result.fact($"{f} encrypts its durable state with it") | some f in functions]
}

examined contains use.function.address if some use in uses

lambda := "lambda.amazonaws.com"

needed := ["kms:GenerateDataKey", "kms:Decrypt"]

uses := [use |
	some f in input.functions
	f.durable.certain
	kms.is_given(f.durable.kmsKey)
	principal := inventory.role_of(f)
	use := {
		"place": {"address": f.address, "at": f.durable.kmsKey.at},
		"function": f,
		"principal": principal,
		"key": f.durable.kmsKey,
		"context": iam.through_lambda(principal, f),
	}
]

declared := [object.union(use, {"declared": key}) |
	some use in uses
	key := inventory.keys[use.key.key]
]

functions_by_key[use.declared.address] contains use.function.address if some use in declared

is_for_lambda(statement) if {
	value.equals(statement.effect, "Allow") == value.yes
	some named in statement.principals
	named.type == "Service"
	named.id.text == lambda
	some action in needed
	iam.names_action(statement, action) == value.yes
}

is_confined(statement) if {
	some condition in statement.conditions
	condition.key in confining
}

is_confined_by_deny(key) if {
	some statement in key.statements
	value.equals(statement.effect, "Deny") == value.yes
	is_confined(statement)
}

# Keys that say for which function, or for whose, Lambda asks. An unread condition, "", may be one of them.
confining := {
	"aws:sourcearn",
	"aws:sourceaccount",
	"aws:sourceorgid",
	"aws:sourceorgpaths",
	"kms:encryptioncontext:aws:lambda:functionarn",
	"",
}

service_statement(f) := result.resource_statement(lambda, needed, ["*"], array.concat(
	[{"operator": "StringEquals", "key": "aws:SourceAccount", "value": input.deployment.account}],
	[{"operator": "StringEquals", "key": key, "value": f.arn.text} |
		some key in ["aws:SourceArn", "kms:EncryptionContext:aws:lambda:FunctionArn"]
		is_settled(f)
	],
))

role_statement(use) := result.resource_statement(use.principal.arn.text, ["kms:Decrypt"], ["*"], array.concat(
	[{"operator": "StringEquals", "key": "kms:ViaService", "value": use.context.present["kms:viaservice"].text}],
	[{"operator": "StringEquals", "key": "kms:EncryptionContext:aws:lambda:FunctionArn", "value": use.function.arn.text} |
		is_settled(use.function)
	],
))

# A key policy cannot name a function with a generated name that itself names the key: the references would go round.
is_settled(f) if not f.arn.open
