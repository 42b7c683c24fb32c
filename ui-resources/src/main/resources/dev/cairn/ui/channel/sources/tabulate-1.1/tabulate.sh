#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin tabulate 1.1 '[OPTION]... [FILE]...' 'Align the columns of a text with tabs or another separator.'
args_value separator s TEXT "$(printf '\t')" 'Columns are separated by TEXT, one character (default: tab)'
args_value style S STYLE plain 'plain, box or markdown'
args_flag header H 'Set the first line apart'
args_value right r COLUMNS '' 'Align these columns right, such as 2,4 (numbers are found by themselves)'
args_parse "$@"
eval "$ARGS_REST"
case $opt_separator in
?) ;;
*) sh_misuse "the separator must be one character" ;;
esac
case $opt_style in
plain | box | markdown) ;;
*) sh_misuse "unknown style '$opt_style'" ;;
esac
case $opt_right in
*[!0-9,]*) sh_misuse "--right takes numbers and commas, not '$opt_right'" ;;
esac
for file in "$@"; do
    sh_readable "$file"
done
cat -- "$@" | TABULATE_SEPARATOR=$opt_separator LC_ALL=C awk -v style="$opt_style" -v header="$opt_header" \
    -v right="$opt_right" -f "#$awklib/share/awk/text.awk" -f "#$output/share/tabulate/tabulate.awk"
