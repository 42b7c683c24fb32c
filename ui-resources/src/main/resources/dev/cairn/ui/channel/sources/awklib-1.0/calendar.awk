# SPDX-License-Identifier: Apache-2.0
# calendar.awk: days of the proleptic Gregorian calendar, without a clock.

# calendar_days(year, month, day): days since 1970-01-01, for years from 1 on.
function calendar_days(year, month, day,    shifted, era, yearOfEra, dayOfYear) {
    shifted = month <= 2 ? year - 1 : year
    era = int(shifted / 400)
    yearOfEra = shifted - era * 400
    dayOfYear = int((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
    return era * 146097 + yearOfEra * 365 + int(yearOfEra / 4) - int(yearOfEra / 100) + dayOfYear - 719468
}

function calendar_leap(year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

function calendar_month_length(year, month) {
    if (month == 2) return 28 + calendar_leap(year)
    return 30 + (month + (month > 7)) % 2
}

# calendar_weekday(days): 1 for Monday to 7 for Sunday.
function calendar_weekday(days) {
    return ((days + 3) % 7 + 7) % 7 + 1
}

# calendar_week(year, month, day): the ISO 8601 week; sets calendar_week_year to the year it belongs to.
function calendar_week(year, month, day,    days, thursday, first) {
    days = calendar_days(year, month, day)
    thursday = days - calendar_weekday(days) + 4
    calendar_week_year = year
    if (thursday < calendar_days(year, 1, 1)) calendar_week_year = year - 1
    if (thursday >= calendar_days(year + 1, 1, 1)) calendar_week_year = year + 1
    first = calendar_days(calendar_week_year, 1, 1)
    return int((thursday - first) / 7) + 1
}

# calendar_valid(text): whether text is a date such as 2024-02-29; fills calendar_year, _month and _day.
function calendar_valid(text,    parts) {
    if (text !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/) return 0
    split(text, parts, "-")
    calendar_year = parts[1] + 0
    calendar_month = parts[2] + 0
    calendar_day = parts[3] + 0
    if (calendar_year < 1 || calendar_month < 1 || calendar_month > 12 || calendar_day < 1) return 0
    return calendar_day <= calendar_month_length(calendar_year, calendar_month)
}
