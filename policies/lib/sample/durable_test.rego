# The part of a sample that rules on durable executions read.
package durable_guard.lib.sample

# A durable function with the ARNs that invocations and checkpoints are authorised on.
durable_function(fields) := object.union(
	function({
		"arn": text(arn),
		"qualifiedArn": below(arn, ":${durable:Version}"),
		"latestExecution": execution(arn, "$LATEST"),
		"nextExecution": execution(arn, "${durable:Version}"),
		"namedExecutions": [],
	}),
	fields,
) if {
	arn := function_arn(object.get(fields, "name", "order-workflow"))
}

function_arn(name) := $"arn:aws:lambda:{region}:{account}:function:{name}"

execution(arn, version) := below(arn, concat("", [
	":",
	version,
	"/durable-execution/${durable:ExecutionName}/${durable:ExecutionId}",
]))

# An ARN that goes on; what nobody has written yet counts as a literal there (`src/inventory/text.ts`, FRESH).
below(arn, suffix) := object.union(text(arn), {
	"text": $"{arn}{suffix}",
	"form": _form($"{arn}{suffix}"),
	"lead": array.concat(
		array.slice(text(arn).lead, 0, last),
		[{"literal": concat("", [replace(text(arn).lead[last].literal, _end, suffix), _end])}],
	),
	"tail": $"{text(arn).tail}{suffix}",
}) if {
	last := count(text(arn).lead) - 1
}

# The next one holds nothing open, and what is below it neither, unless the function's own ARN does.
test_durable_function if {
	f := durable_function({})
	f.nextExecution.open == false
	f.nextExecution.lead == [{"literal": concat("", [
		"function:order-workflow:${durable:Version}/durable-execution/${durable:ExecutionName}/${durable:ExecutionId}",
		_end,
	])}]
	durable_function({"name": "${Fn}"}).qualifiedArn == {
		"text": "arn:aws:lambda:eu-west-1:111122223333:function:${Fn}:${durable:Version}",
		"form": "arn:aws:lambda:eu-west-1:111122223333:function:\u0001Fn\u0002:\u0001durable:Version\u0002",
		"lead": [{"literal": "function:"}, {"identity": "Fn"}, {"literal": concat("", [":${durable:Version}", _end])}],
		"tail": ":${durable:Version}",
		"open": true,
		"arn": true,
	}
}
