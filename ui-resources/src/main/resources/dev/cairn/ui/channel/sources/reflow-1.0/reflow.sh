#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin reflow 1.0 '[OPTION]... [FILE]...' 'Fill paragraphs again to a width; quotes and indentation are kept.'
args_value width w COLUMNS 72 'Longest line'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --width "$opt_width" 10 1000
for file in "$@"; do
    sh_readable "$file"
done
cat -- "$@" | LC_ALL=C awk -v width="$opt_width" -f "#$awklib/share/awk/text.awk" -f "#$output/share/reflow/reflow.awk"
