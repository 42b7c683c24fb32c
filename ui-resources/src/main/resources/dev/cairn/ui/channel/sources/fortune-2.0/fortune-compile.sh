#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin fortune-compile 2.0 '[OPTION]... [FILE]...' 'Compile sayings, divided by lines with a single %, into a collection.'
args_text 'The collection is written to standard output. Keep it as NAME.fortunes in a folder of FORTUNE_PATH.'
args_parse "$@"
eval "$ARGS_REST"
for file in "$@"; do
    sh_readable "$file"
done
cat -- "$@" | LC_ALL=C awk '
    /\|/ {
        print "fortune-compile: line " NR ": | cannot be part of a saying" | "cat >&2"
        close("cat >&2")
        failed = 1
        exit 1
    }
    /^%$/ { flush(); next }
    { saying = saying == "" ? $0 : saying "|" $0 }
    function flush() {
        sub(/\|+$/, "", saying)
        if (saying != "" && !seen[saying]++) all[++count] = saying
        saying = ""
    }
    END {
        if (failed) exit 1
        flush()
        print count + 0
        for (i = 1; i <= count; i++) print all[i]
    }'
