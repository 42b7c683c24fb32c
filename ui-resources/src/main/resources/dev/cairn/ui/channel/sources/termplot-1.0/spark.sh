#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin spark 1.0 '[OPTION]... [NUMBER]...' 'Draw numbers as a line of small bars.'
args_flag zero z 'Let the lowest bar stand for zero, not for the least number'
args_text 'Without arguments the numbers come from standard input, separated by anything but digits.'
args_parse "$@"
eval "$ARGS_REST"
if [ $# -gt 0 ]; then
    printf '%s\n' "$@"
else
    tr -c '0-9.+-' '\n'
fi | LC_ALL=C awk -v zero="$opt_zero" '
    $0 == "" { next }
    !/^[-+]?[0-9]*\.?[0-9]+$/ {
        print "spark: \"" $0 "\" is not a number" | "cat >&2"
        close("cat >&2")
        failed = 1
        exit 1
    }
    {
        value[++n] = $0 + 0
        if (n == 1 || value[n] < least) least = value[n]
        if (n == 1 || value[n] > greatest) greatest = value[n]
    }
    END {
        if (failed || !n) exit failed
        split("▁ ▂ ▃ ▄ ▅ ▆ ▇ █", bar, " ")
        if (zero == "yes" && least > 0) least = 0
        for (i = 1; i <= n; i++) {
            line = line bar[greatest > least ? 1 + int((value[i] - least) / (greatest - least) * 7 + 0.5) : 4]
        }
        print line
    }'
