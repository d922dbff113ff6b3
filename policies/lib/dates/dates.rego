# Days of the Gregorian calendar as `YYYY-MM-DD`, which compare as texts. The built-ins for time do not exist in WebAssembly.
package durable_guard.lib.dates

# Whole days from one day to another; negative when the other is earlier.
days_between(from, to) := _number(to) - _number(from)

# Days since 0000-02-29, counted in years that begin in March, so that the leap day is the last (Howard Hinnant,
# "chrono-Compatible Low-Level Date Algorithms", days_from_civil).
_number(date) := (((365 * year) + floor(year / 4)) - floor(year / 100)) + ((floor(year / 400) + day_of_year) + day) if {
	parts := split(date, "-")
	month := (to_number(parts[1]) + 9) % 12
	year := to_number(parts[0]) - floor(month / 10)
	day := to_number(parts[2])
	day_of_year := floor(((153 * month) + 2) / 5)
}
