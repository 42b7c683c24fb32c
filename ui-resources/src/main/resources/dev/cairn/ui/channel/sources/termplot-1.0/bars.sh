#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin bars 1.0 '[OPTION]... [FILE]...' 'Draw a bar chart of lines that hold a number and a label.'
args_flag label-first l 'The number is the last word of a line, not the first'
args_value width w COLUMNS "$(sh_width)" 'Width of the chart'
args_flag ascii a 'Draw with # only'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --width "$opt_width" 20 1000
for file in "$@"; do
    sh_readable "$file"
done
cat -- "$@" | LC_ALL=C awk -v last="$opt_label_first" -v columns="$opt_width" -v ascii="$opt_ascii" \
    -f "@awklib@/share/awk/text.awk" -f "@out@/share/termplot/bars.awk"
