# SPDX-License-Identifier: Apache-2.0
# weeks.awk: wants calendar.awk and -v date, today, months, until, plus, week, mark, dim, reset.

function refuse(text) {
    print "weeks: '" text "' is not a date such as 2024-02-29" | "cat >&2"
    close("cat >&2")
    exit 2
}

function add_days(count,    length_) {
    day += count
    while (day < 1) {
        if (--month < 1) {
            month = 12
            year--
        }
        day += calendar_month_length(year, month)
    }
    while (day > (length_ = calendar_month_length(year, month))) {
        day -= length_
        if (++month > 12) {
            month = 1
            year++
        }
    }
}

function show_month(    title, days, weekday, last, number) {
    title = name[month] " " year
    for (days = 13 - int(length(title) / 2); days > 0; days--) printf " "
    print title
    print dim " W" reset "  Mo Tu We Th Fr Sa Su"
    weekday = calendar_weekday(calendar_days(year, month, 1))
    last = calendar_month_length(year, month)
    for (number = 2 - weekday; number <= last; number += 7) {
        printf "%s%2d%s ", dim, calendar_week(year, month, number < 1 ? 1 : number), reset
        for (weekday = 0; weekday < 7; weekday++) {
            days = number + weekday
            if (days < 1 || days > last) printf "%s", (weekday < 6 ? "   " : "")
            else if (sprintf("%04d-%02d-%02d", year, month, days) == today) printf " %s%2d%s", mark, days, reset
            else printf " %2d", days
        }
        print ""
    }
}

BEGIN {
    split("January February March April May June July August September October November December", name, " ")
    if (until != "") {
        if (!calendar_valid(until)) refuse(until)
        end = calendar_days(calendar_year, calendar_month, calendar_day)
    }
    if (!calendar_valid(date)) refuse(date)
    year = calendar_year
    month = calendar_month
    day = calendar_day
    if (plus != "") {
        add_days(plus + 0)
        printf "%04d-%02d-%02d\n", year, month, day
    } else if (until != "") print end - calendar_days(year, month, day)
    else if (week == "yes") {
        number = calendar_week(year, month, day)
        printf "%04d-W%02d\n", calendar_week_year, number
    } else {
        while (months-- > 0) {
            show_month()
            if (months > 0) print ""
            if (++month > 12) {
                month = 1
                year++
            }
        }
    }
}
