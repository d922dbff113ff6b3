package durable_guard.lib.grant_test

import data.durable_guard.lib.grant
import data.durable_guard.lib.sample
import data.durable_guard.lib.value

# What the tests of the rules are made of: inventories with one policy, one statement.

pattern(text) := {"text": text, "lead": lead(text), "open": contains(text, "${")}

# Of a text that is one hole the lead begins with it; of others nothing here reads the lead.
lead(text) := [{"hole": trim_suffix(trim_prefix(text, "${"), "}")}] if startswith(text, "${")

else := [{"literal": text}]

# Not object.union alone, which would merge {"known"} and {"unknown"}.
with_fields(thing, fields) := object.union(object.remove(thing, object.keys(fields)), fields)

patterns(texts) := [p | some text in texts; p := pattern(text)]

# `Allow` on `*` unless the fields given say otherwise.
statement(fields) := with_fields(
	{
		"address": "Role",
		"at": "t.yaml#/Role/Statement/0",
		"effect": {"known": "Allow"},
		"actions": [],
		"notActions": [],
		"resources": patterns(["*"]),
		"notResources": [],
		"principals": [],
		"notPrincipals": [],
		"conditions": [],
	},
	fields,
)

policy(fields) := with_fields(
	{
		"id": "t.yaml#/Role/Policy",
		"address": "Role",
		"at": "t.yaml#/Role/Policy",
		"name": "inline",
		"kind": "inline",
		"statements": [],
		"heldBy": ["Role"],
		"functions": ["Fn"],
		"boundaryOnly": false,
	},
	fields,
)

inventory(fields) := with_fields(
	{
		"format": "cloudformation",
		"settings": {"wildcards": "recommended"},
		"functions": [{"address": "Fn", "at": "t.yaml#/Fn"}],
		"policies": [],
		"resourcePolicies": [],
		"resources": [{"address": "Queue", "at": "t.yaml#/Queue", "type": "AWS::Custom::Queue"}],
	},
	fields,
)

# One statement in the inline policy of the role that Fn runs with.
on_role(fields) := inventory({"policies": [policy({"statements": [statement(fields)]})]})

# The same in a managed policy that no function's role has.
elsewhere(fields) := inventory({"policies": [policy({
	"statements": [statement(fields)],
	"kind": "managed",
	"heldBy": ["Developer"],
	"functions": [],
})]})

# One statement in a resource policy of Fn.
on_function(fields) := inventory({"resourcePolicies": [{
	"address": "Permission",
	"at": "t.yaml#/Permission",
	"kind": "permission",
	"function": "Fn",
	"statements": [statement(object.union({"address": "Permission", "at": "t.yaml#/Permission"}, fields))],
}]})

runs_with_it := {"text": "function Fn runs with it", "address": "Fn", "at": "t.yaml#/Fn"}

# Tests of the library itself.

test_identity_leaves_out_what_is_not_written_here if {
	own := policy({"address": "Own", "statements": [statement({})]})
	aws := policy({"address": "Aws", "kind": "aws", "statements": [statement({})]})
	boundary := policy({"address": "Boundary", "boundaryOnly": true, "statements": [statement({})]})
	given := inventory({"policies": [own, aws, boundary]})
	grant.identity == [{"statement": statement({}), "functions": ["Fn"], "heldBy": ["Role"]}] with input as given
	grant.identity_examined == {"Own"} with input as given
	grant.everywhere_examined == {"Own"} with input as given
}

test_on_functions_leaves_out_layers if {
	given := on_function({})
	layer := json.unmarshal(replace(json.marshal(given), `"permission"`, `"layer permission"`))
	grant.on_functions == [{
		"statement": statement({"address": "Permission", "at": "t.yaml#/Permission"}),
		"functions": ["Fn"],
	}] with input as given
	grant.everywhere_examined == {"Permission"} with input as given
	grant.on_functions == [] with input as layer
	grant.everywhere_examined == set() with input as layer
}

test_on_functions_outside_the_documents if {
	outside := {"address": "P", "at": "t#/P", "kind": "permission", "statements": [statement({})]}
	grant.on_functions == [{"statement": statement({}), "functions": []}] with input as inventory({"resourcePolicies": [outside]})
}

