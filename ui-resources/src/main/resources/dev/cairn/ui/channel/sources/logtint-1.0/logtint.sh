#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin logtint 1.0 '[OPTION]... [FILE]...' 'Colour the lines of a log by how bad they are, or count them.'
args_value color c WHEN auto 'Colour: auto, always or never'
args_value level l LEVEL all 'Print only what is at least LEVEL: all, info, warning or error'
args_flag count n 'Count the lines of each level instead'
args_parse "$@"
eval "$ARGS_REST"
color_setup "$opt_color"
case $opt_level in
all) least=0 ;;
info) least=1 ;;
warning) least=2 ;;
error) least=3 ;;
*) sh_misuse "unknown level '$opt_level': all, info, warning or error" ;;
esac
for file in "$@"; do
    sh_readable "$file"
done
cat -- "$@" | LC_ALL=C awk -v least="$least" -v count="$opt_count" -v red="$COLOR_RED" -v yellow="$COLOR_YELLOW" \
    -v dim="$COLOR_DIM" -v reset="$COLOR_RESET" '
    {
        low = tolower($0)
        if (low ~ /(^|[^a-z])(error|err|fatal|critical|crit|panic|severe|emerg|alert|exception|failed)([^a-z]|$)/) level = 3
        else if (low ~ /(^|[^a-z])(warning|warn|deprecated)([^a-z]|$)/) level = 2
        else if (low ~ /(^|[^a-z])(debug|trace)([^a-z]|$)/) level = 0
        # A continued line, such as of a stack trace, is as bad as the line it continues.
        else if (!($0 ~ /^[ \t]/ && NR > 1)) level = 1
        lines[level]++
        if (count == "yes" || level < least) next
        color = level == 3 ? red : level == 2 ? yellow : level == 0 ? dim : ""
        print color $0 (color == "" ? "" : reset)
    }
    END {
        if (count == "yes") printf "error    %d\nwarning  %d\ninfo     %d\ndebug    %d\n", lines[3], lines[2], lines[1], lines[0]
    }'
