package durable_guard.lib.iam_test

import data.durable_guard.lib.iam
import data.durable_guard.lib.sample

fn := "arn:aws:lambda:eu-west-1:111122223333:function:order"

covers(pattern, text) := iam.covers(sample.pattern(pattern), sample.text(text))

test_literal_texts if {
	answers := {
		[fn, fn]: 2,
		[$"{fn}:*", $"{fn}:7"]: 2,
		["*", fn]: 2,
		[fn, $"{fn}s"]: 0,
		[$"{fn}s", fn]: 0,
		[$"{fn}*7", $"{fn}:8"]: 0,
		["arn:aws:lambda:us-*", fn]: 0,
	}
	every pair, answer in answers {
		covers(pair[0], pair[1]) == answer
	}
}

# In samples `${lower}` may be anything, `${Upper}` is the generated name of a resource.
test_holes_in_the_pattern if {
	covers("arn:aws:lambda:eu-west-1:111122223333:function:${name}", fn) == 1
	covers("arn:aws:lambda:eu-west-1:111122223333:function:${name}:live", fn) == 0
	covers("${any}", fn) == 1
}

test_holes_in_the_text if {
	named := "arn:aws:lambda:eu-west-1:111122223333:function:${Fn}"
	texts := {
		named: 2,
		$"{named}*": 2,
		"arn:aws:lambda:*:function:${Fn}": 2,
		"arn:aws:lambda:eu-west-1:111122223333:function:${Other}": 0,
		"arn:aws:lambda:eu-west-1:111122223333:function:${any}": 1,
		"arn:aws:lambda:eu-west-1:111122223333:function:stack-*": 1,
		"arn:aws:lambda:eu-west-1:111122223333:layer:${Fn}": 0,
		"arn:aws:lambda:eu-west-1:111122223333:function:order:live": 1,
		"arn:aws:lambda:eu-west-1:444455556666:function:*x": 0,
		"arn:aws:lambda:*:function:*x": 1,
	}
	every pattern, answer in texts {
		covers(pattern, named) == answer
	}
	covers("arn:aws:lambda:eu-west-1:111122223333:function:*:live", $"{named}:7") == 0
	covers("arn:aws:lambda:eu-west-1:111122223333:function:*n:7", $"{named}:7") == 1
	covers("arn:aws:lambda:eu-west-1:111122223333:function:order*7", $"{named}:7") == 1
	covers("arn:aws:lambda:eu-west-1:111122223333:function:order*8", $"{named}:7") == 0
	covers("arn:aws:lambda:eu-west-1:111122223333:function:*7", $"{named}:17") == 2
}

# What has holes in its account is compared as a whole; leads of an ARN begin at its resource, others at their beginning.
test_leads_of_one_kind if {
	covers($"{fn}*", "arn:${any}") == 1
	covers("arn:${rest}", fn) == 1
	covers("arn:${rest}", "arn:aws:lambda:eu-west-1:111122223333:function:${any}") == 1
	covers("order-${any}", "audit-${stage}") == 0
	covers("order-${any}", "order-eu-${stage}") == 1
	covers("order-eu-${any}", "order-${stage}") == 1
	covers("${Fn}-${any}", "${Fn}-x") == 1
	covers("${Fn}/a*${any}", "${Fn}/b") == 0
	covers("${any}/a*", "${Fn}/b${other}") == 1
}

test_actions if {
	answers := {
		"lambda:InvokeFunction": 2,
		"LAMBDA:invoke*": 2,
		"lambda:Get*": 0,
		"${service}:InvokeFunction": 1,
		"${service}:GetFunction": 0,
		"*": 2,
	}
	every pattern, answer in answers {
		iam.covers_action(sample.action(pattern), "lambda:InvokeFunction") == answer
	}
	lambda := object.union(sample.action("*"), {"lead": [{"literal": "lambda:inv"}]})
	iam.covers_action(lambda, "lambda:InvokeFunction") == 2
	iam.covers_action(lambda, "lambda:GetFunction") == 0
}

# As `src/inventory/pattern.ts` writes a literal Region (`eu-west-1`) and the deployment's own (`${AWS::Region}`): one may be
# the other. For `covers` it is, for `covers_anywhere` only what holds in every Region and account counts.
in_region(text, region) := {
	"text": text,
	"sure": $"(?s)^queue-{region}-.*$",
	"possible": $"(?s)^queue-{region}-.*$",
	"scope": "",
	"lead": [{"literal": "queue-"}],
	"tail": "",
	"open": false,
	"arn": false,
}