test_trust_policies_are_held_by_their_roles if {
	statement := sample.statement({"actions": [sample.action("sts:*")]})
	given := sample.inventory({"principals": [
		sample.role([], {"trust": [statement]}),
		sample.role([], {"address": "Idle", "trust": [], "functions": []}),
	]})
	grant.everywhere == [{"statement": statement, "functions": ["Fn"], "heldBy": ["Role"]}] with input as given
	grant.everywhere_examined == {"Role"} with input as given
	grant.identity == [] with input as given
}

test_everywhere_is_both if {
	both := object.union(on_role({}), {"resourcePolicies": on_function({}).resourcePolicies})
	count(grant.everywhere) == 2 with input as both
	grant.everywhere_examined == {"Role", "Permission"} with input as both
	grant.identity_examined == {"Role"} with input as both
}

test_allows if {
	grant.allows({"effect": {"known": "Allow"}}) == value.yes
	grant.allows({"effect": {"known": "Deny"}}) == value.no
	grant.allows({"effect": {"unknown": "Fn::If"}}) == value.unknown
}

test_at_level if {
	grant.at_level({"functions": ["Fn"]}, {"verdict": "deny"}) == {"verdict": "deny"}
	grant.at_level({"functions": []}, {"verdict": "deny"}) == {"verdict": "deny", "level": "warn"}
}

test_facts if {
	resource := {"text": "Resource is *"}
	conditions := [
		{"text": "a condition on aws:resourceaccount applies"},
		{"text": "a condition on something that cannot be read applies"},
	]
	narrowed := statement({"conditions": [{"key": "aws:resourceaccount"}, {"key": ""}]})
	identity := {"statement": narrowed, "functions": ["Fn"], "heldBy": ["Role"]}
	of_function := {"statement": narrowed, "functions": ["Fn"]}
	bare := {"statement": statement({"resources": []}), "functions": [], "heldBy": ["Role"]}
	of_nothing := {"statement": statement({}), "functions": []}
	grant.facts(identity) == [resource, conditions[0], conditions[1], runs_with_it] with input as inventory({})
	grant.facts(of_function) == array.concat(conditions, [{"text": "it is on function Fn"}]) with input as inventory({})

	# Functions that run with something else are not told of.
	two_functions := inventory({"functions": [{"address": "Fn", "at": "t.yaml#/Fn"}, {"address": "Other", "at": "t.yaml#/Other"}]})
	grant.facts(identity) == [resource, conditions[0], conditions[1], runs_with_it] with input as two_functions
	grant.facts(bare) == [{"text": "Role has it"}] with input as inventory({})
	grant.facts(of_nothing) == [] with input as inventory({})
}

test_texts if grant.texts([{"text": "a"}, {"text": "b"}]) == ["a", "b"]

test_listed if {
	grant.listed(["a", "b", "c"]) == "a, b, c"
	grant.listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
}

test_every_action if {
	every text in ["*", "**", "?*", "s3:*", "S3:**", "s3:?*", "${Service}:*", "${AWS::X}:*", "*:*"] {
		grant.every_action(pattern(text)) == value.yes
	}
	every text in ["${Actions}", "s3:${Action}", "s3:${Prefix}*", "*${Actions}", "${A}:${B}", "s3:${A}${B}"] {
		grant.every_action(pattern(text)) == value.unknown
	}
	every text in ["s3:Get*", "s3:*Object", "s3:GetObject", "s3:Get${What}", "${S}:GetObject", "s3:?", "", "a:b:*"] {
		grant.every_action(pattern(text)) == value.no
	}
}

test_every_resource if {
	every text in [
		"*", "**", "*:*", "arn:*", "arn:aws:s3:*", "arn:aws:s3:::*", "arn:aws:logs:*:*:*", "arn:aws:logs:*:*:*:*",
		"arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:*", "arn:aws:s3:::*/*",
	] {
		grant.every_resource(pattern(text)) == value.yes with input as inventory({})
	}
	every text in [
		"arn:aws:s3:::bucket/*", "arn:aws:s3:::${Bucket}/*", "arn:aws:s3:::${Bucket}", "${Queue.Arn}", "${Queue}",
		"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/f:*", "arn:aws:sqs:eu-west-1:123456789012:orders-*",
		"arn:aws:lambda:eu-west-1:123456789012:function:*", "${BucketArn}/*", "?", "", "${Fn::ImportValue OrdersArn}",
	] {
		grant.every_resource(pattern(text)) == value.no with input as inventory({})
	}
	grant.every_resource(pattern("${QueueArn}")) == value.unknown with input as inventory({})
	grant.every_resource(pattern("${QueueArn}")) == value.no with input as inventory({"format": "terraform"})
}

