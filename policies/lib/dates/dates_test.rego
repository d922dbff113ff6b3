package durable_guard.lib.dates_test

import data.durable_guard.lib.dates

test_days_between if {
	dates.days_between("2026-11-22", "2026-11-22") == 0
	dates.days_between("2026-11-22", "2026-12-01") == 9
	dates.days_between("2026-12-31", "2027-01-01") == 1
	dates.days_between("2027-01-01", "2026-12-31") == -1
	dates.days_between("2026-11-22", "2027-11-23") == 366
}

# Every fourth year, not every hundredth, but every four hundredth.
test_leap_days if {
	dates.days_between("2027-02-28", "2027-03-01") == 1
	dates.days_between("2028-02-28", "2028-03-01") == 2
	dates.days_between("2100-02-28", "2100-03-01") == 1
	dates.days_between("2000-02-28", "2000-03-01") == 2
	dates.days_between("2399-12-31", "2400-03-01") == 61
}

# Computed by Python's datetime.
test_as_another_calendar_has_it if {
	every row in [
		["2026-11-22", "2027-01-21", 60],
		["2026-11-22", "2027-02-28", 98],
		["2026-11-22", "2030-03-06", 1200],
		["2027-02-28", "2028-02-29", 366],
		["2028-01-31", "2028-02-29", 29],
		["2028-12-31", "2030-01-01", 366],
		["2031-07-04", "2032-07-03", 365],
		["2096-02-29", "2100-03-01", 1461],
		["2399-12-31", "2400-12-31", 366],
		["2026-01-01", "2035-12-30", 3650],
	] {
		dates.days_between(row[0], row[1]) == row[2]
	}
}
