# SPDX-License-Identifier: Apache-2.0
# cron.awk: one expression to one sentence.

BEGIN {
    split("January February March April May June July August September October November December", month, " ")
    split("Sunday Monday Tuesday Wednesday Thursday Friday Saturday Sunday", weekday, " ")
    split("jan feb mar apr may jun jul aug sep oct nov dec", shortMonth, " ")
    split("sun mon tue wed thu fri sat", shortDay, " ")
    for (i = 1; i <= 12; i++) number["month", shortMonth[i]] = i
    for (i = 1; i <= 7; i++) number["weekday", shortDay[i]] = i - 1
    nick["@yearly"] = nick["@annually"] = "0 0 1 1 *"
    nick["@monthly"] = "0 0 1 * *"
    nick["@weekly"] = "0 0 * * 0"
    nick["@daily"] = nick["@midnight"] = "0 0 * * *"
    nick["@hourly"] = "0 * * * *"
}

{
    $0 = tolower($0)
    if ($1 == "@reboot" && NF == 1) {
        print "When the system starts."
        exit
    }
    if ($1 in nick && NF == 1) $0 = nick[$1]
    if (NF != 5) fail("an expression has five fields, not " NF)
    sentence = times($1, $2)
    days = words("day", $3, 1, 31)
    weekdays = words("weekday", $5, 0, 7)
    if (days != "" && weekdays != "") sentence = sentence ", on " days " of the month or on " weekdays
    else if (days != "") sentence = sentence ", on " days " of the month"
    else if (weekdays != "") sentence = sentence ", on " weekdays
    else if ($1 !~ /[*]/ && $2 !~ /[*]/) sentence = sentence " every day"
    months = words("month", $4, 1, 12)
    if (months != "") sentence = sentence ", in " months
    print toupper(substr(sentence, 1, 1)) substr(sentence, 2) "."
}

END { exit failed }

function fail(message) {
    print "cron-explain: " message | "cat >&2"
    close("cat >&2")
    failed = 1
    exit 1
}

function times(minutes, hours,    m, h) {
    if (minutes ~ /^[0-9]+$/ && hours ~ /^[0-9]+$/) {
        check("minute", minutes, 0, 59)
        check("hour", hours, 0, 23)
        return sprintf("at %02d:%02d", hours, minutes)
    }
    m = words("minute", minutes, 0, 59)
    h = words("hour", hours, 0, 23)
    if (m == "") m = "every minute"
    else if (m !~ /^every/) m = "at minute " m
    if (h == "") return m ~ /^every/ ? m : m " of every hour"
    return m (h ~ /^every/ ? " of " h : " during hour " h)
}

# words(kind, field, least, greatest): the field in words; empty for a star alone.
function words(kind, field, least, greatest,    n, parts, i, result) {
    if (field == "*") return ""
    n = split(field, parts, ",")
    for (i = 1; i <= n; i++) result = result (i == 1 ? "" : i == n ? " and " : ", ") part(kind, parts[i], least, greatest)
    return result
}

function part(kind, text, least, greatest,    step, cut, from, to) {
    cut = index(text, "/")
    if (cut) {
        step = substr(text, cut + 1)
        if (step !~ /^[0-9]+$/ || step + 0 < 1 || step + 0 > greatest) fail("'" text "' has no proper step")
        text = substr(text, 1, cut - 1)
        step = step == 1 ? "every " kind : "every " ordinal(step + 0) " " kind
        if (text == "*") return step
        step = step " from "
    }
    cut = index(text, "-")
    if (!cut) return step shown(kind, check(kind, text, least, greatest))
    from = check(kind, substr(text, 1, cut - 1), least, greatest)
    to = check(kind, substr(text, cut + 1), least, greatest)
    if (from > to) fail("'" text "' runs backwards")
    return step shown(kind, from) " to " shown(kind, to)
}

function check(kind, text, least, greatest) {
    if ((kind, text) in number) return number[kind, text]
    if (text !~ /^[0-9]+$/ || text + 0 < least || text + 0 > greatest) {
        fail("'" text "' is not a number from " least " to " greatest " for the " kind)
    }
    return text + 0
}

function shown(kind, value) {
    if (kind == "month") return month[value]
    if (kind == "weekday") return weekday[value + 1]
    if (kind == "day") return "the " ordinal(value)
    return value
}

function ordinal(value) {
    if (value % 100 >= 11 && value % 100 <= 13) return value "th"
    return value (value % 10 == 1 ? "st" : value % 10 == 2 ? "nd" : value % 10 == 3 ? "rd" : "th")
}