test_every_of_a_type if {
	every text in [
		"arn:aws:lambda:eu-west-1:123456789012:function:*", "arn:aws:dynamodb:*:*:table/*",
		"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*:*", "arn:aws:iam::123456789012:role/*",
	] {
		grant.every_of_a_type(pattern(text))
	}
	every text in [
		"arn:aws:s3:::bucket/*", "arn:aws:sns:eu-west-1:123456789012:topic:*", "arn:aws:s3:::*", "*",
		"arn:aws:dynamodb:eu-west-1:123456789012:table/orders", "arn:aws:dynamodb:eu-west-1:123456789012:table/${Orders}/*",
	] {
		not grant.every_of_a_type(pattern(text))
	}
}

# What the API references of IAM, Lambda and KMS say the actions do: they change what an identity has, who it may be, how far
# it may go, whose it is; what a function does, has and lets in; who may use a key, and whether anybody may.
test_ways_up if {
	policies_of := {$"iam:{verb}{whose}Policy" | some verb in ["Attach", "Put"]; some whose in ["Group", "Role", "User"]}
	boundaries := {$"iam:{verb}{whose}PermissionsBoundary" | some verb in ["Put", "Delete"]; some whose in ["Role", "User"]}
	versions := {"iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"}
	members := {"iam:AddUserToGroup", "iam:UpdateAssumeRolePolicy"}
	credentials := {"iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"}
	code := {$"lambda:{verb}" | some verb in ["CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration"]}
	callers := {"lambda:AddPermission", "lambda:PutResourcePolicy"}
	expected := {
		"pass any role": {"iam:PassRole"},
		"change identities": ((((policies_of | boundaries) | versions) | members) | credentials),
		"change functions": (code | callers),
		"administer keys": {"kms:CreateGrant", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"},
	}
	every what, actions in expected {
		{action | some action, does in grant.ways_up; does == what} == actions
	}
	{does | some does in grant.ways_up} == object.keys(expected)
}

# What a statement certainly or perhaps lets its holder do with every function, and nothing of other statements.
on_all_functions(statement) := answers if {
	granted := {"statement": statement, "functions": [], "heldBy": ["Role"]}
	held := grant.on_all_functions(granted, grant.by_lower_case({"lambda:InvokeFunction"})) with input as sample.inventory({
		"format": "cloudformation",
		"principals": [sample.role([], {})],
	})
	answers := [[answer, action] | some [answer, action, _] in held]
}

test_on_all_functions if {
	on_all_functions(sample.allow(["lambda:InvokeFunction"], ["*"])) == [[value.yes, "lambda:InvokeFunction"]]
	on_all_functions(sample.allow(["lambda:InvokeFunction"], ["${any}"])) == [[value.unknown, "lambda:InvokeFunction"]]
	on_all_functions(sample.allow(["lambda:InvokeFunction"], ["arn:aws:lambda:eu-west-1:111122223333:function:one"])) == []
	on_all_functions(sample.deny(["lambda:InvokeFunction"], ["*"])) == []
}

test_names if {
	given := grant.by_lower_case({"lambda:CreateFunction", "lambda:UpdateFunctionCode"})
	grant.names(sample.allow(["lambda:Update*"], ["*"]), given) == {"lambda:UpdateFunctionCode": value.yes}
	grant.names(sample.allow(["LAMBDA:createfunction"], ["*"]), given) == {"lambda:CreateFunction": value.yes}
	grant.names(sample.allow(["lambda:*"], ["*"]), given) == {}
}

# A boundary that speaks of an action only to deny it does not let it through.
test_a_boundary_that_denies if {
	role := sample.role([], {"boundary": {"address": "Role", "at": "t.yaml#/", "policy": "boundary"}})
	statements := [sample.allow(["s3:*"], ["*"]), sample.deny(["iam:PassRole"], ["arn:aws:iam::111122223333:role/x"])]
	grant.is_denied(role, "iam:PassRole") with input as sample.inventory({"policies": [sample.policy("boundary", statements)]})
}
