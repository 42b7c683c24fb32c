#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin diffview 1.0 '[OPTION]... OLD NEW | -' 'Show the difference between two files or folders in colour, with numbers of lines.'
args_value context u LINES 3 'Lines of context'
args_value color c WHEN auto 'Colour: auto, always or never'
args_text '- reads a unified difference from standard input. Exit codes: 0 no difference, 1 some, 2 trouble.'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --context "$opt_context" 0 1000
args_count 1 2 $#
color_setup "$opt_color"
sh_temp
if [ "$1" = - ]; then
    args_count 1 1 $#
    cat >"$SH_TEMP/diff"
    [ ! -s "$SH_TEMP/diff" ] && code=0 || code=1
else
    args_count 2 2 $#
    code=0
    diff -rN -U "$SH_WHOLE" -- "$1" "$2" >"$SH_TEMP/diff" || code=$?
    [ "$code" -lt 2 ] || exit 2
fi
LC_ALL=C awk -v red="$COLOR_RED" -v green="$COLOR_GREEN" -v blue="$COLOR_BLUE" -v bold="$COLOR_BOLD" -v dim="$COLOR_DIM" \
    -v reset="$COLOR_RESET" '
    # Inside a hunk the counts decide: a removed line may begin with --.
    old_left > 0 || new_left > 0 {
        sign = substr($0, 1, 1)
        text = substr($0, 2)
        if (sign == "-") {
            printf "%s%5d       - %s%s\n", red, old++, text, reset
            old_left--
            removed++
        } else if (sign == "+") {
            printf "%s      %5d + %s%s\n", green, new++, text, reset
            new_left--
            added++
        } else if (sign == "\\") print dim $0 reset
        else {
            printf "%s%5d %5d%s   %s\n", dim, old++, new++, reset, text
            old_left--
            new_left--
        }
        next
    }
    /^@@ / {
        n = split($2, range, ",")
        old = -range[1]
        old_left = n > 1 ? range[2] : 1
        n = split($3, range, ",")
        new = range[1] + 0
        new_left = n > 1 ? range[2] : 1
        print blue "      ..." reset
        next
    }
    /^(---|\+\+\+) / {
        sub(/\t.*/, "")
        print bold $0 reset
        next
    }
    /^diff / { next }
    { print dim $0 reset }
    END { if (added || removed) print bold added + 0 " added, " removed + 0 " removed" reset }' "$SH_TEMP/diff"
exit "$code"
