#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin jsonq 1.0 '[OPTION]... [PATH [FILE]]' 'Print a JSON document neatly, or the part of it at PATH.'
args_flag raw r 'Print strings without quotes and escapes'
args_flag compact c 'Print on one line'
args_flag keys k 'Print the names of an object, or the indexes of an array'
args_flag lines l 'Print every scalar with its path'
args_text 'A PATH is such as .people[0].name; [] stands for every element, . for the whole document.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 2 $#
path=${1:-.}
case $path in
.* | '['*) ;;
*) sh_misuse "a path begins with . or [, not '$path'" ;;
esac
file=${2:--}
sh_readable "$file"
cat -- "$file" | JSONQ_PATH=$path LC_ALL=C awk -v raw="$opt_raw" -v compact="$opt_compact" -v keys="$opt_keys" \
    -v flat="$opt_lines" -f "@awklib@/share/awk/text.awk" -f "@out@/share/jsonq/jsonq.awk"
