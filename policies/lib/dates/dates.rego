# Days of the Gregorian calendar as `YYYY-MM-DD`, which compare as texts. The built-ins for time do not exist in WebAssembly.
package durable_guard.lib.dates

# The day so many days later; `days` is a whole number, not negative, at most about ten years.
after(day, days) := _written(_number(day) + days)

# Days since 0000-03-01, counted in years that begin in March, so that the leap day is the last (Howard Hinnant,
# "chrono-Compatible Low-Level Date Algorithms", days_from_civil and civil_from_days).
_number(day) := (((365 * year) + floor(year / 4)) - floor(year / 100)) + (floor(year / 400) + _day_of_year(month, to_number(parts[2]))) if {
	parts := split(day, "-")
	month := (to_number(parts[1]) + 9) % 12
	year := to_number(parts[0]) - floor(month / 10)
}

_day_of_year(month, day) := (floor(((153 * month) + 2) / 5) + day) - 1

_written(number) := $"{year + floor((month + 2) / 12)}-{_two(((month + 2) % 12) + 1)}-{_two(day)}" if {
	era := floor(number / 146097)
	of_era := number - (era * 146097)
	year_of_era := floor((((of_era - floor(of_era / 1460)) + floor(of_era / 36524)) - floor(of_era / 146096)) / 365)
	of_year := of_era - (((365 * year_of_era) + floor(year_of_era / 4)) - floor(year_of_era / 100))
	month := floor(((5 * of_year) + 2) / 153)
	day := (of_year - floor(((153 * month) + 2) / 5)) + 1
	year := year_of_era + (era * 400)
}

_two(number) := $"{number}" if number >= 10

else := $"0{number}"
