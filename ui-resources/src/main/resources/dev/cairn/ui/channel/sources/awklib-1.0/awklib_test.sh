# SPDX-License-Identifier: Apache-2.0

with() {
    LC_ALL=C awk -f "$TEST_HOME/csv.awk" -f "$TEST_HOME/text.awk" -f "$TEST_HOME/calendar.awk" -f "$1" </dev/null
}

run() {
    printf 'BEGIN { %s }\n' "$1" >program.awk
    with program.awk
}

test_csv_reads_quotes() {
    check_equal '3:a,b|say "hi"|' "$(run 'n = csv_parse("\"a,b\",\"say \"\"hi\"\"\",", f, ","); print n ":" f[1] "|" f[2] "|" f[3]')"
}

test_csv_tells_open_quote() {
    check_equal -1 "$(run 'print csv_parse("a,\"b", f, ",")')"
}

test_width_counts_characters() {
    check_equal 4 "$(run 'print text_width("žluť")')"
}

test_wrap_fills_lines() {
    check_equal 'one two/three' "$(run 'n = text_wrap("one two three", 8, l); print l[1] "/" l[2]')"
}

test_json_escapes() {
    check_equal '"a\"b\\c\nd\u0001"' "$(run 'print text_json("a\"b\\c\nd\001")')"
}

test_html_escapes() {
    check_equal '&lt;a href=&quot;x&amp;y&quot;&gt;' "$(run 'print text_html("<a href=\"x&y\">")')"
}

test_weeks_at_the_turn_of_the_year() {
    check_equal '53 2020' "$(run 'w = calendar_week(2021, 1, 3); print w, calendar_week_year')"
    check_equal '1 2025' "$(run 'w = calendar_week(2024, 12, 30); print w, calendar_week_year')"
}

test_days_since_the_epoch() {
    check_equal '0 19782 -719162' "$(run 'print calendar_days(1970, 1, 1), calendar_days(2024, 2, 29), calendar_days(1, 1, 1)')"
}
