package durable_guard.lib.dates_test

import data.durable_guard.lib.dates

test_after if {
	dates.after("2026-11-22", 0) == "2026-11-22"
	dates.after("2026-11-22", 8) == "2026-11-30"
	dates.after("2026-11-22", 9) == "2026-12-01"
	dates.after("2026-12-31", 1) == "2027-01-01"
	dates.after("2027-01-01", 31) == "2027-02-01"
	dates.after("2026-11-22", 366) == "2027-11-23"
}

# Every fourth year, not every hundredth, but every four hundredth.
test_leap_days if {
	dates.after("2027-02-28", 1) == "2027-03-01"
	dates.after("2028-02-28", 1) == "2028-02-29"
	dates.after("2028-02-29", 1) == "2028-03-01"
	dates.after("2100-02-28", 1) == "2100-03-01"
	dates.after("2000-02-28", 1) == "2000-02-29"
	dates.after("2000-02-29", 366) == "2001-03-01"
	dates.after("2399-12-31", 60) == "2400-02-29"
	dates.after("2399-12-31", 61) == "2400-03-01"
}

# Computed by Python's datetime.
test_as_another_calendar_has_it if {
	every row in [
		["2026-11-22", 60, "2027-01-21"],
		["2026-11-22", 98, "2027-02-28"],
		["2026-11-22", 1200, "2030-03-06"],
		["2027-02-28", 366, "2028-02-29"],
		["2028-01-31", 29, "2028-02-29"],
		["2028-12-31", 366, "2030-01-01"],
		["2031-07-04", 365, "2032-07-03"],
		["2096-02-29", 1461, "2100-03-01"],
		["2399-12-31", 366, "2400-12-31"],
		["2026-01-01", 3650, "2035-12-30"],
	] {
		dates.after(row[0], row[1]) == row[2]
	}
}
