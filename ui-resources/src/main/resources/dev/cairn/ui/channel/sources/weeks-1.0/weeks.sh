#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin weeks 1.0 '[OPTION]... [YEAR-MONTH[-DAY]]' 'Show a calendar with ISO week numbers, or reckon with dates.'
args_value months n COUNT 1 'Show COUNT months'
args_value until u DATE '' 'Print the days from the date to DATE instead'
args_value plus p DAYS '' 'Print the date DAYS later instead; -DAYS for earlier'
args_flag week w 'Print the week instead, such as 2024-W09'
args_text 'Without a date, today is meant. Weeks begin on Monday.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 1 $#
sh_whole --months "$opt_months" 1 1200
color_setup auto
today=$(date +%Y-%m-%d)
date=${1:-$today}
case $date in
????-??) date=$date-01 ;;
esac
case ${opt_plus#[-+]} in
*[!0-9]* | ???????*) sh_misuse "--plus takes a whole number of days, not '$opt_plus'" ;;
esac
LC_ALL=C awk -v date="$date" -v today="$today" -v months="$opt_months" -v until="$opt_until" -v plus="$opt_plus" \
    -v week="$opt_week" -v mark="$COLOR_BOLD$COLOR_GREEN" -v dim="$COLOR_DIM" -v reset="$COLOR_RESET" \
    -f "#$awklib/share/awk/calendar.awk" -f "#$output/share/weeks/weeks.awk"
