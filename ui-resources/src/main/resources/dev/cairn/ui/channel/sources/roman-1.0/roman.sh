#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin roman 1.0 '[OPTION]... NUMBER...' 'Turn numbers into Roman numerals, and back.'
args_flag lower l 'Write small letters'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 many $#

to_roman() {
    sh_whole NUMBER "$1" 1 3999
    number=$SH_WHOLE
    result=
    for pair in 1000:M 900:CM 500:D 400:CD 100:C 90:XC 50:L 40:XL 10:X 9:IX 5:V 4:IV 1:I; do
        while [ "$number" -ge "${pair%:*}" ]; do
            result=$result${pair#*:}
            number=$((number - ${pair%:*}))
        done
    done
}

from_roman() {
    rest=$1
    value=0
    for pair in M:1000 CM:900 D:500 CD:400 C:100 XC:90 L:50 XL:40 X:10 IX:9 V:5 IV:4 I:1; do
        numeral=${pair%:*}
        while :; do
            case $rest in
            "$numeral"*)
                value=$((value + ${pair#*:}))
                rest=${rest#"$numeral"}
                ;;
            *) break ;;
            esac
        done
    done
    [ -z "$rest" ] && [ "$value" -ge 1 ] && [ "$value" -le 3999 ] || return 1
    # Only the one proper spelling is right: IIII and IXIX are not.
    to_roman "$value"
    [ "$result" = "$1" ]
}

for argument in "$@"; do
    case $argument in
    *[!0-9]*)
        upper=$(printf '%s' "$argument" | LC_ALL=C tr a-z A-Z)
        from_roman "$upper" || sh_die "'$argument' is neither a number nor a Roman numeral"
        echo "$value"
        ;;
    *)
        to_roman "$argument"
        if [ "$opt_lower" = yes ]; then
            printf '%s\n' "$result" | LC_ALL=C tr A-Z a-z
        else
            echo "$result"
        fi
        ;;
    esac
done
