# METADATA
# title: No version or alias is published for a durable function
# description: >-
#   A durable function is invoked by a version or an alias; `$LATEST` is for trying out. An execution that runs on `$LATEST`
#   replays with whatever code is there when it resumes, and may fail.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html
#     description: Invoking durable Lambda functions
# custom:
#   id: DUR013
#   level: warn
#   severity: medium
#   remediation: Publish a version and an alias of it (SAM AutoPublishAlias, CDK currentVersion, Terraform publish).
#   related:
#     - cdk-nag Serverless-LambdaLatestVersion
#   sources:
#     - F§9
package durable_guard.rules.durable.nothing_published

import data.durable_guard.lib.finding as result
import data.durable_guard.lib.value

finding contains result.judged(answer, f, $"No version of {f.address} is published", evidence) if {
	some f in durable_functions
	count(f.versions) == 0
	answer := value.all_of([value.equals(alias.version, "$LATEST") | some alias in f.aliases])
	evidence := [fact |
		some alias in f.aliases
		fact := result.fact_at(alias, $"the version of alias {value.text(alias.name)} is {value.text(alias.version)}")
	]
}

examined contains f.address if some f in durable_functions

durable_functions := [f | some f in input.functions; f.durable.certain]
