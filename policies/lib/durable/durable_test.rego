package durable_guard.lib.durable_test

import data.durable_guard.lib.durable
import data.durable_guard.lib.sample
import data.durable_guard.lib.value

arn := "arn:aws:lambda:eu-west-1:111122223333:function:order-workflow"

# The table "Match table for Checkpoint" of the Lambda guide, "Security and permissions for durable functions", and what
# follows from the form of an execution's ARN.
test_forms_that_never_match if {
	flaws := {
		arn: "names the function without a version",
		"arn:aws:lambda:*:*:function:order-workflow": "names the function without a version",
		"arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}": "names the function without a version",
		"arn:aws:lambda:eu-west-1:111122223333:function:${AWS::StackName}-orders": "names the function without a version",
		$"{arn}/durable-execution/*/*": "has no version between the function and /durable-execution",
		$"{arn}:live": "names an alias, and executions carry version numbers",
		$"{arn}:live/durable-execution/*": "names an alias, and executions carry version numbers",
		$"{arn}:live*": "names an alias, and executions carry version numbers",
		$"{arn}:1st/durable-execution/*": "names an alias, and executions carry version numbers",
		$"{arn}:7": "ends at the version, before /durable-execution",
		$"{arn}:$LATEST": "ends at the version, before /durable-execution",
		$"{arn}:$LATEST.PUBLISHED": "ends at the version, before /durable-execution",
		$"{arn}:7/durable-executions/*": "does not go on with /durable-execution/ after the version",
		$"{arn}:$LATEST/execution/*": "does not go on with /durable-execution/ after the version",
		"order-workflow": "is no ARN of a durable execution",
		"arn:aws:states:eu-west-1:111122223333:stateMachine:orders": "is no ARN of a durable execution",
	}
	durable.flaw(sample.pattern("arn:aws:lambda:eu-west-1:111122223333:function:$\ufdd0{Fn}:*")) == "matches nothing: $\ufdd0{Fn} stands in a text without Fn::Sub" with input.format as "cloudformation"
	every text, why in flaws {
		durable.flaw(sample.pattern(text)) == why with input.functions as [{"address": "Fn", "name": "${Fn}"}]
	}
}

test_forms_that_may_match if {
	every text in [
		"*",
		"arn:aws:lambda:*",
		"arn:aws:lambda:eu-west-1:111122223333:*",
		"arn:aws:lambda:eu-west-1:111122223333:function:*",
		$"{arn}*",
		$"{arn}?*",
		$"{arn}:*",
		$"{arn}:*/durable-execution/*",
		$"{arn}:7*",
		$"{arn}:7/durable-execution/*",
		$"{arn}:7/durable*",
		$"{arn}:7/durable-execution/nightly/4711",
		$"{arn}:7/durable-execution/nightly/$\{Id}",
		$"{arn}:$LATEST/*",
		$"{arn}:$\{Version}",
		"${ResourceArn}",
		"arn:aws:lambda:eu-west-1:111122223333:function:${Name}",
	] {
		not durable.flaw(sample.pattern(text)) with input.functions as [{"address": "Fn", "name": "${Fn}"}]
	}
}

test_reach if {
	reached := {
		"*": [value.yes, "every function"],
		"arn:aws:lambda:*": [value.yes, "every function"],
		"arn:aws:lambda:*:*:function:*": [value.yes, "every function"],
		"arn:aws:lambda:eu-west-1:111122223333:function:*:*/durable-execution/*": [value.yes, "every function"],
		"arn:aws:lambda:eu-west-1:*:function:order-workflow:*": [value.yes, "functions of every account"],
		$"{arn}*": [value.yes, "every function named order-workflow*"],
		"arn:aws:lambda:eu-west-1:111122223333:function:order-?:*": [value.yes, "every function named order-?"],
		"arn:aws:lambda:eu-west-1:111122223333:function:*-${AWS::Region}:*": [value.yes, "every function named *-${AWS::Region}"],
		"arn:aws:lambda:eu-west-1:111122223333:function:${AWS::StackName}-Fn-*": [value.yes, "every function named ${AWS::StackName}-Fn-*"],
		"arn:aws:lambda:eu-west-1:111122223333:function:?rders:*": [value.yes, "every function named ?rders"],
		"arn:aws:lambda:eu-west-1:111122223333:function:${Other}*": [value.yes, "every function named ${Other}*"],
		"${resourceArn}": [value.unknown, "a Resource that is not known"],
	}
	every text, expected in reached {
		durable.reach(sample.pattern(text)) == {"answer": expected[0], "of": expected[1]} with input as sample.inventory({"functions": [{
			"address": "Fn",
			"name": "orders",
		}]})
	}
}

