package durable_guard.lib.runtimes_test

import data.durable_guard.lib.runtimes

# Of the Lambda guide, "Supported runtimes for durable functions", and cfn-lint 1.58.0.
test_durable if {
	count(runtimes.durable) == 9
	{"nodejs22.x", "python3.13", "java17", "dotnet8"} - runtimes.durable == set()
	{"nodejs20.x", "python3.12", "provided.al2023"} & runtimes.durable == set()
	every name in runtimes.durable {
		runtimes.lifecycle[name].updateBlocked
	}
}

test_lifecycle if {
	runtimes.lifecycle["nodejs22.x"] == {
		"deprecated": "2027-04-30",
		"createBlocked": "2027-06-01",
		"updateBlocked": "2027-07-01",
	}
	runtimes.lifecycle.dotnet9 == {"deprecated": "2026-11-10"}
}

# Days compare as texts.
test_every_day_is_a_date if {
	regex.match(`^\d{4}-\d{2}-\d{2}$`, runtimes.date)
	every days in runtimes.lifecycle {
		every day in days {
			regex.match(`^\d{4}-\d{2}-\d{2}$`, day)
		}
	}
}