literal_region := in_region("queue-eu-west-1-*", "(?:eu-west-1|\u0001AWS::Region\u0002)")

own_region := in_region("queue-${AWS::Region}-*", "(?:\u0001AWS::Region\u0002|[a-z]{2}(?:-[a-z]+)+-[0-9]+)")

test_wherever_the_stack_is_deployed if {
	rows := [
		[literal_region, "queue-eu-west-1-x", 2, 2],
		[literal_region, "queue-${AWS::Region}-x", 2, 1],
		[literal_region, "queue-us-east-1-x", 0, 0],
		[own_region, "queue-${AWS::Region}-x", 2, 2],
		[own_region, "queue-eu-west-1-x", 2, 1],
		[sample.pattern("queue-*"), "queue-${AWS::Region}-x", 2, 2],
		[sample.pattern("queue-*-x"), "queue-${AWS::AccountId}-x", 2, 2],
		[sample.pattern("queue-${any}"), "queue-x", 1, 1],
	]
	every row in rows {
		text := iam.literal(row[1])
		iam.covers(row[0], text) == row[2]
		iam.covers_anywhere(row[0], text) == row[3]
		iam.speaks_of(sample.allow([], []), [row[0]], text) == row[2]
		iam.speaks_of(sample.deny([], []), [row[0]], text) == row[3]
		iam.leaves_out(sample.allow([], []), [row[0]], text) == row[3]
		iam.leaves_out(sample.deny([], []), [row[0]], text) == row[2]
	}
	iam.speaks_of(sample.deny([], []), [], iam.literal("x")) == 0
	iam.leaves_out(sample.allow([], []), [], iam.literal("x")) == 0
	either := sample.with_fields(sample.allow([], []), {"effect": {"unknown": "Ref Effect"}})
	iam.speaks_of(either, [literal_region], iam.literal("queue-${AWS::Region}-x")) == 1
}

written(text, sure) := object.union(literal_region, {"text": text, "sure": sure, "lead": []})

# The same of the partition and the account.
test_other_places if {
	partition := written("arn:aws-cn:*", "^arn:(?:aws-cn|\u0001AWS::Partition\u0002):")
	account := written("x:111122223333", "^x:(?:111122223333|\u0001AWS::AccountId\u0002)$")
	own_account := written("x:${AWS::AccountId}", "^x:(?:\u0001AWS::AccountId\u0002|[0-9]{12})$")
	iam.covers_anywhere(partition, iam.literal("arn:${AWS::Partition}:s3")) == 1
	iam.covers_anywhere(partition, iam.literal("arn:aws-cn:s3")) == 2
	iam.covers_anywhere(account, iam.literal("x:${AWS::AccountId}")) == 1
	iam.covers_anywhere(own_account, iam.literal("x:${AWS::AccountId}")) == 2
	iam.covers_anywhere(own_account, iam.literal("x:111122223333")) == 1
	own_partition := written("arn:${AWS::Partition}:s3", "^arn:(?:\u0001AWS::Partition\u0002|aws[a-z-]*):s3$")
	iam.covers_anywhere(own_partition, iam.literal("arn:${AWS::Partition}:s3")) == 2
	iam.covers_anywhere(own_partition, iam.literal("arn:aws-cn:s3")) == 1
	iam.covers_anywhere(own_partition, iam.literal("arn:aws:s3")) == 2
	usual := written("arn:aws:*", "^arn:(?:aws|\u0001AWS::Partition\u0002):")
	iam.covers_anywhere(usual, iam.literal("arn:${AWS::Partition}:s3")) == 2

	# Only the partition is usual: a Region is not, in whatever partition.
	own_region_there := written("arn:aws:s3:${AWS::Region}", "^arn:aws:s3:(?:\u0001AWS::Region\u0002|[a-z]{2}(?:-[a-z]+)+-[0-9]+)$")
	iam.covers_anywhere(own_region_there, iam.literal("arn:aws:s3:eu-west-1")) == 1
}

test_any_of_several if {
	iam.any_covers([], sample.text(fn)) == 0
	iam.any_covers([sample.pattern("x"), sample.pattern("*")], sample.text(fn)) == 2
	iam.any_covers_action([], "s3:GetObject") == 0
	iam.any_covers_action([sample.action("s3:Put*"), sample.action("s3:${verb}Object")], "s3:GetObject") == 1
}

test_a_text_written_out if {
	iam.literal("function:${Fn}") == {
		"text": "function:${Fn}",
		"form": "function:\u0001Fn\u0002",
		"lead": [],
		"tail": "",
		"open": false,
		"arn": false,
	}
}
