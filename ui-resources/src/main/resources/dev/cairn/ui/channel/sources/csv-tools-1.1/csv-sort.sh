#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin csv-sort @version@ '[OPTION]... COLUMN [FILE]...' 'Sort comma-separated values by one column; the first line stays first.'
args_value separator s CHARACTER , 'Fields are separated by CHARACTER'
args_flag numeric n 'Compare as numbers'
args_flag reverse r 'From great to small'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 many $#
columns=$1
shift
. "@out@/share/csv-tools/common.sh"
csv_check "$@"
order=
[ "$opt_numeric" = no ] || order=${order}n
[ "$opt_reverse" = no ] || order=${order}r
sh_temp
# Records become lines (key, tab, record with its line ends escaped), so that sort can take any amount.
cat -- "$@" | CSV_COLUMNS=$columns csv_awk sort.awk >"$SH_TEMP/keyed"
head -n 1 "$SH_TEMP/keyed" >"$SH_TEMP/sorted"
tail -n +2 "$SH_TEMP/keyed" | LC_ALL=C sort -s -t "$(printf '\t')" -k "1,1$order" >>"$SH_TEMP/sorted"
LC_ALL=C awk '{
    rest = substr($0, index($0, "\t") + 1)
    line = ""
    while ((at = index(rest, "\\")) > 0) {
        line = line substr(rest, 1, at - 1) (substr(rest, at + 1, 1) == "n" ? "\n" : "\\")
        rest = substr(rest, at + 2)
    }
    print line rest
}' "$SH_TEMP/sorted"