test_confined_to_what_it_names if {
	every text in [
		$"{arn}:*",
		arn,
		"arn:aws:lambda:*:111122223333:function:order-workflow:*",
		"arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}:*",
		"arn:aws:lambda:eu-west-1:111122223333:function:${Fn}*",
		"arn:aws:lambda:eu-west-1:111122223333:function:${AWS::StackName}-Fn-*",
		"arn:aws:lambda:eu-west-1:111122223333:function:${name}:*",
	] {
		not durable.reach(sample.pattern(text)) with input.functions as [{"address": "Fn", "name": "${Fn}"}]
	}
}

test_functions_named if {
	orders := {"address": "Fn", "name": "${Fn}"}
	other := {"address": "Other", "name": "order-workflow"}
	of_other := sample.pattern($"{arn}:live")
	of_generated := sample.pattern("arn:aws:lambda:eu-west-1:111122223333:function:${Fn}")
	by_its_beginning := sample.pattern("arn:aws:lambda:eu-west-1:111122223333:function:${AWS::StackName}-Fn-*:*")
	json.marshal(durable.functions_named(by_its_beginning)) == json.marshal([orders]) with input.functions as [orders, other]
	json.marshal(durable.functions_named(of_other)) == json.marshal([other]) with input.functions as [orders, other]
	json.marshal(durable.functions_named(of_generated)) == json.marshal([orders]) with input.functions as [orders, other]

	# Without its random characters that is a name of its own, which no function here has.
	only_its_beginning := sample.pattern("arn:aws:lambda:eu-west-1:111122223333:function:${AWS::StackName}-Fn-:*")
	count(durable.functions_named(only_its_beginning)) == 0 with input.functions as [orders, other]
	count(durable.functions_named(sample.pattern("*"))) == 0 with input.functions as [orders, other]
}

test_named_and_not_only_reached if {
	named := {
		"lambda:CheckpointDurableExecution": ["lambda:CheckpointDurableExecution"],
		"LAMBDA:getdurableexecutionSTATE": ["lambda:GetDurableExecutionState"],
		"lambda:Checkpoint*": ["lambda:CheckpointDurableExecution"],
		"lambda:*Durable*": ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
		"lambda:GetDurable*": ["lambda:GetDurableExecutionState"],
		"lambda:*": [],
		"lambda:Get*": [],
		"*": [],
		"lambda:StopDurableExecution": [],
	}
	every pattern, actions in named {
		durable.named(sample.allow([pattern], ["*"]), durable.checkpointing) == actions
	}
}

test_written_leaves_out_what_grants_nothing_or_is_of_aws if {
	own := sample.policy("own", [sample.allow(["s3:GetObject"], ["*"])])
	policies := [own, object.union(own, {"kind": "aws"}), object.union(own, {"boundaryOnly": true})]
	written := durable.written with input.policies as policies
	count(written) == 1
	json.marshal(written[0]) == json.marshal({"policy": own, "statement": own.statements[0]})
}

# Roles that do not have the policy say nothing of it.
test_holders if {
	own := sample.policy("own", [sample.allow(["lambda:*"], ["*"])])
	given := sample.inventory({
		"principals": [sample.role(["own"], {}), sample.role([], {"address": "Other"})],
		"policies": [own],
	})
	held := [{"statements": own.statements, "all": value.yes}]
	durable.holders(own) == held with input as given
	durable.holders(object.union(own, {"heldBy": []})) == held with input as given
	durable.holders(object.union(own, {"heldBy": ["Other"]})) == [{"statements": [], "all": value.yes}] with input as given
}
